"""Runs fet_ours in a process of its own and reads what it reached."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.measure import watch


@dataclass(frozen=True)
class OurRun:
    """What we reached: ``soft`` is in FET's unit, ``refused`` why there is nothing.

    ``seconds`` are the processor's for the solve, ``read`` those before it for reading
    the file and mapping its constraints; FET's count both.
    """

    solved: bool
    seconds: float
    read: float
    soft: float
    unplaced: int
    lessons: int
    unsupported: tuple[str, ...]
    approximated: tuple[str, ...]
    refused: str = ""


def run_ours(file: Path, limit: float, seed: int, *more: object) -> OurRun:
    """Solve a file within ``limit`` seconds; ``more`` are options of fet_ours."""
    command = [sys.executable, "-m", "tests.benchmarks.fet_ours", file]
    watched = watch([*command, "--limit", limit, "--seed", seed, *more])
    if watched.code:
        lines = [x for x in watched.errors.splitlines() if x.strip()]
        said = lines[-1].rpartition("InputError: ")[2] if lines else "failed"
        return OurRun(False, 0.0, 0.0, 0.0, 0, 0, (), (), said)
    found = json.loads(watched.output.splitlines()[-1])
    return OurRun(
        found["solved"],
        found["seconds"],
        found["read"],
        found["soft"],
        found["unplaced"],
        found["lessons"],
        tuple(found["unsupported"]),
        tuple(found["approximated"]),
    )
