"""CP-SAT in an environment of its own: no dependency of the project."""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.measure import ROOT, say, watch
from tests.benchmarks.ours import WORKERS

ORTOOLS = "ortools==9.15.6755"
ENVIRONMENT = ROOT / ".venv-cpsat"


@dataclass(frozen=True, slots=True)
class CpSatRun:
    """One run: what CP-SAT found and proved, judged by our rules."""

    status: str
    hard: int | None
    soft: int | None
    first: float | None
    bound: float
    build: float
    """Seconds for reading and writing the model; not part of the limit."""
    cpu: float
    megabytes: float


def python() -> Path:
    """An interpreter with OR-Tools and our requirements; made at the first call."""
    place = ENVIRONMENT / "bin" / "python"
    if not place.is_file():
        say(f"making {ENVIRONMENT.name} with {ORTOOLS}")
        subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True)
        pip = [place, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        lock = ROOT / "requirements.lock"
        subprocess.run([*pip, "--require-hashes", "-r", lock], check=True)
        subprocess.run([*pip, ORTOOLS], check=True)
    return place


def solve(interpreter: Path, school: Path, seconds: float, seed: int) -> CpSatRun:
    """Let CP-SAT solve a school.

    Raises:
        RuntimeError: it failed, or its model and our rules disagree.
    """
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "timetable.csv"
        child = [interpreter, "-m", "tests.benchmarks.cpsat.child", school, out]
        process = watch([*child, seconds, seed, WORKERS])
    if process.code:
        raise RuntimeError(process.errors)
    found = json.loads(process.output)
    steps = found["steps"]
    return CpSatRun(
        found["status"],
        found["hard"],
        found["soft"],
        steps[0][0] if steps else None,
        found["bound"],
        found["build"],
        process.cpu,
        process.megabytes,
    )
