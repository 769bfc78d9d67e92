"""What a kind of limit is: definition, terms and sentence for one person."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from scheduler.constraints.primitives import Primitive
from scheduler.constraints.rules.limits.people import Calendar, Person
from scheduler.model.limits import Limit, LimitKind
from scheduler.model.meeting import Meeting
from scheduler.model.text import Text


@dataclass(frozen=True, slots=True)
class Excess:
    """By how much a person's day or week (``day`` None) breaks a limit.

    ``number`` is what the kind counts, for its sentence.
    """

    amount: int
    number: int
    meetings: tuple[Meeting, ...]
    day: int | None = None


class Kind(ABC):
    """One kind of limit; its docstring says what it means and the amount's unit."""

    kind: ClassVar[LimitKind]
    asks: ClassVar[Text]
    """What a row asks for, with its {v}, {clock}."""

    @abstractmethod
    def excesses(
        self, limit: Limit, person: Person, calendar: Calendar, layer: int, week: "Week"
    ) -> Iterator[Excess]:
        """The definition: breaches of one person in one week of the cycle."""

    @abstractmethod
    def primitives(
        self, limit: Limit, person: Person, calendar: Calendar, layer: int, weight: int
    ) -> Iterator[Primitive]:
        """Terms whose amounts are the breaches' times the weight."""

    @abstractmethod
    def sentence(self, limit: Limit, excess: "Said") -> Text:
        """What is wrong, after the person and the time: "has 5 lessons, at most 4"."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a sentence is about: the number counted, and whether one day is meant."""

    number: int
    on_day: bool


Week = dict[int, list[Meeting]]
"""A person's meetings in one week by weekday; days without any are left out."""
