"""Grid: one sheet of a spreadsheet as it stands, whatever the file's format."""

from dataclasses import dataclass
from datetime import date, datetime, time

Value = str | int | float | bool | date | time | datetime | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    ``value`` is what is stored: a number, a truth value, a date or time where the
    file says that the number is one, else the text; None in an empty cell, and in one
    that shows an error as ``#N/A``. ``text`` is what a person reads there:
    ``2026-09-01``, ``08:20``, ``4``, without the spaces around it but with the line
    breaks inside; ``""`` in an empty cell.
    """

    value: Value = None
    text: str = ""


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Merge:
    """A rectangle of merged cells: half-open, rows and columns counted from 0.

    The top left cell has the content, the others are empty.
    """

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: rows of cells from the first row and column on.

    ``file`` is the file's name without its folder; ``sheet`` the name on the tab, or
    ``""`` where the format has no sheets. Rows are ragged: nothing empty stands at
    their end, and no empty row at the end of the sheet. Merges are cut to the filled
    area (the rows, and the widest of them); a merge of one cell is left out.
    ``unsolved`` are the empty cells (row, column) whose formula has no stored result.
    ``first_day`` is the day 0 from which the file counts dates, which matters only to
    who reads a plain number as a date.
    """

    file: str
    sheet: str
    rows: tuple[tuple[Cell, ...], ...]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    unsolved: frozenset[tuple[int, int]] = frozenset()
    first_day: date = date(1899, 12, 30)

    @property
    def width(self) -> int:
        """The number of columns that hold anything."""
        return max(map(len, self.rows), default=0)

    def cell(self, row: int, column: int) -> Cell:
        """The cell of a row and a column from 0; an empty one beyond the edges."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return EMPTY
