"""Kinds that count the periods of a day: as many as all lessons together take."""

from abc import abstractmethod
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import ClassVar

from scheduler.constraints.counting import (
    excess_table,
    on_day,
    scaled,
    shortage_table,
)
from scheduler.constraints.day_rows import taken
from scheduler.constraints.primitives import CountCost, InWeek, Primitive
from scheduler.constraints.rules.limits.kind import Excess, Kind, Said, Week
from scheduler.constraints.rules.limits.people import Calendar, Person, Whom, attendance
from scheduler.model.limits import Limit, LimitKind
from scheduler.model.meeting import Meeting
from scheduler.model.text import Text
from scheduler.model.times import format_clock, overlap


class PeriodsKind(Kind):
    """The periods of each day, block lengths included, against a number."""

    @abstractmethod
    def table(self, value: int) -> tuple[int, ...]:
        """Cost of 0, 1, 2, … periods."""

    @abstractmethod
    def amount(self, value: int, periods: int) -> int:
        """The same as a formula."""

    def days(self, person: Person, calendar: Calendar, layer: int) -> Iterator[int]:
        """Days that are looked at."""
        yield from calendar.days(person)

    def excesses(
        self, limit: Limit, person: Person, calendar: Calendar, layer: int, week: Week
    ) -> Iterator[Excess]:
        """One for each day with too many or too few periods."""
        for day in self.days(person, calendar, layer):
            here = week.get(day, [])
            periods = sum(m.placement.length for m in here)
            if amount := self.amount(limit.value, periods):
                yield Excess(amount, periods, tuple(here), day)

    def primitives(
        self, limit: Limit, person: Person, calendar: Calendar, layer: int, weight: int
    ) -> Iterator[Primitive]:
        """One count for each day."""
        table = scaled(self.table(limit.value), weight)
        for day in self.days(person, calendar, layer):
            value = InWeek(_periods(person.whom, day), layer)
            yield CountCost(person.lessons, value, table, day=day)


@lru_cache(maxsize=8192)
def _periods(whom: Whom, day: int) -> Callable[[Meeting], int]:
    """Periods of somebody's meeting on a day; limits share the function."""
    attends = attendance(*whom)

    def periods(meeting: Meeting) -> int:
        if meeting.day != day or not attends(meeting):
            return 0
        return meeting.placement.length

    return periods


class MaxPeriodsADay(PeriodsKind):
    """At most ``value`` periods a day. Amount: periods too many."""

    kind: ClassVar[LimitKind] = LimitKind.MAX_PERIODS_A_DAY
    asks: ClassVar[Text] = Text("每天最多{v}节", "at most {v} periods a day")

    def table(self, value: int) -> tuple[int, ...]:
        """0 up to the limit, then 1, 2, …"""
        return excess_table(value)

    def amount(self, value: int, periods: int) -> int:
        """Periods too many."""
        return max(0, periods - value)

    def sentence(self, limit: Limit, said: Said) -> Text:
        """Periods and limit."""
        return Text(
            f"有{said.number}节课，每天最多{limit.value}节",
            f"has {said.number} periods, at most {limit.value} a day",
        )


class MaxPeriodsADayWithin(Kind):
    """At most ``value`` periods a day between ``start`` and ``end``.

    Periods that share a moment with that time count. Amount: periods too many.
    """

    kind: ClassVar[LimitKind] = LimitKind.MAX_PERIODS_A_DAY_WITHIN
    asks: ClassVar[Text] = Text(
        "每天在{clock}最多{v}节", "at most {v} periods a day within {clock}"
    )

    def excesses(
        self, limit: Limit, person: Person, calendar: Calendar, layer: int, week: Week
    ) -> Iterator[Excess]:
        """One for each day with too many."""
        for day, here in week.items():
            periods = sum(_within(limit, m) for m in here)
            if periods > limit.value:
                yield Excess(periods - limit.value, periods, tuple(here), day)

    def primitives(
        self, limit: Limit, person: Person, calendar: Calendar, layer: int, weight: int
    ) -> Iterator[Primitive]:
        """One count for each day."""
        table = scaled(excess_table(limit.value), weight)
        attends = person.attends()
        for day in calendar.days(person):

            def periods(meeting: Meeting, day: int = day) -> int:
                there = on_day(meeting, day, layer) and attends(meeting)
                return _within(limit, meeting) if there else 0

            yield CountCost(person.lessons, periods, table, day=day)

    def sentence(self, limit: Limit, said: Said) -> Text:
        """Periods, clock times and limit."""
        clock = f"{format_clock(limit.start or 0)}–{format_clock(limit.end or 0)}"
        return Text(
            f"在{clock}有{said.number}节课，最多{limit.value}节",
            f"has {said.number} periods within {clock}, at most {limit.value}",
        )


def _within(limit: Limit, meeting: Meeting) -> int:
    """Periods of a lesson that share a moment with the limit's time."""
    start, end = limit.start or 0, limit.end or 0
    return sum(overlap(a, b, start, end) for a, b in taken(meeting))


class MinPeriodsEveryDay(PeriodsKind):
    """At least ``value`` periods on every day with a usable row.

    Amount: periods missing.
    """

    kind: ClassVar[LimitKind] = LimitKind.MIN_PERIODS_EVERY_DAY
    asks: ClassVar[Text] = Text("每天至少{v}节", "at least {v} periods every day")

    def days(self, person: Person, calendar: Calendar, layer: int) -> Iterator[int]:
        """Days with a row on which the person is available."""
        for day in calendar.days(person):
            if calendar.frame(person, day, layer).usable:
                yield day

    def table(self, value: int) -> tuple[int, ...]:
        """What is missing."""
        return shortage_table(value)

    def amount(self, value: int, periods: int) -> int:
        """Periods missing."""
        return max(0, value - periods)

    def sentence(self, limit: Limit, said: Said) -> Text:
        """Periods and limit."""
        return Text(
            f"只有{said.number}节课，每天至少{limit.value}节",
            f"has {said.number} periods, at least {limit.value} every day",
        )
