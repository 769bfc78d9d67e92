"""One solve in a process of its own: prints its peak memory in MB."""

import sys
from pathlib import Path

from scheduler.formats.tables.reading import read_problem
from scheduler.services.solving import write_solution
from scheduler.solver.limits import SolveLimits
from scheduler.solver.solve import solve
from tests.benchmarks.solving import peak_megabytes, say


def main() -> None:
    source, out, seconds, seed = sys.argv[1:]
    problem = read_problem(Path(source)).problem
    limits = SolveLimits(seconds=float(seconds), seed=int(seed))
    write_solution(solve(problem, limits), Path(out))
    say(f"{peak_megabytes():.1f}")


if __name__ == "__main__":
    main()
