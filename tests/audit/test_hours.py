"""The hours table against numbers worked out by hand."""

from dataclasses import replace
from fractions import Fraction

import pytest

from scheduler.audit.findings import FindingKind, Severity
from scheduler.audit.planned.table import hours_table
from scheduler.audit.running.catalogue import RULE
from scheduler.audit.standard import Standard, StandardKind, StandardRow
from scheduler.model.requirements import WeekRule
from scheduler.model.resources import ClassGroup, Subject, SubjectKind
from scheduler.model.text import Text
from scheduler.model.times import SlotKind, Week
from tests.small_school import (
    CLASSES,
    SUBJECTS,
    at,
    bell,
    need,
    small_problem,
    timetable,
)


def demand(code, minimum, maximum, kind=StandardKind.PLAN, relatives=(), grade=3):
    """A row of a standard for grade 3 unless told otherwise."""
    names = Text(code.lower(), code.lower())
    low, high = Fraction(minimum), Fraction(maximum)
    return StandardRow(grade, code, names, low, high, kind, None, tuple(relatives))


def lone_class(*requirements, group=CLASSES[0], **changes):
    """A school whose one class is ``group``."""
    return small_problem(*requirements, classes=(group,), **changes)


def table_of(problem, *rows, **placements):
    """The hours table of the placements against a standard of these rows."""
    return hours_table(timetable(problem, **placements), Standard(rows))


def brief(table):
    """Rule, kind and code of every finding."""
    return [(f.rule, f.kind.value, f.code) for f in table.findings]


def amounts(table, code):
    """Planned and placed lessons of the first class's row."""
    row = next(row for row in table.rows if row.code == code)
    return (row.taught.planned.lessons, row.taught.placed.lessons)


def test_hours_lesson_not_placed_is_reported_in_one_sentence_with_numbers():
    problem = lone_class(need("R1", "A", "PE", "3"))
    table = table_of(
        problem, demand("PE", 3, 5), R1_1=at(1, 1, "L1"), R1_2=at(1, 2, "L1")
    )
    assert brief(table) == [("A05", "not_placed", "PE")]
    finding = table.findings[0]
    assert finding.severity is Severity.CRITICAL
    assert (finding.demanded, finding.planned, finding.placed) == (3, 3, 2)
    assert finding.text == Text(
        "三(1)班 pe：应不少于3节，计划3节，已排2节，缺1节（40分钟）",
        "三(1)班 pe: at least 3 demanded, 3 planned, 2 placed, 1 short (40 minutes)",
    )


def test_hours_subject_not_planned_at_all_is_missing():
    table = table_of(lone_class(), demand("MA", 4, 5), demand("FL", 0, 2))
    assert brief(table) == [("A02", "missing", "MA")]
    assert table.findings[0].text.zh == (
        "三(1)班 ma：应不少于4节，计划0节，已排0节，缺4节（160分钟）"
    )
    assert [row.mark for row in table.rows] == ["0", "√"]


def test_hours_core_subject_above_its_maximum_is_too_many():
    problem = lone_class(need("R1", "A", "CN", "3"))
    placed = {f"R1_{n}": at(1, n) for n in (1, 2, 3)}
    table = table_of(problem, demand("CN", 1, 2), **placed)
    assert brief(table) == [("A04", "too_many", "CN")]
    assert table.findings[0].text.zh == (
        "三(1)班 cn：最多2节，计划3节，已排3节，超1节（40分钟）"
    )
    assert table.findings[0].severity is Severity.ERROR


def test_hours_half_lessons_count_half_in_either_week():
    problem = lone_class(
        need("R1", "A", "PSY", "1/2"),
        need("R2", "A", "CLS", "1/2", week=WeekRule.EVEN),
        need("R3", "A", "CN", "3/2"),
    )
    table = table_of(
        problem,
        demand("PSY", "1/2", 1),
        demand("CLS", 1, 1),
        demand("CN", "3/2", 2),
        R1_1=at(1, 1, week=Week.ODD),
        R2_1=at(1, 1, week=Week.EVEN),
        R3_1=at(1, 2),
    )
    half = Fraction(1, 2)
    assert amounts(table, "PSY") == (half, half)
    assert amounts(table, "CN") == (Fraction(3, 2), 1)
    # CLS: 0.5 planned of 1 demanded. CN: the alternate-week lesson is unplaced.
    assert brief(table) == [("A14", "too_few", "CLS"), ("A03", "not_placed", "CN")]
    assert "缺0.5节（20分钟）" in table.findings[1].text.zh


def test_hours_lesson_taught_together_counts_for_every_class():
    problem = small_problem(need("R1", "A;B", "CN", "2"), classes=CLASSES[:2])
    table = table_of(problem, demand("CN", 2, 2), R1_1=at(1, 1), R1_2=at(1, 2))
    assert [(r.class_id, r.taught.placed.lessons) for r in table.rows] == [
        ("A", 2),
        ("B", 2),
    ]
    assert table.findings == ()


def test_hours_double_lesson_counts_two():
    problem = lone_class(need("R1", "A", "CN", "2", blocks=(Fraction(2),)))
    table = table_of(problem, demand("CN", 2, 2), R1_1=at(1, 1, length=2))
    assert amounts(table, "CN") == (2, 2)


def test_hours_components_count_in_their_whole_and_only_once_in_the_total():
    component = StandardKind.COMPONENT
    handwriting = Subject("CAL", "书法", SubjectKind.OTHER, "", "CAL")
    problem = lone_class(
        need("R1", "A", "CN", "2"),
        need("R2", "A", "CAL", "1"),
        need("R3", "A", "PSY", "1/2"),
        need("R4", "A", "CLS", "1/2"),
        subjects=(*SUBJECTS, handwriting),
    )
    table = table_of(
        problem,
        demand("TOTAL", 4, 4, StandardKind.TOTAL),
        demand("CN", 3, 3),
        demand("CAL", 1, 1, component, ["CN"]),
        demand("CLS", "1/2", 1),
        demand("PSY", "1/2", 1, component, ["INT"]),
        demand("INT", 1, 1, StandardKind.GROUP, ["CLS", "SCH"]),
    )
    # 2 + 1 in Chinese; 0.5 + 0.5 in the group; 2 + 1 + 0.5 + 0.5 in all.
    planned = [(row.code, row.taught.planned.lessons) for row in table.rows]
    assert planned == [
        ("TOTAL", 4),
        ("CN", 3),
        ("CAL", 1),
        ("CLS", Fraction(1, 2)),
        ("PSY", Fraction(1, 2)),
        ("INT", 1),
    ]
    # Nothing is placed: one finding for each subject, none for the sums.
    assert brief(table) == [
        ("A03", "not_placed", "CN"),
        ("A13", "not_placed", "CAL"),
        ("A14", "not_placed", "CLS"),
        ("A10", "not_placed", "PSY"),
    ]


def test_hours_integrated_arts_may_be_music_or_fine_art():
    arts = Subject("AR", "艺术", SubjectKind.ARTS, "", "AR")
    rows = (
        demand("AR", 2, 2),
        demand("MUS", 1, 1, StandardKind.COMPONENT, ["AR"]),
        demand("FA", 1, 1, StandardKind.COMPONENT, ["AR"]),
    )
    whole = lone_class(need("R1", "A", "AR", "2"), subjects=(*SUBJECTS, arts))
    placed = {"R1_1": at(1, 1), "R1_2": at(1, 2)}
    assert brief(table_of(whole, *rows, **placed)) == []
    # Two lessons of music alone: the arts are full, fine art is missing.
    music = lone_class(need("R1", "A", "MUS", "2", layouts=("home",)))
    assert [x for x in brief(table_of(music, *rows, **placed)) if x[2] != "MUS"] == [
        ("A11", "missing", "FA")
    ]


def test_hours_activity_periods_lift_a_shortage_and_never_make_an_excess():
    activity = Subject("PEA", "体育活动", SubjectKind.PE_ACTIVITY, "", "PEA")
    rows = (
        demand("TOTAL", 2, 2, StandardKind.TOTAL),
        demand("PEA", 0, 5, StandardKind.POLICY_COMPONENT, ["INT"]),
        demand("INT", 2, 2, StandardKind.GROUP, ["CLS"]),
        demand("CLS", 0, 9),
    )
    subjects = (*SUBJECTS, activity)
    placed = {f"R1_{n}": at(1, n) for n in (1, 2, 3, 4)}
    placed |= {f"R2_{n}": at(5, n) for n in (1, 2)}

    def kinds(class_meetings, activities):
        wanted = [("R1", "CLS", class_meetings), ("R2", "PEA", activities)]
        needs = [need(r, "A", s, str(n)) for r, s, n in wanted if n]
        problem = lone_class(*needs, subjects=subjects)
        lessons = {x.lesson_id.replace("#", "_") for x in problem.lessons}
        used = {name: where for name, where in placed.items() if name in lessons}
        return brief(table_of(problem, *rows, **used))

    assert kinds(2, 2) == []
    assert kinds(1, 1) == []
    assert kinds(4, 0) == [("A01", "too_many", "TOTAL"), ("A16", "too_many", "INT")]
    assert kinds(0, 1) == [("A16", "too_few", "INT")]


def test_hours_weekly_total_may_differ_by_one_lesson():
    problem = lone_class(need("R1", "A", "CN", "3"))
    placed = {f"R1_{n}": at(1, n) for n in (1, 2, 3)}

    def total(lessons):
        row = demand("TOTAL", lessons, lessons, StandardKind.TOTAL)
        return brief(table_of(problem, row, demand("CN", 0, 9), **placed))

    assert [total(n) for n in (1, 2, 3, 4, 5)] == [
        [("A01", "too_many", "TOTAL")],
        [],
        [],
        [],
        [("A01", "too_few", "TOTAL")],
    ]


JUNIOR = ClassGroup("J", "S1", 7, "七(1)班", 45, "high")


@pytest.mark.parametrize(
    ("code", "per_week", "least", "found"),
    [
        # Junior lessons have 45 minutes, these 40, within five minutes of them.
        ("PE", "3", 3, []),
        ("PSY", "1/2", "1/2", []),
        ("CN", "34", 34, []),
        ("PE", "2", 3, [("A05", "too_few", "PE")]),
    ],
)
def test_hours_lessons_a_little_shorter_count_as_lessons(code, per_week, least, found):
    problem = lone_class(need("R1", "J", code, per_week), group=JUNIOR)
    table = table_of(problem, demand(code, least, 34, grade=7))
    plan = [f for f in brief(table) if f[1] != "not_placed"]
    assert plan == found


def test_hours_half_length_lessons_count_by_the_clock():
    # Eight lessons of 20 minutes are 160 of 280 minutes: 3 lessons short.
    rows = "\n".join(f"1 {n} lesson 1{n}:00 1{n}:20 第{n}节" for n in range(1, 9))
    problem = lone_class(need("R1", "A", "CN", "8"), bells=(bell("high", rows),))
    table = table_of(problem, demand("CN", 7, 9))
    assert brief(table) == [("A03", "too_few", "CN")]
    assert table.rows[0].short == 120


def test_hours_eight_lessons_of_forty_minutes_a_day_are_no_excess():
    # 40 lessons of 40 minutes, two of them PE activities: 38 x 40 = 1520 minutes
    # against 34 x 45 = 1530; as cells they would be 4 to 6 too many.
    activity = Subject("PEA", "体育活动", SubjectKind.PE_ACTIVITY, "", "PEA")
    problem = lone_class(
        need("R1", "J", "CN", "38"),
        need("R2", "J", "PEA", "2"),
        group=JUNIOR,
        subjects=(*SUBJECTS, activity),
    )
    table = table_of(
        problem,
        demand("TOTAL", 34, 34, StandardKind.TOTAL, grade=7),
        demand("CN", 0, 34, grade=7),
        demand("PEA", 0, 2, StandardKind.POLICY_COMPONENT, ["INT"], grade=7),
    )
    assert [f.kind for f in table.findings] == [FindingKind.NOT_PLACED] * 2


def test_hours_other_lesson_length_is_named_in_the_sentence():
    problem = lone_class(need("R1", "J", "PE", "2"), group=JUNIOR)
    table = table_of(problem, demand("PE", 3, 5, grade=7))
    # One lesson of the standard's 45 minutes.
    assert table.findings[0].text.zh == (
        "七(1)班 pe：应不少于3节，计划2节，已排0节，"
        "缺1节（45分钟，本校每节40分钟，按标准每节45分钟折算）"
    )


def test_hours_grade_without_standard_is_said_once():
    problem = lone_class(need("R1", "A", "CN", "3"))
    table = table_of(problem, demand("CN", 3, 3, grade=5))
    assert [(f.kind, f.severity) for f in table.findings] == [
        (FindingKind.NO_STANDARD, Severity.INFORMATION)
    ]
    assert amounts(table, "CN") == (3, 0)


def test_hours_school_subject_without_code_is_information():
    problem = lone_class(need("R1", "A", "CLUB", "1"))
    table = table_of(problem, demand("CN", 0, 3), R1_1=at(1, 1))
    assert brief(table) == [("", "unlisted", "CLUB")]
    # It takes its place in the weekly total all the same: 1 of 0 is allowed, 3 not.
    full = lone_class(need("R1", "A", "CLUB", "3"))
    total = demand("TOTAL", 0, 0, StandardKind.TOTAL)
    assert brief(table_of(full, total))[0] == ("A01", "too_many", "TOTAL")
    assert table.findings[0].severity is Severity.INFORMATION
    assert table.findings[0].text.zh == (
        "三(1)班 社团：计划1节，已排1节，课程标准未列此课程"
    )


@pytest.mark.parametrize(
    ("name", "rule", "severity"),
    [("奥数", "A18", "error"), ("围棋", "A18", "error"), ("物理", "", "information")],
)
def test_hours_table_is_as_severe_on_names_off_the_plan_as_the_audit(
    name, rule, severity
):
    own = Subject("X1", name, SubjectKind.OTHER)
    problem = lone_class(need("R1", "A", "X1", "1"), subjects=(own,))
    (found,) = table_of(problem, demand("CN", 0, 3), R1_1=at(1, 1)).findings

    assert (found.rule, found.severity) == (rule, severity)
    if rule:
        assert found.severity is RULE[rule].severity


def test_hours_school_subject_outside_lesson_rows_is_no_finding():
    problem = lone_class(need("R1", "A", "CLUB", "1", slots=SlotKind.ACTIVITY))
    table = table_of(problem, demand("CN", 0, 3), R1_1=at(1, 10))
    assert table.findings == ()
    club = table.rows[-1].taught
    assert (club.planned.lessons, club.outside.minutes) == (0, 60)


def test_hours_activity_rows_are_no_lessons_of_the_curriculum():
    problem = lone_class(need("R1", "A", "CLS", "1", slots=SlotKind.ACTIVITY))
    table = table_of(problem, demand("CLS", 1, 1), R1_1=at(1, 10))
    assert brief(table) == [("A14", "missing", "CLS")]
    assert table.findings[0].text.zh.endswith("另有1节在课外时段，不计入")


def test_hours_short_friday_lesson_counts_with_its_own_minutes():
    # Three lessons of 40 minutes and one of 15 on Friday: 135 of 160, 25 short.
    rows = """
    1 1 lesson 08:20 09:00 第1节
    1 2 lesson 09:15 09:55 第2节
    1 3 lesson 10:25 11:05 第3节
    5 1 lesson 08:20 08:35 第1节
    """
    problem = lone_class(
        need("R1", "A", "CN", "4"),
        bells=(bell("high", rows),),
        group=replace(CLASSES[0], bell_id="high"),
    )
    placed = {"R1_1": at(1, 1), "R1_2": at(1, 2), "R1_3": at(1, 3), "R1_4": at(5, 1)}
    table = table_of(problem, demand("CN", 4, 4), **placed)
    assert brief(table) == [("A03", "too_few", "CN")]
    assert table.rows[0].short == 25
    assert table.rows[0].mark == "-0.6"


@pytest.mark.parametrize(
    ("name", "code"), [("语文", "CN"), ("道法", "ME"), ("班会", "CLS"), ("兴趣", "")]
)
def test_hours_subject_without_code_is_known_by_its_usual_name(name, code):
    own = Subject("X1", name, SubjectKind.OTHER)
    problem = lone_class(need("R1", "A", "X1", "2"), subjects=(own,))

    assert own.code == code
    if code:
        assert amounts(table_of(problem, demand(code, 2, 2)), code)[0] == 2
