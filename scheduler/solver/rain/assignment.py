"""The best assignment of a slot, proven: a small model that is asked many times."""

import math
from collections.abc import Sequence

import highspy
import numpy as np

from scheduler.solver.exact.handing_over import new_highs
from scheduler.solver.mismatch import SolverMismatch
from scheduler.solver.rain.choice import Pick, SlotChoice

# What rounding may have added to a bound of whole numbers: a part, and of its size.
_SLACK, _SLACK_SHARE = 1e-6, 1e-9
_LEAST_SECONDS = 0.2


class Assignment:
    """The choice of one slot inside HiGHS; only its costs change between turns.

    In order of weight, no sum of the lower ones outweighing a higher one: most classes
    active indoors; the lowest ranks served; the least cost of the places.
    """

    def __init__(self, choice: SlotChoice) -> None:
        self.choice = choice
        self.picks = choice.picks
        # HiGHS keeps one set of threads for the process, maybe of another number, and
        # fails where it is asked for one thread then.
        highspy.Highs.resetGlobalScheduler(True)
        self._highs = new_highs()
        for name, value in _OPTIONS.items():
            self._highs.setOptionValue(name, value)
        if self.picks:
            self._highs.passModel(_arrays(choice))

    def best(
        self, ranks: Sequence[int], seconds: float
    ) -> tuple[tuple[Pick, ...], bool]:
        """The best assignment for ranks of the units, and whether that is proven.

        In too short a time it is the best found, or everybody at home.

        Raises:
            SolverMismatch: the solver's answer breaks a row.
        """
        if not self.picks:
            return (), True
        costs = pick_costs(self.choice, ranks)
        values = np.array([costs[pick] for pick in self.picks], np.float64)
        columns = np.arange(len(self.picks), dtype=np.int32)
        highs = self._highs
        highs.changeColsCost(len(columns), columns, values)
        highs.setOptionValue("time_limit", max(_LEAST_SECONDS, seconds))
        highs.clearSolver()
        highs.run()
        info = highs.getInfo()
        found: tuple[Pick, ...] = ()
        if info.primal_solution_status == highspy.kSolutionStatusFeasible:
            shares = highs.getSolution().col_value
            found = tuple(p for p, x in zip(self.picks, shares, strict=True) if x > 0.5)
        if not self.choice.allows(found):
            raise SolverMismatch(f"rain plan of slot {self.choice.lesson_ids}")
        total = sum(costs[pick] for pick in found)
        done = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        slack = _SLACK + _SLACK_SHARE * abs(total)
        return found, done and math.ceil(info.mip_dual_bound - slack) >= total


def pick_costs(choice: SlotChoice, ranks: Sequence[int]) -> dict[Pick, int]:
    """What each pick adds to the objective, a whole number below 0."""
    units = range(len(choice.lesson_ids))
    dearest = sum(max(choice.costs[u], default=0) for u in units)
    one_rank = dearest + 1
    one_class = one_rank * (sum(ranks) + 1)
    return {
        (u, p): choice.costs[u][p] + one_rank * ranks[u] - one_class * choice.classes[u]
        for u, p in choice.picks
    }


_OPTIONS = {
    "output_flag": False,
    "threads": 1,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.5,
}


def _arrays(choice: SlotChoice) -> highspy.HighsLp:
    """Each unit in one place at most; every row within its room."""
    index = {pick: k for k, pick in enumerate(choice.picks)}
    rows: list[tuple[list[tuple[int, int]], int]] = [
        ([(index[u, p], 1) for p in range(len(places))], 1)
        for u, places in enumerate(choice.layouts)
        if places
    ]
    rows += [([(index[x], n) for x, n in row.uses], row.room) for row in choice.rows]
    model = highspy.HighsLp()
    model.num_col_ = model.a_matrix_.num_col_ = len(index)
    model.num_row_ = model.a_matrix_.num_row_ = len(rows)
    model.col_cost_ = np.zeros(len(index))
    model.col_lower_, model.col_upper_ = np.zeros(len(index)), np.ones(len(index))
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(index)
    starts = np.cumsum([0, *(len(uses) for uses, _ in rows)])
    flat = [use for uses, _ in rows for use in uses]
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = starts.astype(np.int32)
    model.a_matrix_.index_ = np.array([k for k, _ in flat], np.int32)
    model.a_matrix_.value_ = np.array([n for _, n in flat], np.float64)
    model.row_lower_ = np.full(len(rows), -highspy.kHighsInf)
    model.row_upper_ = np.array([room for _, room in rows], np.float64)
    return model
