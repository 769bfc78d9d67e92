"""Workbooks (.xlsx, .xlsm; also Strict Open XML) as grids, read as a stream."""

from pathlib import Path

from scheduler.formats.sheets.archive import Archive, opened
from scheduler.formats.sheets.grid import Grid
from scheduler.formats.sheets.xlsx_parts import contents_of, formats_of, texts_of
from scheduler.formats.sheets.xlsx_sheet import Book, Counts, read_sheet


def read_xlsx(path: Path) -> tuple[Grid, ...]:
    """All sheets in the order of their tabs.

    Raises:
        InputError: the file is damaged or beyond a limit.
    """
    with opened(path) as archive:
        return _grids(archive)


def _grids(archive: Archive) -> tuple[Grid, ...]:
    contents = contents_of(archive)
    book = Book(
        archive.name,
        texts_of(archive, contents.texts),
        formats_of(archive, contents.styles),
        contents.first_day,
    )
    counts = Counts()
    return tuple(
        read_sheet(archive, sheet, book, counts)
        for sheet in contents.sheets
        if sheet.part in archive.parts
    )
