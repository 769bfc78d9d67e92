"""Our search against fet-cl on FET's own files of official mode.

``python -m tests.benchmarks.fet_race --files primaria GYR --seeds 3 --limit 120``
prints, for every file, the processor's seconds to the first timetable without a hard
violation, ours and FET's, medians over the seeds; a run that reached none counts as the
limit and is told. FET's seconds include reading the file; ours of reading stand apart.
Then, for a few files, the soft total that we reach in half a minute against the best of
FET's runs with many seeds. Needs the packages fet and fet-data.
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tests.benchmarks.fet_child import OurRun, run_ours
from tests.benchmarks.fet_program import FetRun, fet_is_there, find_examples, run_fet
from tests.benchmarks.measure import Table, say, shown

if TYPE_CHECKING:
    from tests.benchmarks.tables import Settings

FILES = [
    "small-school",
    "Hopwood",
    "VietNamHungYen",
    "primaria",
    "Khoi-sang",
    "6th-Primary-School",
    "Orar_4_6",
    "Brazil-more-difficult",
    "highschool-Ancona",
    "simpler-Italian",
    "NamibiaPSY16T1f",
    "liceo-scientifico",
    "German-test-virtual-rooms-3",
    "German_subact_constr",
    "Arabic_Saudi_3",
    "2007-2008_sem1-d",
    "Collegiate_Junior_School2",
    "v1_7",
    "Bethlen_2007_2008",
    "secondary-school",
    "SPAIN_20-21",
    "2008-09-difficult",
    "stjosephemhss",
    "GYR",
    "MHS_July2",
    "IBDP-School-2016",
    "Diff1TverouillageTPass3",
]
"""Those that were measured when FET was chosen as the peer, small ones first."""
SOFT_FILES = ["primaria", "VietNamHungYen", "simpler-Italian"]
SOFT_SECONDS, FET_SEEDS = 30.0, 15


def table(settings: "Settings") -> None:
    """Both tables, as ``python -m tests.benchmarks`` prints them."""
    if not fet_is_there():
        say("FET is not installed (Debian: apt-get install fet fet-data); skipped.\n")
        return
    first_timetables(FILES, settings.seeds, int(settings.opponent_seconds))
    soft_totals(SOFT_FILES, settings.seeds)


def first_timetables(files: Sequence[str], seeds: int, limit: int) -> None:
    """Seconds to the first timetable, file by file."""
    rows = Table(
        f"First timetable: ours against FET's, at most {limit} CPU s, {seeds} seed(s)",
        "file | lessons | ours solved | ours CPU s | beside it reading | FET solved "
        "| FET CPU s, reading included | remarks",
    )
    for file in find_examples(list(files)):
        theirs = [_fet(file, limit, seed) for seed in range(1, seeds + 1)]
        ours = [run_ours(file, limit, 1, "--first")]
        if not ours[0].refused:
            more = range(2, seeds + 1)
            ours += [run_ours(file, limit, seed, "--first") for seed in more]
        rows.row(
            file.stem,
            ours[0].lessons or None,
            _solved(ours),
            None if ours[0].refused else _seconds(ours, limit),
            None if ours[0].refused else median(run.read for run in ours),
            _solved(theirs),
            _seconds(theirs, limit),
            _remarks(ours[0]),
        )
    rows.end()


def soft_totals(files: Sequence[str], seeds: int) -> None:
    """Our soft total after a while against the best of FET's first timetables."""
    rows = Table(
        f"Soft total: ours after {SOFT_SECONDS:.0f} s, FET's best of {FET_SEEDS} seeds",
        "file | ours, median | ours, worst | FET's best | FET's median",
    )
    for file in find_examples(list(files)):
        ours = [
            run_ours(file, SOFT_SECONDS, seed, "--workers", 2, "--prove")
            for seed in range(1, seeds + 1)
        ]
        theirs = [_fet(file, 120, seed) for seed in range(1, FET_SEEDS + 1)]
        own = [run.soft for run in ours if run.solved]
        known = [run.soft for run in theirs if run.soft is not None]
        complete = len(own) == seeds
        rows.row(
            file.stem,
            median(own) if complete else None,
            max(own) if complete else None,
            min(known, default=None),
            median(known) if known else None,
        )
    rows.end()


def _fet(file: Path, limit: int, seed: int) -> FetRun:
    with tempfile.TemporaryDirectory() as scratch:
        return run_fet(file, Path(scratch), limit, seed)


def _solved(runs: Sequence[OurRun] | Sequence[FetRun]) -> str:
    return f"{sum(run.solved for run in runs)} of {len(runs)}"


def _seconds(runs: Sequence[OurRun] | Sequence[FetRun], limit: float) -> str:
    """Median seconds; a run without a timetable counts as the limit."""
    middle = median(run.seconds if run.solved else limit for run in runs)
    return f"over {limit}" if middle >= limit else shown(middle)


def _remarks(run: OurRun) -> str:
    if run.refused:
        return run.refused.split("〔")[0].strip()
    parts = []
    if run.unsupported:
        parts.append(f"not supported: {', '.join(run.unsupported)}")
    if not run.solved and run.unplaced:
        parts.append(f"best {run.lessons - run.unplaced} placed")
    return "; ".join(parts)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Race against fet-cl.")
    parser.add_argument("--files", nargs="+", default=FILES)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--limit", type=int, default=120)
    parser.add_argument("--no-soft", action="store_true")
    parser.add_argument("--soft-files", nargs="+", default=SOFT_FILES)
    return parser.parse_args()


def main() -> None:
    """Both tables from the command line."""
    if not fet_is_there():
        raise SystemExit("fet-cl is missing (Debian: apt-get install fet fet-data)")
    options = _options()
    first_timetables(options.files, options.seeds, options.limit)
    if not options.no_soft:
        soft_totals(options.soft_files, options.seeds)


if __name__ == "__main__":
    main()
