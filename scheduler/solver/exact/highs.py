"""HiGHS for PuLP models: passed whole, with a start, progress and an honest bound.

PuLP's own HiGHS adapter adds columns and rows one by one, cannot start from a
solution and drops the bound.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

import highspy
import numpy as np
import pulp

from scheduler.solver.exact.handing_over import as_arrays, new_highs, or_infinite
from scheduler.solver.exact.whole_costs import slack
from scheduler.solver.status import Status

_STOPPED = (
    highspy.HighsModelStatus.kTimeLimit,
    highspy.HighsModelStatus.kInterrupt,
    highspy.HighsModelStatus.kSolutionLimit,
    highspy.HighsModelStatus.kObjectiveTarget,
    highspy.HighsModelStatus.kObjectiveBound,
)


_ABSOLUTE_GAP = 0.999
"""Objectives are whole numbers: a run is closed where less than 1 is left."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Progress of one run: best cost and proven bound so far, None where unknown."""

    seconds: float
    best: float | None
    bound: float | None


@dataclass(frozen=True, slots=True)
class RunLimits:
    """When a run may stop: seconds, relative gap, or at its first solution."""

    seconds: float
    gap: float = 0.0
    first_solution: bool = False
    threads: int = 2
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run proved; values are on the variables, and ``objective`` is their cost.

    ``bound`` is the proven lower bound on the objective, None if there is none.
    """

    status: Status
    objective: float | None
    bound: float | None
    nodes: int


class LoadedModel:
    """A PuLP model inside HiGHS: loaded once, solved as often as wanted."""

    def __init__(self, model: pulp.LpProblem) -> None:
        self._variables = model.variables()
        self._highs = new_highs()
        self._highs.setOptionValue("output_flag", False)
        self._highs.setOptionValue("mip_abs_gap", _ABSOLUTE_GAP)
        arrays = as_arrays(model, self._variables)
        self._rows = (np.array(arrays.row_lower_), np.array(arrays.row_upper_))
        self._costs, self._constant = np.array(arrays.col_cost_), arrays.offset_
        self._highs.passModel(arrays)
        self._watch: Callable[[Tick], bool] | None = None
        self._highs.cbMipInterrupt.subscribe(self._tick)
        self._highs.cbMipLogging.subscribe(self._tick)

    def solve(
        self,
        limits: RunLimits,
        start: Mapping[str, float] | None = None,
        on_tick: Callable[[Tick], bool] | None = None,
        fixed: Mapping[str, float] | None = None,
    ) -> Outcome:
        """Solve; values are left on the PuLP variables.

        Parameters:
            start: Values of some or all variables by name, to start from.
            on_tick: Told of progress; returns True to stop with the best so far.
            fixed: Values that variables must keep this time, by name.
        """
        # On a whole, flat relaxation simplex takes ten times as long as the interior
        # point method; on a part of it, it is the faster one.
        self._begin(_options(limits, "choose" if fixed else "ipx"), on_tick)
        self._fix(fixed or {})
        if start is not None:
            known = [k for k, v in enumerate(self._variables) if v.name in start]
            values = np.array([start[self._variables[k].name] for k in known])
            self._highs.setSolution(len(known), np.array(known, np.int32), values)
        began = monotonic()
        self._highs.run()
        outcome = self._outcome()
        if start is None or not self._is_told_wrongly(outcome):
            return outcome
        left = replace(limits, seconds=limits.seconds - (monotonic() - began))
        return self._better(outcome, lambda: self.solve(left, None, on_tick, fixed))

    def completed(
        self, limits: RunLimits, known: Mapping[str, float] | None
    ) -> dict[str, float] | None:
        """Values of all variables from those of the choices; None if there is none.

        Left to itself HiGHS may give up completing a start, or complete it badly.
        """
        if known is None or self.solve(limits, fixed=known).objective is None:
            return None
        return {v.name: v.varValue for v in self._variables}

    def _begin(
        self,
        options: Mapping[str, Any],
        on_tick: Callable[[Tick], bool] | None = None,
    ) -> None:
        """Forget the last run, and set options for the next."""
        # HiGHS keeps one set of threads and fails a run that asks for another number,
        # unless the old ones are let go.
        highspy.Highs.resetGlobalScheduler(True)
        for name, value in options.items():
            self._highs.setOptionValue(name, value)
        self._highs.clearSolver()
        self._watch = on_tick

    def _is_told_wrongly(self, outcome: Outcome) -> bool:
        """Whether the values cost more than HiGHS says.

        HiGHS 1.16 finds a better solution than a start of some of the values, proves
        it optimal, tells its cost, and gives back the values of the start.
        """
        if outcome.objective is None:
            return False
        told = self._highs.getInfo().objective_function_value
        return outcome.objective > told + slack(told)

    def _better(self, one: Outcome, more: Callable[[], Outcome]) -> Outcome:
        """Run once more; the better of both outcomes, its values on the variables."""
        kept = [v.varValue for v in self._variables]
        other = more()
        if other.objective is not None and other.objective <= (one.objective or 0.0):
            return other
        for variable, value in zip(self._variables, kept, strict=True):
            variable.varValue = value
        return one

    def ray(self, seconds: float) -> tuple[float, ...] | None:
        """Multipliers of the rows that show the linear relaxation to be infeasible.

        None where it is not, or was not found to be in time. They are floating
        point: whoever claims something on them adds them up again.
        """
        highs = self._highs
        # Presolve may see the contradiction itself, and then leaves no ray.
        changed: dict[str, Any] = {
            "solve_relaxation": True,
            "presolve": "off",
            "solver": "simplex",
        }
        before = {name: highs.getOptionValue(name)[1] for name in changed}
        self._begin(changed | {"time_limit": max(0.05, seconds)})
        self._fix({})
        highs.run()
        found = None
        if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            _, there, values = highs.getDualRay()  # type: ignore[attr-defined]
            found = tuple(float(v) for v in values) if there else None
        for name, value in before.items():
            highs.setOptionValue(name, value)
        return found

    def status_without(
        self, limits: RunLimits, variables: Sequence[int], rows: Sequence[int]
    ) -> Status:
        """Solve with these variables at 0 and without these rows, by number."""
        self._begin(_options(limits, "choose"))
        lower, upper = self._bounds({})
        upper[list(variables)] = 0.0
        columns = np.arange(len(upper), dtype=np.int32)
        self._highs.changeColsBounds(len(upper), columns, lower, upper)
        least, most = self._rows[0].copy(), self._rows[1].copy()
        least[list(rows)], most[list(rows)] = -highspy.kHighsInf, highspy.kHighsInf
        self._limit_rows(least, most)
        self._highs.run()
        status = self._outcome().status
        self._limit_rows(*self._rows)
        return status

    def _limit_rows(self, least: Any, most: Any) -> None:
        numbers = np.arange(len(least), dtype=np.int32)
        self._highs.changeRowsBounds(  # type: ignore[attr-defined]
            len(least), numbers, least, most
        )

    def _fix(self, fixed: Mapping[str, float]) -> None:
        lower, upper = self._bounds(fixed)
        columns = np.arange(len(lower), dtype=np.int32)
        self._highs.changeColsBounds(len(lower), columns, lower, upper)

    def _bounds(self, fixed: Mapping[str, float]) -> tuple[Any, Any]:
        bounds = [
            (fixed[v.name], fixed[v.name])
            if v.name in fixed
            else (or_infinite(v.lowBound, -1), or_infinite(v.upBound, 1))
            for v in self._variables
        ]
        lower, upper = np.array(bounds, dtype=np.float64).reshape(-1, 2).T.copy()
        return lower, upper

    def _tick(self, event: Any) -> None:
        out = event.data_out
        tick = Tick(
            out.running_time, _finite(out.mip_primal_bound), _finite(out.mip_dual_bound)
        )
        # Said every time, for the flag would outlive the run it was raised in.
        event.interrupt(self._watch is not None and self._watch(tick))

    def _outcome(self) -> Outcome:
        state, info = self._highs.getModelStatus(), self._highs.getInfo()
        if state == highspy.HighsModelStatus.kModelEmpty:
            return self._without_rows()
        solved = info.primal_solution_status == highspy.kSolutionStatusFeasible
        status, cost = _status(state, solved), None
        if solved:
            values = self._highs.getSolution().col_value
            for variable, value in zip(self._variables, values, strict=True):
                variable.varValue = value
            cost = float(self._costs @ np.array(values)) + self._constant
            told = info.objective_function_value
            if status is Status.OPTIMAL and cost > told + slack(told):
                status = Status.FEASIBLE
        proven = status is not Status.UNKNOWN or state in _STOPPED
        return Outcome(
            status,
            cost,
            _finite(info.mip_dual_bound) if proven else None,
            max(0, info.mip_node_count),
        )

    def _without_rows(self) -> Outcome:
        """HiGHS leaves a model without rows alone: every variable is at its least."""
        model = self._highs.getLp()
        cost = model.offset_
        for k, variable in enumerate(self._variables):
            variable.varValue = model.col_lower_[k]
            cost += model.col_cost_[k] * model.col_lower_[k]
        return Outcome(Status.OPTIMAL, cost, cost, 0)


def run(
    model: pulp.LpProblem,
    limits: RunLimits,
    start: Mapping[str, float] | None = None,
    on_tick: Callable[[Tick], bool] | None = None,
) -> Outcome:
    """Solve a PuLP model once; as :meth:`LoadedModel.solve`."""
    return LoadedModel(model).solve(limits, start, on_tick)


def _options(limits: RunLimits, lp_solver: str) -> dict[str, Any]:
    return {
        "mip_lp_solver": lp_solver,
        "threads": limits.threads,
        "random_seed": limits.seed,
        "mip_rel_gap": limits.gap,
        "time_limit": max(0.05, limits.seconds),
        "mip_max_improving_sols": 1 if limits.first_solution else 2**31 - 1,
    }


def _status(state: highspy.HighsModelStatus, solved: bool) -> Status:
    if state == highspy.HighsModelStatus.kOptimal:
        return Status.OPTIMAL
    if state == highspy.HighsModelStatus.kInfeasible:
        return Status.INFEASIBLE
    if state in _STOPPED and solved:
        return Status.FEASIBLE
    return Status.UNKNOWN


def _finite(value: float) -> float | None:
    return value if abs(value) < highspy.kHighsInf else None
