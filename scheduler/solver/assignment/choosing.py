"""The best choice for each of several needs at once, proven by HiGHS.

Needs and their options are numbers only: who stands behind them is the caller's. What
an option costs grows with how often the same person is chosen, by steps: the second
cover of a month weighs more than the first. Ties of cost are broken by a second number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np

from scheduler.solver.exact.handing_over import new_highs
from scheduler.solver.mismatch import SolverMismatch

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
        amounts = dict(
            zip(self.picks, self.amounts or (1,) * len(self.picks), strict=True)
        )
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
    # HiGHS keeps one set of threads for the process, maybe of another number, and
    # fails where it is asked for one thread then.
    highspy.Highs.resetGlobalScheduler(True)
    highs = new_highs()
    for name, value in _OPTIONS.items():
        highs.setOptionValue(name, value)
    picks = [(n, o) for n, row in enumerate(choice.costs) for o in range(len(row))]
    highs.passModel(_model(choice, picks))
    highs.run()
    if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        return None
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise SolverMismatch("the best choice was not found")
    shares = highs.getSolution().col_value
    chosen = dict(p for p, x in zip(picks, shares, strict=False) if x > 0.5)
    found = tuple(chosen[n] for n in range(len(choice.costs)))
    if not choice.allows(found):
        raise SolverMismatch("the best choice breaks a limit")
    return found


_OPTIONS = {
    "output_flag": False,
    "threads": 1,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.5,
}


def _model(choice: Choice, picks: list[Pick]) -> highspy.HighsLp:
    """One option for each need; counted picks in steps, each dearer than the last."""
    index = {pick: k for k, pick in enumerate(picks)}
    # No sum of ties outweighs one unit of cost.
    unit = 1 + sum(max(row, default=0) for row in choice.ties)
    costs = [float(unit * choice.costs[n][o] + choice.ties[n][o]) for n, o in picks]
    rows: list[tuple[list[tuple[int, float]], float, float]] = [
        ([(index[n, o], 1.0) for o in range(len(row))], 1.0, 1.0)
        for n, row in enumerate(choice.costs)
    ]
    for count in choice.counts:
        pairs = zip(count.picks, count.each, strict=True)
        uses = [(index[pick], float(amount)) for pick, amount in pairs]
        if count.limit is not None and sum(count.each) > count.limit:
            rows.append((uses, -highspy.kHighsInf, float(count.limit)))
        times = len({need for need, _ in count.picks})
        if count.step and times > 1:
            first = len(costs)
            costs += [float(unit * count.step * k) for k in range(times)]
            steps = [(first + k, -1.0) for k in range(times)]
            rows.append(([*((index[p], 1.0) for p in count.picks), *steps], 0.0, 0.0))
    return _arrays(costs, len(picks), rows)


def _arrays(
    costs: list[float],
    choices: int,
    rows: list[tuple[list[tuple[int, float]], float, float]],
) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_col_ = model.a_matrix_.num_col_ = len(costs)
    model.num_row_ = model.a_matrix_.num_row_ = len(rows)
    model.col_cost_ = np.array(costs)
    model.col_lower_, model.col_upper_ = np.zeros(len(costs)), np.ones(len(costs))
    # Steps of growing cost fill up in their order by themselves.
    whole, part = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
    model.integrality_ = [whole] * choices + [part] * (len(costs) - choices)
    starts = np.cumsum([0, *(len(uses) for uses, _, _ in rows)])
    flat = [use for uses, _, _ in rows for use in uses]
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = starts.astype(np.int32)
    model.a_matrix_.index_ = np.array([k for k, _ in flat], np.int32)
    model.a_matrix_.value_ = np.array([n for _, n in flat], np.float64)
    model.row_lower_ = np.array([low for _, low, _ in rows], np.float64)
    model.row_upper_ = np.array([high for _, _, high in rows], np.float64)
    return model
