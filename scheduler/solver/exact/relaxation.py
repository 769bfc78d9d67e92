"""A proven bound from the linear relaxation of the exact model.

Any multipliers of the rows give a bound that holds (weak duality): what the rows are
worth, plus for every column the best it can do between its limits at its reduced cost.
So the bound needs no trust in the solver that found the multipliers, and holds too
where it was stopped early. Source: Neumaier and Shcherbina, "Safe bounds in linear and
mixed-integer linear programming", 2004.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import highspy
import numpy as np
import pulp
from numpy.typing import NDArray

from scheduler.solver.exact.handing_over import as_arrays, new_highs

Floats = NDArray[np.float64]
_OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "run_crossover": "off",
    "solve_relaxation": True,
    # Any multipliers are valid; the last steps bring hardly anything.
    "ipm_optimality_tolerance": 1e-4,
    "presolve": "off",
}
_ROUNDING = 1e-9
"""What each product of the sum may be off by, relative to its size."""


@dataclass(frozen=True)
class Relaxation:
    """A model in arrays, whole numbers aside: min c x, all between limits."""

    lp: highspy.HighsLp

    @staticmethod
    def of(problem: pulp.LpProblem) -> "Relaxation":
        """The relaxation of a PuLP model."""
        return Relaxation(as_arrays(problem, problem.variables()))

    def multipliers(self, seconds: float, stop: Callable[[], bool]) -> Floats | None:
        """Multipliers of the rows; None where the time does not suffice.

        By the interior point method, whose multipliers are the best after some thirty
        steps; a vertex, which would take as long again, is not wanted. They are as good
        as the step that it was stopped at.
        """
        return self._solve(seconds, "ipx", stop)

    def multipliers_of_part(self, seconds: float) -> Floats | None:
        """The same of a part of a model, which simplex solves at once."""
        return self._solve(seconds, "choose", lambda: False)

    def _solve(
        self, seconds: float, method: str, stop: Callable[[], bool]
    ) -> Floats | None:
        highs = _solver(seconds, method)
        highs.passModel(self.lp)

        def look(event: Any) -> None:
            event.interrupt(stop())

        highs.cbIpmInterrupt.subscribe(look)
        highs.run()
        duals = np.array(highs.getSolution().row_dual, np.float64)
        usable = len(duals) == self.lp.num_row_ and bool(np.isfinite(duals).all())
        return duals if usable else None

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

    @cached_property
    def values(self) -> Floats:
        """Entries of the matrix, row by row."""
        return np.array(self.lp.a_matrix_.value_, np.float64)

    def _column_sums(self, duals: Floats) -> Floats:
        starts = np.array(self.lp.a_matrix_.start_)
        # Of a model without rows they are empty, and NumPy must be told of what.
        columns = np.array(self.lp.a_matrix_.index_, np.int64)
        by_entry = np.repeat(duals, np.diff(starts)) * self.values
        sums = np.bincount(columns, by_entry, minlength=self.lp.num_col_)
        return sums.astype(np.float64)


def _solver(seconds: float, method: str) -> highspy.Highs:
    highs = new_highs()
    highspy.Highs.resetGlobalScheduler(True)
    for name, value in {"solver": method, **_OPTIONS}.items():
        highs.setOptionValue(name, value)
    highs.setOptionValue("time_limit", max(0.1, seconds))
    return highs
