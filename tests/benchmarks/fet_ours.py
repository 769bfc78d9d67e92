"""One FET file solved by us in a process of its own; prints what was reached as JSON.

``python -m tests.benchmarks.fet_ours FILE --limit 120 --first`` ends at the first
timetable without a hard violation. Seconds are the processor's, of the solve alone:
reading and mapping the file is told apart.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from time import process_time

from scheduler.formats.fet.export.exporting import export_fet
from scheduler.formats.fet.folder import import_fet
from scheduler.solver.limits import SolveLimits
from scheduler.solver.progress import Progress
from scheduler.solver.solve import solve

UNIT = 20_000
"""Our cost of FET's soft conflict of 1 (docs/fet.md)."""

PATIENT = 10
"""How much longer by the clock a first timetable may take than by the processor, as in
FET's runs: on a busy machine the limit would else be a shorter one for us alone."""


def main() -> None:
    """Import, solve, export if asked, report."""
    options = _options()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "school"
        began = process_time()
        imported = import_fet(options.file, folder)
        read = process_time() - began
        began = process_time()

        def stop(progress: Progress) -> bool:
            out_of_time = process_time() - began > options.limit
            return out_of_time or (options.first and progress.soft is not None)

        limits = SolveLimits(
            PATIENT * options.limit if options.first else options.limit,
            seed=options.seed,
            workers=options.workers,
            prove=options.prove,
        )
        solution = solve(imported.problem, limits, on_progress=stop)
        seconds = process_time() - began
        if options.out:
            options.out.mkdir(parents=True, exist_ok=True)
            export_fet(solution.timetable, folder, options.out)
    report = {
        "solved": not solution.report.hard and not solution.unplaced,
        "seconds": seconds,
        "read": read,
        "soft": solution.report.soft / UNIT,
        "unplaced": len(solution.unplaced),
        "lessons": len(imported.problem.lessons),
        "complete": imported.report.is_complete,
        "unsupported": sorted({name for name, _ in imported.report.unsupported}),
        "approximated": sorted({name for name, _ in imported.report.approximated}),
    }
    sys.stdout.write(json.dumps(report) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--limit", type=float, default=120.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--first", action="store_true")
    parser.add_argument("--prove", action="store_true")
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
