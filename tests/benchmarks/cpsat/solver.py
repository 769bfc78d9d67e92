"""The rows in CP-SAT's own words; the only module that imports OR-Tools."""

from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from tests.benchmarks.cpsat.rows import Rows

_FAR = 10**12


@dataclass(frozen=True)
class Answer:
    """What a run ended with; ``values`` are empty where nothing was found."""

    status: str
    values: list[int]
    objective: int | None
    bound: float
    seconds: float
    steps: list[tuple[float, int]]


@dataclass
class CpSat:
    """Rows written for CP-SAT: clauses where they are clauses."""

    rows: Rows
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    variables: list[cp_model.IntVar] = field(default_factory=list)

    def __post_init__(self) -> None:
        for high in self.rows.high:
            make = self.model.new_bool_var if high == 1 else None
            new = make("") if make else self.model.new_int_var(0, high, "")
            self.variables.append(new)
        for row, low, high in self.rows.linear:
            self._post(row, low, high)
        for columns, tuples in self.rows.tables:
            picked = [self.variables[v] for v in columns]
            self.model.add_allowed_assignments(picked, tuples)
        costs = cp_model.LinearExpr.weighted_sum(
            [self.variables[v] for v in self.rows.objective],
            list(self.rows.objective.values()),
        )
        self.model.minimize(costs + self.rows.constant)

    def _post(self, row: dict[int, int], low: int | None, high: int | None) -> None:
        picked = [self.variables[v] for v in row]
        if row and all(c == 1 and self.rows.high[v] == 1 for v, c in row.items()):
            if (low, high) == (1, 1):
                self.model.add_exactly_one(picked)
                return
            if high == 1 and not low:
                self.model.add_at_most_one(picked)
                return
            if low == 1 and high is None:
                self.model.add_bool_or(picked)
                return
        total = cp_model.LinearExpr.weighted_sum(picked, list(row.values()))
        least, most = -_FAR if low is None else low, _FAR if high is None else high
        self.model.add_linear_expression_in_domain(total, cp_model.Domain(least, most))

    def hold(self, variable: int, value: int) -> None:
        """Fix a variable."""
        self.model.add(self.variables[variable] == value)

    def solve(self, seconds: float, seed: int, workers: int) -> Answer:
        """Minimise within the time, without hints and with default parameters."""
        solver, watch = cp_model.CpSolver(), _Watch()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.num_workers = workers
        solver.parameters.random_seed = seed
        status = solver.solve(self.model, watch)
        found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        return Answer(
            solver.status_name(status),
            [solver.value(v) for v in self.variables] if found else [],
            round(solver.objective_value) if found else None,
            solver.best_objective_bound,
            solver.wall_time,
            watch.steps,
        )


class _Watch(cp_model.CpSolverSolutionCallback):
    """Notes when each better timetable came."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[tuple[float, int]] = []

    def on_solution_callback(self) -> None:
        self.steps.append((round(self.wall_time, 2), round(self.objective_value)))
