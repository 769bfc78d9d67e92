"""Write a problem as an .xlsx workbook, one sheet a table, every text as text."""

import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.formats.tables.declared.problem_tables import TABLES, TERM
from scheduler.formats.tables.encode import rows_of
from scheduler.formats.tables.files.atomic import write_file
from scheduler.formats.tables.files.toml_writing import entries_of, toml_literal
from scheduler.formats.tables.files.workbook import (
    RULES_COLUMNS,
    RULES_SHEET,
    SHEET_TITLES,
    TERM_COLUMNS,
)
from scheduler.formats.tables.schema import Kind, Table
from scheduler.formats.tables.settings import setting_words
from scheduler.formats.tables.timetable_table import TIMETABLE
from scheduler.formats.tables.timetable_writing import timetable_rows
from scheduler.model.problem import Problem
from scheduler.model.timetable import Timetable

_NUMBERS = (Kind.COUNT, Kind.ROUNDED, Kind.HALVES)
_CODES = (Kind.FLAG, Kind.WEEKDAY)  # words where people read Chinese
_ESCAPE = re.compile(r"_x(?=[0-9A-Fa-f]{4}_)")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?")
_HEAD = PatternFill("solid", start_color="DDE8E4")
_NARROWEST, _WIDEST = 10, 40


def write_workbook(
    problem: Problem,
    path: Path,
    replace: bool = False,
    language: str = "en",
    timetable: Timetable | None = None,
) -> None:
    """Write all tables as sheets.

    Parameters:
        language: Of names, titles and words of cells; both read back the same.
        timetable: Is written to a sheet beside them.

    Raises:
        FileExistsError: the file is there and ``replace`` was not said.
    """
    book = _tables(problem, language)
    if timetable is not None:
        add_table(book, TIMETABLE, timetable_rows(timetable, language), language)
    write_file(path, saved(book), replace)


def _tables(problem: Problem, language: str) -> Workbook:
    texts = {table.name: rows_of(problem, table, language) for table in TABLES}
    return book_of(texts, _rule_rows(problem, language), language)


def book_of(
    texts: Mapping[str, list[list[str]]], rules: list[list[str]], language: str
) -> Workbook:
    """All tables as sheets, by the texts of their rows; of rules by their entries."""
    book = new_book()
    for table in TABLES:
        rows = texts[table.name]
        if table is TERM:
            pairs = zip(table.titles(language), rows[0] if rows else [], strict=False)
            titles = titles_of(TERM_COLUMNS, language)
            add_sheet(book, table.titled(language), titles, list(map(list, pairs)))
        else:
            add_table(book, table, rows, language)
    titles = titles_of(RULES_COLUMNS, language)
    add_sheet(book, rules_sheet(language), titles, rules)
    return book


def add_table(
    book: Workbook, table: Table, rows: Sequence[Sequence[str]], language: str
) -> Worksheet:
    """A sheet of a table's rows, whose cells are words of that language."""
    kinds = _NUMBERS if language == "zh" else _NUMBERS + _CODES
    numbers = [c.kind in kinds and not c.many for c in table.columns]
    titles = table.titles(language)
    return add_sheet(book, table.titled(language), titles, rows, numbers)


def titles_of(columns: Sequence[tuple[str, str]], language: str) -> list[str]:
    """Titles of the columns of keys and values."""
    return [title if language == "zh" else name for name, title in columns]


def rules_sheet(language: str) -> str:
    """Name of the sheet of rules."""
    return SHEET_TITLES[RULES_SHEET] if language == "zh" else RULES_SHEET


def _rule_rows(problem: Problem, language: str) -> list[list[str]]:
    rows = []
    for setting in problem.rules:
        entries = entries_of(setting)
        for key, value in entries:
            word, text = key, toml_literal(value)
            if language == "zh":
                word, text = setting_words(key, value, text)
            rows.append([setting.name, word, text])
        if not entries:
            rows.append([setting.name, "", ""])
    return rows


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
    if is_number and _NUMBER.fullmatch(value):
        cell.value = float(value) if "." in value else int(value)
        return
    # Set past openpyxl's guess, which makes a formula of "=" and an error of "#N/A".
    cell.value = escaped(value)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = value[0] in "=+-@\t\r\n'"


def escaped(text: str) -> str:
    """The text as an .xlsx file holds it.

    ``_x0041_`` would be read as a letter; control characters have no place in it.
    """
    return _ESCAPE.sub("_x005F_x", ILLEGAL_CHARACTERS_RE.sub("", text))


def _width(text: str) -> int:
    """Characters wide, Chinese ones counting twice."""
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)
