"""The empty workbook people fill in: titles, notes, lists to choose from."""

from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.formats.tables.atomic import write_file
from scheduler.formats.tables.describe import describe
from scheduler.formats.tables.headers import EXAMPLE_MARK
from scheduler.formats.tables.matrices.declared import MATRICES, Matrix
from scheduler.formats.tables.problem_tables import REQUIREMENTS, TABLE, TABLES, TERM
from scheduler.formats.tables.schema import Column, Kind, Table
from scheduler.formats.tables.words import word_of
from scheduler.formats.tables.workbook import NOTES_SHEET, RULES_SHEET
from scheduler.formats.tables.workbook_writing import (
    RULES_TITLES,
    TERM_TITLES,
    add_sheet,
    new_book,
    saved,
)
from scheduler.model.text import Text

_LAST_ROW = 2000
_NOTES = (
    "每张工作表是一张表，第一行是标题，请从第二行起填写。",
    f"以“{EXAMPLE_MARK}”开头的行是例子，读取时忽略，可以删除。",
    "标题上的批注说明这一列填什么；不填的可选表可以留空。",
    "一个单元格里的多个内容用“;”或“、”分隔。时间写成 8:30。",
    "一般只填任课安排和课时两张表，教学要求一表只写合班、连堂等特殊的课。",
    "日期写成 2026-09-01 或 2026年9月1日。",
    "Each sheet is one table; row 1 holds the titles, fill in from row 2.",
    f'Rows that begin with "{EXAMPLE_MARK}" are examples and are ignored.',
    "The notes on the titles say what a column holds; optional tables may stay empty.",
    "Teaching and hours are enough for most lessons; requirements holds the others.",
    'Several ids in a cell are parted by ";". Times as 08:30, dates as 2026-09-01.',
)
_EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "schools": ("S1", "实验小学", "小学", "", ""),
    "bells": ("B1", "周一至周五", "1", "正课", "08:20", "09:00", "第1节"),
    "subjects": ("PE", "体育与健康", "PE", "", "体育", "是", "体育"),
    "classes": ("G3C01", "S1", "三年级", "三(1)班", "42", "B1"),
    "teachers": ("T001", "王老师", "S1", "PE", "4", "16", "专职", "体育"),
    "venues": ("V-FIELD", "操场", "S1", "S1", "field", "否", "5000", ""),
    "zones": ("Z-1", "V-FIELD", "2", "90", "", "2", "东半场"),
    "layouts": (
        *(
            "L-HALF",
            "V-FIELD",
            "Z-1",
            "PE",
            "1",
            "",
            "0",
            "0",
            "5",
            "3;4",
            "",
            "",
            "东半场",
        ),
    ),
    "agreements": (
        *("XY1", "V-PARK", "S1", "2026-09-01", "2027-01-22", "2", "13:50", "16:40"),
        *("1", "50", "10", "1", "3", "", "协议.pdf", "600", "1", "校方责任险", "1", ""),
        *("王主任", ""),
    ),
    "sites": ("S1", "S2", "15"),
    "venue_targets": ("V-FIELD", "", "3", "2"),
    "activities": (
        *("HD1", "篮球社团", "社团", "grade:3", "30", "PE", "2", "2", "", "T001"),
        *("", "L-HALF", "", "1", "篮球"),
    ),
    "requirements": (
        *("R001", "G3C01", "PE", "T001", "", "4", "2;1;1", "", "L-HALF", "正课"),
        *("1", "", "户外", ""),
    ),
    "fixed": ("R001", "1", "1", "3", "", ""),
    "unavailable": ("教师", "T001", "周二", "", "13:00", "17:30", "", "必须", "教研"),
    "limits": (
        *("XZ1", "max_days", "teacher", "T001", "4", "", "", "", "hard", "", "教研"),
    ),
    "relations": (
        *("GX1", "min_days_between", "R001", "1", "", "", "soft", "5", "分散", "", ""),
    ),
    "closures": (
        *("TY1", "学校", "S1", "2026-10-23", "2026-10-24", "", "", "运动会", ""),
    ),
    "calendars": ("RL1", "V-PARK", "", "https://example.org/park.ics", "公园预订"),
    "bookings": ("RL1", "2026-10-20", "14:00", "16:00", "社区比赛"),
    "replacements": ("2026-10-20", "R001#1", "home", "场地被预订"),
    "closed": ("2027-01-01", "", "", "元旦"),
    "make_up": ("2026-10-10", "3", "", "国庆调休"),
    "rules": ("SpreadLessons", "weight", "2"),
}


def write_template(path: Path, replace: bool = False) -> None:
    """Write the template.

    Raises:
        FileExistsError: the file is there and ``replace`` was not said.
    """
    book = new_book()
    add_sheet(book, NOTES_SHEET, ("说明 Notes",), [[note] for note in _NOTES])
    for table in TABLES:
        if table is REQUIREMENTS:
            for matrix in MATRICES:
                _matrix(book, matrix)
        if table is TERM:
            sheet = add_sheet(book, table.name, TERM_TITLES, _term_rows())
            for row, column in enumerate(table.columns, start=2):
                _note(sheet, row, 1, column, TERM)
            continue
        titles = [f"{column.name} {column.title}" for column in table.columns]
        sheet = add_sheet(book, table.name, titles, [_example(table.name)])
        for position, column in enumerate(table.columns, start=1):
            _note(sheet, 1, position, column, table)
            _choices(sheet, position, column)
            if column.kind is Kind.SLOT:  # or 1-2 becomes the second of January
                letter = get_column_letter(position)
                sheet.column_dimensions[letter].number_format = "@"
    add_sheet(book, RULES_SHEET, RULES_TITLES, [_example(RULES_SHEET)])
    write_file(path, saved(book), replace)


def _example(name: str) -> list[str]:
    first, *others = _EXAMPLES[name]
    return [f"{EXAMPLE_MARK} {first}", *others]


def _matrix(book: Workbook, matrix: Matrix) -> None:
    """A matrix with a few usual subjects as its titles; others may be added."""
    titles = (f"{matrix.corner[0]} {matrix.corner[1]}", *matrix.columns)
    first, *others = matrix.example
    sheet = add_sheet(book, matrix.name, titles, [[f"{EXAMPLE_MARK} {first}", *others]])
    cells = Text(
        f"标题写学科的名称或编号。{matrix.cells.zh}",
        f"Titles are names or ids of subjects. {matrix.cells.en}",
    )
    for position, text in ((1, matrix.rows), (2, cells)):
        _comment(sheet, 1, position, text)


def _term_rows() -> list[list[str]]:
    return [[f"{column.name} {column.title}", ""] for column in TERM.columns]


def _note(
    sheet: Worksheet, row: int, position: int, column: Column, table: Table
) -> None:
    _comment(sheet, row, position, describe(table, column))


def _comment(sheet: Worksheet, row: int, position: int, text: Text) -> None:
    note = Comment(f"{text.zh}\n{text.en}", "Cuofeng", height=110, width=280)
    sheet.cell(row, position).comment = note


def _choices(sheet: Worksheet, position: int, column: Column) -> None:
    """A drop-down list of fixed words, or of the ids in another sheet.

    It only suggests: a list of ids, or one still to be entered, is no mistake.
    """
    formula = ""
    if column.choices is not None:
        formula = f'"{",".join(map(word_of, column.choices))}"'
    elif column.kind is Kind.FLAG:
        formula = '"是,否"'
    elif column.kind is Kind.WEEKDAY:
        formula = '"周一,周二,周三,周四,周五,周六,周日"'
    elif column.refers and not column.many:
        target = TABLE[column.refers]
        formula = f"{target.name}!$A$3:$A${_LAST_ROW}"
    if formula:
        rule = DataValidation(type="list", formula1=formula, allow_blank=True)
        rule.showErrorMessage = False
        letter = get_column_letter(position)
        rule.add(f"{letter}2:{letter}{_LAST_ROW}")
        sheet.add_data_validation(rule)
