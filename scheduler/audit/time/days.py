"""C06 and C08-C12: PE minutes, meals, the shape of a class's days, lost dates."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise

from scheduler.audit.findings import Severity
from scheduler.audit.inputs.school import AuditClass, AuditLesson, AuditSchool, Use
from scheduler.audit.profile import Values
from scheduler.audit.ruling.rule import MET, Case, Found, Item, NotChecked, rule
from scheduler.audit.ruling.saying import course, days_text, doubtful, joined, unread
from scheduler.model.term import Term
from scheduler.model.text import Text, weekday
from scheduler.model.times import LAYERS, Period, RowKind

_PE = ("PE", "PEA")
_MINOR = ("PE", "MUS", "FA", "AR", "LAB")
_SPREAD = Text("把课分散到不同的天", "spread the lessons over the days")


def _no_bell(group: AuditClass) -> NotChecked:
    text = Text(f"{group.name}的课表没有作息时间", f"{group.name} shows no clock times")
    return NotChecked("no_bell", text, group)


@rule(
    "C06",
    Severity.CRITICAL,
    "TB",
    Text("每天体育活动不少于1小时（法定），2小时（要求）", "PE-type minutes a day"),
    wording="应当保障在校每天不少于一小时（体育法）；不低于2小时",
    source="S17 S25 体育法（2022），教育强国建设规划纲要",
    mend=Text(
        "加体育课、体育活动课或延长大课间",
        "add PE, a PE activity or a longer big break",
    ),
)
def activity_minutes(case: Case, group: AuditClass) -> Iterator[Item]:
    """PE, PE activities and big breaks; ordinary breaks do not count."""
    if group.bell is None:
        yield _no_bell(group)
        return
    values = case.profile.values
    minutes = {d: _moved(case.school, group, d) for d in case.school.days(group)}
    sure = {d: n for d, n in minutes.items() if not unread(case.school, group, d)}
    below = {d: n for d, n in sure.items() if n < values.pe_minutes_law}
    short = {
        d: n for d, n in sure.items() if values.pe_minutes_law <= n < values.pe_minutes
    }
    for days, demanded, severity in (
        (below, values.pe_minutes_law, Severity.CRITICAL),
        (short, values.pe_minutes, Severity.ERROR),
    ):
        if days:
            yield _minutes_found(group, days, demanded, severity)
    if len(sure) < len(minutes) and min(minutes.values()) < values.pe_minutes:
        yield doubtful(group, Text("体育课", "PE"), "PE")
    elif minutes and not (below or short):
        yield MET


def _minutes_found(
    group: AuditClass, days: dict[int, int], demanded: int, severity: Severity
) -> Found:
    least, text = min(days.values()), days_text(days)
    return Found(
        Text(
            f"{group.name}{text.zh}体育活动最少{least}分钟，应不少于{demanded}分钟。",
            f"{group.name}: {least} minutes of PE-type activity at least on "
            f"{text.en}, {demanded} demanded.",
        ),
        str(least),
        str(demanded),
        group,
        subject="PE",
        day=joined(days),
        severity=severity,
    )


def _moved(school: AuditSchool, group: AuditClass, day: int) -> int:
    """Minutes of a day that count, in the week with fewer."""
    if group.bell is None:
        return 0
    breaks = [
        (r.start, r.end) for r in group.bell.on(day) if r.kind is RowKind.BIG_BREAK
    ]
    lessons = [
        x
        for x in school.of(group)
        if x.day == day and x.code in _PE and x.use is not Use.NOT_LESSON and x.whole
    ]
    totals = []
    for layer in LAYERS:
        spans = breaks + [
            (x.start, x.end)
            for x in lessons
            if x.start is not None and x.end is not None and layer in x.week.layers
        ]
        totals.append(_covered(spans))
    return min(totals)


def _covered(spans: list[tuple[int, int]]) -> int:
    """Minutes in at least one of the intervals."""
    total, free = 0, 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, free))
        free = max(free, end)
    return total


@rule(
    "C08",
    Severity.WARNING,
    "TB",
    Text("饭后1小时、饭前半小时不排体育", "no PE close to lunch"),
    wording="一般应当避开",
    source="S53",
    mend=Text("把体育课移开", "move the PE lesson"),
)
def pe_and_lunch(case: Case, group: AuditClass) -> Iterator[Item]:
    """By the meal itself, where a row holds the rest after it too."""
    if group.bell is None:
        yield _no_bell(group)
        return
    if not any(r.kind is RowKind.LUNCH for r in group.bell.periods):
        text = Text(
            f"{group.name}的作息里没有午餐时间", f"{group.name} shows no time of lunch"
        )
        yield NotChecked("no_lunch", text, group)
        return
    values = case.profile.values
    for lesson in case.school.of(group):
        if lesson.code not in _PE or lesson.start is None or lesson.end is None:
            continue
        if lesson.use is Use.NOT_LESSON:
            continue
        meals = [_meal(r, values) for r in group.bell.on(lesson.day) if _eaten(r)]
        found = next(
            filter(None, (_near(group, lesson, m, values) for m in meals)), MET
        )
        yield found


def _eaten(row: Period) -> bool:
    return row.kind is RowKind.LUNCH and ("休" not in row.name or "餐" in row.name)


def _meal(row: Period, values: Values) -> tuple[int, int]:
    """When the meal is: the row, or its beginning where a rest is part of it."""
    rest = "休" in row.name or row.minutes > 60
    return row.start, row.start + min(row.minutes, values.meal_minutes) if rest else (
        row.end
    )


def _near(
    group: AuditClass, lesson: AuditLesson, meal: tuple[int, int], values: Values
) -> Found | None:
    after = (lesson.start or 0) - meal[1]
    before = meal[0] - (lesson.end or 0)
    if 0 <= after < values.pe_after_meal:
        word = Text(f"饭后{after}分钟", f"{after} minutes after lunch")
        have, least = after, values.pe_after_meal
    elif 0 <= before < values.pe_before_meal:
        word = Text(f"饭前{before}分钟", f"{before} minutes before lunch")
        have, least = before, values.pe_before_meal
    else:
        return None
    day = weekday(lesson.day)
    return Found(
        Text(
            f"{group.name}{day.zh}第{lesson.period}节体育在{word.zh}，应隔开{least}分钟。",
            f"{group.name}: PE in period {lesson.period} on {day.en} is {word.en}; "
            f"{least} are due.",
        ),
        str(have),
        str(least),
        group,
        subject=lesson.code,
        day=str(lesson.day),
        period=str(lesson.period),
    )


@rule(
    "C09",
    Severity.WARNING,
    "T",
    Text("同一学科一天不超过2节，不连堂（实验、美术等除外）", "a subject's day"),
    wording="一般不连堂",
    source="学校惯例",
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
    source="学校惯例",
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
    source="教育部课后服务“5+2”要求",
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
    source="regulations 5.4",
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
