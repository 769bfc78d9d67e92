"""CSV and text files of a folder: their rows and texts, faults noted, not raised."""

from pathlib import Path

from scheduler.formats.sheets.delimited import read_delimited
from scheduler.formats.sheets.text_files import decoded, file_bytes
from scheduler.formats.tables.files.grid_rows import Rows, rows_of_grid
from scheduler.formats.tables.schema import Table
from scheduler.formats.tables.sheet import Faults
from scheduler.model.errors import InputError


def read_text(path: Path, faults: Faults) -> str | None:
    """The text of a file; None after noting why it cannot be read."""
    try:
        text, notices = decoded(path.name, file_bytes(path))
    except InputError as error:
        faults.errors += error.errors
        return None
    faults.warnings += notices
    return text


def read_rows(path: Path, faults: Faults, table: Table | None = None) -> Rows | None:
    """Numbered rows of a CSV file; None after noting why there are none."""
    try:
        grid, notices = read_delimited(path)
    except InputError as error:
        faults.errors += error.errors
        return None
    faults.warnings += notices
    return rows_of_grid(path.name, grid, table, faults)
