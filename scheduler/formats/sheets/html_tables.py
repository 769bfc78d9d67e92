"""Tables of web pages as grids: saved pages, and exports that call themselves .xls."""

import re
from pathlib import Path

from lxml import etree, html

from scheduler.formats.sheets.assembly import Rows, assembled
from scheduler.formats.sheets.faults import refuse
from scheduler.formats.sheets.grid import Cell, Grid, Merge
from scheduler.formats.sheets.text_files import decoded, file_bytes
from scheduler.model.errors import DataError, InputError
from scheduler.model.intake import SHEET_CELLS, SHEETS
from scheduler.model.text import Text

_HTML = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|table|div|meta)", re.I
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]+)""", re.I)
MOST_SPANNED = 1_000
_NO_TABLE = Text("请选有课表的网页。", "Maybe another page?")


def looks_like_html(head: bytes) -> bool:
    """Whether a file's first bytes are those of a web page or a part of one."""
    return bool(_HTML.match(head))


def read_html(path: Path) -> tuple[tuple[Grid, ...], tuple[DataError, ...]]:
    """Each table that has no table inside as a sheet, headings before it as rows.

    Raises:
        InputError: there is no table, or too many cells.
    """
    content = file_bytes(path)
    text, notices = _text(path.name, content)
    try:
        root = html.document_fromstring(text)
    except (etree.ParserError, ValueError):
        root = None
    tables = [] if root is None else [t for t in root.iter("table") if not _outer(t)]
    if not tables:
        zh, en = "网页里没有表格", "is a page without a table"
        raise refuse(path.name, zh, en, _NO_TABLE)
    if len(tables) > SHEETS.most:
        raise InputError([SHEETS.refusal(path.name)])
    return tuple(_grid(path.name, table) for table in tables), notices


def _text(name: str, content: bytes) -> tuple[str, tuple[DataError, ...]]:
    """The page's text; what it says of its encoding comes before a guess."""
    said = _CHARSET.search(content[:4096])
    if said:
        try:
            encoding = said[1].decode("ascii").lower()
            encoding = "gb18030" if encoding in ("gb2312", "gbk") else encoding
            return content.decode(encoding), ()
        except (LookupError, UnicodeDecodeError):
            pass
    return decoded(name, content)


def _outer(table: html.HtmlElement) -> bool:
    """Whether a table only frames others."""
    return next(table.iterdescendants("table"), None) is not None


def _grid(name: str, table: html.HtmlElement) -> Grid:
    rows: Rows = {}
    merges: list[Merge] = []
    taken: dict[int, int] = {}
    heading = _heading(table)
    if heading:
        rows[0] = {0: Cell(heading, heading)}
    number = len(rows)
    cells = 0
    for line in table.iter("tr"):
        column = 0
        for part in line:
            if part.tag not in ("td", "th"):
                continue
            while taken.get(column, 0) > number:
                column += 1
            down, across = _span(part, "rowspan"), _span(part, "colspan")
            text = _cell_text(part)
            if text:
                rows.setdefault(number, {})[column] = Cell(text, text)
            if down * across > 1:
                merges.append(Merge(number, column, number + down, column + across))
            taken |= {column + k: number + down for k in range(across)}
            column += across
            cells += across
        if cells > SHEET_CELLS.most:
            raise InputError([SHEET_CELLS.refusal(name)])
        number += 1
    return assembled(Grid(name, "", (), tuple(merges)), rows)


def _heading(table: html.HtmlElement) -> str:
    """The caption, or the text right before a table."""
    caption = table.find("caption")
    if caption is not None:
        return _cell_text(caption)
    before = table.getprevious()
    while before is not None and before.tag in ("br", "hr"):
        before = before.getprevious()
    if before is None or not isinstance(before.tag, str) or before.tag == "table":
        return ""
    text = " ".join(before.text_content().split())
    return text if len(text) <= 80 else ""


def _span(part: html.HtmlElement, name: str) -> int:
    text = part.get(name, "1").strip()
    return (
        min(max(1, int(text)), MOST_SPANNED)
        if text.isdecimal() and len(text) < 8
        else 1
    )


def _cell_text(part: html.HtmlElement) -> str:
    """A cell's text; a <br> or a paragraph begins a new line."""
    for mark in part.iter("br"):
        mark.tail = f"\n{mark.tail or ''}"
    for block in part.iter("p", "div", "li"):
        block.tail = f"\n{block.tail or ''}"
    lines = (" ".join(line.split()) for line in part.text_content().split("\n"))
    return "\n".join(line for line in lines if line)
