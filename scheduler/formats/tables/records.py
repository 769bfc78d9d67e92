"""Rows of a table as objects, each with its place; faults of single cells."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from scheduler.formats.tables.cells import (
    CellError,
    advice_on_empty,
    each_day,
    is_empty,
    read_cell,
    read_id,
)
from scheduler.formats.tables.headers import nearest, recognise
from scheduler.formats.tables.schema import Column, Kind, Table
from scheduler.formats.tables.sheet import Faults, Line, Sheet
from scheduler.model.errors import NO_ADVICE, DataError, meant
from scheduler.model.text import Text

# As Excel shows a date in Chinese and in English, and as it is read from a workbook.
_DATE_LIKE = re.compile(
    r"\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}月\d{1,2}日|\d{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-\d{1,2}"
)


_ASIDE = ("序号", "备注", "说明")
"""Columns that offices keep for themselves."""


@dataclass(frozen=True, slots=True)
class Located:
    """One row: where it stands, its raw cells by column, the object made of it.

    ``values`` are the cells that could be read; ``sound`` says that none a check
    builds on is faulty. A row that is not sound has no ``item``.
    """

    file: str
    line: Line
    cells: Mapping[str, str]
    values: Mapping[str, Any]
    sound: bool
    made: Any

    @property
    def item(self) -> Any:
        """The object; only asked of sound rows."""
        if self.made is None:
            raise ValueError(f"{self.file} row {self.line.number} has no object")
        return self.made

    @property
    def place(self) -> str:
        """How other rows refer to this one."""
        if self.line.number is None:
            return self.line.prefix.rstrip(": ")
        return f"row {self.line.number}"

    @property
    def place_zh(self) -> str:
        """The same in Chinese."""
        if self.line.number is None:
            return self.line.prefix.rstrip(": ")
        return f"第{self.line.number}行"

    def fault(
        self,
        column: str,
        zh: str,
        en: str,
        advice: Text = NO_ADVICE,
        value: str | None = None,
    ) -> DataError:
        """A fault of one cell; its text is the value unless another is given."""
        shown = self.cells.get(column, "") if value is None else value
        return DataError(
            self.file,
            Text(zh, en),
            advice,
            self.line.row_of.get(column, self.line.number),
            self.line.title or self.line.prefix + column,
            shown or None,
        )


def titled(fault: DataError, table: Table | None) -> DataError:
    """The fault with the names and titles of its table and column, which people see."""
    if table is None:
        return fault
    column = table.column.get(fault.column or "")
    title = column.title if column else ""
    return replace(fault, sheet=table.title, title=title, table=table.name)


def read_records(
    table: Table, sheet: Sheet, faults: Faults, loose: bool = True
) -> tuple[Located, ...] | None:
    """The rows of a sheet; None after noting that required columns are missing.

    ``loose`` says that commas part the ids of a list, too.
    """
    columns = _columns(table, sheet, faults)
    if columns is None:
        return None
    return tuple(
        _record(table, columns, sheet, one, faults, loose)
        for line in sheet.lines
        for one in _each_day(columns, line)
    )


def _columns(table: Table, sheet: Sheet, faults: Faults) -> dict[int, Column] | None:
    """Columns by position in the sheet."""
    found: dict[int, Column] = {}
    before = len(faults.errors)
    for position, title in enumerate(sheet.titles):
        name = recognise(table, title)
        if name is None and not is_empty(title):
            _unknown_title(table, sheet, title, faults)
        elif name is not None and table.column[name] in found.values():
            zh, en = "这一列出现了两次", "the column is there twice"
            faults.error(sheet.file, zh, en, column=name)
        elif name is not None:
            found[position] = table.column[name]
    known = [recognise(table, title) for title in sheet.titles]
    strays = [
        t for t, n in zip(sheet.titles, known, strict=True) if not n and t.strip()
    ]
    missing = [c for c in table.columns if c.required and c not in found.values()]
    for column in missing:
        stray = nearest(strays, (column.name, column.title))
        if stray is None and len(missing) == len(strays) == 1:
            stray = strays[0]
        _missing_column(sheet, column, stray, faults)
    return found if len(faults.errors) == before else None


def _unknown_title(table: Table, sheet: Sheet, title: str, faults: Faults) -> None:
    names = [name for c in table.columns for name in (c.name, c.title)]
    advice = meant(title.strip(), names, cutoff=0.75)
    if title.strip() in _ASIDE:
        return
    zh, en = "不认识这一列，已忽略", "the column is unknown and ignored"
    faults.warn(sheet.file, zh, en, column=title.strip(), advice=advice)


def _missing_column(
    sheet: Sheet, column: Column, stray: str | None, faults: Faults
) -> None:
    """Note the column, with the unknown one that may be meant."""
    advice = Text(
        f"请加上标题为“{column.title}”的列。",
        f'Maybe its title is not "{column.name}"?',
    )
    if stray is not None:
        stray = stray.strip()
        advice = Text(
            f"是不是“{stray}”这一列？请把标题改为“{column.title}”。",
            f'Maybe it is the column "{stray}"? Call it "{column.name}".',
        )
    if len(sheet.titles) == 1 and any(c in sheet.titles[0] for c in ";\t"):
        advice = Text(
            "各列请用逗号分隔。", "Maybe the columns are not parted by commas?"
        )
    zh, en = "缺少这一列", "the column is missing"
    faults.error(sheet.file, zh, en, column=column.name, advice=advice)


def _each_day(columns: dict[int, Column], line: Line) -> Iterator[Line]:
    """The rows that one row stands for: one for each of the days it names."""
    position = next((k for k, c in columns.items() if c.spread), len(line.cells))
    if position >= len(line.cells):
        yield line
        return
    for one in each_day(columns[position], line.cells[position]):
        cells = (*line.cells[:position], one, *line.cells[position + 1 :])
        yield replace(line, cells=cells)


def _record(
    table: Table,
    columns: dict[int, Column],
    sheet: Sheet,
    line: Line,
    faults: Faults,
    loose: bool,
) -> Located:
    """One row; notes every cell that cannot be read."""
    cells = {
        column.name: line.cells[position] if position < len(line.cells) else ""
        for position, column in columns.items()
    }
    located = Located(sheet.file, line, cells, {}, False, None)
    values: dict[str, Any] = {}
    sound = _fits_header(located, sheet, faults)
    for column in columns.values():
        try:
            value = _value(column, cells[column.name], loose)
        except CellError as error:
            zh, en, shown = error.problem.zh, error.problem.en, error.value or None
            faults.errors.append(
                located.fault(column.name, zh, en, error.advice, shown)
            )
            sound = sound and column.aside
            continue
        if value is not None:
            values[column.name] = _each_once(located, column, value, faults)
            _note_dates(table, located, column, faults)
    made = table.item(**fields_of(table, values)) if sound else None
    return Located(sheet.file, line, cells, values, sound, made)


def _value(column: Column, text: str, loose: bool) -> Any:
    if not is_empty(text):
        return read_cell(column, text, loose)
    if column.required:
        raise CellError("没有填写", "is empty but required", advice_on_empty(column))
    return None


def _fits_header(located: Located, sheet: Sheet, faults: Faults) -> bool:
    beyond = located.line.cells[len(sheet.titles) :]
    if all(map(is_empty, beyond)):
        return True
    faults.error(
        sheet.file,
        "这一行的单元格比标题多",
        "the row has more cells than the header",
        row=located.line.number,
        advice=Text(
            "含逗号的内容要放在引号里。", "Maybe a cell with a comma is not quoted?"
        ),
    )
    return False


def _each_once(located: Located, column: Column, value: Any, faults: Faults) -> Any:
    """A list of ids or dates with repeats dropped, which is warned of."""
    if not column.many or column.kind is Kind.LENGTH:
        return value
    once = tuple(dict.fromkeys(value))
    if len(once) < len(value):
        zh, en = "有重复的内容，只算一次", "names something twice; it counts once"
        faults.warnings.append(located.fault(column.name, zh, en))
    return once


def _note_dates(table: Table, located: Located, column: Column, faults: Faults) -> None:
    """A class 6-1 that a spreadsheet program took for the first of June."""
    named = column.kind is Kind.ID or (column.name == "name" and bool(table.key))
    if named and _DATE_LIKE.fullmatch(located.cells[column.name].strip()):
        zh = "是日期，大概是表格程序把“6-1”这样的名称改成了日期"
        en = 'is a date, perhaps made of a name as "6-1" by a spreadsheet program'
        advice = Text(
            "请把这一列设为文本格式，重新填写。",
            "Maybe format the column as text and type the name again?",
        )
        faults.warnings.append(located.fault(column.name, zh, en, advice))


def fields_of(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values by the names of the model's fields."""
    return {table.column[name].attribute: value for name, value in values.items()}


def given_ids(table: Table, records: tuple[Located, ...] | None) -> Iterator[str]:
    """Ids of all rows of a table, faulty rows included."""
    name = table.columns[0].name
    for record in records or ():
        if not is_empty(record.cells.get(name, "")):
            yield read_id(record.cells[name])
