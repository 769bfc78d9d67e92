"""A17 and A18: shares over nine years, and what has no place on the grid."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from scheduler.audit.findings import Severity, number
from scheduler.audit.hours_words import NOT_OF_THE_PLAN
from scheduler.audit.inputs.school import AuditClass, AuditLesson, Use
from scheduler.audit.profile import Share
from scheduler.audit.ruling.documents import GANSU, PLAN, cited
from scheduler.audit.ruling.rule import (
    MET,
    Case,
    District,
    Found,
    Item,
    Scope,
    rule,
)
from scheduler.audit.ruling.saying import joined
from scheduler.audit.standard import TOTAL
from scheduler.model.text import Text
from scheduler.model.times import RowKind

_GRADES = range(1, 10)


@rule(
    "A17",
    Severity.WARNING,
    "T",
    Text("九年各科课时占比在范围内", "shares over nine years"),
    wording="各科占九年总课时的比例",
    source=PLAN,
    mend=Text("调整各年级课时", "change the hours of the grades"),
    scope=Scope.DISTRICT,
    applies=Text("九个年级齐全时", "where all nine grades are loaded"),
)
def nine_year_shares(district: District) -> Iterator[Item]:
    """The mean class of each grade, times the weeks of its year."""
    year = _years(district)
    if year is None:
        return
    total = year[TOTAL]
    for share in district.profile.shares:
        have = sum((year[c] for c in share.codes), Fraction())
        percent = round(1000 * have / total) / Fraction(10)
        if share.low <= percent <= share.high:
            yield MET
            continue
        yield _share_found(share, percent, have)


def _share_found(share: Share, percent: Fraction, have: Fraction) -> Found:
    bound = share.low if percent < share.low else share.high
    window = f"{number(share.low)}%—{number(share.high)}%"
    text = Text(
        f"九年合计{share.name.zh}{number(have)}节，占{number(percent)}%，应为{window}。",
        f"{share.name.en}: {number(have)} lessons in nine years, {number(percent)} %, "
        f"between {number(share.low)} and {number(share.high)} demanded.",
    )
    return Found(text, number(percent), number(bound), subject=";".join(share.codes))


def _years(district: District) -> dict[str, Fraction] | None:
    """Lessons of nine years by code; None where a grade is missing."""
    found: dict[str, Fraction] = defaultdict(Fraction)
    values = district.profile.values
    for grade in _GRADES:
        weeks = values.weeks_a_year_9 if grade == 9 else values.weeks_a_year
        hours = [
            case.hours[c.key]
            for case in district.cases
            for c in case.school.classes
            if c.grade == grade and case.school.taught(c)
        ]
        if not hours:
            return None
        for row in district.profile.standard.of_grade(grade):
            mean = sum((h.firm(row.code) for h in hours), Fraction()) / len(hours)
            found[row.code] += weeks * mean
    return found


@rule(
    "A18",
    Severity.ERROR,
    "T",
    Text("课表中没有方案以外的科目、自习和辅导", "nothing unlisted on the grid"),
    wording="不得随意增设科目",
    source=cited(PLAN, GANSU),
    mend=Text(
        "换成课程方案中的课程；校本课程写明名称",
        "replace it by a course of the plan; title school-based courses",
    ),
)
def unlisted(case: Case, group: AuditClass) -> Iterator[Item]:
    """Lessons whose name stands for no course, and self-study in lesson rows."""
    found: dict[str, list[AuditLesson]] = defaultdict(list)
    seen = False
    for lesson in case.school.of(group):
        if lesson.row is not RowKind.LESSON:
            continue
        seen = True
        if off_plan(case, lesson):
            found[lesson.name].append(lesson)
    for name, rows in found.items():
        days = joined(dict.fromkeys(x.day for x in rows))
        periods = joined(dict.fromkeys(x.period for x in rows))
        have = sum((x.share for x in rows), Fraction())
        text = Text(
            f"{group.name}课表里有“{name}”（每周{number(have)}节），"
            f"{NOT_OF_THE_PLAN.zh}。",
            f"{group.name} has “{name}” on the grid ({number(have)} a week), "
            f"{NOT_OF_THE_PLAN.en}.",
        )
        yield Found(
            text, number(have), "0", group, subject=name, day=days, period=periods
        )
    if seen and not found:
        yield MET


def off_plan(case: Case, lesson: AuditLesson) -> bool:
    """Whether a lesson is of no course of the plan, or self-study."""
    names = case.profile.names
    if names.of(names.course_part(lesson.name)) is not None:
        return names.off_plan(lesson.name)
    if lesson.use is not Use.LESSON or not lesson.name:
        return False
    return not lesson.code and (lesson.sure or not lesson.suggested)
