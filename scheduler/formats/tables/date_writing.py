"""Write the tables that commands keep: replacements.csv, bookings.csv."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from scheduler.formats.tables.atomic import write_file
from scheduler.formats.tables.date_tables import BOOKINGS, REPLACEMENTS
from scheduler.formats.tables.encode import write_cell
from scheduler.formats.tables.schema import Table
from scheduler.formats.tables.writing import csv_bytes
from scheduler.model.closures import Booking, Replacement


def write_replacements(rows: Iterable[Replacement], folder: Path) -> None:
    """Write replacements.csv whole, in place of an earlier one."""
    _write(REPLACEMENTS, rows, folder)


def write_bookings(rows: Iterable[Booking], folder: Path) -> None:
    """Write bookings.csv whole, in place of an earlier one."""
    _write(BOOKINGS, rows, folder)


def _write(table: Table, rows: Iterable[Any], folder: Path) -> None:
    names = [column.name for column in table.columns]
    cells = [
        [write_cell(column, getattr(row, column.attribute)) for column in table.columns]
        for row in rows
    ]
    path = folder / table.file_name
    write_file(path, csv_bytes([names, *cells]), replace=True)
