"""Workbooks of the template, told from timetables by the names of their sheets."""

from pathlib import Path

from scheduler.formats.sheets.reading import read_grids
from scheduler.formats.tables.declared.problem_tables import FOLDER_TABLES
from scheduler.formats.tables.headers import recognise_table
from scheduler.formats.tables.matrices.declared import TEACHING

NEEDED = frozenset({"classes", "bells"})
TAUGHT = frozenset({"requirements", TEACHING.name})


def is_problem_workbook(path: Path) -> bool:
    """Whether a file holds the tables of a problem.

    Raises:
        InputError: the file cannot be read.
    """
    if path.suffix.lower() not in (".xlsx", ".xlsm") or not path.is_file():
        return False
    names = {table.name: table.title for table in (*FOLDER_TABLES, TEACHING)}
    found = {recognise_table(grid.sheet, names) for grid in read_grids(path)}
    return found >= NEEDED and bool(found & TAUGHT)
