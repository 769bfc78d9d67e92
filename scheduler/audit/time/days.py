"""C09-C12: the shape of a class's days, after-school time, lost dates."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise

from scheduler.audit.findings import Severity
from scheduler.audit.inputs.school import AuditClass, AuditLesson
from scheduler.audit.ruling.documents import AFTER_SCHOOL, HABIT, PLAN
from scheduler.audit.ruling.rule import MET, Case, Found, Item, rule
from scheduler.audit.ruling.saying import course, joined
from scheduler.model.term import Term
from scheduler.model.text import Text, weekday
from scheduler.model.times import LAYERS, RowKind

_MINOR = ("PE", "MUS", "FA", "AR", "LAB")
_SPREAD = Text("把课分散到不同的天", "spread the lessons over the days")


@rule(
    "C09",
    Severity.WARNING,
    "T",
    Text("同一学科一天不超过2节，不连堂（实验、美术等除外）", "a subject's day"),
    wording="一般不连堂",
    source=HABIT,
    mend=_SPREAD,
)
def same_subject(case: Case, group: AuditClass) -> Iterator[Item]:
    """More than two of a subject on a day; twice in a row unless a double lesson."""
    seen, silent = False, True
    for (code, day), lessons in sorted(_by_day(case, group).items()):
        seen = True
        for layer in LAYERS:
            own = [x for x in lessons if layer in x.week.layers]
            found = _crowded(case, group, code, day, own)
            if found is not None:
                silent = False
                yield found
                break
    if seen and silent:
        yield MET


def _by_day(case: Case, group: AuditClass) -> dict[tuple[str, int], list[AuditLesson]]:
    found: dict[tuple[str, int], list[AuditLesson]] = defaultdict(list)
    for lesson in case.school.taught(group):
        if lesson.code:
            found[lesson.code, lesson.day].append(lesson)
    return found


def _crowded(
    case: Case, group: AuditClass, code: str, day: int, lessons: list[AuditLesson]
) -> Found | None:
    name, on = course(case, code), weekday(day)
    most = case.profile.values.same_subject_a_day
    periods = joined(x.period for x in lessons)
    listed = periods.replace(";", "、")
    if len(lessons) > most:
        text = Text(
            f"{group.name}{on.zh}{name.zh}有{len(lessons)}节，一天不超过{most}节。",
            f"{group.name}: {len(lessons)} lessons of {name.en} on {on.en}, at most "
            f"{most}.",
        )
        measured, demanded = str(len(lessons)), str(most)
    elif code not in case.profile.lists.doubles and any(
        _in_a_row(group, one, other) for one, other in pairwise(lessons)
    ):
        text = Text(
            f"{group.name}{on.zh}{name.zh}连上两节（第{listed}节）。",
            f"{group.name}: {name.en} twice in a row on {on.en} (periods {periods}).",
        )
        measured, demanded = "2", "1"
    else:
        return None
    return Found(
        text, measured, demanded, group, subject=code, day=str(day), period=periods
    )


def _in_a_row(group: AuditClass, one: AuditLesson, other: AuditLesson) -> bool:
    """Neighbours with no lunch between, not marked as a double lesson.

    Without clock times nobody knows where the morning ends: periods 4 and 5 are
    taken as parted by lunch.
    """
    if one.double or other.double or other.period - one.period != 1:
        return False
    if group.bell is None:
        return one.period != 4
    rows = group.bell.on(one.day)
    return (
        not any(
            r.kind is RowKind.LUNCH and (one.end or 0) <= r.start < (other.start or 0)
            for r in rows
        )
        and (other.start or 0) - (one.end or 0) < 60
    )


@rule(
    "C10",
    Severity.INFORMATION,
    "T",
    Text("体育、艺术、劳动不全挤在末节，主科不总在同一节", "no course is cornered"),
    wording="一般应当错开",
    source=HABIT,
    mend=_SPREAD,
)
def cornered(case: Case, group: AuditClass) -> Iterator[Item]:
    """All PE, arts and labour in the last periods, or a core subject in one slot."""
    lessons = case.school.taught(group)
    if not lessons:
        return
    values, found = case.profile.values, False
    ends = {
        d: max(x.period for x in lessons if x.day == d)
        for d in {x.day for x in lessons}
    }
    minor = [x for x in lessons if x.code in _MINOR]
    last = [x for x in minor if x.period > ends[x.day] - values.last_periods]
    if len(minor) > 3 and len(last) == len(minor):
        found = True
        yield Found(
            Text(
                f"{group.name}的体育、艺术、劳动{len(minor)}节全在每天最后"
                f"{values.last_periods}节。",
                f"{group.name}: all {len(minor)} lessons of PE, arts and labour are in "
                f"the last {values.last_periods} periods.",
            ),
            str(len(last)),
            str(len(minor) - 1),
            group,
        )
    for code in case.profile.lists.core:
        own = [x for x in lessons if x.code == code]
        slots, days = {x.period for x in own}, {x.day for x in own}
        if len(days) >= values.same_slot_days and len(slots) == 1:
            found = True
            yield _same_slot(case, group, code, own, len(days))
    if not found:
        yield MET


def _same_slot(
    case: Case, group: AuditClass, code: str, own: list[AuditLesson], days: int
) -> Found:
    name, period = course(case, code), own[0].period
    return Found(
        Text(
            f"{group.name}{name.zh}{days}天都在第{period}节。",
            f"{group.name}: {name.en} is in period {period} on all {days} days.",
        ),
        str(days),
        str(case.profile.values.same_slot_days - 1),
        group,
        subject=code,
        day=joined(sorted({x.day for x in own})),
        period=str(period),
    )


@rule(
    "C11",
    Severity.ERROR,
    "T",
    Text("课后服务不上主科新课", "no core lessons after school"),
    wording="不得利用课后服务时间讲授新课",
    source=AFTER_SCHOOL,
    mend=Text(
        "课后服务改为作业辅导、体育或社团",
        "use after-school time for homework help, sport or clubs",
    ),
)
def after_school(case: Case, group: AuditClass) -> Iterator[Item]:
    """Rows of after-school service that name a core subject."""
    rows = [x for x in case.school.of(group) if x.row is RowKind.AFTER_SCHOOL]
    known = any(
        r.kind is RowKind.AFTER_SCHOOL
        for r in (group.bell.periods if group.bell else ())
    )
    core = [x for x in rows if x.code in case.profile.lists.core and x.sure]
    if not core and (rows or known):
        yield MET
    for lesson in core:
        name, day = course(case, lesson.code), weekday(lesson.day)
        yield Found(
            Text(
                f"{group.name}{day.zh}课后服务排了{name.zh}，不得上新课。",
                f"{group.name}: {name.en} in after-school time on {day.en}.",
            ),
            lesson.name,
            "",
            group,
            subject=lesson.code,
            day=str(lesson.day),
            period=str(lesson.period) if lesson.period else "",
        )


@rule(
    "C12",
    Severity.INFORMATION,
    "TK",
    Text(
        "每周一节的课避开停课多的星期",
        "single lessons keep off weekdays that lose dates",
    ),
    wording="课时按学期核算",
    source=PLAN,
    mend=Text("换到停课少的星期", "move it to a weekday that loses fewer dates"),
)
def lost_dates(case: Case, group: AuditClass) -> Iterator[Item]:
    """Once-a-week subjects on a weekday that loses three dates or more."""
    term = case.school.term
    if term is None:
        return
    hours: dict[str, list[AuditLesson]] = defaultdict(list)
    for lesson in case.school.taught(group):
        hours[lesson.code or lesson.name].append(lesson)
    most = case.profile.values.lost_dates
    for own in hours.values():
        if sum((x.share for x in own), Fraction()) > 1 or len({x.day for x in own}) > 1:
            continue
        day = own[0].day
        lost = lost_on(term, day)
        if lost < most:
            yield MET
            continue
        name, on = course(case, own[0].code, own[0].name), weekday(day)
        yield Found(
            Text(
                f"{group.name}{name.zh}每周一次排在{on.zh}，本学期这一天停课{lost}次。",
                f"{group.name}: {name.en}, once a week on {on.en}, which loses {lost} "
                "dates this term.",
            ),
            str(lost),
            str(most - 1),
            group,
            subject=own[0].code,
            day=str(day),
            period=str(own[0].period),
        )


def lost_on(term: Term, day: int) -> int:
    """Dates of a weekday on which nothing is taught, less days made up as it."""
    dates = [
        term.first_day + timedelta(days=n)
        for n in range((term.last_day - term.first_day).days + 1)
    ]
    lost = sum(
        d.isoweekday() == day and any(c.first <= d <= c.last for c in term.closed)
        for d in dates
    )
    return max(0, lost - sum(m.acts_as == day for m in term.make_up))
