"""An imported timetable is made to comply with the fewest changes, and audited anew."""

import datetime as dt
from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest

from scheduler.audit.inputs.from_timetable import schools_of
from scheduler.audit.inputs.school import Facts, Use
from scheduler.audit.running.audit import audit
from scheduler.constraints.evaluate import evaluate
from scheduler.formats.spreadsheets.importing.building import build
from scheduler.formats.spreadsheets.reading import read_school
from scheduler.model.resources import ResourceKind, Unavailability
from scheduler.model.times import Week
from scheduler.model.timetable import Timetable
from scheduler.services.complying import nearest
from scheduler.services.complying.adjusting import adjust
from scheduler.services.complying.complying import comply
from scheduler.services.complying.report import summary
from scheduler.solver.repair.repairing import RepairLimits, repair
from scheduler.solver.repair.result import Budget, Verdict
from tests.audit.clean_school import PROFILE, changed, clean_school, renamed
from tests.audit.printed import print_school

LIMITS = RepairLimits(seconds=20, options=1, workers=1)
PEOPLE = {
    "CN": "王芳",
    "MA": "李强",
    "FL": "张敏",
    "ME": "刘静",
    "SC": "陈磊",
    "IT": "杨洋",
    "PE": "赵勇",
    "MUS": "黄艳",
    "FA": "周杰",
    "LAB": "吴涛",
    "CPA": "徐明",
    "CLS": "孙霞",
    "SCH": "胡平",
    "PSY": "朱丽",
}
PEOPLE |= {"CAL": PEOPLE["CN"], "PEA": PEOPLE["PE"]}


def school_of(*keys, spoil=None):
    """Classes of the clean school; each has a set of teachers of its own."""
    clean = clean_school()
    for key in keys:
        clean = changed(clean, key, spoil or (lambda x: x))
    lessons = tuple(
        replace(x, teachers=(f"{PEOPLE[x.code]}{'甲乙丙'[keys.index(x.classes[0])]}",))
        for x in clean.lessons
        if x.classes[0] in keys
    )
    classes = tuple(c for c in clean.classes if c.key in keys)
    return replace(clean, classes=classes, lessons=lessons)


def imported(school, tmp_path):
    read = read_school([print_school(school, tmp_path / "课表.xlsx")])
    return build(read, dt.date(2026, 9, 1)).timetable


def hours(complied):
    return {c.code or c.subject: c.more for c in complied.adjusted.changes}


def broken(timetable, chapter="A"):
    result = audit(schools_of(timetable, PROFILE), PROFILE)
    return [f.text.zh for r, f in result.findings if r.rule.chapter == chapter]


def test_a_missing_course_takes_the_place_of_a_surplus_lesson(tmp_path):
    """Maths has one too many, PE one too few: one is dropped, one new, none moves."""
    school = school_of("G4C2", spoil=renamed("PE", "MA", only=1))
    timetable = imported(school, tmp_path)
    found = comply(timetable, PROFILE, limits=LIMITS)

    assert "四(2)班体育与健康：每周2节，应不少于3节，缺1节。" in broken(timetable)
    assert hours(found) == {"PE": 1, "MA": -1}
    assert found.option is not None
    assert (found.option.changed, found.repair.minimal, found.passes) == (0, True, True)
    assert broken(found.option.timetable) == []
    assert evaluate(found.option.timetable).hard == 0
    kinds = sorted(c.kind.value for c in found.option.changes)
    assert kinds == ["added", "removed"]


def test_what_no_teacher_can_give_is_counted_in_lessons_and_posts(tmp_path):
    """Nobody teaches IT: one lesson of a post of 18 lessons."""
    school = school_of("G4C2", spoil=renamed("IT", "MA"))
    found = comply(imported(school, tmp_path), PROFILE, limits=LIMITS)

    (lack,) = found.adjusted.lacks
    assert (lack.code, lack.lessons, lack.posts) == ("IT", 1, Fraction(1, 18))
    assert lack.able == ()
    problem = found.adjusted.problem
    (need,) = [r for r in problem.requirements if r.subject_id == "IT"]
    assert problem.teacher[need.teacher_ids[0]].name == "待定 四(2)班信息科技"


@pytest.mark.parametrize(
    ("codes", "lacking", "lessons"),
    [
        # 6 + 1 + 4 + 2 + 2 + 2 in each class are 34 in the 30 rows of a week.
        ("CN CAL MA FL ME SC", "MA", 4),
        # 6 + 1 + 4 + 2 + 2 + 1 are 32.
        ("CN CAL MA FL ME IT", "FL", 2),
    ],
)
def test_lessons_above_the_rows_of_a_week_go_to_somebody_still_sought(
    codes, lacking, lessons, tmp_path
):
    school = school_of("G4C1", "G4C2")
    taught = [
        replace(x, teachers=("王芳",)) if x.code in codes.split() else x
        for x in school.lessons
    ]
    timetable = imported(replace(school, lessons=tuple(taught)), tmp_path)
    adjusted = adjust(timetable, PROFILE, Facts())

    (lack,) = adjusted.lacks
    norm = PROFILE.norm("primary", lacking)
    assert (lack.code, lack.lessons) == (lacking, lessons)
    assert lack.posts == Fraction(lessons, norm)
    loads = Counter()
    for need in adjusted.problem.requirements:
        for teacher in need.teacher_ids:
            loads[adjusted.problem.teacher[teacher].name] += need.per_week
    assert loads["王芳"] == 30
    course = PROFILE.names.print_name(lacking)
    sought = [n for name, n in loads.items() if name == f"待定 四(1)班{course}"]
    assert sought == [lessons]
    assert [t.zh for t in adjusted.notes if "王芳" in t.zh] == [
        f"王芳的课排不下，{lessons}节暂以“待定”代替"
    ]


def test_a_teacher_who_can_never_come_is_stood_in_for(tmp_path):
    """No hour of the week is left to the art teacher: two lessons lack one."""
    timetable = imported(school_of("G4C2"), tmp_path)
    problem = timetable.problem
    (artist,) = [t.teacher_id for t in problem.teachers if t.name == "周杰甲"]
    closed = [Unavailability(ResourceKind.TEACHER, artist, d) for d in range(1, 6)]
    problem = replace(problem, unavailable=tuple(closed))
    found = comply(Timetable(problem, timetable.placements), PROFILE, limits=LIMITS)

    (lack,) = found.adjusted.lacks
    assert (lack.code, lack.lessons) == ("FA", 2)
    assert found.option is not None
    assert (found.option.report.hard, found.passes) == (0, True)
    assert found.repair.minimal


def test_where_a_repair_finds_nothing_in_its_time_all_is_solved(tmp_path, monkeypatch):
    def in_vain(*arguments):
        return replace(repair(*arguments), verdict=Verdict.UNKNOWN, options=())

    monkeypatch.setattr(nearest, "repair", in_vain)
    school = school_of("G4C2", spoil=renamed("PE", "MA", only=1))
    limits = replace(LIMITS, seconds=8)
    found = comply(imported(school, tmp_path), PROFILE, limits=limits)

    assert found.option is not None
    assert (found.option.report.hard, found.passes) == (0, True)
    assert broken(found.option.timetable) == []
    assert any("不一定最少" in t.zh for t in found.repair.reasons)


def exchanged(lessons, one, other):
    """Two places of a class's week in exchange for each other, with their times."""
    times = {(x.day, x.period): (x.start, x.end) for x in lessons}
    places = {one: other, other: one}
    found = []
    for x in lessons:
        day, period = places.get((x.day, x.period), (x.day, x.period))
        start, end = times[day, period]
        found.append(replace(x, day=day, period=period, start=start, end=end))
    return found


def without_meeting(key, printed):
    """A class without its class meeting; psychology is the last lesson of its day."""
    school = school_of(key, spoil=lambda x: None if x.code == "CLS" else x)
    (half,) = [x for x in school.lessons if x.code == "PSY"]
    last = max(
        x.period for x in school.lessons if x.day == half.day and x.use is Use.LESSON
    )
    slots = (half.day, half.period), (half.day, last)
    lessons = [
        replace(x, name=printed) if x.code == "PSY" else x
        for x in exchanged(school.lessons, *slots)
    ]
    return replace(school, lessons=tuple(lessons))


@pytest.mark.parametrize(
    ("key", "printed", "now", "then"),
    [
        ("G1C1", "心理健康(双)", Week.EVEN, {"CLS": Week.ODD}),
        ("G2C3", "心理健康(单)", Week.ODD, {"CLS": Week.EVEN}),
        # Every week till now: one of two is enough, and leaves the other.
        ("G2C1", "心理健康", Week.EVERY, {"CLS": Week.ODD, "PSY": Week.EVEN}),
    ],
)
def test_a_new_half_class_meeting_shares_its_slot_with_another_course(
    key, printed, now, then, tmp_path
):
    timetable = imported(without_meeting(key, printed), tmp_path)
    found = comply(timetable, PROFILE, limits=LIMITS)

    assert any("班团队" in t for t in broken(timetable))
    assert hours(found)["CLS"] == Fraction(1, 2)
    problem = found.adjusted.problem
    (other,) = [
        placed
        for name, placed in timetable.placements.items()
        if timetable.problem.lesson[name].requirement.subject_id == "PSY"
    ]
    assert other.week is now
    assert {
        problem.requirement[f.requirement_id].subject_id: f.week for f in problem.fixed
    } == then
    assert {(f.day, f.period) for f in problem.fixed} == {(other.day, other.period)}
    assert found.option is not None
    assert broken(found.option.timetable) == []


def test_a_class_meeting_and_psychology_that_are_new_share_a_slot(tmp_path):
    """A lesson of maths had the slot that they share now."""

    def spoil(x):
        if x.code == "CLS":
            return replace(x, code="MA", name="数学", week=Week.EVERY)
        return None if x.code == "PSY" else x

    timetable = imported(school_of("G1C2", spoil=spoil), tmp_path)
    found = comply(timetable, PROFILE, limits=LIMITS)

    assert hours(found) == {"CLS": Fraction(1, 2), "PSY": Fraction(1, 2), "MA": -1}
    assert found.option is not None
    assert broken(found.option.timetable) == []


@pytest.mark.parametrize("code", ["CN", "MA"])
def test_a_course_of_two_teachers_has_two_lessons_a_day_at_most(code, tmp_path):
    """On a day with three lessons of it, the last is by another teacher."""
    school = school_of("G4C2", spoil=renamed("PE", "IT", only=1))
    lessons = [x for x in school.lessons if x.use is Use.LESSON]
    days = Counter(x.day for x in lessons if x.code == code)
    full = max(days, key=lambda d: days[d])
    here = [x for x in lessons if x.day == full and x.code != code]
    away = [x for x in lessons if x.day != full and x.code == code]
    for _ in range(3 - days[full]):
        mine, theirs = here.pop(), away.pop()
        slots = (mine.day, mine.period), (theirs.day, theirs.period)
        lessons = exchanged(lessons, *slots)
    crowd = [x for x in lessons if x.day == full and x.code == code]
    last = max(x.period for x in crowd)
    taught = tuple(
        replace(x, teachers=("新老师",))
        if x.code == code and (x.day, x.period) == (full, last)
        else x
        for x in lessons
    )
    timetable = imported(replace(school, lessons=taught), tmp_path)
    found = comply(timetable, PROFILE, limits=LIMITS)

    assert len(crowd) == 3
    assert found.option is not None
    assert found.option.report.hard == 0
    assert [t for t in broken(found.option.timetable, "C") if "有3节" in t] == []


def test_a_colleague_with_room_takes_a_course_that_one_class_lacks(tmp_path):
    school = school_of("G4C1", "G4C2")
    school = changed(school, "G4C1", renamed("IT", "MA"))
    found = comply(imported(school, tmp_path), PROFILE, limits=LIMITS)

    problem = found.adjusted.problem
    names = {
        problem.teacher[t].name
        for r in problem.requirements
        if r.subject_id == "IT"
        for t in r.teacher_ids
    }
    assert (names, found.adjusted.lacks) == ({"杨洋乙"}, ())
    assert found.passes


def test_a_teacher_in_two_places_is_moved_apart(tmp_path):
    """Both classes have the same week: one art teacher for both must be elsewhere."""
    school = school_of("G4C1", "G4C2")
    shared = [
        replace(x, teachers=("周杰",)) if x.code == "FA" else x for x in school.lessons
    ]
    timetable = imported(replace(school, lessons=tuple(shared)), tmp_path)
    found = comply(timetable, PROFILE, limits=LIMITS)

    assert len([t for t in broken(timetable, "D") if "同时" in t]) == 2
    assert found.option is not None
    # Two lessons of art, and for each the one whose place it takes.
    assert (found.option.changed, found.repair.least) == (4, 4)
    assert [t for t in broken(found.option.timetable, "D") if "同时" in t] == []


def test_a_budget_too_small_is_said_with_the_proven_number(tmp_path):
    school = school_of("G4C1", "G4C2")
    shared = [
        replace(x, teachers=("周杰",)) if x.code == "FA" else x for x in school.lessons
    ]
    timetable = imported(replace(school, lessons=tuple(shared)), tmp_path)
    found = comply(timetable, PROFILE, budget=Budget(3), limits=LIMITS)

    assert found.repair.verdict is Verdict.TOO_MANY_CHANGES
    assert (found.repair.least, found.after, found.passes) == (4, None, False)
    assert "没有得到新课表，现有课表的严重和错误2处都还在。" in [
        t.zh for t in summary(found)
    ]


@pytest.mark.parametrize("key", ["G1C1", "G6C4"])
def test_a_timetable_that_passes_stays_as_it_is(key, tmp_path):
    found = comply(imported(school_of(key), tmp_path), PROFILE, limits=LIMITS)

    changes = {c for c in hours(found) if c != "XJP"}
    assert (changes, found.passes) == (set(), True)
    assert found.option is not None
    assert found.option.changed == 0
