"""One sheet of a workbook as rows of text: dates, formulas, merged cells."""

import datetime
import re
import warnings
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.formats.tables.headers import header_row
from scheduler.formats.tables.schema import Table
from scheduler.formats.tables.sheet import Faults
from scheduler.model.text import Text
from scheduler.model.times import format_clock

_PASTE = Text(
    "请在 Excel 中打开并保存一次，或粘贴为值。",
    "Maybe open and save it in Excel once, or paste values?",
)
_ZEROS = re.compile(r"0+")

Rows = list[tuple[int, list[str]]]


@dataclass(frozen=True)
class StoredResults:
    """What Excel last worked the formulas of a workbook out to; read when asked."""

    path: Path

    @cached_property
    def _book(self) -> Workbook:
        return load(self.path, results=True)

    def value(self, sheet: str, coordinate: str) -> Any:
        """The result of one cell; None where Excel never stored one."""
        return self._book[sheet][coordinate].value


def load(path: Path, results: bool = False) -> Workbook:
    """Open a workbook with its formulas, or with their results instead."""
    with warnings.catch_warnings():
        # openpyxl warns of drop-down lists and styles that it cannot write back.
        warnings.simplefilter("ignore", UserWarning)
        return load_workbook(path, data_only=results)


@dataclass(frozen=True, slots=True)
class SheetReader:
    """Reads one sheet; ``file`` names it in messages."""

    results: StoredResults
    file: str
    sheet: Worksheet

    def rows(self, table: Table | None, faults: Faults) -> Rows | None:
        """Numbered rows of text; None after noting cells without a value."""
        before = len(faults.errors)
        rows = [
            (number, [self._text(cell, faults) for cell in cells])
            for number, cells in enumerate(self.sheet.iter_rows(), start=1)
        ]
        head = header_row(table, rows) if table else 1
        for bounds in sorted(r.bounds for r in self.sheet.merged_cells.ranges):
            if bounds[1] > head:
                self._spread(rows, bounds, faults)
        return rows if len(faults.errors) == before else None

    def _spread(
        self, rows: Rows, bounds: tuple[int, int, int, int], faults: Faults
    ) -> None:
        """Give every covered cell the value of the merged cell."""
        left, top, right, bottom = bounds
        value = rows[top - 1][1][left - 1]
        if not value:
            return
        for _, texts in rows[top - 1 : bottom]:
            texts[left - 1 : right] = [value] * (right - left + 1)
        area = f"{self.sheet.cell(top, left).coordinate}:"
        area += self.sheet.cell(bottom, right).coordinate
        faults.warn(
            self.file,
            f"合并单元格 {area} 按每格都填写处理",
            f"stands in the merged cells {area}; each of them has this value",
            row=top,
            value=value,
        )

    def _text(self, cell: Any, faults: Faults) -> str:
        value = cell.value
        if value is None:
            return ""
        if cell.data_type == "f":
            value = self.results.value(self.sheet.title, cell.coordinate)
            if value is None:
                zh, en = "是没有结果的公式", "is a formula without a stored result"
                self._fault(cell, zh, en, faults)
        error = isinstance(value, str) and value.startswith("#") and value in _ERRORS
        if error and cell.data_type in ("e", "f"):
            self._fault(cell, f"是错误值 {value}", f"is the error {value}", faults)
        return text_of(value, cell.number_format)

    def _fault(self, cell: Cell, zh: str, en: str, faults: Faults) -> None:
        faults.error(
            self.file,
            f"单元格 {cell.coordinate} {zh}",
            f"cell {cell.coordinate} {en}",
            row=cell.row,
            advice=_PASTE,
        )


def text_of(value: Any, number_format: str = "General") -> str:
    """A cell's value as it would stand in a CSV file."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case int() | float() if value == int(value):
            width = len(number_format) if _ZEROS.fullmatch(number_format) else 0
            return str(int(value)).zfill(width)
        case datetime.datetime():
            return _date_text(value)
        case datetime.date():
            return value.isoformat()
        case datetime.time():
            return _clock_text(value.hour * 3600 + value.minute * 60 + value.second)
        case datetime.timedelta():
            return _clock_text(round(value.total_seconds()))
    return str(value)


def _date_text(value: datetime.datetime) -> str:
    if value.time() == datetime.time():
        return value.date().isoformat()
    return value.isoformat(sep=" ")


def _clock_text(seconds: int) -> str:
    rest = seconds % 60
    clock = format_clock(seconds // 60)
    return f"{clock}:{rest:02d}" if rest else clock


_ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
