"""What a solve does before its search begins, in CPU seconds."""

import json
import sys
from itertools import pairwise
from pathlib import Path

from tests.benchmarks.instances import generated
from tests.benchmarks.measure import Table, medians, watch
from tests.benchmarks.tables import Settings, chosen

REPEATS = 3


def table(settings: Settings) -> None:
    """CPU seconds of each part of the start, medians of three processes."""
    table = Table(
        f"Start of a solve, CPU seconds, medians of {REPEATS}",
        "school | seed | loading programs | reading | options | arrays "
        "| loading compiled code | all",
    )
    for name in chosen(settings, "primary-36", "junior-60", "primary-96"):
        for seed in settings.every_seed:
            school = generated(name, seed)
            table.row(name, seed, *medians(_parts(school) for _ in range(REPEATS)))
    table.end()


def _parts(school: Path) -> tuple[float, ...]:
    """Seconds of each part, and of all.

    Raises:
        RuntimeError: the process ended without a result; with what it said.
    """
    run = watch([sys.executable, "-m", "tests.benchmarks.start_child", school])
    if run.code:
        raise RuntimeError(run.errors)
    ends = [0.0, *json.loads(run.output).values()]
    return (*(after - before for before, after in pairwise(ends)), ends[-1])
