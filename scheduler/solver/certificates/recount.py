"""Recount of a certificate, in exact fractions and without any code of the prover.

Weak duality, written out: for any prices of rows, every feasible x costs at least what
the priced rows are worth, plus the least that columns of no block can cost at what then
remains of their costs, plus the least that each block can. For a block its own rows'
multipliers say the same once more; where there are none, a bound proven in whole
numbers is trusted, or the block is solved again. Source: Geoffrion, 1974; Neumaier and
Shcherbina, 2004.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import pulp

from scheduler.solver.certificates.certificate import Certificate
from scheduler.solver.certificates.model import Model

_SOLVE_LEAST = 0.5
_SLACK = 1e-6
NO_BLOCK = -1


@dataclass(frozen=True, slots=True)
class Recount:
    """A certificate added up again."""

    total: Fraction
    """The bound that follows, not rounded."""
    bound: int
    """The same rounded up to what costs can be."""
    claimed: int
    exact: tuple[int, ...]
    """Blocks that follow from multipliers, in exact fractions."""
    solved: tuple[int, ...]
    """Blocks solved again: their bound holds by another run of HiGHS."""
    trusted: tuple[int, ...]
    """Blocks whose bound is taken as HiGHS proved it in the solve."""

    @property
    def holds(self) -> bool:
        """Whether the bound claimed follows."""
        return self.bound >= self.claimed


def recount(
    model: Model, given: Certificate, left: Callable[[], float] = lambda: 0.0
) -> Recount:
    """Add up.

    Parameters:
        left: Seconds that remain for solving trusted blocks again, asked before each.

    Raises:
        ValueError: the certificate is not of this model, or does not fit it.
    """
    if given.model != model.fingerprint:
        raise ValueError("the certificate is of another model")
    model = model.tightened()
    block = _block_of_columns(given, len(model.costs))
    one = given.fineness
    costs = _less(model, [c * one for c in model.costs], given.prices)
    total = model.constant * one + _worth(model, given.prices)
    total += _least(model, costs, [j for j, b in enumerate(block) if b == NO_BLOCK])
    whole = Fraction(total, one)
    members: dict[int, list[int]] = {}
    for column, name in enumerate(block):
        if name != NO_BLOCK:
            members.setdefault(name, []).append(column)
    how: dict[str, list[int]] = {"exact": [], "solved": [], "trusted": []}
    for name, columns in members.items():
        if name in given.trusted:
            whole += Fraction(given.trusted[name])
            again = _holds_again(model, costs, one, columns, given.trusted[name], left)
            how["solved" if again else "trusted"].append(name)
        else:
            rows = given.multipliers[name]
            _within(model, rows, columns)
            rest = _less(model, costs, rows)
            whole += Fraction(_worth(model, rows) + _least(model, rest, columns), one)
            how["exact"].append(name)
    bound = -(-max(0, math.ceil(whole)) // given.unit) * given.unit
    blocks = {name: tuple(found) for name, found in how.items()}
    return Recount(whole, bound, given.bound, **blocks)


def _block_of_columns(given: Certificate, count: int) -> list[int]:
    block = [name for name, several in given.columns for _ in range(several)]
    if len(block) != count:
        raise ValueError("the certificate does not fit the model")
    return block


def _worth(model: Model, prices: Mapping[int, int]) -> int:
    """What rows at these prices are worth at the least.

    Raises:
        ValueError: a price is on a side that a row does not have.
    """
    total = 0
    for number, price in prices.items():
        side = model.rows[number].low if price > 0 else model.rows[number].high
        if side is None:
            raise ValueError("a price on a row's open side")
        total += price * side
    return total


def _less(model: Model, costs: list[int], prices: Mapping[int, int]) -> list[int]:
    """Costs less what the rows are charged for."""
    found = list(costs)
    for number, price in prices.items():
        for column, value in model.rows[number].terms.items():
            found[column] -= price * value
    return found


def _least(model: Model, costs: list[int], columns: list[int]) -> int:
    """The least that columns can cost, each by itself between its limits."""
    return sum(
        costs[j] * (model.low[j] if costs[j] > 0 else model.high[j]) for j in columns
    )


def _within(model: Model, rows: Mapping[int, int], columns: list[int]) -> None:
    """Hold that rows speak of a block's columns alone.

    Raises:
        ValueError: one does not.
    """
    inside = set(columns)
    if not all(inside.issuperset(model.rows[number].terms) for number in rows):
        raise ValueError("a multiplier on a row beyond its block")


def _holds_again(
    model: Model,
    costs: list[int],
    one: int,
    columns: list[int],
    bound: float,
    left: Callable[[], float],
) -> bool:
    """Solve a block by PuLP's own way to HiGHS; whether nothing is below the bound."""
    seconds = left()
    if seconds < _SOLVE_LEAST:
        return False
    problem, inside = pulp.LpProblem("block", pulp.LpMinimize), set(columns)
    made = {
        j: problem.add_variable(f"x{j}", model.low[j], model.high[j], pulp.LpInteger)
        for j in columns
    }
    problem.setObjective(
        pulp.LpAffineExpression({made[j]: costs[j] / one for j in columns})
    )
    for row in model.rows:
        if row.terms and inside.issuperset(row.terms):
            terms = pulp.LpAffineExpression({made[j]: c for j, c in row.terms.items()})
            if row.low is not None and row.low == row.high:
                problem.addConstraint(terms == row.low)
            elif row.low is not None:
                problem.addConstraint(terms >= row.low)
            elif row.high is not None:
                problem.addConstraint(terms <= row.high)
    solver = pulp.HiGHS(msg=False, timeLimit=seconds, gapRel=0.0, threads=1)
    problem.solve(solver)
    least = pulp.value(problem.objective)
    optimal = problem.sol_status == pulp.LpSolutionOptimal
    return bool(optimal and least >= bound - _SLACK * (1 + abs(bound)))
