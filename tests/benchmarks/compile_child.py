"""CPU seconds of compiling all that a search calls, with nothing on disk yet.

python -m tests.benchmarks.compile_child SCHOOL EMPTY_FOLDER
"""

import json
import os
import sys
from pathlib import Path
from time import process_time

os.environ["NUMBA_CACHE_DIR"] = sys.argv[2]  # before Numba is loaded

from scheduler.constraints.catalogue import rules_in_force
from scheduler.formats.tables.reading import read_problem
from scheduler.solver.kernel.search import Kernel, Search
from scheduler.solver.options import compile_problem


def seconds(school: Path) -> float:
    """The first kernel of a process, and all that a search calls."""
    problem = read_problem(school).problem
    compiled = compile_problem(problem, rules_in_force(problem))
    began = process_time()
    Search.get_ready(Kernel.of(compiled))
    return process_time() - began


if __name__ == "__main__":
    sys.stdout.write(json.dumps({"seconds": seconds(Path(sys.argv[1]))}) + "\n")
