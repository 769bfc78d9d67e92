"""D10-D12: research half-days, common slots of a group, qualified teachers."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from scheduler.audit.findings import Severity, number
from scheduler.audit.inputs.school import AuditLesson, Use
from scheduler.audit.ruling.documents import (
    ASSUMED,
    DISTRICT,
    NANCHANG,
    PREPARATION,
    RESEARCH,
    cited,
)
from scheduler.audit.ruling.rule import MET, Case, Found, Item, NotChecked, Scope, rule
from scheduler.audit.ruling.saying import course
from scheduler.audit.staff.loads import main_code
from scheduler.model.text import Text, weekday
from scheduler.model.times import LESSON_ROWS, Bell, format_clock, overlap

_GROUP = 3
"""Teachers from whom on colleagues are a preparation group."""
_SPECIAL = ("PE", "MUS", "FA", "PSY", "IT")


@rule(
    "D10",
    Severity.WARNING,
    "TS",
    Text("教研时间不排课", "no lesson in the research half-day"),
    wording="一般不排课",
    source=RESEARCH,
    mend=Text("把课调出教研半天", "move the lesson out of the half-day"),
    scope=Scope.SCHOOL,
)
def research(case: Case) -> Iterator[Item]:
    """Lessons of a subject's teachers while their district research meets."""
    school = case.school
    if not school.facts.research:
        text = Text("没有各学科教研时间的安排", "no research half-days are known")
        yield NotChecked("no_research", text)
        return
    for name, lessons in school.by_teacher.items():
        code = main_code(school, name)
        times = [
            t for t in school.facts.research if (t.teacher or t.code) in (name, code)
        ]
        for time in times:
            hit = [
                x
                for x in lessons
                if x.day == time.day
                and x.start is not None
                and x.end is not None
                and overlap(x.start, x.end, time.start, time.end)
            ]
            if not hit:
                yield MET
            for lesson in hit:
                yield _research_found(case, name, code, lesson)


def _research_found(case: Case, name: str, code: str, lesson: AuditLesson) -> Found:
    person, day = case.school.teacher(name), weekday(lesson.day)
    group = case.school.class_of.get(lesson.classes[0])
    return Found(
        Text(
            f"{person}{day.zh}第{lesson.period}节有课，这是{course(case, code).zh}"
            "教研时间。",
            f"{person} teaches in period {lesson.period} on {day.en}, the research "
            f"time of {course(case, code).en}.",
        ),
        "1",
        "0",
        group,
        subject=code,
        teacher=person,
        day=str(lesson.day),
        period=str(lesson.period),
    )


@rule(
    "D11",
    Severity.WARNING,
    "TS",
    Text("备课组有共同空课", "a preparation group has a common free slot"),
    wording="一般每周一次集体备课",
    source=cited(PREPARATION, DISTRICT),
    mend=Text("空出一节共同时间", "keep one slot free for all of them"),
    scope=Scope.SCHOOL,
)
def common_slot(case: Case) -> Iterator[Item]:
    """Groups of three or more of the table of teachers, over the lesson rows."""
    school = case.school
    groups: dict[str, list[str]] = defaultdict(list)
    for member in school.staff or ():
        if member.group:
            groups[member.group].append(member.key)
    bells = [c.bell for c in school.classes if c.bell is not None]
    if not groups or not bells:
        text = Text("没有教研组名单或作息时间", "no groups of teachers or no bell")
        yield NotChecked("no_groups", text)
        return
    for name, members in sorted(groups.items()):
        if len(members) < _GROUP:
            continue
        taught = [x for t in members for x in school.by_teacher.get(t, ())]
        if next(_free(bells[0], taught), None):
            yield MET
            continue
        yield Found(
            Text(
                f"{name}组{len(members)}位教师没有共同的空课。",
                f"the {len(members)} teachers of {name} have no common free slot.",
            ),
            "0",
            "1",
            teacher="、".join(school.teacher(t) for t in members),
            subject=name,
        )


def _free(bell: Bell, taught: list[AuditLesson]) -> Iterator[str]:
    """Lesson rows in which none of these lessons lies in any week."""
    for day in bell.school_days:
        for row in bell.rows(day, LESSON_ROWS):
            if not any(
                x.day == day and overlap(x.start or 0, x.end or 0, row.start, row.end)
                for x in taught
            ):
                yield f"{day} {format_clock(row.start)}"


@rule(
    "D12",
    Severity.WARNING,
    "TS",
    Text("体育、艺术、心理、信息科技由对口教师任教", "teachers match their subject"),
    wording="一般应当教所学",
    source=cited(NANCHANG, ASSUMED),
    mend=Text("调配、共享或购买服务", "transfer, share or buy in teachers"),
    scope=Scope.SCHOOL,
)
def matching(case: Case) -> Iterator[Item]:
    """Share of lessons by teachers whose own subjects do not name the course."""
    school = case.school
    if not any(s.codes for s in school.staff or ()):
        text = Text("没有教师任教学科的登记", "the subjects of teachers are not known")
        yield NotChecked("no_staff", text)
        return
    for code in _SPECIAL:
        lessons = [
            x
            for x in school.lessons
            if x.code == code and x.use is Use.LESSON and x.teachers
        ]
        total = sum((x.share for x in lessons), Fraction())
        if not total:
            continue
        wrong = [
            x for x in lessons if not any(_knows(case, t, code) for t in x.teachers)
        ]
        share = 100 * sum((x.share for x in wrong), Fraction()) / total
        if not wrong:
            yield MET
            continue
        most = case.profile.values.mismatched
        people = dict.fromkeys(school.teacher(t) for x in wrong for t in x.teachers)
        name = course(case, code)
        yield Found(
            Text(
                f"{name.zh}有{number(share)}%的课由非对口教师任教：{'、'.join(people)}。",
                f"{number(share)} % of {name.en} is given by teachers of other "
                f"subjects: {', '.join(people)}.",
            ),
            number(share),
            "0" if share <= most else str(most),
            subject=code,
            teacher="、".join(people),
            severity=Severity.WARNING if share > most else Severity.INFORMATION,
        )


def _knows(case: Case, teacher: str, code: str) -> bool:
    """Whether the tables say so; teachers of other schools are taken at their word."""
    member = case.school.staff_of.get(teacher)
    if member is None or not member.codes:
        return True
    return code in member.codes or (code in ("MUS", "FA") and "AR" in member.codes)
