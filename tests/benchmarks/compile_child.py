"""CPU seconds of compiling all that a search calls, with nothing on disk yet.

python -m tests.benchmarks.compile_child EMPTY_FOLDER
"""

import json
import os
import sys

os.environ["NUMBA_CACHE_DIR"] = sys.argv[1]  # before Numba is loaded

from scheduler.solver.first_run.ready import get_ready


def seconds() -> float:
    """Of all processes together, loading their programs included."""
    before = os.times()
    get_ready()
    return sum(os.times()[:4]) - sum(before[:4])


if __name__ == "__main__":
    sys.stdout.write(json.dumps({"seconds": seconds()}) + "\n")
