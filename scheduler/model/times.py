"""Clock time: minutes of the day, weeks of the cycle, the rows of a bell.

All intervals are half-open ``[start, end)`` in minutes after midnight; weekdays
are 1 (Monday) to 7 (Sunday); the two-week cycle has an odd and an even layer.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

MINUTES_A_DAY = 24 * 60
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")


class Week(StrEnum):
    """Weeks of the two-week cycle in which something takes place."""

    EVERY = "every"
    ODD = "odd"
    EVEN = "even"

    @property
    def layers(self) -> tuple[int, ...]:
        """Layers of the cycle: 0 is the odd week, 1 the even week."""
        return _LAYERS[self]


_LAYERS = {Week.EVERY: (0, 1), Week.ODD: (0,), Week.EVEN: (1,)}
WEEK_OF_LAYER = (Week.ODD, Week.EVEN)
LAYERS = (0, 1)


class RowKind(StrEnum):
    """What a row of a bell is for."""

    LESSON = "lesson"
    ACTIVITY = "activity"
    BIG_BREAK = "big_break"
    BREAK = "break"
    LUNCH = "lunch"
    AFTER_SCHOOL = "after_school"


class SlotKind(StrEnum):
    """Which rows of a bell a requirement is placed on."""

    LESSON = "lesson"
    ACTIVITY = "activity"

    @property
    def rows(self) -> frozenset[RowKind]:
        """Kinds of bell rows that carry such lessons."""
        return LESSON_ROWS if self is SlotKind.LESSON else ACTIVITY_ROWS


RowKinds = frozenset[RowKind]
LESSON_ROWS: RowKinds = frozenset({RowKind.LESSON})
ACTIVITY_ROWS: RowKinds = frozenset(
    {RowKind.ACTIVITY, RowKind.BIG_BREAK, RowKind.AFTER_SCHOOL}
)


def overlap(start_a: int, end_a: int, start_b: int, end_b: int) -> bool:
    """Tell whether two half-open intervals share a moment."""
    return start_a < end_b and start_b < end_a


def stretches(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Stretches, by time, in which none of these half-open intervals begins or ends."""
    return pairwise(sorted({edge for span in spans for edge in span}))


def parse_clock(text: str) -> int:
    """Read ``HH:MM`` (or ``HH:MM:00``) as minutes after midnight.

    Raises:
        ValueError: the text is not a time of day.
    """
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a time HH:MM")
    minutes = int(match[1]) * 60 + int(match[2])
    if int(match[2]) > 59 or minutes > MINUTES_A_DAY:
        raise ValueError(f"{text!r} is not a time of day")
    return minutes


def format_clock(minutes: int) -> str:
    """Write minutes after midnight as ``HH:MM``."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@dataclass(frozen=True, slots=True)
class Period:
    """One row of a bell: a lesson, break, activity, lunch or after-school time."""

    day: int
    number: int
    kind: RowKind
    start: int
    end: int
    name: str = ""

    @property
    def minutes(self) -> int:
        """Length in minutes."""
        return self.end - self.start


@dataclass(frozen=True)
class Bell:
    """The rows of every weekday (作息时间表); sorted by day and clock time."""

    bell_id: str
    periods: tuple[Period, ...]

    @cached_property
    def _by_number(self) -> dict[tuple[int, int], Period]:
        return {(p.day, p.number): p for p in self.periods}

    @cached_property
    def _by_day(self) -> dict[int, tuple[Period, ...]]:
        days = sorted({p.day for p in self.periods})
        rows = sorted(self.periods, key=lambda p: (p.start, p.end))
        return {day: tuple(p for p in rows if p.day == day) for day in days}

    @property
    def days(self) -> tuple[int, ...]:
        """Weekdays with at least one row, in order."""
        return tuple(self._by_day)

    @cached_property
    def school_days(self) -> tuple[int, ...]:
        """Weekdays with at least one lesson row, in order."""
        return tuple(d for d in self.days if self.rows(d, LESSON_ROWS))

    def on(self, day: int) -> tuple[Period, ...]:
        """All rows of one weekday by clock time."""
        return self._by_day.get(day, ())

    def rows(self, day: int, kinds: RowKinds) -> tuple[Period, ...]:
        """Rows of one weekday of these kinds, by clock time."""
        key = (day, kinds)
        if key not in self._rows:
            self._rows[key] = tuple(p for p in self.on(day) if p.kind in kinds)
        return self._rows[key]

    @cached_property
    def _rows(self) -> dict[tuple[int, RowKinds], tuple[Period, ...]]:
        return {}

    def find(self, day: int, number: int) -> Period | None:
        """The row with this number on this day."""
        return self._by_number.get((day, number))

    def block(
        self, day: int, number: int, length: int, kinds: RowKinds
    ) -> tuple[Period, ...] | None:
        """The rows of a block, or None where it does not fit.

        A block of length n takes n rows of these kinds with nothing but
        ``break`` rows between them (data-format.md, "Periods").
        """
        first = self.find(day, number)
        if first is None:
            return None
        taken: list[Period] = []
        for row in self.on(day):
            if row.start < first.start or len(taken) == length:
                continue
            if row.kind in kinds:
                taken.append(row)
            elif row.kind is not RowKind.BREAK or not taken:
                break
        whole = len(taken) == length and taken[0] is first
        return tuple(taken) if whole else None
