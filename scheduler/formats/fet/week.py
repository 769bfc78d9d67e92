"""FET's days and hours as a bell: weekdays, rows with clock times made up.

FET's hours have no clock times and no breaks between them, so each becomes a row
that ends when the next begins. Break times become ``lunch`` rows: no block crosses
them, and they are no idle periods.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from scheduler.formats.fet.document import Document, Slot
from scheduler.model.times import MINUTES_A_DAY, Bell, Period, RowKind

BELL_ID = "FET"
_LESSON_MINUTES = 45
_FIRST_MINUTE = 8 * 60


class Week:
    """Where FET's slots lie in our week."""

    def __init__(self, document: Document) -> None:
        self.days, self.hours = len(document.days), len(document.hours)
        self.minutes, self._first = _clock(self.hours)
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
                start, end = self.start_of(hour), self.start_of(hour + 1)
                label = " ".join(name.split())
                yield Period(day + 1, taken, kind, start, end, label)

    def start_of(self, hour: int) -> int:
        """The minute an hour begins; of the number of hours, the end of the day."""
        return self._first + hour * self.minutes

    def hour_at(self, minute: int) -> int:
        """The hour that begins at a minute."""
        return (minute - self._first) // self.minutes

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
            yield day + 1, self.start_of(first), self.start_of(stretch[-1][1] + 1)


def _clock(hours: int) -> tuple[int, int]:
    """Minutes of an hour and the minute of the first: by day where that fits."""
    if _FIRST_MINUTE + hours * _LESSON_MINUTES <= MINUTES_A_DAY:
        return _LESSON_MINUTES, _FIRST_MINUTE
    return MINUTES_A_DAY // hours, 0
