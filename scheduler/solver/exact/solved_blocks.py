"""A block solved in whole numbers, and what that proves of its cost."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import thread_time
from typing import Any

import highspy
import numpy as np

from scheduler.solver.exact.blocks import Floats
from scheduler.solver.exact.handing_over import new_highs
from scheduler.solver.exact.whole_costs import slack, whole_bound

_LEAST_SECONDS = 0.1
_WALL = 4.0
"""Seconds by the clock for each of them at the most."""
_ABSOLUTE_GAP, _CLOSED = 0.05, 0.999
"""What may be left of a block that is closed: at prices, and where costs are whole."""
_OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "mip_rel_gap": 0.0,
    "mip_lp_solver": "ipx",
}


@dataclass(frozen=True, slots=True)
class Solved:
    """What is proven of a block's cost, minus infinity where nothing is."""

    bound: float
    closed: bool
    values: Floats | None
    """Of the columns in the best solution, if there is one."""

    def above(self, cost: float) -> "Solved":
        """The same where every solution costs so much more."""
        return replace(self, bound=self.bound + cost)


Cost = Callable[[highspy.HighsLp, float, Callable[[], bool]], Solved]


def least_cost(
    part: highspy.HighsLp, seconds: float, stop: Callable[[], bool]
) -> Solved:
    """A proven bound on what a department costs.

    Only times and places are whole in the model; every cost follows from them by rows
    of whole numbers, so what a department costs is a whole number.
    """
    found = _solved(part, seconds, _CLOSED, stop)
    if not math.isfinite(found.bound):
        return found
    return replace(found, bound=whole_bound(found.bound))


def priced_cost(
    part: highspy.HighsLp, seconds: float, stop: Callable[[], bool]
) -> Solved:
    """A proven bound on what a block costs at prices.

    Costs are no whole numbers then, so nothing is rounded up; HiGHS keeps rows to about
    a millionth, which is taken off for all that the best solution pays and gets.
    """
    found = _solved(part, seconds, _ABSOLUTE_GAP, stop)
    paid = abs(found.bound)
    if found.values is not None:
        costs = np.array(part.col_cost_)
        paid = max(paid, float(np.abs(costs * found.values).sum()))
    return replace(found, bound=found.bound - slack(paid))


def _solved(
    part: highspy.HighsLp, seconds: float, gap: float, stop: Callable[[], bool]
) -> Solved:
    """Solve in whole numbers for so many of the processor's seconds."""
    highspy.Highs.resetGlobalScheduler(True)
    highs = new_highs()
    for name, value in _OPTIONS.items():
        highs.setOptionValue(name, value)
    highs.setOptionValue("mip_abs_gap", gap)
    highs.setOptionValue("time_limit", _WALL * max(_LEAST_SECONDS, seconds))
    # Whole choices leave whole values for all that follows from them. HiGHS closes a
    # day of PE in a second where it may branch on patterns and cut by them, and not in
    # ten where only times and places are told to be whole.
    part.integrality_ = [highspy.HighsVarType.kInteger] * part.num_col_
    highs.passModel(part)
    end = thread_time() + seconds

    def look(event: Any) -> None:
        event.interrupt(thread_time() > end or stop())

    highs.cbMipInterrupt.subscribe(look)
    highs.run()
    info = highs.getInfo()
    if abs(info.mip_dual_bound) >= highspy.kHighsInf:
        impossible = highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible
        return Solved(-math.inf, impossible, None)
    solved = info.primal_solution_status == highspy.kSolutionStatusFeasible
    return Solved(
        info.mip_dual_bound,
        highs.getModelStatus() == highspy.HighsModelStatus.kOptimal,
        np.array(highs.getSolution().col_value) if solved else None,
    )
