"""An imported spreadsheet as a problem folder, with its timetable and what was read."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from scheduler.formats.spreadsheets.cells_file import CELLS_FILE, write_cells
from scheduler.formats.spreadsheets.importing.building import Built, build
from scheduler.formats.spreadsheets.reading import read_school
from scheduler.formats.spreadsheets.recipe import (
    NO_RECIPE,
    RECIPE_FILE,
    Recipe,
    recipe_of,
    recipe_toml,
)
from scheduler.formats.tables.files.atomic import write_directory
from scheduler.formats.tables.files.writing import fill_folder
from scheduler.formats.tables.timetable_writing import write_timetable
from scheduler.model.course_names import CourseNames
from scheduler.model.read_timetable import ReadTimetable

TIMETABLE_FILE = "timetable.csv"
REPORT_FILE = "import-report.json"


def import_school(
    files: Sequence[Path],
    directory: Path,
    today: date,
    recipe: Recipe = NO_RECIPE,
    courses: CourseNames | None = None,
) -> tuple[Built, ReadTimetable]:
    """Read a school's spreadsheets and write a problem folder beside their timetable.

    ``courses`` are the names of a profile, those of the program by default.

    Raises:
        InputError: nothing could be read, or there is no class to import; nothing is
            written.
        FileExistsError: there is such a directory and it is not empty.
    """
    read = read_school(files, recipe, courses)
    built = build(read, today, courses)

    def fill(folder: Path) -> None:
        fill_folder(built.problem, folder)
        write_timetable(built.timetable, folder / TIMETABLE_FILE)
        write_cells(read, folder / CELLS_FILE)
        mapping = recipe_toml(recipe_of(read, recipe))
        (folder / RECIPE_FILE).write_bytes(mapping.encode())
        report = json.dumps(report_of(built, read), ensure_ascii=False, indent=2)
        (folder / REPORT_FILE).write_bytes(f"{report}\n".encode())

    directory.parent.mkdir(parents=True, exist_ok=True)
    write_directory(directory, fill)
    return built, read


def report_of(built: Built, read: ReadTimetable) -> dict[str, Any]:
    """What was inferred, assumed and contradicted, for a person to check."""
    statuses = [cell.status.value for cell in read.cells]
    return {
        "inferred": built.inferred.as_json(),
        "cells": {status: statuses.count(status) for status in dict.fromkeys(statuses)},
        "notes": [
            {"place": str(x.place), "kind": x.kind, **x.text.both()} for x in read.notes
        ],
        "disagreements": [
            {"about": x.about, **x.text.both()} for x in read.disagreements
        ],
    }
