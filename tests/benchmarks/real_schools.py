"""The demo schools and real ones, with and without the idle-period rule."""

import tempfile
from pathlib import Path

from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.files.writing import write_folder
from tests.benchmarks import ours
from tests.benchmarks.instances import DEMOS
from tests.benchmarks.measure import Table, medians, say
from tests.benchmarks.tables import Settings

_IDLE = "LimitIdlePeriods"


def table(settings: Settings) -> None:
    """(e) One row for each school, setting and seed, then their median."""
    table = Table(
        f"Demo schools and real schools, {settings.proof_seconds:g} s",
        "school | idle rule | seed | status | hard | unplaced | first s | soft "
        "| bound | gap % | whole process s | MB",
    )
    if not settings.folders:
        say("no real school: give its folder with --folder\n")
    for folder in (*DEMOS, *settings.folders):
        for idle in ("off", "on"):
            rows = []
            for seed in settings.every_seed:
                x = _solve(folder, idle, settings.proof_seconds, seed)
                cells = (x.first, x.good_soft, x.bound, x.gap, x.whole, x.megabytes)
                rows.append((x.hard, x.unplaced, *cells))
                table.row(folder.name, idle, seed, x.status, *rows[-1])
            table.row(f"**{folder.name}**", idle, "median", "", *medians(rows, (0, 1)))
    table.end()


def _solve(folder: Path, idle: str, seconds: float, seed: int) -> ours.Run:
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "problem"
        write_folder(read_problem(folder).problem, source)
        _set_idle(source, idle == "on")
        return ours.solve(source, seconds, seed)


def _set_idle(folder: Path, idle: bool) -> None:
    """Switch the idle-period rule on or off, whatever the school's own file says."""
    path = folder / "rules.toml"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    kept = [t for t in text.split("\n[") if not t.lstrip("[").startswith(_IDLE)]
    switch = f"\n[{_IDLE}]\nenabled = {str(idle).lower()}\n"
    path.write_text("\n[".join(kept) + switch, encoding="utf-8")
