"""cells.csv: every cell that was read, with how sure it is.

The columns and values are a contract with other programs (docs: data formats).
"""

import csv
from pathlib import Path

from scheduler.model.read_timetable import CellStatus, ReadCell, ReadTimetable

CELLS_FILE = "cells.csv"
COLUMNS = (
    "file",
    "sheet",
    "cell",
    "layout",
    "school",
    "class",
    "grade",
    "class_no",
    "day",
    "period",
    "week",
    "kind",
    "text",
    "subject",
    "teacher",
    "room",
    "status",
    "suggestion",
)
LIST_SEPARATOR = ";"


def write_cells(read: ReadTimetable, path: Path) -> None:
    """Write cells.csv with a byte-order mark, in the order of the cells.

    Lessons without a teacher have the one that a table of assignments names.

    Raises:
        OSError: the file cannot be written.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        writer.writerows(_row(cell, read.teachers_of(cell)) for cell in read.cells)


def _row(cell: ReadCell, teachers: tuple[str, ...]) -> tuple[object, ...]:
    name = cell.class_name
    return (
        cell.place.file,
        cell.place.sheet,
        cell.place.cell,
        cell.layout,
        cell.school,
        name.printed,
        name.grade or "",
        name.number or "",
        cell.day or "",
        cell.period or "",
        cell.week.value,
        cell.kind.value,
        cell.text,
        cell.subject,
        LIST_SEPARATOR.join(teachers),
        cell.room,
        cell.status.value,
        _suggestion(cell),
    )


def _suggestion(cell: ReadCell) -> str:
    """What a person is told: nothing where the cell reads as it stands."""
    return "" if cell.status is CellStatus.READ else cell.suggestion.zh
