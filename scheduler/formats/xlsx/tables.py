"""Plain tables as sheets of one workbook."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

from scheduler.formats.tables.files.atomic import write_file
from scheduler.formats.tables.files.workbook_writing import new_book, saved
from scheduler.formats.xlsx.names import sheet_names
from scheduler.formats.xlsx.style import HEADER, TEXT, page, set_widths, write
from scheduler.model.text import Text

_WIDTH = 16.0
_FIRST_WIDTH = 26.0

Cell = str | Text | Fraction | None
Table = tuple[Text, Sequence[Text], Iterable[Sequence[Cell]]]
"""Title, heads and rows."""


def export_tables(tables: Iterable[Table], path: Path, language: str) -> None:
    """Write each table as a sheet in one language; what is not known stays empty.

    Raises:
        OSError: the file cannot be written.
    """
    write_file(path, tables_workbook(tables, language), replace=True)


def tables_workbook(tables: Iterable[Table], language: str) -> bytes:
    """The same as the content of a file."""
    book, tables = new_book(), list(tables)
    names = sheet_names(title.in_language(language) for title, _, _ in tables)
    for name, (_, heads, rows) in zip(names, tables, strict=True):
        sheet = book.create_sheet(name)
        for column, head in enumerate(heads, start=1):
            write(sheet, 1, column, head.in_language(language), HEADER)
        for number, cells in enumerate(rows, start=2):
            for column, cell in enumerate(cells, start=1):
                if isinstance(cell, Text):
                    cell = cell.in_language(language)
                write(sheet, number, column, "" if cell is None else cell, TEXT)
        set_widths(sheet, [_FIRST_WIDTH, *[_WIDTH] * (len(heads) - 1)])
        sheet.freeze_panes = "A2"
        page(sheet, "1:1")
    return saved(book)
