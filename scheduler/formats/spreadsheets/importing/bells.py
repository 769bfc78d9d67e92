"""Bells of an import: the times that sheets give, else those of the usual day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from scheduler.formats.spreadsheets.importing.inferred import Inferred
from scheduler.model.read_timetable import ClassKey, ReadClass, ReadLesson, ReadPeriod
from scheduler.model.times import Bell, Period, RowKind

DAYS = (1, 2, 3, 4, 5)
JUNIOR = 7
FIRST = {False: 8 * 60 + 20, True: 8 * 60}
"""First lessons begin at 8:20 in primary, 8:00 in junior schools (regulations 1.1)."""
MINUTES = {False: 40, True: 45}
"""Minutes of a lesson in primary and junior schools (regulations 1.1)."""
ACTIVITY = 40
BREAK = 10
BIG_BREAK = 30
AFTER_NOON = 14 * 60
MORNING = 4
Rows = tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Bells:
    """The bells and which class rings by which."""

    bells: tuple[Bell, ...]
    of_class: dict[ClassKey, str]


def bells_of(
    classes: Iterable[ReadClass], lessons: Iterable[ReadLesson], inferred: Inferred
) -> Bells:
    """A bell for every set of times; classes without any ring by the usual day."""
    most: dict[ClassKey, int] = defaultdict(int)
    days: set[int] = set(DAYS)
    for lesson in lessons:
        key = lesson.class_key
        most[key] = max(most[key], lesson.period)
        days.add(lesson.day)
    made: dict[tuple[object, ...], str] = {}
    bells: list[Bell] = []
    of_class: dict[ClassKey, str] = {}
    for one in classes:
        count = most[one.key]
        timed = _timed(one.periods, count)
        junior = (one.name.grade or 1) >= JUNIOR
        rows = timed or usual_rows(count, junior)
        others = _others(one.periods, timed) if timed else _after(one.periods, rows)
        signature = (rows, others)
        if signature not in made:
            made[signature] = f"bell-{len(made) + 1}"
            bells.append(Bell(made[signature], bell_rows(rows, others, sorted(days))))
        if not timed:
            _say_usual(inferred, junior)
        of_class[one.key] = made[signature]
    return Bells(tuple(bells), of_class)


def _say_usual(inferred: Inferred, junior: bool) -> None:
    first = "8:00" if junior else "8:20"
    inferred.say(
        "bells",
        f"课表上没有完整的时间，按{first}上课、每节{MINUTES[junior]}分钟补齐，请核对",
        f"no full times on the sheets: lessons of {MINUTES[junior]} minutes from "
        f"{first}",
    )


def _timed(periods: Iterable[ReadPeriod], count: int) -> Rows:
    """Number, start and end of every lesson row; nothing where one has no time."""
    found = {
        p.period: (p.start, p.end)
        for p in periods
        if p.period and p.start is not None and p.end is not None and p.end > p.start
    }
    if not count or any(n not in found for n in range(1, count + 1)):
        return ()
    rows = tuple((n, *found[n]) for n in sorted(found))
    spans = [(start, end) for _, start, end in rows]
    apart = all(a[1] <= b[0] for a, b in pairwise(spans))
    return rows if apart else ()


def _others(periods: Iterable[ReadPeriod], timed: Rows) -> tuple[ReadPeriod, ...]:
    """Rows that are no lessons, where their time is free."""
    taken = [(start, end) for _, start, end in timed]
    found = []
    for row in periods:
        if row.period or row.start is None or row.end is None or row.end <= row.start:
            continue
        if all(row.end <= start or end <= row.start for start, end in taken):
            taken.append((row.start, row.end))
            found.append(row)
    return tuple(found)


def usual_rows(count: int, junior: bool) -> Rows:
    """Lessons from the usual time on: a long break after two, noon after four."""
    rows = []
    start = FIRST[junior]
    for number in range(1, count + 1):
        if number == MORNING + 1:
            start = max(start, AFTER_NOON)
        end = start + MINUTES[junior]
        rows.append((number, start, end))
        start = end + (BIG_BREAK if number == 2 else BREAK)
    return tuple(rows)


def _after(periods: Iterable[ReadPeriod], rows: Rows) -> tuple[ReadPeriod, ...]:
    """Rows for activities without times, one after the other behind the lessons."""
    start = max((end for _, _, end in rows), default=AFTER_NOON)
    found = []
    for row in periods:
        if row.period is None and row.kind in (RowKind.ACTIVITY, RowKind.AFTER_SCHOOL):
            start += BREAK
            end = start + ACTIVITY
            found.append(replace(row, start=start, end=end))
            start = end
    return tuple(found)


def bell_rows(
    rows: Rows, others: tuple[ReadPeriod, ...], days: Iterable[int]
) -> tuple[Period, ...]:
    """The rows of a bell: the same lessons, and what comes beside them, every day."""
    numbers = max((n for n, _, _ in rows), default=0)
    found = []
    for day in days:
        found += [
            Period(day, n, RowKind.LESSON, start, end, f"第{n}节")
            for n, start, end in rows
        ]
        for index, row in enumerate(others, start=numbers + 1):
            kind = RowKind.ACTIVITY if row.kind is RowKind.LESSON else row.kind
            start, end = row.start or 0, row.end or 0
            found.append(Period(day, index, kind, start, end, row.name))
    return tuple(found)
