"""How soon a first timetable is there: ours, and FET's of the same school exported."""

import shutil
import sys
import tempfile
from pathlib import Path

from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.timetable_writing import write_timetable
from scheduler.model.timetable import Timetable
from tests.benchmarks import ours
from tests.benchmarks.instances import generated
from tests.benchmarks.measure import Table, Watched, medians, ratio, say, watch
from tests.benchmarks.tables import Settings, chosen

FET = "fet-cl"
OUR_SECONDS = 10.0
_EXPORTED = "timetable.fet"
_QUIET = (
    "conflicts statistics xml dayshorizontal daysvertical timehorizontal timevertical "
    "subgroups groups years teachers teachersfreeperiods rooms subjects activitytags "
    "activities"
)
"""What FET need not write, so that its time is that of its search."""


def table(settings: Settings) -> None:
    """(b) Seconds to a first timetable without a hard violation."""
    if shutil.which(FET) is None:
        say(f"No {FET} here (Debian: apt-get install fet fet-data); no table.\n")
        return
    table = Table(
        "First timetable",
        "school | seed | ours, search s | ours, whole process s | FET s | FET CPU s "
        "| search ratio | notes of the export",
    )
    for name in chosen(settings, "primary-36", "junior-60"):
        rows = []
        for seed in settings.every_seed:
            school = generated(name, seed)
            us = ours.solve(school, OUR_SECONDS, seed)
            fet, notes = _fet(school, settings.opponent_seconds, seed)
            seconds = fet.seconds if fet else None
            cells = (us.first, us.whole_to_first, seconds, fet.cpu if fet else None)
            rows.append((*cells, ratio(us.first, seconds), notes))
            table.row(name, seed, *rows[-1])
        table.row(f"**{name}**", "median", *medians(rows))
    table.end()


def _fet(school: Path, seconds: float, seed: int) -> tuple[Watched | None, int]:
    """FET's run, None where it found nothing, and the number of the export's notes.

    Raises:
        RuntimeError: the school cannot be exported.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        empty = folder / "timetable.csv"
        write_timetable(Timetable(read_problem(school).problem, {}), empty)
        command = [sys.executable, "-m", "scheduler", "export", school, empty]
        exported = watch([*command, "--format", "fet", "--out", folder / "fet"])
        source = folder / "fet" / _EXPORTED
        if not source.is_file():
            raise RuntimeError(exported.errors)
        run = watch(_command(source, folder / "out", seconds, seed))
        found = (folder / "out" / "timetables" / source.stem).is_dir()
        return run if found else None, exported.errors.count("note: ")


def _command(source: Path, out: Path, seconds: float, seed: int) -> list[str]:
    seeds = [f"--randomseeds{k}={seed}" for k in (10, 11, 12, 20, 21, 22)]
    quiet = [f"--writetimetable{x}=false" for x in _QUIET.split()[:1]]
    quiet += [f"--writetimetables{x}=false" for x in _QUIET.split()[1:]]
    limit = f"--timelimitseconds={seconds:.0f}"
    place = [f"--inputfile={source}", f"--outputdir={out}", limit, "--htmllevel=0"]
    return [FET, *place, *seeds, *quiet]
