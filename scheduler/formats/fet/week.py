"""FET's days and hours as a bell: weekdays, rows with clock times.

FET's hours have no clock times but those in their names, which are the bell where all
have one and they follow one another. Otherwise times are made up: each hour becomes a
row that ends when the next begins. Break times become ``lunch`` rows: no block crosses
them, and they are no idle periods.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from scheduler.formats.fet.document import Document, Slot
from scheduler.model.times import MINUTES_A_DAY, Bell, Period, RowKind

BELL_ID = "FET"
Span = tuple[int, int]
"""Start and end, in minutes of the day."""
_LESSON_MINUTES = 45
_FIRST_MINUTE = 8 * 60


class Week:
    """Where FET's slots lie in our week."""

    def __init__(self, document: Document) -> None:
        self.days, self.hours = len(document.days), len(document.hours)
        self._spans = named_times(document.hours) or _made_up(self.hours)
        self.minutes = min(end - start for start, end in self._spans)
        self._hour = {start: k for k, (start, _) in enumerate(self._spans)}
        self.breaks = frozenset(
            slot
            for c in document.constraints
            if c.type == "BreakTimes" and c.active
            for slot in document.slots(c)
        )
        self.bell = Bell(BELL_ID, tuple(self._rows(document)))
        self._period = {(p.day - 1, self.hour_at(p.start)): p for p in self.lessons}

    @property
    def lessons(self) -> tuple[Period, ...]:
        """Rows that carry lessons."""
        return tuple(p for p in self.bell.periods if p.kind is RowKind.LESSON)

    def _rows(self, document: Document) -> Iterator[Period]:
        for day in range(self.days):
            number = 0
            for hour, name in enumerate(document.hours):
                is_break = (day, hour) in self.breaks
                number += not is_break
                # Breaks take numbers that no lesson of the day can have.
                taken = self.hours + hour + 1 if is_break else number
                kind = RowKind.LUNCH if is_break else RowKind.LESSON
                start, end = self._spans[hour]
                label = " ".join(name.split())
                yield Period(day + 1, taken, kind, start, end, label)

    def start_of(self, hour: int) -> int:
        """The minute an hour begins; of the number of hours, the end of the day."""
        return self._spans[hour][0] if hour < self.hours else self._spans[-1][1]

    def hour_at(self, minute: int) -> int:
        """The hour that begins at a minute."""
        return self._hour[minute]

    def period_of(self, slot: Slot) -> tuple[int, int] | None:
        """Weekday and period number of a slot; None for a break."""
        row = self._period.get(slot)
        return (row.day, row.number) if row else None

    def periods_of(self, slots: Iterable[Slot]) -> tuple[tuple[int, int], ...]:
        """The same of several, breaks left out, in the order of the week."""
        found = (self.period_of(slot) for slot in sorted(set(slots)))
        return tuple(period for period in found if period)

    def slot_of(self, day: int, minute: int) -> Slot:
        """FET's slot of a weekday and a minute at which an hour begins."""
        return day - 1, self.hour_at(minute)

    def stretches(self, slots: Iterable[Slot]) -> Iterator[tuple[int, int, int]]:
        """Neighbouring slots as weekday, first minute, minute after the last."""
        wanted = sorted(set(slots))
        for _, run in groupby(enumerate(wanted), lambda x: (x[1][0], x[1][1] - x[0])):
            stretch = [slot for _, slot in run]
            day, first = stretch[0]
            yield day + 1, self.start_of(first), self._spans[stretch[-1][1]][1]


def named_times(hours: Sequence[str]) -> tuple[Span, ...] | None:
    """Start and end of each hour where all names tell them in order, else None.

    Names may tell the start alone ("8:20"): an hour then ends when the next begins,
    but no later than the shortest one lasts.
    """
    found = [list(_times(name)) for name in hours]
    if not found or any(len(times) != len(found[0]) for times in found):
        return None
    if len(found[0]) == 1 and len(found) > 1:
        starts = [times[0] for times in found]
        length = min(b - a for a, b in pairwise(starts))
        found = [[start, start + length] for start in starts]
    if len(found[0]) != len(("start", "end")):
        return None
    ends = [minute for times in found for minute in times]
    ordered = all(a < b for a, b in found) and ends == sorted(ends)
    in_day = ends[-1] <= MINUTES_A_DAY
    return tuple((a, b) for a, b in found) if ordered and in_day else None


def _times(name: str) -> Iterator[int]:
    for hour, minute in _CLOCK.findall(name):
        if int(hour) < MINUTES_A_DAY // 60 and int(minute) < 60:
            yield 60 * int(hour) + int(minute)


_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:：.h](\d{2})(?!\d)")


def _made_up(hours: int) -> tuple[Span, ...]:
    """Hours one after the other: by day where that fits."""
    minutes, first = _LESSON_MINUTES, _FIRST_MINUTE
    if first + hours * minutes > MINUTES_A_DAY:
        minutes, first = MINUTES_A_DAY // hours, 0
    return tuple((first + k * minutes, first + (k + 1) * minutes) for k in range(hours))
