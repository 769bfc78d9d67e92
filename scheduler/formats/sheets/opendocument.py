"""OpenDocument spreadsheets (.ods) as grids, read as a stream of XML."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path

from lxml import etree

from scheduler.formats.sheets.archive import Archive, damaged, opened
from scheduler.formats.sheets.assembly import Rows, assembled
from scheduler.formats.sheets.faults import refuse
from scheduler.formats.sheets.grid import Cell, Grid, Merge, Value
from scheduler.model.errors import InputError
from scheduler.model.intake import SHEET_CELLS, SHEETS
from scheduler.model.text import Text

CONTENT = "content.xml"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_INVISIBLE = ("collapse", "filter")
MOST_REPEATED = 1_000
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_UNLOCK = Text("请去掉密码再保存。", "Maybe save it without the password?")


def read_opendocument(path: Path) -> tuple[Grid, ...]:
    """All sheets in the order of their tabs.

    Raises:
        InputError: the file is locked, damaged or beyond a limit.
    """
    with opened(path) as archive:
        return tuple(_grids(archive))


@dataclass(slots=True)
class _Sheet:
    """A sheet that is being read; ```row`` and ``column`` are the next to come."""

    name: str
    hidden: bool
    row: int = 0
    column: int = 0
    rows: Rows = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def grid(self, file: str) -> Grid:
        grid = Grid(
            file,
            self.name,
            (),
            tuple(self.merges),
            self.hidden,
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
        )
        return assembled(grid, self.rows)


def _grids(archive: Archive) -> Iterator[Grid]:
    invisible: set[str] = set()
    sheet: _Sheet | None = None
    sheets = cells = 0
    for event, element in _events(archive):
        tag = element.tag
        if event == "start":
            if tag == f"{_TABLE}table" and sheet is None:
                style = element.get(f"{_TABLE}style-name", "")
                name = element.get(f"{_TABLE}name", "")
                sheet, sheets = _Sheet(name, style in invisible), sheets + 1
            continue
        if tag == f"{_STYLE}style":
            if any(x.get(f"{_TABLE}display") == "false" for x in element):
                invisible.add(element.get(f"{_STYLE}name", ""))
        elif sheet is not None and tag == f"{_TABLE}table-column":
            _column(sheet, element)
        elif sheet is not None and tag == f"{_TABLE}table-row":
            cells += _row(sheet, element)
            element.clear()
        elif sheet is not None and tag == f"{_TABLE}table":
            yield sheet.grid(archive.name)
            sheet = None
            element.clear()
        if sheets > SHEETS.most:
            raise InputError([SHEETS.refusal(archive.name)])
        if cells > SHEET_CELLS.most:
            raise InputError([SHEET_CELLS.refusal(archive.name)])


def _events(archive: Archive) -> Iterator[tuple[str, etree._Element]]:
    parser = etree.XMLPullParser(
        ("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        for chunk in archive.chunks(CONTENT):
            parser.feed(chunk)
            yield from parser.read_events()
        parser.close()
    except etree.XMLSyntaxError:
        if "META-INF/manifest.xml" in archive.parts and _is_locked(archive):
            zh, en = "有密码，打不开", "is protected by a password"
            raise refuse(archive.name, zh, en, _UNLOCK) from None
        raise damaged(archive.name) from None


def _is_locked(archive: Archive) -> bool:
    manifest = b"".join(archive.chunks("META-INF/manifest.xml"))
    return b"encryption-data" in manifest


def _row(sheet: _Sheet, element: etree._Element) -> int:
    """Take one row with its repetitions; how many of its cells hold something."""
    found: dict[int, Cell] = {}
    column = 0
    for part in element:
        if part.tag not in _CELLS:
            continue
        count = _number(part, f"{_TABLE}number-columns-repeated")
        cell = _cell(part)
        if cell is not None:
            found |= {column + k: cell for k in range(min(count, MOST_REPEATED))}
            merge = _merge(sheet.row, column, part)
            sheet.merges += [merge] if merge else []
        column += count
    times = _number(element, f"{_TABLE}number-rows-repeated")
    kept = min(times, MOST_REPEATED)
    if element.get(f"{_TABLE}visibility") in _INVISIBLE:
        sheet.hidden_rows |= set(range(sheet.row, sheet.row + kept))
    if found:
        sheet.rows |= {sheet.row + k: found for k in range(kept)}
    sheet.row += times
    return len(found) * kept


def _column(sheet: _Sheet, element: etree._Element) -> None:
    count = _number(element, f"{_TABLE}number-columns-repeated")
    if element.get(f"{_TABLE}visibility") in _INVISIBLE and count < MOST_REPEATED:
        sheet.hidden_columns |= set(range(sheet.column, sheet.column + count))
    sheet.column += count


def _merge(row: int, column: int, part: etree._Element) -> Merge | None:
    down = _number(part, f"{_TABLE}number-rows-spanned")
    across = _number(part, f"{_TABLE}number-columns-spanned")
    if down * across == 1:
        return None
    return Merge(row, column, row + down, column + across)


def _number(element: etree._Element, name: str) -> int:
    text = element.get(name, "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 8 else 1


def _cell(part: etree._Element) -> Cell | None:
    """What a person reads in a cell, notes left out; numbers and times as values."""
    lines = ["".join(x.itertext()) for x in part if x.tag == f"{_TEXT}p"]
    text = "\n".join(lines).strip()
    if not text:
        return None
    kind = part.get(f"{_OFFICE}value-type", "string")
    value: Value = text
    try:
        if kind in ("float", "percentage", "currency"):
            number = float(part.get(f"{_OFFICE}value", ""))
            value = int(number) if number.is_integer() else number
        elif kind == "date":
            value = datetime.fromisoformat(part.get(f"{_OFFICE}date-value", ""))
            value = value.date() if value.time() == time() else value
    except (ValueError, OverflowError):
        value = text
    return Cell(value, text)
