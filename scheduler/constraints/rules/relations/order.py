"""Kinds of two lessons in the order in which the row names them."""

from collections.abc import Callable
from functools import lru_cache
from typing import ClassVar

from scheduler.constraints.rules.relations.grid import Grid
from scheduler.constraints.rules.relations.kind import Row
from scheduler.constraints.rules.relations.pairs import Event, PairAmount, PairKind
from scheduler.model.meeting import Meeting
from scheduler.model.relations import RelationKind
from scheduler.model.requirements import Lesson
from scheduler.model.text import Text


class OrderedKind(PairKind):
    """Events carry, after the clock, which of the two lessons it is."""

    def event(self, row: Row) -> Callable[[Meeting], Event]:
        """The clock, and 0 or 1."""
        first = row.lessons[0].lesson_id

        def event(meeting: Meeting) -> Event:
            role = int(meeting.lesson.lesson_id != first)
            return (meeting.day, meeting.start, meeting.end, role)

        return event

    def roles(self, row: Row) -> tuple[tuple[Lesson, ...], ...]:
        """The first lesson and the second."""
        return (row.lessons[:1], row.lessons[1:])


def in_order(a: Event, b: Event) -> tuple[Event, Event]:
    """The event of the first lesson, then that of the second."""
    return (a, b) if a[3] <= b[3] else (b, a)


def not_later(a: Event, b: Event) -> int:
    """1 where the second begins before the first has ended."""
    first, second = in_order(a, b)
    return int((second[0], second[1]) < (first[0], first[2]))


def not_later_that_day(a: Event, b: Event) -> int:
    """The same, on one day only."""
    return not_later(a, b) if a[0] == b[0] else 0


@lru_cache(maxsize=64)
def _not_right_after(grid: Grid) -> PairAmount:
    def of(a: Event, b: Event) -> int:
        first, second = in_order(a, b)
        if first[0] != second[0] or second[1] < first[2]:
            return 1
        return int(grid.dividing_between(first[0], first[2], second[1]) > 0)

    return of


class Consecutive(OrderedKind):
    """The second lesson begins right after the first on the same day.

    Only breaks lie between them. Amount: one where it does not.
    """

    kind: ClassVar[RelationKind] = RelationKind.CONSECUTIVE
    asks: ClassVar[Text] = Text("依次连上", "one right after the other, in order")
    wrong: ClassVar[Text] = Text(
        "后一节没有紧接前一节", "do not follow right after one another"
    )

    def of(self, row: Row) -> PairAmount:
        """1 where it does not."""
        return _not_right_after(row.grid)


class Ordered(OrderedKind):
    """The second lesson is later in the week than the first.

    Amount: one where it begins before the first has ended.
    """

    kind: ClassVar[RelationKind] = RelationKind.ORDERED
    asks: ClassVar[Text] = Text("按先后", "in order")
    wrong: ClassVar[Text] = Text("没有按先后顺序", "are not in this order")

    def of(self, row: Row) -> PairAmount:
        """1 where it is not."""
        return not_later


class OrderedIfSameDay(OrderedKind):
    """The second lesson is later than the first if both are on one day.

    Amount: one where it begins before the first has ended.
    """

    kind: ClassVar[RelationKind] = RelationKind.ORDERED_IF_SAME_DAY
    asks: ClassVar[Text] = Text("同一天则按先后", "in order if on the same day")
    wrong: ClassVar[Text] = Text(
        "在同一天却没有按先后顺序", "are on one day but not in this order"
    )

    def of(self, row: Row) -> PairAmount:
        """1 where it is not."""
        return not_later_that_day
