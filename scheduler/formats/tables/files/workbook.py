"""A problem as its raw tables, from an .xlsx workbook."""

from dataclasses import dataclass
from pathlib import Path

from scheduler.formats.sheets.grid import Grid
from scheduler.formats.sheets.reading import read_spreadsheet
from scheduler.formats.tables.declared.problem_tables import (
    REQUIREMENTS,
    TABLE,
    TABLES,
    TERM,
)
from scheduler.formats.tables.files.grid_rows import Rows, rows_of_grid
from scheduler.formats.tables.headers import (
    is_aside,
    is_title_row,
    recognise,
    recognise_table,
    sheet_of,
    whole_sheet,
)
from scheduler.formats.tables.matrices.declared import MATRICES
from scheduler.formats.tables.schema import Table
from scheduler.formats.tables.settings import settings_of_rows
from scheduler.formats.tables.sheet import Faults, Line, Sheet
from scheduler.formats.tables.source import Source, sheet_label
from scheduler.formats.tables.timetable_table import TIMETABLE
from scheduler.model.errors import InputError
from scheduler.model.settings import RuleSetting
from scheduler.model.text import Text

RULES_SHEET = "rules"
NOTES_SHEETS = {"zh": "说明", "en": "notes"}
SHEET_TITLES = {t.name: t.title for t in (*TABLES, *MATRICES)} | {
    RULES_SHEET: "规则",
    TIMETABLE.name: TIMETABLE.title,
}
TERM_COLUMNS = (("key", "项目"), ("value", "值"))
RULES_COLUMNS = (("rule", "规则"), ("key", "项目"), ("value", "值"))
_NO_TABLE = ("没有一张认得的工作表", "has no sheet with the name of a table")
_CHOOSE_ANOTHER = Text(
    "是否选错了文件？空白工作簿用 cuofeng template 生成，"
    "已有的课表用 cuofeng import 读入。",
    "Maybe another file was meant? cuofeng template writes an empty workbook, "
    "cuofeng import reads timetables of other layouts.",
)


@dataclass(frozen=True, slots=True)
class NamedGrid:
    """A sheet of a known table; ``file`` names it in messages."""

    file: str
    grid: Grid

    def rows(self, table: Table | None, faults: Faults) -> Rows | None:
        """Numbered rows of text; None after noting cells without a value."""
        return rows_of_grid(self.file, self.grid, table, faults)


def read_workbook(path: Path, faults: Faults) -> Source | None:
    """All tables of a workbook; None after noting that it is none."""
    sheets: dict[str, Sheet] = {}
    matrices: dict[str, Sheet] = {}
    broken: set[str] = set()
    settings: tuple[RuleSetting, ...] = ()
    opened = open_sheets(path, faults)
    if opened is None:
        return None
    if not opened:
        faults.error(path.name, *_NO_TABLE, advice=_CHOOSE_ANOTHER)
        return None
    for name, sheet in opened.items():
        if name == TIMETABLE.name:
            continue
        table = TABLE.get(name)
        rows = sheet.rows(table, faults)
        if rows is None:
            broken.add(name if name in TABLE else REQUIREMENTS.name)
        elif name == RULES_SHEET:
            settings = _settings(sheet.file, rows, faults)
        elif name == TERM.name:
            sheets[name] = _term(sheet.file, rows)
        elif name in TABLE:
            sheets[name] = sheet_of(sheet.file, TABLE[name], rows)
        elif matrix := whole_sheet(sheet.file, rows):
            matrices[name] = matrix
    return Source(
        sheets,
        frozenset(broken),
        settings,
        path.name,
        path.parent,
        matrices,
        opened.strays,
    )


def read_timetable_sheet(path: Path, faults: Faults) -> Sheet | None:
    """The sheet ``timetable`` of a workbook; None after noting that it has none."""
    opened = open_sheets(path, faults)
    if opened is None:
        return None
    if TIMETABLE.name not in opened:
        zh, en = "没有课表这张工作表", 'has no sheet "timetable"'
        faults.error(path.name, zh, en)
        return None
    sheet = opened[TIMETABLE.name]
    rows = sheet.rows(TIMETABLE, faults)
    return None if rows is None else sheet_of(sheet.file, TIMETABLE, rows)


class Sheets(dict[str, NamedGrid]):
    """The known sheets by table name; ``strays`` are names of the unknown ones."""

    strays: tuple[str, ...] = ()


def open_sheets(path: Path, faults: Faults) -> Sheets | None:
    """The known sheets by table name; None after noting why it cannot be read."""
    try:
        book = read_spreadsheet(path)
    except InputError as error:
        faults.errors += error.errors
        return None
    found = Sheets()
    for grid in book.grids:
        name = recognise_table(grid.sheet, SHEET_TITLES)
        if name is None:
            found.strays += _ignored(path.name, grid, faults)
            continue
        file = sheet_label(path.name, grid.sheet)
        if name in found:
            faults.error(file, "这张表出现了两次", "the table is there twice")
            continue
        if grid.hidden:
            zh, en = "工作表是隐藏的，仍已读取", "the sheet is hidden; it was read"
            faults.warn(file, zh, en)
        found[name] = NamedGrid(file, grid)
    return found


def _ignored(file: str, grid: Grid, faults: Faults) -> tuple[str, ...]:
    """Warn of an unknown sheet, unless it is hidden, empty or the notes."""
    if not grid.hidden and grid.sheet not in NOTES_SHEETS.values() and grid.rows:
        label = sheet_label(file, grid.sheet)
        zh, en = "不认识这张工作表，已忽略", "the sheet is unknown and ignored"
        faults.warn(label, zh, en)
        return (grid.sheet,)
    return ()


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
    padded = [(number, [*cells, *[""] * width][:width]) for number, cells in rows]
    return [
        (number, tuple(cells))
        for number, cells in padded
        if not is_aside(cells) and not is_title_row(cells, columns)
    ]
