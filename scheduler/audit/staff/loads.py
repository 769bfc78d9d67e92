"""D01, D06, D07: where teachers are, and how much they teach."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from scheduler.audit.findings import Severity, number
from scheduler.audit.inputs.school import AuditLesson, AuditSchool, Use
from scheduler.audit.profile import is_primary
from scheduler.audit.ruling.documents import ASSUMED, DISTRICT, HABIT, POSTS, cited
from scheduler.audit.ruling.rule import MET, Case, Found, Item, NotChecked, Scope, rule
from scheduler.model.meeting import Meeting
from scheduler.model.resources import Post
from scheduler.model.text import Text, weekday
from scheduler.model.times import LAYERS, overlap

_SURNAME = re.compile(r"^.{1}(老师|师)$|^.$")
INSIDE = {"CAL": "CN", "XJP": ""}
"""Courses inside others: no subject of their own ("": none at all)."""


def vague(case: Case, name: str) -> bool:
    """Whether a name is a surname only, which several people may share."""
    return name not in case.school.staff_of and is_surname(name)


def is_surname(name: str) -> bool:
    """Whether a teacher is named by the surname alone: 王, 王老师."""
    return bool(_SURNAME.match(name))


@rule(
    "D01",
    Severity.CRITICAL,
    "TS",
    Text("教师同一时间只在一处", "no teacher in two places"),
    wording="不得冲突",
    source=HABIT,
    mend=Text("调开其中一节", "move one of the lessons"),
    scope=Scope.SCHOOL,
)
def two_places(case: Case) -> Iterator[Item]:
    """By the clock where times are known; classes taught together are one place."""
    school = case.school
    for name, lessons in school.by_teacher.items():
        found = list(_clashes([x for x in lessons if x.sure]))
        if found and vague(case, name):
            text = Text(
                f"“{name}”只有姓氏，同一时间有不同的课，不能确定是否同一人",
                f"“{name}” is a surname only and has lessons at the same time; it may "
                "be two people",
            )
            yield NotChecked("surname_only", text)
        elif found:
            for one, other in found:
                yield _clash_found(school, name, one, other)
        else:
            yield MET


def _clashes(lessons: list[AuditLesson]) -> Iterator[tuple[AuditLesson, AuditLesson]]:
    by_day: dict[int, list[AuditLesson]] = defaultdict(list)
    for lesson in lessons:
        by_day[lesson.day].append(lesson)
    told = set()
    for rows in by_day.values():
        for n, one in enumerate(rows):
            for other in rows[n + 1 :]:
                key = frozenset((one.meeting, other.meeting))
                if len(key) == 2 and key not in told and _at_once(one, other):
                    told.add(key)
                    yield one, other


def _at_once(one: AuditLesson, other: AuditLesson) -> bool:
    if not set(one.week.layers) & set(other.week.layers):
        return False
    if one.place and one.place == other.place and one.code == other.code:
        return False
    if None not in (one.start, one.end, other.start, other.end):
        return overlap(one.start or 0, one.end or 0, other.start or 0, other.end or 0)
    return one.period == other.period and one.row is other.row


def _clash_found(
    school: AuditSchool, name: str, one: AuditLesson, other: AuditLesson
) -> Found:
    places = [
        "、".join(school.class_of[c].name for c in x.classes) + x.name
        for x in (one, other)
    ]
    day = weekday(one.day)
    return Found(
        Text(
            f"{school.teacher(name)}{day.zh}第{one.period}节同时在{places[0]}和"
            f"{places[1]}。",
            f"{school.teacher(name)} is in {places[0]} and in {places[1]} in period "
            f"{one.period} on {day.en}.",
        ),
        "2",
        "1",
        school.class_of.get(one.classes[0]),
        subject=one.code,
        teacher=school.teacher(name),
        day=str(one.day),
        period=str(one.period),
    )


@rule(
    "D06",
    Severity.ERROR,
    "TS",
    Text("走教间隔够用，一天不超过2校，一学期不超过3校", "travelling teachers"),
    wording="一般不超过",
    source=cited(DISTRICT, ASSUMED),
    mend=Text("拉开间隔，固定走教日", "widen the gap, fix travelling days"),
    scope=Scope.SCHOOL,
)
def travelling(case: Case) -> Iterator[Item]:
    """Gaps between sites against the way and a buffer; schools a day and a term."""
    timetable, values = case.school.timetable, case.profile.values
    if timetable is None:
        text = Text("没有各校之间的路程", "the ways between schools are not known")
        yield NotChecked("no_sites", text)
        return
    for member in case.school.staff or ():
        meetings = timetable.by_teacher[member.key]
        schools = {u.school_id for m in meetings for u in m.uses}
        if len(schools) < 2 and len({m.site_id for m in meetings}) < 2:
            continue
        silent = True
        for found in _gaps(case, member.name, list(meetings)):
            silent = False
            yield found
        busiest = Counter(
            {
                d: len({u.school_id for m in meetings if m.day == d for u in m.uses})
                for d in {m.day for m in meetings}
            }
        ).most_common(1)
        limits = (
            (busiest[0][1], values.schools_a_day, Text("一天", "on one day")),
            (len(schools), values.schools_a_term, Text("一学期", "in the term")),
        )
        for have, most, span in limits:
            if have > most:
                silent = False
                yield Found(
                    Text(
                        f"{member.name}{span.zh}到{have}所学校，至多{most}所。",
                        f"{member.name} teaches at {have} schools {span.en}, at most "
                        f"{most}.",
                    ),
                    str(have),
                    str(most),
                    teacher=member.name,
                    severity=Severity.WARNING,
                )
        if silent:
            yield MET


def _gaps(case: Case, name: str, meetings: list[Meeting]) -> Iterator[Found]:
    timetable = case.school.timetable
    assert timetable is not None
    told = set()
    for day in sorted({m.day for m in meetings}):
        for layer in LAYERS:
            rows = sorted(
                (m for m in meetings if m.day == day and layer in m.layers),
                key=lambda m: m.start,
            )
            for one, other in pairwise(rows):
                if one.site_id == other.site_id or (day, one.start) in told:
                    continue
                way = timetable.problem.travel_minutes(one.site_id, other.site_id)
                need = (way or 0) + case.profile.values.travel_buffer
                have = other.start - one.end
                if have < need:
                    told.add((day, one.start))
                    yield _gap_found(name, other, have, need)


def _gap_found(name: str, other: Meeting, have: int, need: int) -> Found:
    day = weekday(other.day)
    return Found(
        Text(
            f"{name}{day.zh}两校之间只隔{have}分钟，路程加缓冲要{need}分钟。",
            f"{name} has {have} minutes between two sites on {day.en}, {need} with the "
            "way and a buffer.",
        ),
        str(have),
        str(need),
        teacher=name,
        day=str(other.day),
        period=str(other.rows[0].number),
    )


@rule(
    "D07",
    Severity.ERROR,
    "TS",
    Text("教师课时量在定额的70%—120%", "teachers' loads against the norm"),
    wording="一般应当均衡",
    source=cited(POSTS, ASSUMED),
    mend=Text("均衡课时或补充教师", "level the loads or add staff"),
    scope=Scope.SCHOOL,
)
def teacher_load(case: Case) -> Iterator[Item]:
    """Lessons a week in per cent of the norm; a class teacher's credit only lifts."""
    values = case.profile.values
    heads = {c.class_teacher for c in case.school.classes if c.class_teacher}
    for name in case.school.by_teacher:
        if vague(case, name):
            text = Text(f"“{name}”只有姓氏", f"“{name}” is a surname only")
            yield NotChecked("surname_only", text)
            continue
        norm, load = norm_of(case, name), load_of(case.school, name)
        if not load:
            continue
        credit = Fraction(values.class_teacher_credit * norm, 100)
        full = load + credit if name in heads else load
        percent = 100 * load / norm
        member = case.school.staff_of.get(name)
        low = member is not None and member.post is Post.FULL_TIME
        if percent > values.load_over:
            bound, severity = values.load_over, Severity.ERROR
        elif percent > values.load_high:
            bound, severity = values.load_high, Severity.WARNING
        elif low and 100 * full / norm < values.load_low:
            bound, severity = values.load_low, Severity.WARNING
        else:
            yield MET
            continue
        yield _load_found(case.school.teacher(name), load, norm, bound, severity)


def _load_found(
    name: str, load: Fraction, norm: int, bound: int, severity: Severity
) -> Found:
    limit, percent = Fraction(bound * norm, 100), 100 * load / norm
    word = Text("高于", "above") if load > limit else Text("低于", "below")
    return Found(
        Text(
            f"{name}每周{number(load)}节，定额{norm}节，为{number(percent)}%，"
            f"{word.zh}{bound}%。",
            f"{name}: {number(load)} lessons a week, norm {norm}, "
            f"{number(percent)} %, {word.en} {bound} %.",
        ),
        number(load),
        number(limit),
        teacher=name,
        severity=severity,
    )


def load_of(school: AuditSchool, name: str) -> Fraction:
    """Lessons a week in lesson rows; classes taught together once."""
    rows = {
        (x.meeting, x.day, x.period, x.week): x.share
        for x in school.by_teacher.get(name, ())
        if x.use is Use.LESSON
    }
    return sum(rows.values(), Fraction())


def main_code(school: AuditSchool, name: str) -> str:
    """The subject a teacher teaches most; the first by name where two are equal."""
    counts: Counter[str] = Counter()
    for x in school.by_teacher.get(name, ()):
        counts[INSIDE.get(x.code, x.code)] += len(x.week.layers)
    return min(counts, key=lambda c: (-counts[c], c), default="")


def norm_of(case: Case, name: str) -> int:
    """Lessons of a full post, by the stage and subject taught most."""
    grades = [
        case.school.class_of[c].grade or 1
        for x in case.school.by_teacher.get(name, ())
        for c in x.classes
    ]
    young = 2 * sum(map(is_primary, grades)) >= len(grades)
    return case.profile.norm(
        "primary" if young else "junior", main_code(case.school, name)
    )
