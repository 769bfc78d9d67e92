"""What a kind of relation is: definition, terms and sentence of one row."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from scheduler.constraints.base import Violation
from scheduler.constraints.counting import placed
from scheduler.constraints.primitives import Primitive
from scheduler.constraints.rules.relations.grid import Grid
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.relations import Relation, RelationKind
from scheduler.model.requirements import Lesson
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable


@dataclass(frozen=True, slots=True)
class Row:
    """A row of relations.csv with the lessons it names, and what a unit weighs."""

    problem: Problem
    relation: Relation
    lessons: tuple[Lesson, ...]
    grid: Grid
    weight: int

    @property
    def value(self) -> int:
        """The row's number."""
        return self.relation.value or 0


@dataclass(frozen=True, slots=True)
class Breach:
    """One breach of a row; ``number`` is what its sentence tells.

    ``others`` name the class, teacher or layouts concerned. ``layer`` is None where
    the amount counts both weeks.
    """

    amount: int
    meetings: tuple[Meeting, ...]
    layer: int | None = None
    number: int = 0
    day: int | None = None
    others: tuple[str, ...] = ()


class Kind(ABC):
    """One kind of relation; its docstring says what it means and the amount's unit."""

    kind: ClassVar[RelationKind]
    asks: ClassVar[Text]
    """What a row asks for, with its {v}, {slots}, {places}."""
    wrong: ClassVar[Text]
    """The sentence of a kind whose breaches all read alike."""

    @abstractmethod
    def breaches(self, row: Row, timetable: Timetable) -> Iterator[Breach]:
        """The definition: every breach of a row."""

    @abstractmethod
    def primitives(self, row: Row) -> Iterator[Primitive]:
        """Terms whose amounts are the breaches' times the row's weight."""

    def sentence(self, problem: Problem, row: Relation, breach: Violation) -> Text:
        """What is wrong with the lessons, after their names: "overlap"."""
        return self.wrong

    def named(self, lesson_ids: tuple[str, ...]) -> tuple[str, ...]:
        """Those of a breach's lessons that its sentence is about."""
        return lesson_ids


def in_week(row: Row, timetable: Timetable, layer: int) -> list[Meeting]:
    """Placed lessons of a row that meet in one week of the cycle."""
    return [m for m in placed(timetable, row.lessons) if layer in m.layers]
