"""Workbooks of the binary kind (.xls, WPS .et) as grids, read by python-calamine."""

import io
import re
from datetime import date, datetime, time
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from scheduler.formats.sheets.assembly import Rows, assembled
from scheduler.formats.sheets.faults import refuse
from scheduler.formats.sheets.grid import Cell, Grid, Merge, Value
from scheduler.formats.sheets.numbers import moment_text
from scheduler.formats.sheets.text_files import file_bytes
from scheduler.model.errors import InputError
from scheduler.model.intake import SHEETS
from scheduler.model.text import Text

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# Where the workbook's stream begins, maybe write-protected, FilePass says that what
# follows is locked; the library reads some such files as if they were not.
_FILE_PASS = re.compile(
    rb"\x09\x08(?:\x10\x00\x00\x06\x05\x00.{12}|\x08\x00\x00\x05\x05\x00.{4})"
    rb"(?:\x86\x00\x00\x00)?\x2f\x00",
    re.DOTALL,
)
_DOCUMENT = "WordDocument".encode("utf-16-le")
_SAVE = Text(
    "请在 Excel 或 WPS 中打开，另存为 .xlsx。", "Maybe open it in Excel and save it?"
)
_UNLOCK = Text(
    "请打开后去掉密码再保存。", "Maybe open it, take the password off and save it?"
)


def read_old_workbook(path: Path) -> tuple[Grid, ...]:
    """All sheets in the order of their tabs; macros and charts are left alone.

    Raises:
        InputError: the file is locked, damaged, no workbook, or beyond a limit.
    """
    content = file_bytes(path)
    if _ENCRYPTED in content or _FILE_PASS.search(content):
        zh, en = "有密码，打不开", "is protected by a password"
        raise refuse(path.name, zh, en, _UNLOCK)
    if _DOCUMENT in content:
        zh, en = "是 Word 文档，不是表格", "is a Word document, not a spreadsheet"
        raise refuse(path.name, zh, en, _SAVE)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return _grids(path.name, book)
    except (CalamineError, ValueError, OSError):
        zh, en = "不是完好的 Excel 工作簿", "is not an intact Excel workbook"
        raise refuse(path.name, zh, en, _SAVE) from None


def _grids(name: str, book: CalamineWorkbook) -> tuple[Grid, ...]:
    sheets = [x for x in book.sheets_metadata if x.typ is SheetTypeEnum.WorkSheet]
    if len(sheets) > SHEETS.most:
        raise InputError([SHEETS.refusal(name)])
    return tuple(
        _grid(
            name,
            book.get_sheet_by_name(sheet.name),
            sheet.visible is not SheetVisibleEnum.Visible,
        )
        for sheet in sheets
    )


def _grid(name: str, sheet: CalamineSheet, hidden: bool) -> Grid:
    merges = tuple(
        Merge(top, left, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    # Rows come from the first of the sheet on, columns from the first filled one.
    _, before = sheet.start or (0, 0)
    rows: Rows = {}
    for number, values in enumerate(sheet.iter_rows()):
        found = {before + c: cell for c, v in enumerate(values) if (cell := _cell(v))}
        if found:
            rows[number] = found
    return assembled(Grid(name, sheet.name, (), merges, hidden), rows)


def _cell(value: object) -> Cell | None:
    match value:
        case "" | None:
            return None
        case bool():
            return Cell(value, "TRUE" if value else "FALSE")
        case float() if value.is_integer() and abs(value) < 1e15:
            return Cell(int(value), str(int(value)))
        case int() | float():
            return Cell(value, f"{value:.15g}")
        case datetime() if value.time() == time():
            return Cell(value.date(), value.date().isoformat())
        case date() | time():
            kept: Value = value
            return Cell(kept, moment_text(kept))
        case _:
            text = str(value)
            return Cell(text, text.strip()) if text.strip() else None
