"""Put new rows into one sheet of a workbook and leave everything else as it is.

openpyxl would lose what it does not know, and the stored results of all formulas, by
which other sheets are read. So the parts of the file are copied as they are, but for
the rows of one sheet; a sheet that is not there yet is added.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from posixpath import join, normpath
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from openpyxl.utils import get_column_letter

from scheduler.formats.tables.encode import write_cell
from scheduler.formats.tables.files.workbook import NamedGrid, open_sheets
from scheduler.formats.tables.files.workbook_writing import escaped
from scheduler.formats.tables.headers import header_row, recognise
from scheduler.formats.tables.schema import Table
from scheduler.formats.tables.sheet import Faults
from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BOOK, _LINKS, _TYPES = (
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "[Content_Types].xml",
)
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet"
_ROW = re.compile(r'<row\b[^>]*?\br="(\d+)"[^>]*?(?:/>|>.*?</row>)', re.DOTALL)
_DATA = re.compile(r"<sheetData\s*/>|<sheetData>(.*?)</sheetData>", re.DOTALL)
_DIMENSION = re.compile(r"<dimension\b[^>]*/>")

Rows = Sequence[Sequence[str]]


def with_items(path: Path, table: Table, items: Iterable[Any]) -> bytes:
    """The workbook with the rows of these items as a table's only ones.

    Parameters:
        items: Objects of the table. Their cells are put under the titles that the sheet
            has, in its order; missing titles are added at its end. A workbook whose
            sheets have Chinese titles gets Chinese words.

    Raises:
        InputError: it is no workbook, or its sheet holds formulas or merged cells
            where the rows are to stand.
    """
    faults = Faults()
    opened = open_sheets(path, faults)
    if opened is None:
        raise InputError(faults.errors)
    with zipfile.ZipFile(path) as archive:
        parts = {entry: archive.read(entry) for entry in archive.infolist()}
    texts = {entry.filename: content for entry, content in parts.items()}
    reader = opened.get(table.name)
    language = _language(opened, table)
    rows = [
        [write_cell(c, getattr(item, c.attribute), language) for c in table.columns]
        for item in items
    ]
    try:
        if reader is None:
            changed = _added(texts, table, rows, language)
        else:
            name = _part_of(texts, reader.grid.sheet)
            changed = {
                name: _replaced(texts[name].decode(), reader, table, rows, language)
            }
    except (KeyError, UnicodeDecodeError, ElementTree.ParseError):
        raise InputError([_unusual(path.name)]) from None
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, old in parts.items():
            archive.writestr(entry, changed.pop(entry.filename, old))
        for name, new in changed.items():
            archive.writestr(name, new)
    return content.getvalue()


def _language(opened: Mapping[str, NamedGrid], table: Table) -> str:
    """Chinese where the sheet, or most of the sheets, are called in Chinese."""
    grids = [opened[table.name]] if table.name in opened else opened.values()
    chinese = [not reader.grid.sheet.isascii() for reader in grids]
    return "zh" if 2 * sum(chinese) > len(chinese) else "en"


def _part_of(texts: dict[str, bytes], title: str) -> str:
    """Name of the part that holds a sheet."""
    book = ElementTree.fromstring(texts[_BOOK])
    links = ElementTree.fromstring(texts[_LINKS])
    targets = {link.attrib["Id"]: link.attrib["Target"] for link in links}
    sheets = {
        sheet.attrib["name"]: sheet.attrib[f"{{{_RELATED}}}id"]
        for sheet in book.iter(f"{{{_MAIN}}}sheet")
    }
    return normpath(join("/xl", targets[sheets[title]])).removeprefix("/")


def _replaced(
    xml: str, reader: NamedGrid, table: Table, rows: Rows, language: str
) -> str:
    """A sheet's part with the rows under its titles put anew."""
    found = _DATA.search(xml)
    if found is None:
        raise KeyError("sheetData")
    faults = Faults()
    shown = reader.rows(table, faults)
    if shown is None:
        raise InputError(faults.errors)
    head = max(1, header_row(table, shown))
    old = {int(row[1]): row[0] for row in _ROW.finditer(found[1] or "")}
    kept = "".join(text for number, text in old.items() if number < head)
    replaced = "".join(text for number, text in old.items() if number >= head)
    merged = any(merge.bottom >= head for merge in reader.grid.merges)
    if merged or re.search(r"<f[\s>/]", replaced):
        raise InputError([_not_plain(reader.file)])
    titles = next((list(texts) for number, texts in shown if number == head), [])
    names = [recognise(table, title) for title in titles]
    missing = [c for c in table.columns if c.name not in names]
    titles += [c.titled(language) for c in missing]
    order = [table.column.get(name or "") for name in names] + list(missing)
    place = {column.name: k for k, column in enumerate(table.columns)}
    cells = [[row[place[c.name]] if c else "" for c in order] for row in rows]
    new = kept + _rows([titles, *cells], head)
    whole = xml[: found.start()] + f"<sheetData>{new}</sheetData>" + xml[found.end() :]
    return _DIMENSION.sub("", whole, count=1)


def _rows(rows: Rows, first: int) -> str:
    """Rows of a sheet, every cell as text."""
    return "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{get_column_letter(column)}{number}" t="inlineStr"><is>'
            f'<t xml:space="preserve">{escape(escaped(text))}</t></is></c>'
            for column, text in enumerate(row, start=1)
            if text
        )
        + "</row>"
        for number, row in enumerate(rows, start=first)
    )


def _added(
    texts: dict[str, bytes], table: Table, rows: Rows, language: str
) -> dict[str, str]:
    """The parts that change where the table has no sheet yet, and the new one."""
    book, links = texts[_BOOK].decode(), texts[_LINKS].decode()
    number = 1
    while f"xl/worksheets/sheet{number}.xml" in texts:
        number += 1
    part, link = f"worksheets/sheet{number}.xml", f"rIdCuofeng{number}"
    ids = [int(x) for x in re.findall(r'\bsheetId="(\d+)"', book)]
    sheet = (
        f"<sheet xmlns={quoteattr(_MAIN)} xmlns:r={quoteattr(_RELATED)} "
        f'name={quoteattr(table.titled(language))} sheetId="{max(ids, default=0) + 1}" '
        f'r:id="{link}"/>'
    )
    relation = (
        f'<Relationship Id="{link}" Type="{_RELATED}/worksheet" Target="{part}"/>'
    )
    kind = f'<Override PartName="/xl/{part}" ContentType="{_SHEET_TYPE}+xml"/>'
    return {
        _BOOK: _before(r"</(?:\w+:)?sheets>", sheet, book),
        _LINKS: _before("</Relationships>", relation, links),
        _TYPES: _before("</Types>", kind, texts[_TYPES].decode()),
        f"xl/{part}": '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<worksheet xmlns="{_MAIN}"><sheetData>'
        f"{_rows([table.titles(language), *rows], 1)}</sheetData></worksheet>",
    }


def _before(closing: str, text: str, xml: str) -> str:
    found = re.search(closing, xml)
    if found is None:
        raise KeyError(closing)
    return xml[: found.start()] + text + xml[found.start() :]


def _not_plain(file: str) -> DataError:
    return DataError(
        file,
        Text("含有公式或合并单元格，没有改写", "holds formulas or merged cells; kept"),
        Text("请把该表粘贴为值后重试。", "Maybe paste its rows as values?"),
    )


def _unusual(file: str) -> DataError:
    return DataError(
        file,
        Text("不能改写这种工作簿", "is a workbook of a kind that cannot be changed"),
        Text("请在 Excel 中另存为 .xlsx。", "Maybe save it as .xlsx in Excel?"),
    )
