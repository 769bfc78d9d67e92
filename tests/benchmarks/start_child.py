"""CPU seconds until a search can begin, part by part.

python -m tests.benchmarks.start_child SCHOOL
"""

import json
import sys
from pathlib import Path
from time import process_time

from scheduler.constraints.catalogue import rules_in_force
from scheduler.formats.problem.reading import read_problem
from scheduler.solver.kernel.search import Kernel, Search
from scheduler.solver.options import classes_clash_free, compile_problem


def start(school: Path) -> dict[str, float]:
    """Seconds of this process at the end of each part."""
    ends = {"programs": process_time()}
    problem = read_problem(school).problem
    ends["reading"] = process_time()
    rules = rules_in_force(problem)
    compiled = compile_problem(problem, rules, classes_clash_free(rules))
    ends["options"] = process_time()
    kernel = Kernel.of(compiled)
    ends["arrays"] = process_time()
    Search(kernel, seed=0).insert(1)
    ends["loading"] = process_time()
    return ends


if __name__ == "__main__":
    sys.stdout.write(json.dumps(start(Path(sys.argv[1]))) + "\n")
