"""The kind that keeps lessons apart in time."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import ClassVar

from scheduler.constraints.base import Violation
from scheduler.constraints.primitives import Capacity, Primitive
from scheduler.constraints.rules.relations.kind import Breach, Kind, Row, in_week
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.relations import Relation, RelationKind
from scheduler.model.requirements import Lesson
from scheduler.model.text import Text
from scheduler.model.times import LAYERS, stretches
from scheduler.model.timetable import Timetable


def clock_span(meeting: Meeting) -> tuple[int, int]:
    """The lesson itself, walks left out."""
    return meeting.start, meeting.end


@lru_cache(maxsize=64)
def _always(demand: int) -> Callable[[Lesson], int]:
    return lambda lesson: demand


class NotOverlapping(Kind):
    """No two of the lessons share a moment.

    Amount: lessons beyond one at a time, times minutes.
    """

    kind: ClassVar[RelationKind] = RelationKind.NOT_OVERLAPPING
    asks: ClassVar[Text] = Text("互不重叠", "not at the same time")

    def breaches(self, row: Row, timetable: Timetable) -> Iterator[Breach]:
        """One for each stretch of time with more than one lesson."""
        for layer in LAYERS:
            week = in_week(row, timetable, layer)
            for day in sorted({m.day for m in week}):
                here = [m for m in week if m.day == day]
                for start, end in stretches((m.start, m.end) for m in here):
                    inside = tuple(m for m in here if m.overlaps(start, end))
                    if len(inside) > 1:
                        amount = (len(inside) - 1) * (end - start)
                        yield Breach(amount, inside, layer, end - start, day)

    def primitives(self, row: Row) -> Iterator[Primitive]:
        """A capacity of one lesson; a weight multiplies demands and limit alike."""
        resource = ("relation", row.relation.relation_id)
        demand = _always(row.weight)
        yield Capacity(resource, row.lessons, clock_span, demand, row.weight)

    def sentence(self, problem: Problem, row: Relation, breach: Violation) -> Text:
        """For how long they overlap."""
        (minutes,) = breach.numbers
        return Text(f"同时进行{minutes}分钟", f"overlap for {minutes} minutes")
