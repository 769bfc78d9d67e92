"""Times at which somebody or something cannot be had, week by week or on a date."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from scheduler.model.closures import Shut, shut_times
from scheduler.model.problem_tables import ProblemTables
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
        """Rows of unavailable.csv, and the times closed on most dates."""
        return self.unavailable + self.closed_weekly

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
        return unavailable_days(self.all_unavailable)

    @cached_property
    def shut_on(self) -> dict[date, tuple[Shut, ...]]:
        """Closed times by date; dates without any are no keys."""
        times = shut_times(self.term, self.closures, self.calendars, self.bookings)
        found: dict[date, list[Shut]] = defaultdict(list)
        for shut in times:
            found[shut.date].append(shut)
        return {day: tuple(rows) for day, rows in found.items()}
