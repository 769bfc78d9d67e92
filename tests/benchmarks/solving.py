"""How soon a first timetable, how good after a minute, how much is proven."""

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from scheduler.formats.tables.reading import read_problem
from scheduler.formats.tables.writing import write_folder
from tests.benchmarks.instances import folders

_IDLE_OFF = "LimitIdlePeriods"


def table(seconds: float, seeds: int) -> None:
    """One row for each school, with and without the idle-period rule; all seeds."""
    say(
        "| school | idle rule | seed | status | hard | unplaced | first s | soft "
        "| bound | gap % | seconds | peak MB |"
    )
    say("|---|---|---|---|---|---|---|---|---|---|---|---|")
    for folder in folders():
        for idle in (False, True):
            rows = [_solve(folder, idle, seconds, seed) for seed in range(seeds)]
            _say_median(folder.name, idle, rows)
    say("")


def _solve(folder: Path, idle: bool, seconds: float, seed: int) -> dict[str, float]:
    """Solve in a process of its own, so that start-up and memory are in the figures."""
    with tempfile.TemporaryDirectory() as scratch:
        source, out = Path(scratch) / "problem", Path(scratch) / "out"
        write_folder(read_problem(folder).problem, source)
        _set_idle(source, idle)
        command = [
            sys.executable,
            "-m",
            "tests.benchmarks.child",
            str(source),
            str(out),
        ]
        run = subprocess.run(
            [*command, str(seconds), str(seed)],
            capture_output=True,
            text=True,
            check=False,
        )
        if not (out / "solution.json").is_file():
            raise RuntimeError(run.stderr)
        found = json.loads((out / "solution.json").read_text(encoding="utf-8"))
        peak = float(run.stdout.split()[-1])
    gap = None if found["gap"] is None else 100 * found["gap"]
    shown = "-" if gap is None else f"{gap:.1f}"
    say(
        f"| {folder.name} | {'on' if idle else 'off'} | {seed} | {found['status']} "
        f"| {found['hard']} | {len(found['unplaced'])} | {found['first_seconds']} "
        f"| {found['soft']} | {found['bound']} | {shown} | {found['seconds']} "
        f"| {peak:.0f} |"
    )
    return {**found, "gap": gap, "peak": peak}


def _say_median(name: str, idle: bool, rows: list[dict[str, float]]) -> None:
    def middle(key: str) -> str:
        values = [row[key] for row in rows if row[key] is not None]
        return f"{median(values):.1f}" if values else "-"

    say(
        f"| **{name}** | {'on' if idle else 'off'} | median | | {middle('hard')} | "
        f"| {middle('first_seconds')} | {middle('soft')} | {middle('bound')} "
        f"| {middle('gap')} | {middle('seconds')} | {middle('peak')} |"
    )


def _set_idle(folder: Path, idle: bool) -> None:
    """Switch the idle-period rule on or off, whatever the school's own file says."""
    path = folder / "rules.toml"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    tables = text.split("\n[")
    kept = [t for t in tables if not t.lstrip("[").startswith(_IDLE_OFF)]
    switch = f"\n[{_IDLE_OFF}]\nenabled = {str(idle).lower()}\n"
    path.write_text("\n[".join(kept) + switch, encoding="utf-8")


def say(line: str) -> None:
    """One line of the table, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def peak_megabytes() -> float:
    """Largest memory this process has had."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform != "darwin" else peak / 1024**2
