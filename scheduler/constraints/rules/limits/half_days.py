"""Half days without a lesson, of one person or the same for all of a group."""

from collections.abc import Iterator
from typing import ClassVar

from scheduler.constraints.counting import excess_table, on_day, scaled
from scheduler.constraints.primitives import PatternCost, PatternSumCost, Primitive
from scheduler.constraints.rules.limits.kind import Excess, Kind, Said, Week
from scheduler.constraints.rules.limits.people import Calendar, Person
from scheduler.constraints.uses import ONE_ROW, is_used
from scheduler.model.limits import Limit, LimitKind
from scheduler.model.meeting import Meeting
from scheduler.model.text import Text

HalfDay = tuple[int, bool]
"""Weekday, and whether the afternoon is meant."""
NOON = 12 * 60


class MinFreeHalfDays(Kind):
    """At least ``value`` half days a week without a lesson.

    Half days are those before and after 12:00 on which the bells have lesson rows; a
    lesson belongs to the half in which it begins. Of a group they are the same for all
    of its teachers, as for a meeting. Amount: half days missing.
    """

    kind: ClassVar[LimitKind] = LimitKind.MIN_FREE_HALF_DAYS
    asks: ClassVar[Text] = Text(
        "每周至少{v}个半天没有课", "at least {v} free half days a week"
    )

    def excesses(
        self, limit: Limit, person: Person, calendar: Calendar, layer: int, week: Week
    ) -> Iterator[Excess]:
        """One for a week with too few."""
        halves = _halves(person, calendar, layer)
        there = tuple(m for here in week.values() for m in here)
        used = len({half_of(m) for m in there} & set(halves))
        most = max(0, len(halves) - limit.value)
        if used > most:
            yield Excess(used - most, len(halves) - used, there)

    def primitives(
        self, limit: Limit, person: Person, calendar: Calendar, layer: int, weight: int
    ) -> Iterator[Primitive]:
        """One sum over the half days."""
        halves = _halves(person, calendar, layer)
        most = max(0, len(halves) - limit.value)
        days = tuple(_pattern(person, half, layer) for half in halves)
        if days:
            table = scaled(excess_table(most), weight)
            yield PatternSumCost(person.resource, days, table)

    def sentence(self, limit: Limit, said: Said) -> Text:
        """Half days and limit."""
        return Text(
            f"一周只有{said.number}个半天没有课，至少{limit.value}个",
            f"has {said.number} free half days a week, at least {limit.value}",
        )


def half_of(meeting: Meeting) -> HalfDay:
    """The half day in which a lesson begins."""
    return meeting.day, meeting.start >= NOON


def _halves(person: Person, calendar: Calendar, layer: int) -> tuple[HalfDay, ...]:
    found = {
        (day, start >= NOON)
        for day in calendar.days(person)
        for start, _ in calendar.frame(person, day, layer).lessons
    }
    return tuple(sorted(found))


def _pattern(person: Person, half: HalfDay, layer: int) -> PatternCost:
    attends = person.attends()

    def mask(meeting: Meeting) -> int:
        there = on_day(meeting, half[0], layer) and attends(meeting)
        return int(there and half_of(meeting) == half)

    return PatternCost(
        *(person.resource, person.lessons, ONE_ROW, mask, is_used, half[0]),
        clash_rule="",
    )
