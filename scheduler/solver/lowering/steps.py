"""Typical step: the usual size of a difference of soft cost.

Temperatures are told in it, so that a school's weights do not matter.
"""

from collections.abc import Iterator

import numpy as np

from scheduler.solver.lowering.counted import Counted, expected, least, soft_part
from scheduler.solver.lowering.layout import HARD, Longs
from scheduler.solver.lowering.lower import Lowered


def typical_step(lowered: Lowered, counted: Counted) -> float:
    """The median of the least soft cost that one lesson more or less can make a
    difference of, over all that hears of a lesson: options, counts, days and sets.

    What many lessons feel on many of their options weighs more: an option counts as
    the chance that a lesson of its group is on it.
    """
    steps, chances = np.array([*_steps(lowered, counted), (0, 0.0)]).T
    order = np.argsort(steps, kind="stable")
    order = order[steps[order] > 0]
    if not len(order):
        return 1.0
    reached = np.cumsum(chances[order])
    return float(steps[order][np.searchsorted(reached, reached[-1] / 2)])


def _steps(lowered: Lowered, counted: Counted) -> Iterator[tuple[int, float]]:
    """(least difference, lessons to be expected there) of everything that costs."""
    chance = lowered.groups.chance
    for (g, _), cost in lowered.option_costs.items():
        yield cost, chance[g]
    yield from zip(counted.steps, counted.lessons, strict=True)
    known: dict[int, int] = {}
    for pattern in lowered.patterns.found.values():
        table = lowered.patterns.cost_table(pattern)
        if id(table) not in known:
            known[id(table)] = _least_rise(table)
        lessons = sum(expected(chance, row) for row in pattern.rows)
        yield known[id(table)], lessons
    counters = lowered.counters.found
    for x in lowered.sets.values():
        heard = (expected(chance, counters[m].column) for m in x.members)
        yield x.weight % HARD, sum(heard)


def _least_rise(table: Longs) -> int:
    """The least soft cost that one more busy row makes a difference of."""
    soft, rows = soft_part(table), len(table).bit_length() - 1
    halves = (soft.reshape(-1, 2, 1 << k) for k in range(rows))
    rises = ((h[:, 1] - h[:, 0]).ravel() for h in halves)
    return min(filter(None, map(least, rises)), default=0)
