"""Other rows: what cells say in rows of the day that are no lessons.

A row named 体育活动 says by its name what everybody does, also where its cells are
empty; several names in one cell of such rows are choices, not odd and even weeks.
"""

from collections.abc import Sequence
from dataclasses import replace

from scheduler.formats.spreadsheets.cells.entry import Entry
from scheduler.formats.spreadsheets.labels.periods import PeriodLabel, is_pe_row
from scheduler.formats.spreadsheets.labels.vocabulary import Name
from scheduler.formats.spreadsheets.structure.heads import Head
from scheduler.formats.spreadsheets.structure.numbering import as_long, usual_minutes
from scheduler.model.read_timetable import ACTIVITY_ROW, CellKind, CellStatus
from scheduler.model.text import Text
from scheduler.model.times import RowKind

PE_ACTIVITY = "PEA"
_FROM_ROW = Text("按行名读作体育活动", "a PE activity, as the row is named")
_OR_A_LESSON = Text(
    "是课外的体育活动，还是一节体育活动课？",
    "a PE activity beside the lessons, or a lesson of it?",
)
_PE_ROWS = frozenset({RowKind.ACTIVITY, RowKind.AFTER_SCHOOL})
Rows = tuple[int, ...]


def holds_pe(head: Head) -> bool:
    """Whether a row of the day is named as a PE activity of everybody."""
    row = head.period
    return row is not None and row.kind in _PE_ROWS and is_pe_row(row.name)


def empty_pe_rows(cells: Sequence[tuple[Rows, Head, str]]) -> dict[Rows, Entry]:
    """The rows named 体育活动 in which nothing else is written, and what that says.

    Some schools call a lesson's row so: where no time says otherwise it is doubtful.
    """
    usual = usual_minutes([head.period for _, head, _ in cells])
    texts: dict[Rows, str] = {}
    names: dict[Rows, PeriodLabel] = {}
    for rows, head, text in cells:
        if head.period and holds_pe(head):
            texts[rows] = texts.get(rows, "") + text.strip()
            names[rows] = head.period
    return {
        rows: Entry(_of_the_row(names[rows], usual))
        for rows, text in texts.items()
        if not text
    }


def entries_in_row(
    entries: list[Entry], head: Head, text: str, named: Entry | None
) -> list[Entry]:
    """The entries of a cell as its row makes them.

    ``named`` is what a row says in which nothing stands but its name, 体育活动.
    """
    row = head.period
    if row is None or row.kind is RowKind.LESSON:
        return entries
    if named and not entries:
        return [named]
    if len(entries) > 1 and not any(entry.name.code for entry in entries):
        said = " ".join(text.split())
        return [Entry(Name(said, kind=CellKind.ACTIVITY))]
    if not holds_pe(head):
        return entries
    return [
        entry
        if entry.name.known
        else replace(entry, name=_as_activity(entry.name.printed))
        for entry in entries
    ]


def kind_in_row(entry: Entry, head: Head) -> CellKind:
    """What an entry is by its name and its row."""
    row = head.period.kind if head.period else RowKind.LESSON
    kind = entry.name.kind
    if row is RowKind.LESSON:
        return kind
    taught = kind in (CellKind.LESSON, CellKind.ACTIVITY)
    if row is RowKind.AFTER_SCHOOL and taught:
        return CellKind.ACTIVITY
    if row is RowKind.ACTIVITY and taught and holds_pe(head):
        moved = kind is CellKind.ACTIVITY or entry.name.code in ("PE", PE_ACTIVITY)
        return CellKind.ACTIVITY if moved else kind
    return CellKind.NOT_LESSON


def _of_the_row(label: PeriodLabel, usual: int) -> Name:
    name = _as_activity(label.name)
    if label.kind is RowKind.AFTER_SCHOOL or not as_long(label, usual):
        return name
    return replace(name, status=CellStatus.DOUBTFUL, suggestion=_OR_A_LESSON)


def _as_activity(printed: str) -> Name:
    return Name(
        printed,
        PE_ACTIVITY,
        CellKind.ACTIVITY,
        CellStatus.CORRECTED,
        ACTIVITY_ROW,
        _FROM_ROW,
    )
