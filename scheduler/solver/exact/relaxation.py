"""A proven bound from the linear relaxation of the exact model.

Any multipliers of the rows give a bound that holds (weak duality): what the rows are
worth, plus for every column the best it can do between its limits at its reduced cost.
So the bound needs no trust in the solver that found the multipliers, and holds too
where it was stopped early. Source: Neumaier and Shcherbina, "Safe bounds in linear and
mixed-integer linear programming", 2004.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

import highspy
import numpy as np
import pulp
from numpy.typing import NDArray

from scheduler.solver.exact.handing_over import as_arrays, new_highs

Floats = NDArray[np.float64]
_FIRST_RUN = 4.0
"""Seconds of the first run."""
_ROUNDING = 1e-9
"""What each product of the sum may be off by, relative to its size."""


@dataclass(frozen=True)
class Relaxation:
    """A linear relaxation in arrays: min c x, rows and columns between limits."""

    lp: highspy.HighsLp

    @staticmethod
    def of(problem: pulp.LpProblem) -> "Relaxation":
        """The relaxation of a PuLP model."""
        lp = as_arrays(problem, problem.variables())
        lp.integrality_ = []
        return Relaxation(lp)

    def bound(self, seconds: float, stop: Callable[[], bool]) -> float | None:
        """Solve and bound; None where nothing was proven.

        Solved by a first-order method, which needs no factors of the matrix, in runs
        of growing length: it cannot be interrupted, and each run proves something.
        """
        best, slice_seconds, left = -np.inf, _FIRST_RUN, seconds
        while left > 0 and not stop():
            began = monotonic()
            duals, finished = self._solve(min(slice_seconds, left))
            if duals is not None:
                best = max(best, self.bound_by(duals))
            if finished:
                break
            slice_seconds *= 2
            left -= monotonic() - began
        return best if np.isfinite(best) else None

    def bound_of_part(self, seconds: float) -> float:
        """Solve a part of a model and bound; minus infinity where nothing was proven.

        Of a part HiGHS has factors at once; its multipliers are better then.
        """
        duals, _ = self._solve(seconds, "choose")
        return -np.inf if duals is None else self.bound_by(duals)

    def _solve(
        self, seconds: float, method: str = "pdlp"
    ) -> tuple[Floats | None, bool]:
        """Multipliers of the rows, if there are any, and whether they are the best."""
        highs = _solver(seconds, method)
        highs.passModel(self.lp)
        highs.run()
        duals = np.array(highs.getSolution().row_dual, np.float64)
        usable = len(duals) == self.lp.num_row_ and bool(np.isfinite(duals).all())
        stopped = highs.getModelStatus() == highspy.HighsModelStatus.kTimeLimit
        return duals if usable else None, not stopped

    def bound_by(self, duals: Floats) -> float:
        """What multipliers of the rows prove; minus infinity where that is nothing."""
        lower, upper = np.array(self.lp.row_lower_), np.array(self.lp.row_upper_)
        bounded = np.where(duals > 0, np.isfinite(lower), np.isfinite(upper))
        duals = np.where(bounded, duals, 0.0)
        side = np.where(duals > 0, lower, upper)
        rows = np.where(duals == 0, 0.0, duals * np.where(duals == 0, 0.0, side))
        costs = np.array(self.lp.col_cost_) - self._column_sums(duals)
        low, high = np.array(self.lp.col_lower_), np.array(self.lp.col_upper_)
        limit = np.where(costs > 0, low, high)
        columns = np.where(costs == 0, 0.0, costs * np.where(costs == 0, 0.0, limit))
        total = float(self.lp.offset_ + rows.sum() + columns.sum())
        return total - _ROUNDING * float(np.abs(rows).sum() + np.abs(columns).sum())

    def _column_sums(self, duals: Floats) -> Floats:
        starts = np.array(self.lp.a_matrix_.start_)
        # Of a model without rows they are empty, and NumPy must be told of what.
        columns = np.array(self.lp.a_matrix_.index_, np.int64)
        values = np.array(self.lp.a_matrix_.value_, np.float64)
        by_entry = np.repeat(duals, np.diff(starts)) * values
        sums = np.bincount(columns, by_entry, minlength=self.lp.num_col_)
        return sums.astype(np.float64)


def _solver(seconds: float, method: str) -> highspy.Highs:
    highs = new_highs()
    highspy.Highs.resetGlobalScheduler(True)
    for name, value in (("solver", method), ("output_flag", False), ("threads", 1)):
        highs.setOptionValue(name, value)
    highs.setOptionValue("time_limit", max(0.1, seconds))
    return highs
