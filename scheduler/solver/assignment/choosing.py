"""The best choice for each of several needs at once, proven by HiGHS.

Needs and their options are numbers only: who stands behind them is the caller's. What
an option costs grows with how often the same person is chosen, by steps: the second
cover of a month weighs more than the first. Ties of cost are broken by a second number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import inf

import pulp

from scheduler.solver.exact.highs import RunLimits, run
from scheduler.solver.exact.rows import ModelRows
from scheduler.solver.mismatch import SolverMismatch
from scheduler.solver.status import Status

Pick = tuple[int, int]
"""A need, and an option of it."""


@dataclass(frozen=True, slots=True)
class Count:
    """Picks that are counted together, as all of one person on one day.

    The k-th of them costs ``step`` times k - 1 beside its own cost; their ``amounts``
    (1 each by default) add up to at most ``limit``.
    """

    picks: tuple[Pick, ...]
    step: int = 0
    limit: int | None = None
    amounts: tuple[int, ...] = ()

    @property
    def each(self) -> tuple[int, ...]:
        """The amount of each pick."""
        return self.amounts or (1,) * len(self.picks)

    def weigh(self, chosen: Iterable[Pick]) -> int:
        """What the steps cost for a choice."""
        times = len(set(chosen) & set(self.picks))
        return self.step * times * (times - 1) // 2

    def holds(self, chosen: Iterable[Pick]) -> bool:
        """Whether a choice keeps within the limit."""
        amounts = dict(zip(self.picks, self.each, strict=True))
        used = sum(amounts[x] for x in set(chosen) & amounts.keys())
        return self.limit is None or used <= self.limit


@dataclass(frozen=True)
class Choice:
    """What can be chosen: costs and ties by need and option, and what is counted.

    Costs, steps and ties are whole numbers of 0 or more; every need has options.
    """

    costs: Sequence[Sequence[int]]
    ties: Sequence[Sequence[int]]
    counts: tuple[Count, ...] = field(default=())

    def cost(self, chosen: Sequence[int]) -> int:
        """Cost of a choice, steps included."""
        picks = tuple(enumerate(chosen))
        own = sum(self.costs[n][o] for n, o in picks)
        return own + sum(count.weigh(picks) for count in self.counts)

    def tie(self, chosen: Sequence[int]) -> int:
        """The second number of a choice."""
        return sum(self.ties[n][o] for n, o in enumerate(chosen))

    def allows(self, chosen: Sequence[int]) -> bool:
        """Whether a choice keeps every limit."""
        picks = tuple(enumerate(chosen))
        return all(count.holds(picks) for count in self.counts)


def best_choice(choice: Choice) -> tuple[int, ...] | None:
    """An option for each need: least cost, then least ties; None where none is allowed.

    Raises:
        SolverMismatch: the solver's answer breaks a row, or it gives up.
    """
    if not choice.costs:
        return ()
    rows = ModelRows("choice")
    picks = {
        (n, o): rows.variable("pick", 1, whole=True)
        for n, row in enumerate(choice.costs)
        for o in range(len(row))
    }
    _post(rows, choice, picks)
    status = run(rows.finish(), RunLimits(inf, threads=1)).status
    if status is Status.INFEASIBLE:
        return None
    if status is not Status.OPTIMAL:
        raise SolverMismatch("the best choice was not found")
    chosen = dict(pick for pick, x in picks.items() if (x.varValue or 0) > 0.5)
    found = tuple(chosen[n] for n in range(len(choice.costs)))
    if not choice.allows(found):
        raise SolverMismatch("the best choice breaks a limit")
    return found


def _post(rows: ModelRows, choice: Choice, picks: dict[Pick, pulp.LpVariable]) -> None:
    """One option for each need; counted picks in steps, each dearer than the last."""
    # No sum of ties outweighs one unit of cost.
    unit = 1 + sum(max(row, default=0) for row in choice.ties)
    for (n, o), pick in picks.items():
        rows.charge(pick, unit * choice.costs[n][o] + choice.ties[n][o])
    for n, row in enumerate(choice.costs):
        rows.equal("need", {picks[n, o]: 1 for o in range(len(row))}, 1)
    for count in choice.counts:
        uses = zip(count.picks, count.each, strict=True)
        if count.limit is not None:
            rows.at_most("limit", {picks[x]: n for x, n in uses}, count.limit)
        times = len({need for need, _ in count.picks})
        if count.step and times > 1:
            # They fill up in their order by themselves.
            steps = [rows.variable("step", 1) for _ in range(times)]
            for k, step in enumerate(steps):
                rows.charge(step, unit * count.step * k)
            counted = dict.fromkeys((picks[x] for x in count.picks), 1)
            rows.equal("times", counted | dict.fromkeys(steps, -1), 0)
