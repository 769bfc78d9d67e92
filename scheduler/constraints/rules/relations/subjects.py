"""Kinds on two subjects of a class: one row for all classes."""

from abc import abstractmethod
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import product
from typing import ClassVar

from scheduler.constraints.counting import placed
from scheduler.constraints.primitives import PairCost, Primitive
from scheduler.constraints.rules.relations.grid import Grid, Grids
from scheduler.constraints.rules.relations.kind import Breach, Kind, Row
from scheduler.constraints.rules.relations.nearness import are_next
from scheduler.constraints.rules.relations.pairs import Event, PairAmount, weighted
from scheduler.model.meeting import Meeting
from scheduler.model.relations import RelationKind
from scheduler.model.requirements import Lesson
from scheduler.model.text import Text
from scheduler.model.times import LAYERS
from scheduler.model.timetable import Timetable

Sides = tuple[tuple[Lesson, ...], tuple[Lesson, ...]]
"""A class's lessons of the first and of the second subject."""


class SubjectPairKind(Kind):
    """A relation that any lesson of one subject has to any of the other, by class."""

    @abstractmethod
    def of(self, grid: Grid) -> PairAmount:
        """1 for two events that break it; events are day, start, end and side."""

    def breaches(self, row: Row, timetable: Timetable) -> Iterator[Breach]:
        """One for each class, week and pair."""
        for class_id, sides, of in self._classes(row):
            one, other = (placed(timetable, side) for side in sides)
            event = _event(sides)
            for layer in LAYERS:
                for a, b in product(one, other):
                    both = layer in a.layers and layer in b.layers
                    if both and of(event(a), event(b)):
                        yield Breach(1, (a, b), layer, 0, None, (class_id,))

    def primitives(self, row: Row) -> Iterator[Primitive]:
        """One pair cost for each class."""
        for _, sides, of in self._classes(row):
            cost = weighted(of, row.weight)
            yield PairCost(sides[0] + sides[1], _event(sides), cost, sides)

    def _classes(self, row: Row) -> Iterator[tuple[str, Sides, PairAmount]]:
        grids = Grids(row.problem)
        for class_id, sides in row.problem.subject_pairs(row.relation).items():
            yield class_id, sides, self.of(grids.of(sides[0] + sides[1]))


def _event(sides: Sides) -> Callable[[Meeting], Event]:
    first = frozenset(x.lesson_id for x in sides[0])

    def event(meeting: Meeting) -> Event:
        side = int(meeting.lesson.lesson_id not in first)
        return (meeting.day, meeting.start, meeting.end, side)

    return event


def _on_one_day(a: Event, b: Event) -> int:
    return int(a[3] != b[3] and a[0] == b[0])


@lru_cache(maxsize=64)
def _next_to(grid: Grid) -> PairAmount:
    return lambda a, b: int(a[3] != b[3] and are_next(grid, a, b))


@lru_cache(maxsize=64)
def _right_before(grid: Grid) -> PairAmount:
    def of(a: Event, b: Event) -> int:
        if a[3] == b[3]:
            return 0
        first, second = (a, b) if a[3] < b[3] else (b, a)
        return int(first[:2] < second[:2] and are_next(grid, first, second))

    return of


class SubjectsNotSameDay(SubjectPairKind):
    """In each class, lessons of the two ``subjects`` are on different days.

    Amount: one for each pair of lessons on one day.
    """

    kind: ClassVar[RelationKind] = RelationKind.SUBJECTS_NOT_SAME_DAY
    asks: ClassVar[Text] = Text("同一班级不排在同一天", "not on one day of a class")
    wrong: ClassVar[Text] = Text("排在同一天", "are on one day")

    def of(self, grid: Grid) -> PairAmount:
        """1 on one day."""
        return _on_one_day


class SubjectsNotAdjacent(SubjectPairKind):
    """In each class, lessons of the two ``subjects`` are not next to one another.

    Next to one another are two with only breaks and big breaks between them; lunch
    parts them. Amount: one for each such pair.
    """

    kind: ClassVar[RelationKind] = RelationKind.SUBJECTS_NOT_ADJACENT
    asks: ClassVar[Text] = Text("同一班级不相邻", "not next to one another in a class")
    wrong: ClassVar[Text] = Text("前后相邻", "are next to one another")

    def of(self, grid: Grid) -> PairAmount:
        """1 next to one another."""
        return _next_to(grid)


class SubjectsNotBefore(SubjectPairKind):
    """In each class, no lesson of the first of ``subjects`` is right before the second.

    Right before is with only breaks and big breaks between them; lunch parts them.
    Amount: one for each such pair.
    """

    kind: ClassVar[RelationKind] = RelationKind.SUBJECTS_NOT_BEFORE
    asks: ClassVar[Text] = Text(
        "同一班级前者不紧接在后者之前",
        "the first not right before the second in a class",
    )
    wrong: ClassVar[Text] = Text(
        "前一节紧接在后一节之前", "come right one before the other"
    )

    def of(self, grid: Grid) -> PairAmount:
        """1 where the first comes right before."""
        return _right_before(grid)
