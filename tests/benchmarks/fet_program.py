"""FET's command line, run within a limit of its own processor time."""

import re
import resource
import subprocess
from dataclasses import dataclass
from pathlib import Path
from shutil import which

from scheduler.formats.fet.export.elements import written
from scheduler.formats.fet.xml_tree import Node, read_tree
from tests.benchmarks.measure import children_seconds

EXAMPLES = Path("/usr/share/doc/fet-data/examples")
"""Where Debian's package fet-data puts its example files."""
SCALE = 100
"""What weights under 100 % are divided by, so that FET's coin hardly ever says no."""
_TOTAL = re.compile(r"Total soft conflicts: ([\d.]+)")


@dataclass(frozen=True)
class FetRun:
    """One run: whether FET placed everything, its soft total, its seconds."""

    solved: bool
    soft: float | None
    seconds: float
    message: str


def fet_is_there() -> bool:
    """Whether fet-cl is installed (Debian: apt-get install fet fet-data)."""
    return which("fet-cl") is not None


def run_fet(file: Path, scratch: Path, limit: int, seed: int | None = None) -> FetRun:
    """Run fet-cl until it ends or has used ``limit`` seconds of the processor."""
    command = [
        "fet-cl",
        f"--inputfile={file}",
        f"--outputdir={scratch}",
        f"--timelimitseconds={10 * limit}",
        "--htmllevel=0",
    ]
    if seed is not None:
        command += [
            f"--randomseeds{line}{k}={1000 * seed + 10 * line + k}"
            for line in (1, 2)
            for k in range(3)
        ]
    before = children_seconds()
    process = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (limit, limit)),
    )
    seconds = children_seconds() - before
    result = scratch / "logs" / "result.txt"
    text = result.read_text("utf-8") if result.is_file() else process.stdout
    solved = "Simulation successful" in text
    return FetRun(solved, _soft(scratch) if solved else None, seconds, _said(process))


def _soft(scratch: Path) -> float | None:
    for path in scratch.rglob("*_soft_conflicts.txt"):
        if match := _TOTAL.search(path.read_text("utf-8")):
            return float(match[1])
    return None


def _said(process: subprocess.CompletedProcess[str]) -> str:
    """Why it did not begin, or that it ran out of time."""
    if process.returncode < 0:
        return "out of time"
    messages = [x for x in process.stdout.splitlines() if x.startswith("Message:")]
    return messages[0].removeprefix("Message: ") if messages else ""


def find_examples(names: list[str]) -> list[Path]:
    """Files by path, or by name among fet-data's examples of official mode.

    Raises:
        SystemExit: there is no such file.
    """
    found = []
    for name in names:
        path = Path(name)
        if not path.is_file():
            candidates = sorted(EXAMPLES.glob(f"FET-*-official/**/{name}.fet"))
            if not candidates:
                raise SystemExit(f"{name}: no such file; see the package fet-data")
            path = candidates[0]
        found.append(path)
    return found


def lighten(file: Path, target: Path) -> None:
    """Copy a file with weights under 100 % divided by :data:`SCALE`.

    FET tosses a coin at every constraint under 100 %, also for fixed activities, and
    a timetable that breaks many is refused until all coins fall well. The soft total
    of the copy is that of the file divided by the same number.
    """
    root = read_tree(file)
    for part in root.children:
        if part.tag.endswith("_Constraints_List"):
            for one in part.children:
                _lighten(one)
    target.write_bytes(written(root))


def _lighten(constraint: Node) -> None:
    weight = constraint.child("Weight_Percentage")
    if weight is not None and float(weight.text) < 100:
        weight.text = f"{float(weight.text) / SCALE:.6f}".rstrip("0").rstrip(".")
