"""C06 and C08: minutes of movement a day, and PE by lunch."""

from collections.abc import Iterator

from scheduler.audit.findings import Severity
from scheduler.audit.inputs.school import AuditClass, AuditLesson, AuditSchool, Use
from scheduler.audit.profile import Values
from scheduler.audit.ruling.documents import (
    MEALS,
    SPORT_LAW,
    STRONG_NATION,
    TEN_MEASURES,
    cited,
)
from scheduler.audit.ruling.rule import MET, Case, Found, Item, NotChecked, rule
from scheduler.audit.ruling.saying import days_text, doubtful, joined, unread
from scheduler.model.text import Text, weekday
from scheduler.model.times import LAYERS, Period, RowKind

_PE = ("PE", "PEA")


def _no_bell(group: AuditClass) -> NotChecked:
    text = Text(f"{group.name}的课表没有作息时间", f"{group.name} shows no clock times")
    return NotChecked("no_bell", text, group)


@rule(
    "C06",
    Severity.CRITICAL,
    "TB",
    Text("每天体育活动不少于1小时（法定），2小时（要求）", "PE-type minutes a day"),
    wording="应当保障在校每天不少于一小时（体育法）；不低于2小时",
    source=cited(SPORT_LAW, STRONG_NATION, TEN_MEASURES),
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
    source=MEALS,
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
