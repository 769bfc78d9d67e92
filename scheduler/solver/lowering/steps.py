"""Typical step: the usual size of a difference of soft cost.

Temperatures are told in it, so that a school's weights do not matter.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from scheduler.solver.lowering.columns import Column
from scheduler.solver.lowering.layout import HARD
from scheduler.solver.lowering.lower import Lowered


def typical_step(lowered: Lowered) -> float:
    """The median of the least soft cost that one lesson more or less can make a
    difference of, over all that hears of a lesson: options, counts, days and sets.

    What many lessons feel on many of their options weighs more: an option counts as
    the chance that a lesson of its group is on it.
    """
    steps, chances = np.array([*_steps(lowered), (0, 0.0)]).T
    order = np.argsort(steps, kind="stable")
    order = order[steps[order] > 0]
    if not len(order):
        return 1.0
    reached = np.cumsum(chances[order])
    return float(steps[order][np.searchsorted(reached, reached[-1] / 2)])


def _steps(lowered: Lowered) -> Iterator[tuple[int, float]]:
    """(least difference, lessons to be expected there) of everything that costs."""
    groups = lowered.groups.groups
    chance = [len(g.lessons) / max(1, len(g.options)) for g in groups]
    for (g, _), cost in lowered.option_costs.items():
        yield cost, chance[g]
    counters = lowered.counters.found
    heard = [_expected(chance, c.column) for c in counters]
    for counter, lessons in zip(counters, heard, strict=True):
        yield _least(np.diff(_soft(counter.costs))), lessons
    for pattern in lowered.patterns.found.values():
        table = _soft(lowered.patterns.cost_table(pattern))
        halves = [table.reshape(-1, 2, 1 << k) for k in range(len(pattern.rows))]
        rises = [(h[:, 1] - h[:, 0]).ravel() for h in halves]
        lessons = sum(_expected(chance, row) for row in pattern.rows)
        yield min(filter(None, map(_least, rises)), default=0), lessons
    for x in lowered.sets.values():
        yield x.weight % HARD, sum(heard[m] for m in x.members)


def _expected(chance: list[float], column: Column) -> float:
    return sum([chance[part.group] * len(part.options) for part in column])


def _soft(costs: NDArray[np.int64]) -> NDArray[np.int64]:
    """The soft part of costs or their differences."""
    return costs - ((costs + (HARD >> 1)) >> 32) * HARD


def _least(differences: NDArray[np.int64]) -> int:
    """The least difference that is one; 0 where there is none."""
    sizes = np.abs(differences)
    return int(sizes[sizes > 0].min(initial=HARD)) % HARD
