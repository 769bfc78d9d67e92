"""A count in the exact model, priced by a convex table."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

import pulp

from scheduler.solver.exact.rows import ModelRows
from scheduler.solver.options import Posted


@dataclass(frozen=True, slots=True)
class Counted:
    """A sum of variables as a row, with the least and the most it can be."""

    row: dict[pulp.LpVariable, int]
    least: int
    most: int


def price(
    rows: ModelRows, posted: Posted, cost: Callable[[int], int], counted: Counted
) -> None:
    """Charge a count by a convex cost, or hold it where that is 0."""
    if not any(cost(n) for n in range(counted.least, counted.most + 1)):
        return
    if posted.hard:
        _hold_at_zero(rows, posted.rule.name, cost, counted)
    else:
        _price_steps(rows, posted, cost, counted)


def _price_steps(
    rows: ModelRows, posted: Posted, cost: Callable[[int], int], counted: Counted
) -> None:
    """Price a convex table as steps away from where it is cheapest.

    Each step is as long as its slope lasts, so one row for each side of the
    cheapest counts is enough and the row stays as sparse as the count itself.
    """
    row, least, most = counted.row, counted.least, counted.most
    costs = {n: cost(n) for n in range(least, most + 1)}
    floor = min(costs.values())
    cheapest = [n for n, cost in costs.items() if cost == floor]
    name, weight = posted.rule.name, posted.rule.weight
    rows.charge_constant(weight * floor)
    if cheapest[-1] < most:
        rises = [costs[n + 1] - costs[n] for n in range(cheapest[-1], most)]
        steps = _steps(rows, f"{name}_above", rises, weight)
        rows.at_most(f"{name}_above", row | steps, cheapest[-1])
    if cheapest[0] > least:
        falls = [costs[n - 1] - costs[n] for n in range(cheapest[0], least, -1)]
        steps = _steps(rows, f"{name}_below", falls, weight)
        mirrored = {v: -c for v, c in row.items()}
        rows.at_most(f"{name}_below", mirrored | steps, -cheapest[0])


def _steps(
    rows: ModelRows, name: str, slopes: list[int], weight: int
) -> dict[pulp.LpVariable, int]:
    """A variable for each stretch of equal slope, with coefficient -1."""
    found: dict[pulp.LpVariable, int] = {}
    for slope, stretch in groupby(slopes):
        step = rows.variable(f"{name}_{slope}", len(list(stretch)))
        rows.charge(step, slope * weight)
        found[step] = -1
    return found


def _hold_at_zero(
    rows: ModelRows, name: str, cost: Callable[[int], int], counted: Counted
) -> None:
    """The counts at which a convex table is 0 form one interval, maybe empty."""
    row, least, most = counted.row, counted.least, counted.most
    free = [n for n in range(least, most + 1) if cost(n) == 0]
    if not free:
        rows.at_most(f"{name}_impossible", {rows.variable("one", 1): 1}, -1)
        return
    if free[0] > least:
        rows.at_least(f"{name}_low", row, free[0])
    if free[-1] < most:
        rows.at_most(f"{name}_high", row, free[-1])
