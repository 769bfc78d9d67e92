"""The best assignment of a slot, proven: a small model that is asked many times."""

from collections.abc import Sequence

from scheduler.solver.exact.highs import RunLimits, run
from scheduler.solver.exact.rows import ModelRows
from scheduler.solver.exact.whole_costs import whole_bound
from scheduler.solver.mismatch import SolverMismatch
from scheduler.solver.rain.choice import Pick, SlotChoice
from scheduler.solver.status import Status

_LEAST_SECONDS = 0.2


def best_assignment(
    choice: SlotChoice, ranks: Sequence[int], seconds: float
) -> tuple[tuple[Pick, ...], bool]:
    """The best assignment for ranks of the units, and whether that is proven.

    In order of weight, no sum of the lower ones outweighing a higher one: most classes
    active indoors; the lowest ranks served; the least cost of the places. In too short
    a time it is the best found, or everybody at home.

    Raises:
        SolverMismatch: the solver's answer breaks a row.
    """
    if not choice.picks:
        return (), True
    rows, costs = ModelRows("slot"), _pick_costs(choice, ranks)
    taken = {pick: rows.variable("in", 1, whole=True) for pick in choice.picks}
    for pick, cost in costs.items():
        rows.charge(taken[pick], cost)
    for u, places in enumerate(choice.layouts):
        rows.at_most("unit", {taken[u, p]: 1 for p in range(len(places))}, 1)
    for row in choice.rows:
        rows.at_most("row", {taken[pick]: n for pick, n in row.uses}, row.room)
    limits = RunLimits(max(_LEAST_SECONDS, seconds), threads=1)
    outcome = run(rows.finish(), limits)
    found = tuple(pick for pick, x in taken.items() if (x.varValue or 0) > 0.5)
    if not choice.allows(found):
        raise SolverMismatch(f"rain plan of slot {choice.lesson_ids}")
    total = sum(costs[pick] for pick in found)
    done, bound = outcome.status is Status.OPTIMAL, outcome.bound
    return found, done and bound is not None and whole_bound(bound) >= total


def _pick_costs(choice: SlotChoice, ranks: Sequence[int]) -> dict[Pick, int]:
    """What each pick adds to the objective, a whole number below 0."""
    units = range(len(choice.lesson_ids))
    dearest = sum(max(choice.costs[u], default=0) for u in units)
    one_rank = dearest + 1
    one_class = one_rank * (sum(ranks) + 1)
    return {
        (u, p): choice.costs[u][p] + one_rank * ranks[u] - one_class * choice.classes[u]
        for u, p in choice.picks
    }
