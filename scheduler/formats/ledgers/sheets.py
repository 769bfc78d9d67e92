"""Long plain sheets, written row by row, and the names that stand in them."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from scheduler.formats.tables.files.workbook_writing import escaped
from scheduler.model.problem import Problem
from scheduler.term.ledgers.counting import Counted

_HEAD = Font(name="宋体", size=11, bold=True)
_FILL = PatternFill("solid", start_color="DDEBF7", end_color="DDEBF7")


class Names:
    """What people call the things of a problem; an id that is gone names itself."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem

    def of(self, counted: Counted, name: str) -> str:
        """A class, teacher or venue."""
        return self._tables[counted].get(name, name)

    def subject(self, name: str) -> str:
        """A subject."""
        return self._subjects.get(name, name)

    @cached_property
    def _subjects(self) -> dict[str, str]:
        return {s.subject_id: s.name for s in self._problem.subjects}

    @cached_property
    def _tables(self) -> dict[Counted, dict[str, str]]:
        return {
            Counted.CLASS: dict(self._problem.class_name),
            Counted.TEACHER: {t.teacher_id: t.name for t in self._problem.teachers},
            Counted.VENUE: {v.venue_id: v.name for v in self._problem.venues},
        }


def add_sheet(
    book: Workbook,
    title: str,
    note: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[str | float]],
) -> None:
    """Add a sheet: a note, the heads, and one row after the other; text stays text."""
    sheet = book.create_sheet(title)
    for column in range(1, len(heads) + 1):
        width = 16 if column <= 2 else 10
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A3"
    sheet.append([_plain(sheet, note)])
    cells = []
    for head in heads:
        cell = WriteOnlyCell(sheet, head)
        cell.font, cell.fill = _HEAD, _FILL
        cell.alignment = Alignment(horizontal="center", wrap_text=True)
        cells.append(cell)
    sheet.append(cells)
    for row in rows:
        sheet.append([_plain(sheet, value) for value in row])


def _plain(sheet: object, value: str | float) -> object:
    """A number, or text that no spreadsheet program takes for a formula."""
    if not isinstance(value, str):
        return int(value) if value == int(value) else value
    cell = WriteOnlyCell(sheet, escaped(value))
    cell.data_type = "s"
    return cell
