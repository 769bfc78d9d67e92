"""CSV and other delimited text as a grid; cells are text as typed."""

import csv
import io
from pathlib import Path

from scheduler.formats.sheets.faults import refuse
from scheduler.formats.sheets.grid import EMPTY, Cell, Grid
from scheduler.formats.sheets.pasted import pasted_grid
from scheduler.formats.sheets.text_files import decoded, file_bytes
from scheduler.model.errors import DataError, InputError
from scheduler.model.intake import CELL_CHARACTERS, TEXT_CELLS
from scheduler.model.text import Text

_DELIMITERS = ",\t;"


def read_delimited(path: Path) -> tuple[Grid, tuple[DataError, ...]]:
    """The rows of a file, parted by commas, or by tabs or semicolons alone.

    Raises:
        InputError: it is no text, has an open quotation mark, or too many cells.
    """
    text, notices = decoded(path.name, file_bytes(path))
    return grid_of_text(path.name, text), notices


def grid_of_text(name: str, text: str) -> Grid:
    """Delimited text as a grid; see :func:`read_delimited`."""
    pasted = pasted_grid(name, text)
    if pasted is not None:
        return pasted
    delimiter = delimiter_of(text)
    if text.count(delimiter) + text.count("\n") + text.count("\r") > TEXT_CELLS.most:
        raise InputError([TEXT_CELLS.refusal(name)])
    rows: list[tuple[Cell, ...]] = []
    made: dict[str, Cell] = {"": EMPTY}
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, strict=True, delimiter=delimiter)
    try:
        rows.extend(tuple(_cell(made, value) for value in cells) for cells in reader)
    except csv.Error as error:
        if "field limit" in str(error):
            raise InputError([CELL_CHARACTERS.refusal(name)]) from None
        zh, en = "引号不成对", "has a quotation mark that does not match"
        advice = Text(
            "单元格内的引号要写成两个。", "Maybe a quote in a cell is not doubled?"
        )
        raise refuse(name, zh, en, advice, row=len(rows) + 1) from None
    return Grid(name, "", tuple(rows))


def delimiter_of(text: str) -> str:
    """The mark between columns, by the first line that has one: a comma before all."""
    lines = text.lstrip("\r\n")[:10_000].splitlines()
    found = (mark for line in lines for mark in _DELIMITERS if mark in line)
    return next(found, ",")


def _cell(made: dict[str, Cell], value: str) -> Cell:
    cell = made.get(value)
    if cell is None:
        cell = made[value] = Cell(value, value.strip())
    return cell
