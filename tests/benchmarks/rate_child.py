"""Moves a CPU second of one search, compiling and reading not included.

python -m tests.benchmarks.rate_child SCHOOL SECONDS SEED
"""

import json
import sys
from pathlib import Path
from time import process_time

from scheduler.constraints.catalogue import rules_in_force
from scheduler.formats.problem.reading import read_problem
from scheduler.solver.annealing import COLD, HARD_WEIGHT, HOT
from scheduler.solver.kernel.search import Kernel, Search
from scheduler.solver.options import compile_problem

WARMING, CHUNK = 1_000, 20_000


def rate(school: Path, seconds: float, seed: int) -> dict[str, float]:
    """Anneal as a solve does, from a fresh start, and count what was tried."""
    problem = read_problem(school).problem
    began = process_time()
    kernel = Kernel.of(compile_problem(problem, rules_in_force(problem)))
    search, step = Search(kernel, seed), kernel.typical_step
    search.start()
    weight = HARD_WEIGHT * step
    search.anneal(WARMING, HOT * step, HOT * step, weight)  # Numba compiles or loads
    ready = process_time()
    tried, share = search.tried, 0.0
    while share < 1.0:
        heat = HOT * (COLD / HOT) ** share * step
        search.anneal(CHUNK, heat, heat, weight)
        share = (process_time() - ready) / seconds
    moves = (search.tried - tried) / (process_time() - ready)
    return {"moves": moves, "ready": ready - began}


if __name__ == "__main__":
    folder, limit, number = sys.argv[1:]
    sys.stdout.write(json.dumps(rate(Path(folder), float(limit), int(number))) + "\n")
