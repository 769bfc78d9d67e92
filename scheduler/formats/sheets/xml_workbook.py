"""Workbooks as one XML file (Excel 2003), as exports that call themselves .xls have."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from scheduler.formats.sheets.archive import damaged
from scheduler.formats.sheets.assembly import Rows, assembled
from scheduler.formats.sheets.grid import Cell, Grid, Merge, Value
from scheduler.formats.sheets.text_files import file_bytes
from scheduler.formats.sheets.xml_stream import BrokenXmlError, stream
from scheduler.model.errors import InputError
from scheduler.model.intake import SHEET_CELLS, SHEETS

_WORKBOOK = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<\?xml[^>]*>.*urn:schemas-microsoft-com:office:spreadsheet",
    re.DOTALL,
)
MOST_SPANNED = 1_000


def looks_like_xml_workbook(head: bytes) -> bool:
    """Whether a file's first bytes are those of such a workbook."""
    return bool(_WORKBOOK.match(head))


def read_xml_workbook(path: Path) -> tuple[Grid, ...]:
    """All sheets in the order of their tabs.

    Raises:
        InputError: the file is damaged or beyond a limit.
    """
    book = _Book(path.name)
    try:
        stream((file_bytes(path),), book.start, book.end, book.characters)
    except BrokenXmlError:
        raise damaged(path.name) from None
    return tuple(book.grids)


@dataclass(slots=True)
class _Book:
    """The sheets read so far; ``row`` and ``column`` are the next to come."""

    file: str
    grids: list[Grid] = field(default_factory=list)
    name: str = ""
    hidden: bool = False
    row: int = 0
    column: int = 0
    cells: int = 0
    rows: Rows = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    kind: str = ""
    parts: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        said = {k.rpartition(":")[2]: v for k, v in attributes.items()}
        match tag:
            case "Worksheet":
                self.name, self.hidden = said.get("Name", ""), False
                self.rows, self.merges, self.row = {}, [], 0
            case "Row":
                self.row, self.column = _index(said, self.row), 0
            case "Cell":
                self.column = _index(said, self.column)
                self._merge(said)
            case "Data":
                self.kind, self.parts = said.get("Type", "String"), []
            case "Visible":
                self.parts = []

    def characters(self, text: str) -> None:
        """Take a piece of text."""
        if self.parts is not None:
            self.parts.append(text)

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        match tag:
            case "Data":
                self._put("".join(self.parts or ()).strip())
                self.parts = None
            case "Visible":
                self.hidden = "".join(self.parts or ()).strip() != "SheetVisible"
                self.parts = None
            case "Cell":
                self.column += 1
            case "Row":
                self.row += 1
            case "Worksheet":
                self._close()

    def _merge(self, said: dict[str, str]) -> None:
        down = min(_number(said.get("MergeDown", "")), MOST_SPANNED)
        across = min(_number(said.get("MergeAcross", "")), MOST_SPANNED)
        if down or across:
            bottom, right = self.row + down + 1, self.column + across + 1
            self.merges.append(Merge(self.row, self.column, bottom, right))

    def _put(self, text: str) -> None:
        if not text:
            return
        self.cells += 1
        if self.cells > SHEET_CELLS.most:
            raise InputError([SHEET_CELLS.refusal(self.file)])
        value: Value = text
        if self.kind == "Number":
            try:
                number = float(text)
            except ValueError:
                number = float("nan")
            if number == number:
                value = int(number) if number.is_integer() else number
                text = f"{number:.15g}"
        self.rows.setdefault(self.row, {})[self.column] = Cell(value, text)

    def _close(self) -> None:
        if len(self.grids) >= SHEETS.most:
            raise InputError([SHEETS.refusal(self.file)])
        grid = Grid(self.file, self.name, (), tuple(self.merges), self.hidden)
        self.grids.append(assembled(grid, self.rows))


def _index(said: dict[str, str], following: int) -> int:
    """The place that an element names, counted from 1, else the following one."""
    return max(following, _number(said.get("Index", "")) - 1)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 8 else 0
