"""Find the header of a table and understand its titles, English or Chinese."""

import re
import unicodedata
from collections.abc import Sequence

from scheduler.formats.tables.cells import is_empty
from scheduler.formats.tables.schema import Table
from scheduler.formats.tables.sheet import Line, Sheet

SEARCHED_ROWS = 5
EXAMPLE_MARKS = {"zh": "#例", "en": "#example"}
"""What the first cell of an example row begins with, by language."""
Rows = Sequence[tuple[int, Sequence[str]]]
_SEPARATORS = re.compile(r"[\s_()\[\]/|*,:]+")


def recognise(table: Table, title: str) -> str | None:
    """Name of the column a title stands for: ``class_id``, ``班级编号`` or both."""
    return _match(title, {c.name: c.title for c in table.columns})


def recognise_table(title: str, names: dict[str, str]) -> str | None:
    """Name of the table a sheet's title stands for; ``names`` maps to Chinese."""
    return _match(title, names)


def is_title_row(cells: Sequence[str], columns: Sequence[tuple[str, str]]) -> bool:
    """Whether the first cells are these titles, each in English, Chinese or both."""
    pairs = zip(cells, columns, strict=False)
    return all(_match(cell, {name: title}) for cell, (name, title) in pairs)


def _match(title: str, names: dict[str, str]) -> str | None:
    joined = _joined(title)
    for name, chinese in names.items():
        english, chinese = _joined(name), _joined(chinese)
        if joined in (english, chinese, english + chinese, chinese + english):
            return name
    return None


def _joined(title: str) -> str:
    plain = unicodedata.normalize("NFKC", title).lower()
    return _SEPARATORS.sub("", plain)


def is_example(cells: Sequence[str]) -> bool:
    """Whether a row is an example of the template, which is not read."""
    return cells[0].startswith(tuple(EXAMPLE_MARKS.values()))


def sheet_of(file: str, table: Table, rows: Rows) -> Sheet:
    """Numbered rows as a sheet: the header found, empty and example rows left out."""
    head = header_row(table, rows)
    titles = next((tuple(cells) for number, cells in rows if number == head), ())
    lines = tuple(
        Line(number, tuple(cells))
        for number, cells in rows
        if number > head and not all(map(is_empty, cells)) and not is_example(cells)
    )
    return Sheet(file, titles, lines)


def whole_sheet(file: str, rows: Rows) -> Sheet | None:
    """Numbered rows as a sheet whose header is still to be found.

    Empty rows and examples are left out; None where no row but a header remains.
    """
    lines = tuple(
        Line(number, tuple(cells))
        for number, cells in rows
        if not all(map(is_empty, cells)) and not is_example(cells)
    )
    return Sheet(file, (), lines) if len(lines) > 1 else None


def header_row(table: Table, rows: Rows) -> int:
    """Number of the row with the most known titles, among the first few.

    The first row that is not empty where none has any; 0 where all are empty.
    """
    filled = [row for row in rows if not all(map(is_empty, row[1]))]
    near = [row for row in filled if row[0] <= SEARCHED_ROWS] or filled[:1]
    return max(near, key=lambda row: (_known(table, row[1]), -row[0]), default=(0, ()))[
        0
    ]


def _known(table: Table, cells: Sequence[str]) -> int:
    return sum(recognise(table, cell) is not None for cell in cells)
