"""A proven bound from the linear relaxation of the exact model.

Any multipliers of the rows give a bound that holds (weak duality): what the rows are
worth, plus for every column the best it can do between its limits at its reduced cost.
So the bound needs no trust in the solver that found the multipliers, and holds too
where it was stopped early. Source: Neumaier and Shcherbina, "Safe bounds in linear and
mixed-integer linear programming", 2004.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
import pulp
from numpy.typing import NDArray

from scheduler.solver.highs import as_arrays, new_highs

Floats = NDArray[np.float64]
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

    def bound(
        self, seconds: float, threads: int, stop: Callable[[], bool] | None = None
    ) -> float | None:
        """Solve and bound; None where nothing was proven."""
        highs = _solver(seconds, threads)
        if stop is not None:
            highs.cbIpmInterrupt.subscribe(
                lambda event: event.interrupt(stop()) if stop() else None
            )
        highs.passModel(self.lp)
        highs.run()
        duals = np.array(highs.getSolution().row_dual, np.float64)
        if len(duals) != self.lp.num_row_ or not np.isfinite(duals).all():
            return None
        found = self.bound_by(duals)
        return found if np.isfinite(found) else None

    def bound_by(self, duals: Floats) -> float:
        """What multipliers of the rows prove; minus infinity where that is nothing."""
        lower, upper = np.array(self.lp.row_lower_), np.array(self.lp.row_upper_)
        bounded = np.where(duals > 0, np.isfinite(lower), np.isfinite(upper))
        duals = np.where(bounded, duals, 0.0)
        side = np.where(duals > 0, lower, upper)
        rows = np.where(duals == 0, 0.0, duals * np.where(duals == 0, 0.0, side))
        costs = np.array(self.lp.col_cost_) - self._column_sums(duals)
        low, high = np.array(self.lp.col_lower_), np.array(self.lp.col_upper_)
        # Rounding must not make a column without limit worth minus infinity.
        costs = np.where((costs < 0) & ~np.isfinite(high) & (costs > -1e-7), 0.0, costs)
        limit = np.where(costs > 0, low, high)
        columns = np.where(costs == 0, 0.0, costs * np.where(costs == 0, 0.0, limit))
        total = float(self.lp.offset_ + rows.sum() + columns.sum())
        return total - _ROUNDING * float(np.abs(rows).sum() + np.abs(columns).sum())

    def _column_sums(self, duals: Floats) -> Floats:
        starts = np.array(self.lp.a_matrix_.start_)
        columns = np.array(self.lp.a_matrix_.index_)
        values = np.array(self.lp.a_matrix_.value_)
        by_entry = np.repeat(duals, np.diff(starts)) * values
        sums = np.bincount(columns, by_entry, minlength=self.lp.num_col_)
        return sums.astype(np.float64)


def _solver(seconds: float, threads: int) -> Any:
    highs = new_highs()
    highspy.Highs.resetGlobalScheduler(True)
    options: dict[str, Any] = {
        "output_flag": False,
        "solver": "ipx",
        "run_crossover": "off",
        "threads": threads,
        "time_limit": max(0.1, seconds),
    }
    for name, value in options.items():
        highs.setOptionValue(name, value)
    return highs
