"""Cells of a matrix by what their rows and columns name."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from scheduler.formats.tables.cells import CellError, is_empty, plain
from scheduler.formats.tables.headers import SEARCHED_ROWS, is_example
from scheduler.formats.tables.matrices.declared import HEAD_TEACHER, Matrix
from scheduler.formats.tables.names import Names
from scheduler.formats.tables.sheet import Faults, Line, Sheet
from scheduler.model.errors import DataError, meant
from scheduler.model.text import Text

NONE = re.compile("[-—–－/×✕0○无空]+|不开|没有")
_ASIDE = re.compile(
    "(?:备注|说明|序号|人数|学生数|教室|合计|总计|小计|总课时|周课时|每周合计|年级)"
)
_NO_SUBJECT = Text(
    "是否改过名？不是学科的列请删去。",
    "Maybe renamed? Maybe remove the column if it is no subject?",
)
Width = tuple[int, int]
"""How much a row names: classes, a grade or all, and how many; less goes first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell: its place, its text, how much its row names."""

    file: str
    row: int | None
    title: str
    text: str
    named: Width = (0, 0)

    def fault(
        self, faults: Faults, zh: str, en: str, advice: Text, value: str | None
    ) -> None:
        """Note an error of this cell."""
        place = (self.row, self.title or None, value)
        faults.errors.append(DataError(self.file, Text(zh, en), advice, *place))

    def refuse(self, faults: Faults, error: CellError) -> None:
        """Note why this cell cannot be understood."""
        value = error.value or self.text or None
        problem = error.problem
        self.fault(faults, problem.zh, problem.en, error.advice, value)

    @property
    def is_none(self) -> bool:
        """Whether it says that there is nothing: ``—``, ``0``, ``无``."""
        return bool(NONE.fullmatch(plain(self.text)))


Entries = Mapping[tuple[str, str], Entry]
Rows = Callable[[str], tuple[tuple[str, ...], Width]]


def read_entries(
    matrix: Matrix, sheet: Sheet, subjects: Names, rows: Rows, faults: Faults
) -> Entries:
    """Filled cells by row key and subject id; the head teachers under 班主任.

    Parameters:
        rows: Keys that the text of a first cell names, and how much that is.
    """
    head = _header(sheet, subjects)
    columns = _columns(sheet, head, subjects, faults)
    found: dict[tuple[str, str], Entry] = {}
    for line in _lines(sheet, head):
        corner = head.cells[0].strip() if head.cells else ""
        first = Entry(
            sheet.file, line.number, corner or matrix.corner[1], line.cells[0]
        )
        try:
            keys, width = rows(line.cells[0])
        except CellError as error:
            first.refuse(faults, error)
            continue
        for position, subject in columns.items():
            text = line.cells[position] if position < len(line.cells) else ""
            if not is_empty(text):
                title = head.cells[position].strip()
                entry = Entry(sheet.file, line.number, title, text.strip(), width)
                _put(found, keys, subject, entry, faults)
    return found


def _put(
    found: dict[tuple[str, str], Entry],
    keys: tuple[str, ...],
    subject: str,
    entry: Entry,
    faults: Faults,
) -> None:
    """Keep the entry whose row names fewer; two of one width are a fault."""
    for key in keys:
        other = found.setdefault((key, subject), entry)
        if entry.named < other.named:
            found[key, subject] = entry
        elif entry.named == other.named and other is not entry:
            zh = f"与第{other.row}行重复（{key}）"
            en = f"repeats row {other.row} ({key})"
            advice = Text("请删去一格。", "Maybe the row was copied?")
            entry.fault(faults, zh, en, advice, entry.text)


def _header(sheet: Sheet, subjects: Names) -> Line:
    """The row with the most subjects among the first few; the first where none has."""

    def known(line: Line) -> int:
        return sum(bool(subjects.found(cell)) for cell in line.cells[1:])

    near = [k for k in sheet.lines if (k.number or 0) <= SEARCHED_ROWS]
    near = near or list(sheet.lines[:1])
    return max(near, key=lambda line: (known(line), -(line.number or 0)))


def _lines(sheet: Sheet, head: Line) -> Iterator[Line]:
    """Rows below the header that name something."""
    for line in sheet.lines:
        named = line.cells and not is_empty(line.cells[0])
        below = (line.number or 0) > (head.number or 0)
        if below and named and not is_example(line.cells):
            yield line


def _columns(
    sheet: Sheet, head: Line, subjects: Names, faults: Faults
) -> dict[int, str]:
    """Subject ids by position; notes filled columns whose title names none."""
    columns: dict[int, str] = {}
    for position, title in enumerate(head.cells[1:], start=1):
        filled = any(
            position < len(line.cells) and not is_empty(line.cells[position])
            for line in _lines(sheet, head)
        )
        if not filled or _ASIDE.fullmatch(plain(title)):
            continue
        place = Entry(sheet.file, head.number, title.strip(), "")
        ids = subjects.found(title)
        if plain(title).lower() in HEAD_TEACHER:
            ids = (HEAD_TEACHER[0],)
        if not ids:
            _unknown(place, subjects, faults)
        elif len(ids) > 1:
            place.refuse(faults, subjects.ambiguous(title.strip(), ids))
        elif ids[0] in columns.values():
            zh, en = "这一列出现了两次", "the column is there twice"
            advice = Text("请删去一列。", "Maybe it was copied?")
            place.fault(faults, zh, en, advice, None)
        else:
            columns[position] = ids[0]
    return columns


def _unknown(place: Entry, subjects: Names, faults: Faults) -> None:
    advice = meant(place.title, subjects.all, _NO_SUBJECT)
    zh, en = "不在【学科】表中", "is not in the table of subjects"
    place.fault(faults, zh, en, advice, place.title)
