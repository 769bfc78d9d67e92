"""A solve with one half switched off, in a process of its own.

python -m tests.benchmarks.parted SCHOOL OUT SECONDS SEED WORKERS exact|search
"""

import sys
from pathlib import Path

from scheduler.formats.tables.reading import read_problem
from scheduler.services.solving import write_solution
from scheduler.solver.limits import SolveLimits
from scheduler.solver.solve import solve


def main() -> None:
    """Write timetable.csv and solution.json."""
    school, out, seconds, seed, workers, mode = sys.argv[1:]
    limits = SolveLimits(
        seconds=float(seconds),
        seed=int(seed),
        workers=int(workers),
        search=mode == "search",
        prove=mode == "exact",
    )
    problem = read_problem(Path(school)).problem
    write_solution(solve(problem, limits), Path(out))


if __name__ == "__main__":
    main()
