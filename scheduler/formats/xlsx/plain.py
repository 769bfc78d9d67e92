"""A workbook of one plain table."""

from collections.abc import Iterable, Sequence

from scheduler.formats.tables.files.workbook_writing import new_book, saved
from scheduler.formats.xlsx.style import HEADER, NOTE, set_widths, write

_WIDEST = 60.0


def plain_workbook(
    title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]
) -> bytes:
    """A sheet with a row of heads, which stays in view; text stays text."""
    workbook = new_book()
    workbook.properties.creator = "Cuofeng 错峰"
    sheet = workbook.create_sheet(title)
    widths = [2.0 * len(head) + 4 for head in heads]
    for column, head in enumerate(heads, start=1):
        write(sheet, 1, column, head, HEADER)
    for line, row in enumerate(rows, start=2):
        for column, text in enumerate(row, start=1):
            write(sheet, line, column, text, NOTE)
            widths[column - 1] = max(widths[column - 1], 1.5 * len(text) + 2)
    sheet.freeze_panes = "A2"
    set_widths(sheet, [min(width, _WIDEST) for width in widths])
    return saved(workbook)
