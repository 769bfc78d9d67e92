"""What is measured: generated schools, the demo schools."""

import hashlib
from pathlib import Path

from scheduler.formats.tables.files.writing import write_folder
from scheduler.formats.tables.timetable_writing import write_timetable
from scheduler.model.resources import Stage
from tests.benchmarks.generator import generate
from tests.benchmarks.measure import ROOT

DEMOS = (ROOT / "data" / "demo-school", ROOT / "data" / "demo-junior")
SCHOOLS = ROOT / "build" / "benchmarks"
"""Generated schools are kept here, for they take some seconds to make."""
_MAKERS = (
    Path(__file__).with_name("generator.py"),
    *sorted(Path(__file__).with_name("planted").glob("*.py")),
)
PLANTED = "timetable.csv"


def generated(name: str, seed: int) -> Path:
    """The folder of a generated school, made if it is not there.

    Parameters:
        name: Stage and number of classes, ``primary-36``.
    """
    stage, _, classes = name.partition("-")
    makers = hashlib.sha256(b"".join(path.read_bytes() for path in _MAKERS))
    folder = SCHOOLS / makers.hexdigest()[:8] / f"{name}-seed{seed}"
    if not (folder / PLANTED).is_file():
        timetable = generate(int(classes), Stage(stage), seed)
        folder.parent.mkdir(parents=True, exist_ok=True)
        write_folder(timetable.problem, folder)
        write_timetable(timetable, folder / PLANTED)
    return folder
