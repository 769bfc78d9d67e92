"""Cores that a solve uses, and would use were nothing else running."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.instances import DEMOS, generated
from tests.benchmarks.measure import Table, watch
from tests.benchmarks.tables import Settings, chosen


def table(settings: Settings) -> None:
    """Processor seconds of a whole command, and seconds its threads had to wait."""
    table = Table(
        f"Cores of a solve of {settings.seconds:g} s, two workers",
        "school | seed | s | CPU s | ready without a core, s | cores | cores wanted",
    )
    schools = [(DEMOS[0], 1)]
    for name in chosen(settings, "primary-36", "junior-60"):
        schools += [(generated(name, seed), seed) for seed in settings.every_seed]
    for school, seed in schools:
        table.row(school.name, seed, *_solve(school, settings.seconds, seed))
    table.end()


def _solve(school: Path, seconds: float, seed: int) -> tuple[float, ...]:
    with TemporaryDirectory() as scratch:
        command = [sys.executable, "-m", "scheduler", "solve", school]
        command += ["--out", Path(scratch) / "out", "--time", seconds, "--seed", seed]
        run = watch(command)
    wanted = (run.cpu + run.waited) / run.seconds
    return run.seconds, run.cpu, run.waited, run.cpu / run.seconds, wanted
