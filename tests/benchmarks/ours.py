"""Our solver as people run it: in a process of its own, start-up included."""

import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.measure import watch

BOTH = "both"
WORKERS = 2


@dataclass(frozen=True, slots=True)
class Run:
    """One solve. Seconds are of the search, ``whole`` those of the process."""

    status: str
    hard: int
    unplaced: int
    first: float | None
    soft: int
    bound: int | None
    gap: float | None
    """In per cent."""
    seconds: float
    moves: int
    whole: float
    cpu: float
    megabytes: float

    @property
    def good_soft(self) -> int | None:
        """Soft cost of a timetable that can be used."""
        return None if self.hard or self.unplaced else self.soft

    @property
    def whole_to_first(self) -> float | None:
        """Seconds of a process that would end with its first timetable."""
        return None if self.first is None else self.whole - self.seconds + self.first


def solve(
    school: Path, seconds: float, seed: int, workers: int = WORKERS, mode: str = BOTH
) -> Run:
    """Solve with ``cuofeng solve``.

    Parameters:
        mode: Which half of a solve: its ``--method``.

    Raises:
        RuntimeError: it ended without a result; with what it said.
    """
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "out"
        command = [sys.executable, "-m", "scheduler", "solve", school, "--out", out]
        command += ["--time", seconds, "--seed", seed, "--workers", workers]
        command += ["--method", mode]
        process = watch(command)
        record = out / "solution.json"
        if not record.is_file():
            raise RuntimeError(f"{process.code}: {process.errors}")
        found = json.loads(record.read_text(encoding="utf-8"))
    gap = None if found["gap"] is None else 100 * found["gap"]
    return Run(
        found["status"],
        found["hard"],
        len(found["unplaced"]),
        found["first_seconds"],
        found["soft"],
        found["bound"],
        gap,
        found["seconds"],
        found["iterations"],
        process.seconds,
        process.cpu,
        process.megabytes,
    )
