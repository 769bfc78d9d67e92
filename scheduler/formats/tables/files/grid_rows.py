"""Rows of text from a grid: merged cells spread, dates as dates, what is told of."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from scheduler.formats.sheets.grid import Cell, Grid, Merge
from scheduler.formats.sheets.xlsx_sheet import column_letters
from scheduler.formats.tables.headers import header_row, recognise
from scheduler.formats.tables.schema import Kind, Table
from scheduler.formats.tables.sheet import Faults
from scheduler.model.intake import SHEET_AREA
from scheduler.model.text import Text

_PASTE = Text(
    "请在 Excel 中打开并保存一次，或粘贴为值。",
    "Maybe open and save it in Excel once, or paste values?",
)
_FROM_1904 = date(1904, 1, 1)
_UTF8 = re.compile(rb"[\xe4-\xe9][\x80-\xbf]{2}")
_ASCII = re.compile(rb"[\x00-\x7f]+")

Rows = list[tuple[int, list[str]]]


def rows_of_grid(
    file: str, grid: Grid, table: Table | None, faults: Faults
) -> Rows | None:
    """Numbered rows of text; None after noting cells without a value.

    Text is kept as typed; numbers, dates and times are as people read them.
    """
    before = len(faults.errors)
    rows = [
        (number, [_text(cell) for cell in cells])
        for number, cells in enumerate(grid.rows, start=1)
    ]
    head = header_row(table, rows) if table else 1
    _note_cells(file, grid, faults)
    _spread_merges(file, grid.merges, rows, head, faults)
    _note_hidden(file, grid, head, faults)
    _note_garbled(file, rows, faults)
    if table and grid.first_day == _FROM_1904:
        _count_from_1904(table, grid, rows, head)
    return rows if len(faults.errors) == before else None


def _text(cell: Cell) -> str:
    if isinstance(cell.value, str):
        return cell.value
    return cell.text.lower() if isinstance(cell.value, bool) else cell.text


def _note_cells(file: str, grid: Grid, faults: Faults) -> None:
    """Cells without a value: formulas that were never worked out, and errors."""
    found = dict.fromkeys(grid.unsolved, "")
    for row, cells in enumerate(grid.rows):
        for column, cell in enumerate(cells):
            if cell.value is None and cell.text:
                found[row, column] = cell.text
    for (row, column), value in sorted(found.items()):
        at = f"{column_letters(column)}{row + 1}"
        zh, en = "是没有结果的公式", "is a formula without a stored result"
        if value:
            zh, en = f"是错误值 {value}", f"is the error {value}"
        zh, en = f"单元格 {at} {zh}", f"cell {at} {en}"
        faults.error(file, zh, en, row=row + 1, advice=_PASTE)


def _spread_merges(
    file: str, merges: tuple[Merge, ...], rows: Rows, head: int, faults: Faults
) -> None:
    """Give every cell that a merge covers below the header its value."""
    room = SHEET_AREA.most
    for merge in sorted(merges, key=lambda m: (m.left, m.top)):
        value = _at(rows, merge.top, merge.left)
        if merge.top < head or not value:
            continue
        width = merge.right - merge.left
        room -= width * (merge.bottom - merge.top)
        if room < 0:
            faults.errors.append(SHEET_AREA.refusal(file))
            return
        for _, texts in rows[merge.top : merge.bottom]:
            texts += [""] * (merge.right - len(texts))
            texts[merge.left : merge.right] = [value] * width
        area = f"{column_letters(merge.left)}{merge.top + 1}:"
        area += f"{column_letters(merge.right - 1)}{merge.bottom}"
        zh = f"合并单元格 {area} 按每格都填写处理"
        en = f"stands in the merged cells {area}; each of them has this value"
        faults.warn(file, zh, en, row=merge.top + 1, value=value)


def _at(rows: Rows, row: int, column: int) -> str:
    texts = rows[row][1] if row < len(rows) else []
    return texts[column] if column < len(texts) else ""


def _note_hidden(file: str, grid: Grid, head: int, faults: Faults) -> None:
    hidden = sorted(
        row + 1 for row in grid.hidden_rows if row >= head and any(grid.rows[row])
    )
    if hidden:
        listed = "、".join(stretches(hidden)), ", ".join(stretches(hidden))
        zh = f"第{listed[0]}行是隐藏的（可能用了筛选），仍已读取"
        en = f"rows {listed[1]} are hidden, perhaps by a filter; they were read"
        faults.warn(file, zh, en)


def stretches(numbers: list[int]) -> list[str]:
    """Sorted numbers as ``2–5`` and ``9``."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][-1] == number - 1:
            found[-1][1:] = [number]
        else:
            found.append([number])
    return ["–".join(map(str, ends)) for ends in found]


def _note_garbled(file: str, rows: Rows, faults: Faults) -> None:
    """Text that is UTF-8 when written as GBK was opened wrongly and saved so."""
    found = next(_garbled(rows), None)
    if found is not None:
        number, text, meant = found
        zh = f"是乱码，原文大概是“{meant}”：表格程序曾用错误的编码打开过这个文件"
        en = f'is garbled text, "{meant}" once: it was opened in a wrong encoding'
        advice = Text(
            "请重新导出，或从原文件另存为“CSV UTF-8”或 .xlsx。",
            "Maybe write the file once more, and open it as UTF-8?",
        )
        faults.error(file, zh, en, row=number, value=text, advice=advice)


def _garbled(rows: Rows) -> Iterator[tuple[int, str, str]]:
    for number, texts in rows:
        for text in texts:
            if not text.isascii():
                written = text[:200].encode("gb18030", "replace")
                pieces = _UTF8.findall(written)
                others = len(_ASCII.sub(b"", written))
                if len(pieces) > 1 and 3 * len(pieces) >= 0.75 * others:
                    yield number, text[:40], written.decode("utf-8", "replace")[:40]


def _count_from_1904(table: Table, grid: Grid, rows: Rows, head: int) -> None:
    """Write plain numbers in columns of dates out as the dates the workbook means."""
    titles = rows[head - 1][1] if head else []
    dated = {k for k, title in enumerate(titles) if _is_date(table, title)}
    for cells, (_, texts) in zip(grid.rows, rows, strict=True):
        # A table of keys and values has its columns below each other.
        keyed = bool(texts) and _is_date(table, texts[0])
        for column, cell in enumerate(cells):
            days = cell.value if type(cell.value) is int else 0
            if 20_000 < days < 80_000 and (column in dated or (keyed and column)):
                texts[column] = (_FROM_1904 + timedelta(days)).isoformat()


def _is_date(table: Table, title: str) -> bool:
    name = recognise(table, title)
    return name is not None and table.column[name].kind is Kind.DATE
