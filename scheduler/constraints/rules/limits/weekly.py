"""Kinds that sum a number of each day over the week."""

from abc import abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from scheduler.constraints.counting import (
    excess_table,
    on_day,
    scaled,
    shortage_table,
)
from scheduler.constraints.primitives import PatternCost, PatternSumCost, Primitive
from scheduler.constraints.rules.limits import shapes
from scheduler.constraints.rules.limits.daily import rows_used
from scheduler.constraints.rules.limits.kind import Excess, Kind, Said, Week
from scheduler.constraints.rules.limits.people import Calendar, Person
from scheduler.constraints.rules.limits.shapes import Shape
from scheduler.constraints.uses import ONE_ROW, is_used
from scheduler.model.limits import Limit, LimitKind
from scheduler.model.meeting import Meeting
from scheduler.model.text import Text
from scheduler.model.times import format_clock


class DaysKind(Kind):
    """The number of days with a lesson, against a number."""

    def counts(self, limit: Limit, meeting: Meeting) -> bool:
        """Tell whether the meeting makes its day count."""
        return True

    def table(self, value: int) -> tuple[int, ...]:
        """Cost of 0, 1, 2, … days."""
        return excess_table(value)

    def amount(self, value: int, days: int) -> int:
        """The same as a formula."""
        return max(0, days - value)

    def excesses(
        self, limit: Limit, person: Person, calendar: Calendar, layer: int, week: Week
    ) -> Iterator[Excess]:
        """One for a week with too many or too few days."""
        there = [m for day in week.values() for m in day if self.counts(limit, m)]
        days = len({m.day for m in there})
        if amount := self.amount(limit.value, days):
            yield Excess(amount, days, tuple(there))

    def primitives(
        self, limit: Limit, person: Person, calendar: Calendar, layer: int, weight: int
    ) -> Iterator[Primitive]:
        """One sum over the days."""
        days = tuple(
            self._day(limit, person, day, layer) for day in calendar.days(person)
        )
        table = scaled(self.table(limit.value), weight)
        yield PatternSumCost(person.resource, days, table)

    def _day(self, limit: Limit, person: Person, day: int, layer: int) -> PatternCost:
        attends = person.attends()

        def mask(meeting: Meeting) -> int:
            there = on_day(meeting, day, layer) and attends(meeting)
            return int(there and self.counts(limit, meeting))

        return PatternCost(
            *(person.resource, person.lessons, ONE_ROW, mask, is_used, day),
            clash_rule="",
        )


class MaxDays(DaysKind):
    """At most ``value`` days a week with a lesson. Amount: days too many."""

    kind: ClassVar[LimitKind] = LimitKind.MAX_DAYS
    asks: ClassVar[Text] = Text(
        "每周最多{v}天有课", "lessons on at most {v} days a week"
    )

    def sentence(self, limit: Limit, said: Said) -> Text:
        """Days and limit."""
        return Text(
            f"一周有{said.number}天有课，最多{limit.value}天",
            f"has lessons on {said.number} days a week, at most {limit.value}",
        )


class MinDays(DaysKind):
    """At least ``value`` days a week with a lesson. Amount: days missing."""

    kind: ClassVar[LimitKind] = LimitKind.MIN_DAYS
    asks: ClassVar[Text] = Text(
        "每周至少{v}天有课", "lessons on at least {v} days a week"
    )

    def table(self, value: int) -> tuple[int, ...]:
        """What is missing."""
        return shortage_table(value)

    def amount(self, value: int, days: int) -> int:
        """Days missing."""
        return max(0, value - days)

    def sentence(self, limit: Limit, said: Said) -> Text:
        """Days and limit."""
        return Text(
            f"一周只有{said.number}天有课，至少{limit.value}天",
            f"has lessons on {said.number} days a week, at least {limit.value}",
        )


class MaxDaysWithin(DaysKind):
    """At most ``value`` days a week with a lesson between ``start`` and ``end``.

    A lesson that shares a moment with that time counts. Amount: days too many.
    """

    kind: ClassVar[LimitKind] = LimitKind.MAX_DAYS_WITHIN
    asks: ClassVar[Text] = Text(
        "每周最多{v}天在{clock}有课",
        "lessons within {clock} on at most {v} days a week",
    )

    def counts(self, limit: Limit, meeting: Meeting) -> bool:
        """Tell whether the lesson shares a moment with the limit's time."""
        return meeting.overlaps(limit.start or 0, limit.end or 0)

    def sentence(self, limit: Limit, said: Said) -> Text:
        """Days, clock times and limit."""
        clock = f"{format_clock(limit.start or 0)}–{format_clock(limit.end or 0)}"
        return Text(
            f"一周有{said.number}天在{clock}有课，最多{limit.value}天",
            f"has lessons within {clock} on {said.number} days a week, "
            f"at most {limit.value}",
        )


class ShapeSumKind(Kind):
    """A number of each day's used rows, summed over the week, against a limit."""

    @abstractmethod
    def number(self) -> Shape:
        """The number of a day."""

    def excesses(
        self, limit: Limit, person: Person, calendar: Calendar, layer: int, week: Week
    ) -> Iterator[Excess]:
        """One for a week with too many."""
        total = 0
        for day, here in week.items():
            total += self.number()(rows_used(here), calendar.frame(person, day, layer))
        if total > limit.value:
            there = tuple(m for here in week.values() for m in here)
            yield Excess(total - limit.value, total, there)

    def primitives(
        self, limit: Limit, person: Person, calendar: Calendar, layer: int, weight: int
    ) -> Iterator[Primitive]:
        """One sum over the days."""
        days = tuple(shapes.day_patterns(self.number(), 1, person, calendar, layer))
        table = scaled(excess_table(limit.value), weight)
        yield PatternSumCost(person.resource, days, table)


class MaxIdleAWeek(ShapeSumKind):
    """At most ``value`` idle rows a week, as max_idle_a_day counts them.

    Amount: idle rows too many.
    """

    kind: ClassVar[LimitKind] = LimitKind.MAX_IDLE_A_WEEK
    asks: ClassVar[Text] = Text("每周最多{v}节空堂", "at most {v} idle periods a week")

    def number(self) -> Shape:
        """Idle rows of a day."""
        return shapes.idle

    def sentence(self, limit: Limit, said: Said) -> Text:
        """Idle rows and limit."""
        return Text(
            f"一周有{said.number}节空堂，最多{limit.value}节",
            f"has {said.number} idle periods a week, at most {limit.value}",
        )


class MaxLateStarts(ShapeSumKind):
    """At most ``value`` days a week begin with the second usable row, none later.

    Amount: days too many that do not begin with the first usable row, and on each
    day the usable rows before the first lesson beyond one.
    """

    kind: ClassVar[LimitKind] = LimitKind.MAX_LATE_STARTS
    asks: ClassVar[Text] = Text(
        "每周最多{v}天从第二节开始",
        "at most {v} days a week begin with the second period",
    )

    def number(self) -> Shape:
        """Whether the day begins late."""
        return shapes.begins_late

    def excesses(
        self, limit: Limit, person: Person, calendar: Calendar, layer: int, week: Week
    ) -> Iterator[Excess]:
        """The week's, and one for each day that begins later than the second row."""
        yield from super().excesses(limit, person, calendar, layer, week)
        for day, here in week.items():
            frame = calendar.frame(person, day, layer)
            missed = shapes.missed(rows_used(here), frame)
            if missed > 1:
                yield Excess(missed - 1, missed, tuple(here), day)

    def primitives(
        self, limit: Limit, person: Person, calendar: Calendar, layer: int, weight: int
    ) -> Iterator[Primitive]:
        """The week's sum and the days' patterns."""
        yield from super().primitives(limit, person, calendar, layer, weight)
        later = shapes.over(shapes.missed, 1)
        yield from shapes.day_patterns(later, weight, person, calendar, layer)

    def sentence(self, limit: Limit, said: Said) -> Text:
        """Late days and limit, or the rows missed on one day."""
        if said.on_day:
            return Text(
                f"第一节课前空了{said.number}节，最多空1节",
                f"begins after {said.number} free periods, at most 1",
            )
        return Text(
            f"一周有{said.number}天第一节没有课，最多{limit.value}天",
            f"begins late on {said.number} days a week, at most {limit.value}",
        )
