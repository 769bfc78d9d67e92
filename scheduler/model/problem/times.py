"""Times at which somebody or something cannot be had, week by week or on a date."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from scheduler.model.closures import Shut, shut_times
from scheduler.model.problem.tables import ProblemTables
from scheduler.model.resources import (
    Level,
    ResourceKind,
    Unavailability,
    UnavailableDay,
    unavailable_days,
)


@dataclass(frozen=True)
class ProblemTimes(ProblemTables):
    """What follows from rows on unavailable times, closures, calendars and bookings."""

    @cached_property
    def all_unavailable(self) -> tuple[Unavailability, ...]:
        """Rows of unavailable.csv, and the times closed on most dates.

        A row of a teaching-research group is one of each of its teachers.
        """
        return tuple(self._by_teacher(self.unavailable + self.closed_weekly))

    def _by_teacher(self, rows: tuple[Unavailability, ...]) -> Iterator[Unavailability]:
        for row in rows:
            if row.kind is not ResourceKind.GROUP:
                yield row
                continue
            for teacher in self.teachers:
                if teacher.group == row.resource_id:
                    yield replace(
                        row,
                        kind=ResourceKind.TEACHER,
                        resource_id=teacher.teacher_id,
                    )

    @cached_property
    def unavailability_of(
        self,
    ) -> dict[tuple[ResourceKind, str], tuple[Unavailability, ...]]:
        """Unavailable times of the week by what they speak of."""
        found: dict[tuple[ResourceKind, str], list[Unavailability]] = defaultdict(list)
        for row in self.all_unavailable:
            found[row.kind, row.resource_id].append(row)
        return {key: tuple(rows) for key, rows in found.items()}

    @cached_property
    def unavailable_on(self) -> dict[Level, dict[int, UnavailableDay]]:
        """What is unavailable, by level and weekday."""
        return unavailable_days(map(self._by_clock, self.all_unavailable))

    def _by_clock(self, row: Unavailability) -> Unavailability:
        """A period of a class as the time it has in the class's own bell."""
        group = self.class_group.get(row.resource_id)
        if row.kind is not ResourceKind.CLASS or row.period is None or group is None:
            return row
        for own in self.bell[group.bell_id].on(row.day):
            if own.number == row.period:
                return replace(row, period=None, start=own.start, end=own.end)
        return row

    @cached_property
    def shut_on(self) -> dict[date, tuple[Shut, ...]]:
        """Closed times by date; dates without any are no keys."""
        times = shut_times(self.term, self.closures, self.calendars, self.bookings)
        found: dict[date, list[Shut]] = defaultdict(list)
        for shut in times:
            found[shut.date].append(shut)
        return {day: tuple(rows) for day, rows in found.items()}
