"""How cells look, and writing text that stays text."""

import unicodedata
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil

from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.formats.tables.files.workbook_writing import put_text

FONT = "宋体"
LINE_POINTS = 15.5
A3, A4 = 8, 9
_SIDE = Side(style="thin", color="808080")
_BOX = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=colour, end_color=colour)


@dataclass(frozen=True, slots=True)
class Look:
    """Font, fill, alignment and border of a cell."""

    font: Font = field(default_factory=lambda: Font(name=FONT, size=11))
    fill: PatternFill = field(default_factory=PatternFill)
    alignment: Alignment = _CENTRE
    border: Border = _BOX


TITLE = Look(Font(name=FONT, size=18, bold=True), border=Border())
SUBTITLE = Look(Font(name=FONT, size=11), border=Border())
HEADER = Look(Font(name=FONT, size=11, bold=True), _fill("DDEBF7"))
TEXT = Look()
NOTE = Look(alignment=_LEFT)
SMALL = Look(Font(name=FONT, size=9))
BAND = Look(fill=_fill("F2F2F2"))
CLOSED = Look(fill=_fill("D9D9D9"))
REACHING = Look(Font(name=FONT, size=10, italic=True, color="808080"))
LINK = Look(
    Font(name=FONT, size=11, underline="single", color="0563C1"), alignment=_LEFT
)
CLASH = Look(Font(name=FONT, size=11, bold=True, color="9C0006"), _fill("FFC7CE"))
CRITICAL = Look(CLASH.font, CLASH.fill, _LEFT)
ERROR = Look(Font(name=FONT, size=11, color="9C0006"), _fill("FFE4E1"), _LEFT)
WARNING = Look(fill=_fill("FFF2CC"), alignment=_LEFT)
INFORMATION = Look(fill=_fill("EAF1F8"), alignment=_LEFT)

Value = str | int | Fraction


def write(sheet: Worksheet, row: int, column: int, value: Value, look: Look) -> None:
    """Write one cell; text stays text whatever it begins with."""
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        raise ValueError(f"{cell.coordinate} of {sheet.title} is inside a merged cell")
    if isinstance(value, str):
        put_text(sheet, row, column, value)
    else:
        whole = value.denominator == 1
        cell.value = int(value) if whole else float(value)
    cell.font, cell.fill = look.font, look.fill
    cell.alignment, cell.border = look.alignment, look.border


def merge(
    sheet: Worksheet, top: int, left: int, bottom: int, right: int, look: Look
) -> None:
    """Merge a block whose first cell is written; all its borders are drawn."""
    if (top, left) == (bottom, right):
        return
    sheet.merge_cells(
        start_row=top, start_column=left, end_row=bottom, end_column=right
    )
    for row in sheet.iter_rows(top, bottom, left, right):
        for cell in row:
            cell.border = look.border


def set_widths(sheet: Worksheet, widths: list[float]) -> None:
    """Column widths from the first column on, in characters."""
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def lines_of(text: str, width: float) -> int:
    """Lines a text takes in a column of a width; Chinese counts two a character."""
    fitting = max(1.0, width - 1)
    return sum(max(1, ceil(_columns(line) / fitting)) for line in text.split("\n"))


def _columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line)


def set_height(sheet: Worksheet, row: int, lines: int) -> None:
    """Height of a row for a number of lines."""
    sheet.row_dimensions[row].height = LINE_POINTS * max(1, lines) + 6


def page(
    sheet: Worksheet,
    title_rows: str,
    landscape: bool = True,
    pages_high: int = 0,
    paper: int = A4,
) -> None:
    """One page wide, title rows on every page, page numbers.

    ``pages_high`` 0 takes as many pages as the rows need.
    """
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = paper
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = pages_high
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = title_rows
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top = margins.bottom = 0.5
    sheet.oddFooter.center.text = "&P / &N"
