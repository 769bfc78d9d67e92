"""Find the header of a table and understand its titles, English or Chinese."""

import re
import unicodedata
from collections.abc import Sequence

from scheduler.formats.tables.cells import is_empty
from scheduler.formats.tables.schema import Table
from scheduler.formats.tables.sheet import Line, Sheet

SEARCHED_ROWS = 5
EXAMPLE_MARK = "#例"
_SEPARATORS = re.compile(r"[\s_()\[\]/|*,:]+")


def recognise(table: Table, title: str) -> str | None:
    """Name of the column a title stands for: ``class_id``, ``班级编号`` or both."""
    return _match(title, {c.name: c.title for c in table.columns})


def recognise_table(title: str, names: dict[str, str]) -> str | None:
    """Name of the table a sheet's title stands for; ``names`` maps to Chinese."""
    return _match(title, names)


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


def sheet_of(
    file: str, table: Table, rows: Sequence[tuple[int, Sequence[str]]]
) -> Sheet:
    """Numbered rows as a sheet: the header found, empty and example rows left out."""
    rows = [row for row in rows if not all(map(is_empty, row[1]))]
    if not rows:
        return Sheet(file, (), ())
    head = _header(table, rows[:SEARCHED_ROWS])
    lines = tuple(
        Line(number, tuple(cells))
        for number, cells in rows[head + 1 :]
        if not cells[0].startswith(EXAMPLE_MARK)
    )
    return Sheet(file, tuple(rows[head][1]), lines)


def _header(table: Table, rows: Sequence[tuple[int, Sequence[str]]]) -> int:
    """Index of the row with the most known titles; the first where none has any."""
    known = [sum(recognise(table, c) is not None for c in row[1]) for row in rows]
    return known.index(max(known))
