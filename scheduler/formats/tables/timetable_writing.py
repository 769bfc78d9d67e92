"""Write timetable.csv, or the sheet of that name."""

from pathlib import Path

from scheduler.formats.tables.atomic import write_file
from scheduler.formats.tables.timetable_table import (
    TIMETABLE,
    lesson_cells,
    place_cells,
)
from scheduler.formats.tables.writing import csv_bytes
from scheduler.model.requirements import Lesson
from scheduler.model.timetable import Timetable


def write_timetable(timetable: Timetable, path: Path, replace: bool = False) -> None:
    """Write all lessons in the problem's order; the unplaced ones without a day.

    The same timetable gives the same bytes (of a ``.csv``).

    Raises:
        FileExistsError: the file is there and ``replace`` was not said.
    """
    names = [column.name for column in TIMETABLE.columns]
    cells = [_cells(timetable, lesson) for lesson in timetable.problem.lessons]
    rows = [[row.get(name, "") for name in names] for row in cells]
    if path.suffix.lower() == ".xlsx":
        # openpyxl takes a third of a second to import, which .csv need not pay.
        from scheduler.formats.tables.workbook_writing import timetable_book

        write_file(path, timetable_book(rows), replace)
    else:
        write_file(path, csv_bytes([names, *rows]), replace)


def _cells(timetable: Timetable, lesson: Lesson) -> dict[str, str]:
    cells = lesson_cells(timetable.problem, lesson)
    meeting = timetable.meeting.get(lesson.lesson_id)
    if meeting is None:
        teachers = ";".join(lesson.requirement.teacher_ids)
        return cells | {"teacher_ids": teachers, "length": str(lesson.length)}
    placement = meeting.placement
    own = {
        "teacher_ids": ";".join(placement.teacher_ids),
        "week": str(placement.week),
        "day": str(placement.day),
        "period": str(placement.period),
        "length": str(placement.length),
        "layout_id": placement.layout_id,
    }
    return cells | own | place_cells(meeting)
