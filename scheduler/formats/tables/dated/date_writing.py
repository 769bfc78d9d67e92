"""Write the tables that commands keep, replacements and bookings, where the data is."""

import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from scheduler.formats.tables.declared.problem_tables import BOOKINGS, REPLACEMENTS
from scheduler.formats.tables.encode import write_cell
from scheduler.formats.tables.files.atomic import write_file
from scheduler.formats.tables.files.writing import csv_bytes
from scheduler.formats.tables.schema import Table
from scheduler.model.closures import Booking, Replacement

# The site writes both tables, from threads of its own: a workbook is read and written
# whole, so that one of two at once would lose its sheet.
_WORKBOOK = threading.Lock()


def write_replacements(rows: Iterable[Replacement], data: Path) -> None:
    """Write replacements.csv whole, or the sheet of a workbook."""
    _write(REPLACEMENTS, rows, data)


def write_bookings(rows: Iterable[Booking], data: Path) -> None:
    """Write bookings.csv whole, or the sheet of a workbook."""
    _write(BOOKINGS, rows, data)


def home_of(data: Path) -> Path:
    """The folder of the tables, or the one in which the workbook lies."""
    return data if data.is_dir() else data.parent


def _write(table: Table, rows: Iterable[Any], data: Path) -> None:
    """In place of the earlier rows; of a workbook the last state is kept beside it."""
    if data.is_dir():
        cells = [
            [write_cell(c, getattr(row, c.attribute)) for c in table.columns]
            for row in rows
        ]
        content = csv_bytes([table.titles("en"), *cells])
        write_file(data / table.file_name, content, replace=True)
        return
    put_sheet(data, table, rows)


def put_sheet(data: Path, table: Table, rows: Iterable[Any]) -> None:
    """Write the sheet of a workbook anew; its last state is kept beside it."""
    # openpyxl takes a third of a second to import, which folders need not pay.
    from scheduler.formats.tables.files.sheet_replacing import with_items

    with _WORKBOOK:
        content = with_items(data, table, rows)
        earlier = data.with_suffix(f".previous{data.suffix}")
        write_file(earlier, data.read_bytes(), replace=True)
        write_file(data, content, replace=True)
