"""Write a problem as an .xlsx workbook, one sheet a table, every text as text."""

import io
import re
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.formats.tables.atomic import write_file
from scheduler.formats.tables.encode import rows_of
from scheduler.formats.tables.problem_tables import TABLES, TERM
from scheduler.formats.tables.schema import Kind
from scheduler.formats.tables.timetable_table import TIMETABLE
from scheduler.formats.tables.toml_writing import entries_of, toml_literal
from scheduler.formats.tables.workbook import RULES_COLUMNS, RULES_SHEET, TERM_COLUMNS
from scheduler.model.problem import Problem

_NUMBERS = (Kind.COUNT, Kind.ROUNDED, Kind.HALVES, Kind.FLAG, Kind.WEEKDAY)
_ESCAPE = re.compile(r"_x(?=[0-9A-Fa-f]{4}_)")
_HEAD = PatternFill("solid", start_color="DDE8E4")
_NARROWEST, _WIDEST = 10, 40


def write_workbook(problem: Problem, path: Path, replace: bool = False) -> None:
    """Write all tables as sheets.

    Raises:
        FileExistsError: the file is there and ``replace`` was not said.
    """
    book = new_book()
    for table in TABLES:
        if table is TERM:
            pairs = zip(table.columns, rows_of(problem, table)[0], strict=True)
            add_sheet(book, table.name, TERM_TITLES, [[c.name, x] for c, x in pairs])
        else:
            numbers = [c.kind in _NUMBERS and not c.many for c in table.columns]
            titles = [f"{c.name} {c.title}" for c in table.columns]
            add_sheet(book, table.name, titles, rows_of(problem, table), numbers)
    add_sheet(book, RULES_SHEET, RULES_TITLES, _rule_rows(problem))
    write_file(path, saved(book), replace)


TERM_TITLES = tuple(f"{name} {title}" for name, title in TERM_COLUMNS)
RULES_TITLES = tuple(f"{name} {title}" for name, title in RULES_COLUMNS)


def _rule_rows(problem: Problem) -> list[list[str]]:
    rows = []
    for setting in problem.rules:
        entries = entries_of(setting)
        rows += [[setting.name, key, toml_literal(x)] for key, x in entries]
        if not entries:
            rows.append([setting.name, "", ""])
    return rows


def timetable_book(rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook with the single sheet ``timetable``."""
    book = new_book()
    titles = [f"{c.name} {c.title}" for c in TIMETABLE.columns]
    numbers = [c.kind in _NUMBERS for c in TIMETABLE.columns]
    add_sheet(book, TIMETABLE.name, titles, rows, numbers)
    return saved(book)


def new_book() -> Workbook:
    """A workbook without a sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    return book


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def add_sheet(
    book: Workbook,
    name: str,
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    numbers: Sequence[bool] = (),
) -> Worksheet:
    """A sheet with a frozen header; cells are text unless their column says number."""
    sheet = book.create_sheet(name)
    for column, title in enumerate(titles, start=1):
        head = sheet.cell(1, column, title)
        head.font, head.fill = Font(bold=True), _HEAD
        texts = [title, *(row[column - 1] for row in rows)]
        width = max(_NARROWEST, *(_width(x) + 2 for x in texts))
        sheet.column_dimensions[get_column_letter(column)].width = min(width, _WIDEST)
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            is_number = bool(numbers) and numbers[column - 1]
            put_text(sheet, number, column, value, is_number)
    sheet.freeze_panes = "A2"
    return sheet


def put_text(
    sheet: Worksheet, row: int, column: int, value: str, is_number: bool = False
) -> None:
    """Write a cell so that no program takes its text for a formula."""
    if not value:
        return
    cell = sheet.cell(row, column)
    if is_number:
        cell.value = float(value) if "." in value else int(value)
        return
    # Set past openpyxl's guess, which makes a formula of "=" and an error of "#N/A".
    cell.value = escaped(value)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = value[0] in "=+-@\t\r\n'"


def escaped(text: str) -> str:
    """The text as an .xlsx file holds it: ``_x0041_`` would be read as a letter."""
    return _ESCAPE.sub("_x005F_x", text)


def _width(text: str) -> int:
    """Characters wide, Chinese ones counting twice."""
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)
