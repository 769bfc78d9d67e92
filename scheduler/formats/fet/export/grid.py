"""Bells as FET's one grid of days and hours.

FET knows hours only by order. Every stretch of clock time between two edges of lesson
rows is an hour; a row that spans several makes its lessons as long. Where all bells
ring alike, an hour is a period. A row that divides, such as lunch, is an hour of its
own in break times, so that FET sees no two lessons adjacent across it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Requirement
from scheduler.model.text import WEEKDAYS_EN
from scheduler.model.times import (
    Bell,
    Period,
    RowKind,
    format_clock,
    overlap,
    stretches,
)

Slot = tuple[str, str]


@dataclass(frozen=True)
class Grid:
    """Hours of a problem; a slot is a pair of FET's names of day and hour."""

    problem: Problem

    @cached_property
    def _rows(self) -> tuple[Period, ...]:
        """Rows that lessons of the problem may take."""
        kinds = dict.fromkeys(
            (self.problem.bell_of(r).bell_id, r.rows) for r in self.problem.requirements
        )
        return tuple(
            row
            for bell_id, slots in kinds
            for day in self.problem.bell[bell_id].days
            for row in self.problem.bell[bell_id].rows(day, slots)
        )

    @cached_property
    def days(self) -> tuple[int, ...]:
        """Weekdays with a row."""
        return tuple(sorted({row.day for row in self._rows}))

    @cached_property
    def hours(self) -> tuple[tuple[int, int], ...]:
        """Intervals of the clock that are hours, by start."""
        used = [
            (a, b)
            for a, b in stretches((row.start, row.end) for row in self._rows)
            if any(row.start <= a and b <= row.end for row in self._rows)
        ]
        return tuple(sorted({*used, *self._dividing(used)}))

    def _dividing(self, used: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """One stretch in each pause of the hours that a dividing row lies in."""
        rows = [
            (row.start, row.end)
            for bell in self.problem.bells
            for row in bell.periods
            if row.kind is not RowKind.BREAK
        ]
        for (_, end), (start, _) in pairwise(used):
            if any(end < start and overlap(a, b, end, start) for a, b in rows):
                yield end, start

    @property
    def is_plain(self) -> bool:
        """Whether every row is one hour, so that hours count as periods."""
        return all((row.start, row.end) in self.hours for row in self._rows)

    @cached_property
    def day_name(self) -> dict[int, str]:
        """FET's names of the weekdays."""
        return {day: WEEKDAYS_EN[day] for day in self.days}

    @cached_property
    def hour_name(self) -> dict[tuple[int, int], str]:
        """FET's names of the hours."""
        return {
            (start, end): f"{format_clock(start)}-{format_clock(end)}"
            for start, end in self.hours
        }

    def inside(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Hours that share a moment with a stretch of the clock."""
        return tuple(h for h in self.hours if overlap(*h, start, end))

    def slots(self, day: int, start: int, end: int) -> Iterator[Slot]:
        """Slots of a weekday that share a moment with a stretch of the clock."""
        if day in self.day_name:
            for hour in self.inside(start, end):
                yield self.day_name[day], self.hour_name[hour]

    def duration(self, rows: Sequence[Period]) -> int:
        """How many hours a block takes, pauses that other bells use included."""
        return len(self.inside(rows[0].start, rows[-1].end))

    def start_of(self, meeting: Meeting) -> Slot:
        """The slot in which a meeting begins."""
        return next(self.slots(meeting.day, meeting.start, meeting.end))

    def blocks(
        self, requirement: Requirement, length: int
    ) -> Iterator[tuple[Slot, tuple[Period, ...]]]:
        """Places of a block in the requirement's bell: first slot and rows."""
        bell: Bell = self.problem.bell_of(requirement)
        for day in bell.days:
            for row in bell.rows(day, requirement.rows):
                block = bell.block(day, row.number, length, requirement.rows)
                if block is not None:
                    first = next(self.slots(day, block[0].start, block[-1].end))
                    yield first, block

    @cached_property
    def breaks(self) -> tuple[Slot, ...]:
        """Slots in which neither a row lies nor a pause that a block may cross."""
        taken = {
            slot
            for requirement in self.problem.requirements
            for length in {1, *(lesson.length for lesson in requirement.lessons)}
            for slot in self._taken(requirement, length)
        }
        every = (
            (d, h) for d in self.day_name.values() for h in self.hour_name.values()
        )
        return tuple(slot for slot in every if slot not in taken)

    def _taken(self, requirement: Requirement, length: int) -> Iterator[Slot]:
        for _, rows in self.blocks(requirement, length):
            yield from self.slots(rows[0].day, rows[0].start, rows[-1].end)
