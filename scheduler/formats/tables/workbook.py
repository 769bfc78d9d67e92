"""A problem as its raw tables, from an .xlsx workbook."""

import zipfile
import zlib
from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from scheduler.formats.tables.cells import is_empty
from scheduler.formats.tables.csv_files import small_enough
from scheduler.formats.tables.headers import (
    EXAMPLE_MARK,
    is_title_row,
    recognise,
    recognise_table,
    sheet_of,
)
from scheduler.formats.tables.problem_tables import TABLE, TABLES, TERM
from scheduler.formats.tables.settings import settings_of_rows
from scheduler.formats.tables.sheet import Faults, Line, Sheet
from scheduler.formats.tables.source import Source, sheet_label
from scheduler.formats.tables.timetable_table import TIMETABLE
from scheduler.formats.tables.xlsx_cells import SheetReader, StoredResults, load
from scheduler.model.settings import RuleSetting
from scheduler.model.text import Text

RULES_SHEET = "rules"
NOTES_SHEET = "说明"
SHEET_TITLES = {t.name: t.title for t in TABLES} | {
    RULES_SHEET: "规则",
    TIMETABLE.name: TIMETABLE.title,
}
TERM_COLUMNS = (("key", "项目"), ("value", "值"))
RULES_COLUMNS = (("rule", "规则"), ("key", "项目"), ("value", "值"))
_MOST_UNPACKED = 60_000_000
_MOST_CELLS = 1_000_000
_SAVE = Text("请在 Excel 中另存为 .xlsx。", "Maybe save it as .xlsx in Excel?")
# openpyxl has no error of its own for a damaged workbook.
_DAMAGED = (
    AttributeError,
    EOFError,
    KeyError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)

Rows = list[tuple[int, list[str]]]


def read_workbook(path: Path, faults: Faults) -> Source | None:
    """All tables of a workbook; None after noting that it is none."""
    sheets: dict[str, Sheet] = {}
    broken: set[str] = set()
    settings: tuple[RuleSetting, ...] = ()
    opened = open_sheets(path, faults)
    if opened is None:
        return None
    for name, reader in opened.items():
        if name == TIMETABLE.name:
            continue
        rows = reader.rows(TABLE.get(name) if name != TERM.name else None, faults)
        if rows is None:
            broken.add(name)
        elif name == RULES_SHEET:
            settings = _settings(reader.file, rows, faults)
        elif name == TERM.name:
            sheets[name] = _term(reader.file, rows)
        elif name in TABLE:
            sheets[name] = sheet_of(reader.file, TABLE[name], rows)
    return Source(sheets, frozenset(broken), settings, path.name, path.parent)


def read_timetable_sheet(path: Path, faults: Faults) -> Sheet | None:
    """The sheet ``timetable`` of a workbook; None after noting that it has none."""
    opened = open_sheets(path, faults)
    if opened is None:
        return None
    if TIMETABLE.name not in opened:
        zh, en = "没有课表这张工作表", 'has no sheet "timetable"'
        faults.error(path.name, zh, en)
        return None
    reader = opened[TIMETABLE.name]
    rows = reader.rows(TIMETABLE, faults)
    return None if rows is None else sheet_of(reader.file, TIMETABLE, rows)


def open_sheets(path: Path, faults: Faults) -> dict[str, SheetReader] | None:
    """Readers of the known sheets by table name; None where it is no workbook."""
    if not (small_enough(path, faults) and _is_workbook(path, faults)):
        return None
    try:
        book = load(path)
    except _DAMAGED:
        zh, en = "不是完好的 Excel 工作簿", "is not an intact Excel workbook"
        faults.error(path.name, zh, en, advice=_SAVE)
        return None
    results = StoredResults(path)
    found: dict[str, SheetReader] = {}
    for sheet in book.worksheets:
        name = recognise_table(sheet.title, SHEET_TITLES)
        if name is None:
            _ignored(path.name, sheet, faults)
            continue
        file = sheet_label(path.name, sheet.title)
        if name in found:
            faults.error(file, "这张表出现了两次", "the table is there twice")
            continue
        if sheet.sheet_state != "visible":
            zh, en = "工作表是隐藏的，仍已读取", "the sheet is hidden; it was read"
            faults.warn(file, zh, en)
        if _small(file, sheet, faults):
            found[name] = SheetReader(results, file, sheet)
    return found


def _is_workbook(path: Path, faults: Faults) -> bool:
    """Whether the file is a zip archive of moderate size, as .xlsx files are."""
    if not zipfile.is_zipfile(path):
        zh, en = "不是 Excel 工作簿（.xlsx）", "is not an Excel workbook (.xlsx)"
        faults.error(path.name, zh, en, advice=_SAVE)
        return False
    with zipfile.ZipFile(path) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size <= _MOST_UNPACKED:
        return True
    mega, limit = size // 1_000_000, _MOST_UNPACKED // 1_000_000
    faults.error(
        path.name,
        f"解压后有{mega} MB，超过上限{limit} MB",
        f"has {mega} MB when unpacked, more than {limit} MB",
    )
    return False


def _small(file: str, sheet: Worksheet, faults: Faults) -> bool:
    if sheet.max_row * sheet.max_column <= _MOST_CELLS:
        return True
    advice = Text(
        "请删除表格下方和右侧的空行空列。",
        "Maybe delete the empty rows and columns after the table?",
    )
    zh, en = "工作表太大", "the sheet is too large"
    faults.error(file, zh, en, advice=advice)
    return False


def _ignored(file: str, sheet: Worksheet, faults: Faults) -> None:
    """Warn of an unknown sheet, unless it is hidden, empty or the notes."""
    seen = sheet.sheet_state == "visible" and sheet.title != NOTES_SHEET
    if seen and (sheet.max_row, sheet.max_column) != (1, 1):
        label = sheet_label(file, sheet.title)
        zh, en = "不认识这张工作表，已忽略", "the sheet is unknown and ignored"
        faults.warn(label, zh, en)


def _term(file: str, rows: Rows) -> Sheet:
    """The key/value rows of the term as one row."""
    pairs = _entries(rows, TERM_COLUMNS)
    row_of = {recognise(TERM, title) or title: number for number, (title, _) in pairs}
    line = Line(None, tuple(value for _, (_, value) in pairs), "", row_of)
    titles = tuple(title for _, (title, _) in pairs)
    return Sheet(file, titles, (line,) if pairs else ())


def _settings(file: str, rows: Rows, faults: Faults) -> tuple[RuleSetting, ...]:
    """The rule/key/value rows."""
    return settings_of_rows(file, _entries(rows, RULES_COLUMNS), faults)


def _entries(
    rows: Rows, columns: tuple[tuple[str, str], ...]
) -> list[tuple[int, tuple[str, ...]]]:
    """Rows as wide as the columns; empty ones, examples and titles left out."""
    width = len(columns)
    return [
        (number, tuple([*cells, *[""] * width][:width]))
        for number, cells in rows
        if not all(map(is_empty, cells))
        and not cells[0].startswith(EXAMPLE_MARK)
        and not is_title_row(cells, columns)
    ]
