"""Write timetable.csv, or the sheet of that name."""

from pathlib import Path
from typing import Any

from scheduler.formats.tables.encode import write_cell
from scheduler.formats.tables.files.atomic import write_file
from scheduler.formats.tables.files.writing import csv_bytes
from scheduler.formats.tables.timetable_table import (
    TIMETABLE,
    lesson_cells,
    place_cells,
)
from scheduler.model.requirements import Lesson
from scheduler.model.timetable import Timetable


def write_timetable(
    timetable: Timetable, path: Path, replace: bool = False, language: str = "en"
) -> None:
    """Write all lessons in the problem's order; the unplaced ones without a day.

    The same timetable gives the same bytes (of a ``.csv``).

    Parameters:
        language: Of titles and words of an ``.xlsx``; a ``.csv`` is always in those of
            the data contract.

    Raises:
        FileExistsError: the file is there and ``replace`` was not said.
    """
    if path.suffix.lower() == ".xlsx":
        # openpyxl takes a third of a second to import, which .csv need not pay.
        from scheduler.formats.tables.files.workbook_writing import (
            add_table,
            new_book,
            saved,
        )

        book = new_book()
        add_table(book, TIMETABLE, timetable_rows(timetable, language), language)
        write_file(path, saved(book), replace)
    else:
        rows = [TIMETABLE.titles("en"), *timetable_rows(timetable)]
        write_file(path, csv_bytes(rows), replace)


def timetable_rows(timetable: Timetable, language: str = "en") -> list[list[str]]:
    """Rows of the table, with the words of that language."""
    return [
        [write_cell(column, cells.get(column.name), language) for column in _COLUMNS]
        for cells in (_cells(timetable, x) for x in timetable.problem.lessons)
    ]


_COLUMNS = TIMETABLE.columns


def _cells(timetable: Timetable, lesson: Lesson) -> dict[str, Any]:
    cells: dict[str, Any] = dict(lesson_cells(timetable.problem, lesson))
    meeting = timetable.meeting.get(lesson.lesson_id)
    if meeting is None:
        own = {"teacher_ids": lesson.requirement.teacher_ids, "length": lesson.length}
        return cells | own
    placement = meeting.placement
    own = {
        name: getattr(placement, name)
        for name in ("teacher_ids", "week", "day", "period", "length", "layout_id")
    }
    return cells | own | place_cells(meeting)
