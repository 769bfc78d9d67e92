"""The empty workbook people fill in: titles, notes, lists to choose from."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.formats.tables.cells import each_day, read_cell
from scheduler.formats.tables.declared.problem_tables import (
    REQUIREMENTS,
    TABLE,
    TABLES,
    TERM,
)
from scheduler.formats.tables.describe import describe
from scheduler.formats.tables.encode import write_cell
from scheduler.formats.tables.files.atomic import write_file
from scheduler.formats.tables.files.workbook import (
    NOTES_SHEETS,
    RULES_COLUMNS,
    TERM_COLUMNS,
)
from scheduler.formats.tables.files.workbook_writing import (
    add_sheet,
    new_book,
    rules_sheet,
    saved,
    titles_of,
)
from scheduler.formats.tables.headers import EXAMPLE_MARKS
from scheduler.formats.tables.matrices.declared import HEAD_TEACHER, MATRICES, Matrix
from scheduler.formats.tables.schema import Column, Kind, Table
from scheduler.formats.tables.settings import setting_words
from scheduler.model.text import Text

_LAST_ROW = 2000
_NOTES = (
    Text(
        "每张工作表是一张表，第一行是标题，请从第二行起填写。",
        "Each sheet is one table; row 1 holds the titles, fill in from row 2.",
    ),
    Text(
        f"以“{EXAMPLE_MARKS['zh']}”开头的行是例子，读取时忽略，可以删除。",
        f'Rows that begin with "{EXAMPLE_MARKS["en"]}" are examples and are ignored.',
    ),
    Text(
        "标题上的批注说明这一列填什么；不填的可选表可以留空。",
        "The notes on the titles say what a column holds; optional tables may stay "
        "empty.",
    ),
    Text(
        "多数学校只需填：学校、作息时间表、学科、班级、教师、场地、分区、场地用法、"
        "任课安排、课时、学期。教学要求一表只写合班、连堂等特殊的课。",
        "Most schools fill in schools, bells, subjects, classes, teachers, venues, "
        "zones, layouts, teaching, hours and term; requirements holds lessons of "
        "several classes, double lessons and the like.",
    ),
    Text(
        "一个单元格里的多个内容用“;”或“、”分隔。时间写成 8:30，"
        "日期写成 2026-09-01 或 2026年9月1日。",
        'Several ids in a cell are parted by ";". Times as 08:30, dates as 2026-09-01.',
    ),
)
# In the words of an office; those of the data contract are made of them.
_EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "schools": ("S1", "实验小学", "小学", "", "", ""),
    "bells": ("B1", "周一至周五", "1", "正课", "08:20", "09:00", "第1节"),
    "subjects": ("PE", "体育与健康", "PE", "", "体育", "是", "体育"),
    "classes": ("G3C01", "S1", "3", "三(1)班", "42", "B1"),
    "teachers": ("T001", "王老师", "S1", "PE", "4", "16", "专职", "体育"),
    "venues": ("V-FIELD", "操场", "S1", "S1", "操场", "否", "5000", ""),
    "zones": ("Z-1", "V-FIELD", "2", "90", "", "2", "东半场"),
    "layouts": (
        *("L-HALF", "V-FIELD", "Z-1", "PE", "1", "", "0", "否", "5", "3;4", "", ""),
        "东半场",
    ),
    "agreements": (
        *("XY1", "V-PARK", "S1", "2026-09-01", "2027-01-22", "周二", "13:50", "16:40"),
        *(
            "1",
            "50",
            "10",
            "1",
            "3",
            "",
            "协议.pdf",
            "600",
            "1",
            "校方责任险",
            "是",
            "",
        ),
        *("王主任", "", "", ""),
    ),
    "sites": ("S1", "S2", "15"),
    "venue_targets": ("V-FIELD", "", "3", "2"),
    "activities": (
        *("HD1", "篮球社团", "社团", "三年级", "30", "PE", "2", "2", "", "T001"),
        *("", "L-HALF", "", "是", "篮球"),
    ),
    "requirements": (
        *("R001", "G3C01", "PE", "T001", "", "4", "2;1;1", "", "L-HALF", "正课"),
        *("1", "", "户外", ""),
    ),
    "fixed": ("R001", "1", "周一", "3", "", ""),
    "unavailable": ("教师", "T001", "周二", "", "13:00", "17:30", "", "必须", "教研"),
    "limits": (
        *("XZ1", "最多几天", "教师", "T001", "4", "", "", "", "必须", "", "教研"),
    ),
    "relations": (
        *("GX1", "至少相隔几天", "R001", "1", "", "", "尽量", "5", "分散", "", ""),
    ),
    "closures": (
        *("TY1", "学校", "S1", "2026-10-23", "2026-10-24", "", "", "运动会", ""),
    ),
    "calendars": ("RL1", "V-PARK", "", "https://example.org/park.ics", "公园预订"),
    "bookings": ("RL1", "2026-10-20", "14:00", "16:00", "社区比赛"),
    "replacements": ("2026-10-20", "R001#1", "本班教室", "场地被预订"),
    "closed": ("2027-01-01", "", "", "元旦"),
    "make_up": ("2026-10-10", "周三", "", "国庆调休"),
}
_RULE = ("SpreadLessons", "weight", 2)


def write_template(path: Path, overwrite: bool = False, language: str = "zh") -> None:
    """Write the template.

    Parameters:
        language: Of names, titles, notes and lists to choose from.

    Raises:
        FileExistsError: the file is there and ``overwrite`` was not said.
    """
    write_file(path, template(language), overwrite)


def template(language: str = "zh") -> bytes:
    """The empty workbook as a file."""
    book = new_book()
    notes = [[note.in_language(language)] for note in _NOTES]
    sheet = NOTES_SHEETS[language]
    add_sheet(book, sheet, (sheet,), notes)
    for table in TABLES:
        if table is REQUIREMENTS:
            for matrix in MATRICES:
                _matrix(book, matrix, language)
        if table is TERM:
            _term(book, language)
        else:
            _sheet(book, table, language)
    titles, (rule, key, value) = titles_of(RULES_COLUMNS, language), _RULE
    if language == "zh":
        key, _ = setting_words(key, value, "")
    example = _marked((rule, key, str(value)), language)
    add_sheet(book, rules_sheet(language), titles, [example])
    return saved(book)


def _sheet(book: Workbook, table: Table, language: str) -> None:
    example = _marked(_example(table, language), language)
    titles = table.titles(language)
    sheet = add_sheet(book, table.titled(language), titles, [example])
    for position, column in enumerate(table.columns, start=1):
        _comment(sheet, 1, position, describe(table, column), language)
        _choices(sheet, position, column, language)
        if column.kind is Kind.SLOT:  # or 1-2 becomes the second of January
            letter = get_column_letter(position)
            sheet.column_dimensions[letter].number_format = "@"


def _term(book: Workbook, language: str) -> None:
    titles = titles_of(TERM_COLUMNS, language)
    rows = [[title, ""] for title in TERM.titles(language)]
    sheet = add_sheet(book, TERM.titled(language), titles, rows)
    for row, column in enumerate(TERM.columns, start=2):
        _comment(sheet, row, 1, describe(TERM, column), language)


def _marked(cells: Sequence[str], language: str) -> list[str]:
    first, *others = cells
    return [f"{EXAMPLE_MARKS[language]} {first}", *others]


def _example(table: Table, language: str) -> list[str]:
    cells = _EXAMPLES[table.name]
    if language == "zh":
        return list(cells)
    return [_english(c, text) for c, text in zip(table.columns, cells, strict=True)]


def _english(column: Column, text: str) -> str:
    """The cell in the words of the data contract."""
    if not text:
        return ""
    if column.spread:
        days = each_day(column, text)
        return ";".join(write_cell(column, read_cell(column, day)) for day in days)
    return write_cell(column, read_cell(column, text))


def _matrix(book: Workbook, matrix: Matrix, language: str) -> None:
    """A matrix with a few usual subjects as its titles; others may be added."""
    chinese = language == "zh"
    head, name = HEAD_TEACHER[chinese], HEAD_TEACHER[1]
    subjects = [head if title == name else title for title in matrix.columns]
    titles = (matrix.corner[chinese], *subjects)
    rows = [_marked(matrix.example, language)]
    sheet = add_sheet(book, matrix.title if chinese else matrix.name, titles, rows)
    cells = Text(
        f"标题写学科的名称或编号。{matrix.cells.zh}",
        f"Titles are names or ids of subjects. {matrix.cells.en}",
    )
    for position, text in ((1, matrix.rows), (2, cells)):
        _comment(sheet, 1, position, text, language)


def _comment(
    sheet: Worksheet, row: int, position: int, text: Text, language: str
) -> None:
    note = Comment(text.in_language(language), "Cuofeng", height=110, width=280)
    sheet.cell(row, position).comment = note


def _choices(sheet: Worksheet, position: int, column: Column, language: str) -> None:
    """A drop-down list of fixed words, or of the ids in another sheet.

    It only suggests: a list of ids, or one still to be entered, is no mistake.
    """
    formula = ""
    if words := _words(column):
        one = replace(column, many=False)
        listed = dict.fromkeys(write_cell(one, word, language) for word in words)
        formula = f'"{",".join(listed)}"'
    elif column.refers and not column.many:
        target = TABLE[column.refers]
        formula = f"'{target.titled(language)}'!$A$3:$A${_LAST_ROW}"
    if formula:
        rule = DataValidation(type="list", formula1=formula, allow_blank=True)
        rule.showErrorMessage = False
        letter = get_column_letter(position)
        rule.add(f"{letter}2:{letter}{_LAST_ROW}")
        sheet.add_data_validation(rule)


def _words(column: Column) -> Sequence[Any]:
    """The values of a column that has a few only."""
    if column.choices is not None:
        return tuple(column.choices)
    if column.kind is Kind.FLAG:
        return (True, False)
    if column.kind is Kind.WEEKDAY:
        return range(1, 8)
    if column.kind is Kind.TEXT:
        return [value for _, value in column.aliases]
    return ()
