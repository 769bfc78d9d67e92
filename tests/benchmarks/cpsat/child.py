"""One CP-SAT run in a process of its own; needs OR-Tools (docs/benchmarks.md).

python -m tests.benchmarks.cpsat.child SCHOOL OUT SECONDS SEED WORKERS [ENCODING]
"""

import json
import sys
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

from scheduler.constraints.catalogue import rules_in_force
from scheduler.constraints.evaluate import evaluate
from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.timetable_writing import write_timetable
from scheduler.solver.options import compile_problem
from tests.benchmarks.cpsat.model import CpModel
from tests.benchmarks.cpsat.patterns import Encoding
from tests.benchmarks.cpsat.solver import CpSat
from tests.benchmarks.measure import peak_megabytes

CHECK_SECONDS = 120.0


def run(
    school: Path, out: Path, seconds: float, seed: int, workers: int, encoding: Encoding
) -> dict[str, object]:
    """Solve and judge; the limit is for CP-SAT alone, building the model is extra.

    Raises:
        RuntimeError: rules and model disagree on the timetable found.
    """
    began = perf_counter()
    problem = read_problem(school).problem
    model = CpModel(compile_problem(problem, rules_in_force(problem)), encoding)
    solver = CpSat(model.rows)
    built = perf_counter() - began
    answer = solver.solve(seconds, seed, workers)
    found: dict[str, object] = {
        "status": answer.status,
        "build": round(built, 2),
        "variables": len(model.rows.high),
        "seconds": round(answer.seconds, 2),
        "bound": answer.bound,
        "steps": answer.steps,
        "peak": round(peak_megabytes(), 1),
        "version": version("ortools"),
        "soft": None,
        "hard": None,
    }
    if answer.values:
        timetable = model.timetable(answer.values)
        report = evaluate(timetable)
        _agree(model, solver, answer.values, (report.conflicts, report.soft))
        found |= {"soft": report.soft, "hard": report.hard}
        write_timetable(timetable, out, replace=True)
    return found


def _agree(
    model: CpModel, solver: CpSat, values: list[int], judged: tuple[int, int]
) -> None:
    """The model must say of the timetable what the rules say: no conflict, same cost.

    A run that was stopped may hold cost variables above what they need to be, so the
    model is solved again with all choices held.
    """
    for choice in model.choices:
        for variable in {choice.variable, *choice.seats}:
            solver.hold(variable, values[variable])
    held = solver.solve(CHECK_SECONDS, 0, 1)
    if held.status != "OPTIMAL" or judged != (0, held.objective):
        raise RuntimeError(f"the model says {held}, the rules (hard, soft) {judged}")


def main() -> None:
    """Print what came of it as JSON."""
    school, out, seconds, seed, workers, *rest = sys.argv[1:]
    encoding = Encoding(rest[0]) if rest else Encoding.SPANS
    result = run(
        Path(school), Path(out), float(seconds), int(seed), int(workers), encoding
    )
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
