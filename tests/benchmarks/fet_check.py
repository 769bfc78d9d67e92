"""FET as judge: does it accept our timetables, and count what we count?

``python -m tests.benchmarks.fet_check --files primaria simpler-Italian --time 30``:
each file is imported, solved, exported with the timetable fixed, and given to fet-cl,
which must be "successful" within the limit. Its soft total is held against ours. The
exit code is 1 if any is refused. Needs the Debian packages fet and fet-data.
"""

import argparse
import tempfile
from pathlib import Path

from tests.benchmarks.fet_child import run_ours
from tests.benchmarks.fet_program import (
    SCALE,
    fet_is_there,
    find_examples,
    lighten,
    run_fet,
)
from tests.benchmarks.measure import Table

FILES = [
    "small-school",
    "primaria",
    "VietNamHungYen",
    "simpler-Italian",
    "Brazil-more-difficult",
    "NamibiaPSY16T1f",
    "German_subact_constr",
    "secondary-school",
]
_FET_SECONDS = 60


def main() -> int:
    """Print a row for each file; 1 if FET refused a timetable."""
    options = _options()
    if not fet_is_there():
        raise SystemExit("fet-cl is missing (Debian: apt-get install fet fet-data)")
    table = Table(
        "FET's judgement of our timetables",
        "file | ours | our soft total | FET | FET's soft total | not supported",
    )
    refused = 0
    for file in find_examples(options.files):
        refused += not _row(table, file, options.time, options.seed)
    table.end()
    return 1 if refused else 0


def _row(table: Table, file: Path, seconds: float, seed: int) -> bool:
    """One file; whether FET accepted, or there was nothing to accept."""
    with tempfile.TemporaryDirectory() as scratch:
        out, copy = Path(scratch) / "out", Path(scratch) / "light.fet"
        ours = run_ours(file, seconds, seed, "--out", out, "--workers", 2)
        missing = ", ".join(ours.unsupported)
        if not ours.solved:
            said = ours.refused or f"{ours.unplaced} of {ours.lessons} unplaced"
            table.row(file.stem, said, None, None, None, missing)
            return True
        lighten(out / "timetable.fet", copy)
        fet = run_fet(copy, Path(scratch) / "fet", _FET_SECONDS)
        verdict = "accepted" if fet.solved else f"refused: {fet.message}"
        total = None if fet.soft is None else fet.soft * SCALE
        table.row(file.stem, "complete", ours.soft, verdict, total, missing)
        return fet.solved


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Let FET judge our timetables.")
    parser.add_argument("--files", nargs="+", default=FILES)
    parser.add_argument("--time", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
