"""Counters as plain data, so that those of two lowerings can be put together."""

from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from scheduler.solver.lowering.columns import Column, Counters, Groups
from scheduler.solver.lowering.layout import HARD, Ints, Longs

_Item = TypeVar("_Item")


class Counted(NamedTuple):
    """By counter: what is known of it but its column."""

    terms: list[int]
    """Numbers of the terms that they began with, ascending."""
    low: list[int]
    """The least that each can count."""
    costs: list[Longs]
    """Of low, low + 1, ...; one object where they are equal, mostly."""
    unit: list[bool]
    steps: list[int]
    """The least soft cost that one more or less makes a difference of."""
    lessons: list[float]
    """Lessons to be expected in each, their options being taken by chance."""

    @staticmethod
    def of(counters: Counters, groups: Groups) -> "Counted":
        """What is known of these."""
        found, chance = counters.found, groups.chance
        distinct = {id(x.costs): x.costs for x in found}
        step = {k: least(np.diff(soft_part(x))) for k, x in distinct.items()}
        return Counted(
            [x.term for x in found],
            [x.low for x in found],
            [x.costs for x in found],
            [x.unit for x in found],
            [step[id(x.costs)] for x in found],
            [expected(chance, x.column) for x in found],
        )

    def merged(self, other: "Counted") -> tuple["Counted", Ints, Ints]:
        """Both in the order of their terms, and the new numbers of each."""
        order = np.argsort(self.terms + other.terms, kind="stable")
        numbers = np.empty(len(order), np.int32)
        numbers[order] = np.arange(len(order))
        found = Counted(
            _ordered(self.terms, other.terms, order),
            _ordered(self.low, other.low, order),
            _ordered(self.costs, other.costs, order),
            _ordered(self.unit, other.unit, order),
            _ordered(self.steps, other.steps, order),
            _ordered(self.lessons, other.lessons, order),
        )
        return found, numbers[: len(self.terms)], numbers[len(self.terms) :]


def _ordered(
    first: list[_Item], second: list[_Item], order: NDArray[np.intp]
) -> list[_Item]:
    both = first + second
    return [both[k] for k in order.tolist()]


def expected(chance: list[float], column: Column) -> float:
    """Lessons to be expected on a column's options, taken by chance."""
    return sum([chance[part.group] * len(part.options) for part in column])


def soft_part(costs: Longs) -> Longs:
    """The soft part of costs or their differences."""
    return costs - ((costs + (HARD >> 1)) >> 32) * HARD


def least(differences: Longs) -> int:
    """The least difference that is one; 0 where there is none."""
    sizes = np.abs(differences)
    return int(sizes[sizes > 0].min(initial=HARD)) % HARD
