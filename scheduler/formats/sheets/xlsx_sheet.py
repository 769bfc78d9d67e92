"""One sheet of a workbook: cells, merges, hidden rows, from the XML as it comes."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from scheduler.formats.sheets.archive import Archive, damaged
from scheduler.formats.sheets.assembly import Rows, assembled
from scheduler.formats.sheets.faults import refuse
from scheduler.formats.sheets.grid import Cell, Grid, Merge
from scheduler.formats.sheets.numbers import (
    GENERAL,
    NumberFormat,
    moment_text,
    number_cell,
)
from scheduler.formats.sheets.xlsx_parts import SheetPart, check, unescaped
from scheduler.formats.sheets.xml_stream import BrokenXmlError, stream
from scheduler.model.intake import (
    CELL_CHARACTERS,
    FILLED_CELLS,
    MERGES,
    SHARED_CHARACTERS,
    SHEET_CELLS,
)

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})", re.ASCII)
_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Book:
    """What the sheets of a workbook share: texts and formats by number, day 0."""

    file: str
    texts: list[str]
    formats: list[NumberFormat]
    first_day: date


@dataclass(slots=True)
class Counts:
    """What all sheets of a workbook together have had so far."""

    cells: int = 0
    filled: int = 0
    merges: int = 0
    characters: int = 0
    rows: int = 0


def read_sheet(archive: Archive, sheet: SheetPart, book: Book, counts: Counts) -> Grid:
    """One sheet.

    Raises:
        InputError: it is damaged or beyond a limit.
    """
    reading = _Sheet(book, sheet.name, counts)
    try:
        chunks = archive.chunks(sheet.part)
        stream(chunks, reading.start, reading.end, reading.characters)
    except BrokenXmlError:
        raise damaged(archive.name) from None
    return assembled(
        Grid(
            book.file,
            sheet.name,
            (),
            tuple(reading.merges),
            sheet.hidden,
            frozenset(reading.hidden_rows),
            frozenset(reading.hidden_columns),
            frozenset(reading.unsolved),
            book.first_day,
        ),
        reading.rows,
    )


@dataclass(slots=True)
class _Sheet:
    """The state between the events of one sheet's XML."""

    book: Book
    name: str
    counts: Counts
    rows: Rows = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    unsolved: set[tuple[int, int]] = field(default_factory=set)
    row: int = -1
    column: int = -1
    kind: str = ""
    style: str = ""
    formula: bool = False
    taking: bool = False
    aside: bool = False
    pieces: list[str] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)
    made: dict[tuple[str, str, str], Cell] = field(default_factory=dict)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of what an element says about the cells inside it."""
        if name == "c":
            self._open_cell(attributes)
        elif name == "v" or name == "t":
            self.taking = not self.aside
        elif name == "f":
            self.formula = True
        elif name == "row":
            self._open_row(attributes)
        elif name == "rPh":
            self.aside = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first = _bounded(attributes.get("min"), MOST_COLUMNS)
            last = _bounded(attributes.get("max"), MOST_COLUMNS)
            self.hidden_columns.update(range(first - 1, last))

    def end(self, name: str) -> None:
        """Put a cell into its row when it is complete."""
        if name == "c":
            self._close_cell()
        elif name == "v" or name == "t":
            self.taking = False
        elif name == "rPh":
            self.aside = False

    def characters(self, text: str) -> None:
        """Collect the text of a cell."""
        if self.taking:
            self.pieces.append(text)

    def _open_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        self.row = self.row + 1 if number is None else _bounded(number, MOST_ROWS) - 1
        self.column = -1
        self.counts.rows += 1
        check(self.book.file, SHEET_CELLS, self.counts.rows)
        if attributes.get("hidden") in ("1", "true"):
            self.hidden_rows.add(self.row)

    def _open_cell(self, attributes: dict[str, str]) -> None:
        self.counts.cells += 1
        check(self.book.file, SHEET_CELLS, self.counts.cells)
        self.pieces.clear()
        self.formula = self.aside = False
        self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
        reference = attributes.get("r")
        if reference is None:
            self.column += 1
        else:
            letters = reference.rstrip(_DIGITS)
            column = self.columns.get(letters)
            if column is None:
                column = self.columns[letters] = column_of(letters)
            self.column = column
        if self.row < 0 or self.column >= MOST_COLUMNS:
            raise BrokenXmlError("a cell outside its sheet")

    def _close_cell(self) -> None:
        if not self.pieces:
            if self.formula:
                self.unsolved.add((self.row, self.column))
            return
        text = "".join(self.pieces)
        key = (self.kind, self.style, text)
        cell = self.made.get(key)
        if cell is None:
            self.counts.characters += len(text)
            check(self.book.file, SHARED_CHARACTERS, self.counts.characters)
            cell = self.made[key] = self._cell(text)
        if cell.text or cell.value is not None:
            self.counts.filled += 1
            check(self.book.file, FILLED_CELLS, self.counts.filled)
            self.rows.setdefault(self.row, {})[self.column] = cell

    def _cell(self, text: str) -> Cell:
        try:
            if self.kind == "s":
                text = self.book.texts[_bounded(text.strip(), 2**31) if text else 0]
                return self._text_cell(text)
            match self.kind:
                case "str" | "inlineStr":
                    return self._text_cell(unescaped(text))
                case "b":
                    return Cell(text.strip() == "1", "TRUE" if text == "1" else "FALSE")
                case "e":
                    return Cell(None, text)
                case "d":
                    return _dated(text)
            return number_cell(text, self._format(), self.book.first_day)
        except (ValueError, IndexError):
            raise self._unreadable(text) from None

    def _text_cell(self, text: str) -> Cell:
        check(self.book.file, CELL_CHARACTERS, len(text) - 1000)
        return Cell(text, text.strip()) if text else Cell()

    def _format(self) -> NumberFormat:
        if not self.style:
            return GENERAL
        return self.book.formats[int(self.style)] if self.book.formats else GENERAL

    def _unreadable(self, text: str) -> Exception:
        at = f"{column_letters(self.column)}{self.row + 1}"
        return refuse(
            f"{self.book.file} [{self.name}]",
            f"单元格 {at} 的内容“{text[:40]}”无法识别",
            f'cell {at} holds "{text[:40]}", which cannot be understood',
            row=self.row + 1,
        )

    def _merge(self, reference: str) -> None:
        self.counts.merges += 1
        check(self.book.file, MERGES, self.counts.merges)
        first, _, last = reference.partition(":")
        top, left = _place(first)
        bottom, right = _place(last or first)
        self.merges.append(Merge(top, left, bottom + 1, right + 1))


def _dated(text: str) -> Cell:
    """A date written out, as Strict workbooks have it."""
    moment = datetime.fromisoformat(text.strip())
    value = moment.date() if moment.time() == datetime.min.time() else moment
    return Cell(value, moment_text(value))


def column_of(letters: str) -> int:
    """The number of a column from 0.

    Raises:
        BrokenXmlError: there is no such column.
    """
    number = 0
    if not 1 <= len(letters) <= 3:
        raise BrokenXmlError(letters[:20])
    for letter in letters:
        if not "A" <= letter <= "Z":
            raise BrokenXmlError(letters)
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(column: int) -> str:
    """The letters of a column from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _place(reference: str) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise BrokenXmlError(reference[:20])
    row = _bounded(match[2], MOST_ROWS)
    return row - 1, min(column_of(match[1]), MOST_COLUMNS - 1)


def _bounded(text: str | None, most: int) -> int:
    """A whole number up to the most.

    Raises:
        BrokenXmlError: it is none.
    """
    if text and text.isascii() and text.isdigit() and len(text) < 11:
        number = int(text)
        if number <= most:
            return number
    raise BrokenXmlError(f"{text!r:.40} is no number up to {most}")
