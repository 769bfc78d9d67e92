"""HiGHS through PuLP: models passed whole, with a start, progress and an honest bound.

PuLP's own HiGHS adapter adds columns and rows one by one, cannot start from a
solution and drops the bound.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
import pulp

from scheduler.solver.status import Status

_STOPPED = (
    highspy.HighsModelStatus.kTimeLimit,
    highspy.HighsModelStatus.kInterrupt,
    highspy.HighsModelStatus.kSolutionLimit,
    highspy.HighsModelStatus.kObjectiveTarget,
    highspy.HighsModelStatus.kObjectiveBound,
)


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
    """What a run proved; values are on the variables.

    ``bound`` is the proven lower bound on the objective, None if there is none.
    """

    status: Status
    objective: float | None
    bound: float | None
    nodes: int


class HighsRunner(pulp.HiGHS):  # type: ignore[misc]  # PuLP ships no types
    """PuLP's HiGHS with a bulk load, a starting solution and progress."""

    def __init__(
        self,
        limits: RunLimits,
        start: dict[str, float] | None = None,
        on_tick: Callable[[Tick], bool] | None = None,
    ) -> None:
        options: dict[str, Any] = {
            "threads": limits.threads,
            "random_seed": limits.seed,
            "mip_rel_gap": limits.gap,
            "mip_abs_gap": 0.999,
        }
        if limits.first_solution:
            options["mip_max_improving_sols"] = 1
        super().__init__(msg=False, timeLimit=max(0.05, limits.seconds), **options)
        self._start = start
        self._on_tick = on_tick
        self.outcome = Outcome(Status.UNKNOWN, None, None, 0)

    def createAndConfigureSolver(self, lp: pulp.LpProblem) -> None:
        """Create HiGHS without its banner, which it prints before it can be told."""
        with _quiet_stdout():
            super().createAndConfigureSolver(lp)

    def buildSolverModel(self, lp: pulp.LpProblem) -> None:
        """Pass the whole model as arrays."""
        variables = lp.variables()
        index = {v: k for k, v in enumerate(variables)}
        columns = np.arange(len(variables))
        model = highspy.HighsLp()
        model.num_col_ = len(variables)
        model.col_cost_ = np.array([lp.objective.get(v, 0.0) for v in variables])
        model.offset_ = lp.objective.constant
        model.col_lower_ = np.array([_bound(v.lowBound, -1) for v in variables])
        model.col_upper_ = np.array([_bound(v.upBound, 1) for v in variables])
        whole = highspy.HighsVarType.kInteger
        real = highspy.HighsVarType.kContinuous
        model.integrality_ = [
            whole if v.cat == pulp.LpInteger else real for v in variables
        ]
        _fill_rows(model, list(lp.constraints.values()), index)
        lp.solverModel.passModel(model)
        for k, variable in enumerate(variables):
            variable.index = k
        if self._start is not None:
            values = np.array([self._start.get(v.name, np.nan) for v in variables])
            known = ~np.isnan(values)
            lp.solverModel.setSolution(
                int(known.sum()), columns[known].astype(np.int32), values[known]
            )

    def callSolver(self, lp: pulp.LpProblem) -> None:
        """Run with progress."""
        solver = lp.solverModel
        if self._on_tick is not None:
            solver.cbMipInterrupt.subscribe(self._tick)
            solver.cbMipLogging.subscribe(self._tick)
        solver.run()

    def _tick(self, event: Any) -> None:
        out = event.data_out
        best, bound = out.mip_primal_bound, out.mip_dual_bound
        tick = Tick(out.running_time, _finite(best), _finite(bound))
        if self._on_tick is not None and self._on_tick(tick):
            event.interrupt()

    def findSolutionValues(self, lp: pulp.LpProblem) -> tuple[int, int]:
        """Read values, status and bound."""
        solver = lp.solverModel
        state, info = solver.getModelStatus(), solver.getInfo()
        solved = info.primal_solution_status == 2
        self.outcome = Outcome(
            _status(state, solved),
            info.objective_function_value if solved else None,
            _finite(info.mip_dual_bound),
            max(0, info.mip_node_count),
        )
        if solved:
            values = solver.getSolution().col_value
            for variable in lp.variables():
                variable.varValue = values[variable.index]
        return _PULP[self.outcome.status]


def run(
    model: pulp.LpProblem,
    limits: RunLimits,
    start: dict[str, float] | None = None,
    on_tick: Callable[[Tick], bool] | None = None,
) -> Outcome:
    """Solve a PuLP model with HiGHS.

    Parameters:
        start: Values of some or all variables by name, to start from.
        on_tick: Told of progress; returns True to stop with the best so far.
    """
    runner = HighsRunner(limits, start, on_tick)
    model.solve(runner)
    return runner.outcome


@contextmanager
def _quiet_stdout() -> Iterator[None]:
    """Discard what C code writes to standard output; Python's own is flushed first."""
    sys.stdout.flush()
    kept = os.dup(1)
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        try:
            yield
        finally:
            os.dup2(kept, 1)
            os.close(kept)


_PULP = {
    Status.OPTIMAL: (pulp.LpStatusOptimal, pulp.LpSolutionOptimal),
    Status.FEASIBLE: (pulp.LpStatusOptimal, pulp.LpSolutionIntegerFeasible),
    Status.INFEASIBLE: (pulp.LpStatusInfeasible, pulp.LpSolutionInfeasible),
    Status.UNKNOWN: (pulp.LpStatusNotSolved, pulp.LpSolutionNoSolutionFound),
}


def _status(state: highspy.HighsModelStatus, solved: bool) -> Status:
    if state == highspy.HighsModelStatus.kOptimal:
        return Status.OPTIMAL
    if state == highspy.HighsModelStatus.kInfeasible:
        return Status.INFEASIBLE
    if state in _STOPPED and solved:
        return Status.FEASIBLE
    return Status.UNKNOWN


def _bound(value: float | None, sign: int) -> float:
    return sign * highspy.kHighsInf if value is None else value


def _finite(value: float) -> float | None:
    return value if abs(value) < highspy.kHighsInf else None


def _fill_rows(
    model: highspy.HighsLp,
    constraints: Sequence[pulp.LpConstraint],
    index: dict[pulp.LpVariable, int],
) -> None:
    """Row-wise matrix and row bounds."""
    starts, columns, values = [0], [], []
    for constraint in constraints:
        for variable, coefficient in constraint.items():
            columns.append(index[variable])
            values.append(coefficient)
        starts.append(len(columns))
    model.num_row_ = len(constraints)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.num_col_ = model.num_col_
    model.a_matrix_.num_row_ = len(constraints)
    model.a_matrix_.start_ = np.array(starts, dtype=np.int32)
    model.a_matrix_.index_ = np.array(columns, dtype=np.int32)
    model.a_matrix_.value_ = np.array(values, dtype=np.float64)
    model.row_lower_ = np.array([_bound(c.getLb(), -1) for c in constraints])
    model.row_upper_ = np.array([_bound(c.getUb(), 1) for c in constraints])
