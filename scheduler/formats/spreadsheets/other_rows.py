"""Other rows: what cells say in rows of the day that are no lessons.

A row named 体育活动 says by its name what everybody does, also where its cells are
empty; several names in one cell of such rows are choices, not odd and even weeks.
"""

from collections.abc import Iterable
from dataclasses import replace

from scheduler.formats.spreadsheets.entry import Entry
from scheduler.formats.spreadsheets.labels.periods import is_pe_row
from scheduler.formats.spreadsheets.labels.vocabulary import Name
from scheduler.formats.spreadsheets.structure.heads import Head
from scheduler.model.read_timetable import CellKind, CellStatus
from scheduler.model.text import Text
from scheduler.model.times import RowKind

PE_ACTIVITY = "PEA"
_FROM_ROW = Text("按行名读作体育活动", "a PE activity, as the row is named")
_PE_ROWS = frozenset({RowKind.ACTIVITY, RowKind.AFTER_SCHOOL})
Rows = tuple[int, ...]


def holds_pe(head: Head) -> bool:
    """Whether a row of the day is named as a PE activity of everybody."""
    row = head.period
    return row is not None and row.kind in _PE_ROWS and is_pe_row(row.name)


def empty_pe_rows(cells: Iterable[tuple[Rows, Head, str]]) -> frozenset[Rows]:
    """The rows named 体育活动 in which nothing else is written on any day."""
    texts: dict[Rows, str] = {}
    for rows, head, text in cells:
        if holds_pe(head):
            texts[rows] = texts.get(rows, "") + text.strip()
    return frozenset(rows for rows, text in texts.items() if not text)


def entries_in_row(
    entries: list[Entry], head: Head, text: str, named_only: bool
) -> list[Entry]:
    """The entries of a cell as its row makes them.

    ``named_only`` where nothing stands in the whole row but its name, 体育活动.
    """
    row = head.period
    if row is None or row.kind is RowKind.LESSON:
        return entries
    if named_only and not entries:
        return [Entry(_as_activity(row.name))]
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


def _as_activity(printed: str) -> Name:
    return Name(
        printed,
        PE_ACTIVITY,
        CellKind.ACTIVITY,
        CellStatus.CORRECTED,
        "activity_row",
        _FROM_ROW,
    )
