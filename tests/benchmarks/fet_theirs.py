"""FET's timetables judged by us: hard rules kept, and the same soft total.

``python -m tests.benchmarks.fet_theirs --files primaria --time 15``: fet-cl solves each
file; its timetable is placed in our import of the file, where no hard rule may be
broken (unless some constraint could not be read, which only makes ours weaker), and the
soft cost in FET's unit is held against FET's total. The exit code is 1 if a hard rule
is broken. Without ``--files``: all of fet-data's files of official mode.
"""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scheduler.constraints.evaluate import Report, evaluate
from scheduler.formats.fet.document import Activity, Document
from scheduler.formats.fet.importing import Imported, import_document
from scheduler.formats.fet.reading import read_fet
from scheduler.model.errors import InputError
from scheduler.model.meeting import Placement
from scheduler.model.requirements import HOME
from scheduler.model.times import Week
from scheduler.model.timetable import Timetable
from tests.benchmarks.fet_ours import UNIT
from tests.benchmarks.fet_program import EXAMPLES, find_examples, run_fet
from tests.benchmarks.measure import Table


def main() -> int:
    """Print a row for each file that FET solves; 1 if a hard rule is broken."""
    options = _options()
    files = find_examples(options.files) or sorted(
        EXAMPLES.glob("FET-*-official/**/*.fet")
    )
    table = Table(
        "FET's timetables judged by us",
        "file | FET s | its soft total | ours | broken | not read | approximated",
    )
    wrong = sum(not _row(table, file, options.time) for file in files)
    table.end()
    return 1 if wrong else 0


def _row(table: Table, file: Path, limit: int) -> bool:
    """One file; whether nothing is wrong with it."""
    try:
        imported = import_document(read_fet(file), file.name)
    except InputError:
        return True
    with tempfile.TemporaryDirectory() as scratch:
        run = run_fet(file, Path(scratch), limit, 1)
        if not run.solved:
            return True
        solved = next(Path(scratch).rglob("*_data_and_timetable.fet"))
        timetable = timetable_of(imported, read_fet(solved))
    report = evaluate(timetable)
    broken = _broken(report)
    missing = ", ".join(sorted({name for name, _ in imported.report.unsupported}))
    rough = ", ".join(sorted({name for name, _ in imported.report.approximated}))
    cells = (run.seconds, run.soft, report.soft / UNIT, broken, missing, rough)
    table.row(file.stem, *cells)
    return not broken


def _broken(report: Report) -> str:
    names = (r.name for r in report.results if r.level == "hard" and r.violations)
    return ", ".join(names)


def timetable_of(imported: Imported, solved: Document) -> Timetable:
    """The timetable fixed in a file that FET wrote, in the import of the original."""
    placements = {}
    rooms = dict(_rooms(imported, solved))
    for activity, slot in _times(imported, solved):
        mapping = imported.mapping
        lesson = imported.problem.lesson[mapping.lessons.lesson_id(activity)]
        at = mapping.week.period_of(slot)
        if at is not None:
            placements[lesson.lesson_id] = Placement(
                Week.EVERY,
                *at,
                rooms.get(activity.activity_id, HOME),
                lesson.requirement.teacher_ids,
                lesson.length,
            )
    return Timetable(imported.problem, placements)


def _times(
    imported: Imported, solved: Document
) -> Iterator[tuple[Activity, tuple[int, int]]]:
    for c in solved.constraints:
        day, hour = c.text("Preferred_Day"), c.text("Preferred_Hour")
        fixes = c.type == "ActivityPreferredStartingTime" and day and hour
        if fixes and c.is_hard and c.active:
            activity = imported.mapping.document.activity[int(c.text("Activity_Id"))]
            if activity.active:
                yield activity, (solved.day_index[day], solved.hour_index[hour])


def _rooms(imported: Imported, solved: Document) -> Iterator[tuple[int, str]]:
    rooms = imported.mapping.rooms
    for c in solved.constraints:
        if c.type != "ActivityPreferredRoom" or not (c.is_hard and c.active):
            continue
        name, real = c.text("Room"), c.texts("Real_Room")
        layouts = rooms.layouts(name) or ()
        chosen = rooms.layout_of_choice(name, real) if real else layouts[0]
        if chosen is not None:
            yield int(c.text("Activity_Id")), chosen


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Judge FET's timetables.")
    parser.add_argument("--files", nargs="*", default=[])
    parser.add_argument("--time", type=int, default=15)
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
