"""Dated changes in the database, batch by batch; those undone are kept."""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from scheduler.formats.archive import plain, typed
from scheduler.model.closures import Replacement
from scheduler.model.weather import HalfDay
from scheduler.services.store.office_check import here, office_of
from scheduler.services.store.schema import CHANGE_BATCHES, DATED_CHANGES
from scheduler.services.store.upserts import next_number
from scheduler.term.changes import (
    EXTRA,
    BellDay,
    Change,
    DatedChange,
    EventDay,
    ExtraLesson,
    Reason,
    from_replacements,
    to_replacements,
)
from scheduler.term.changes import Batch as Asked
from scheduler.term.history import Publishing
from scheduler.term.notices.slip import SlipLine

_KINDS: dict[str, type[Change]] = {
    "lesson": DatedChange,
    "extra": ExtraLesson,
    "bell": BellDay,
    "event": EventDay,
}
_KIND_OF = {kind: name for name, kind in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class Line:
    """A change as it stands in the log; ``undone_at`` (UTC) is None in force."""

    change_id: int
    batch_id: int
    change: Change
    undone_at: dt.datetime | None
    undone_by: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Changes that were made together, and why, by whom and when.

    ``late``: after a date that they changed. ``slip`` is their paper, as JSON.
    """

    batch_id: int
    asked: Asked
    made_at: dt.datetime
    lines: tuple[Line, ...]
    late: bool = False
    slip: str = "[]"

    @property
    def of_lessons(self) -> bool:
        """Whether it has a slip, as it is not of events and bells alone."""
        return self.slip != "[]"

    def slip_lines(self) -> tuple[SlipLine, ...]:
        """What its paper says, as it was when the batch was made."""
        return typed(tuple[SlipLine, ...], json.loads(self.slip))

    @property
    def undone(self) -> bool:
        """Whether nothing of it is in force any more."""
        return all(line.undone_at is not None for line in self.lines)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Its changes, in the order in which they were made, undone ones included."""
        return tuple(line.change for line in self.lines)


def load_changes(connection: Connection, term: str) -> tuple[Change, ...]:
    """Changes in force in a term, in the order in which they were made."""
    return tuple(
        line.change
        for line in _lines(connection, DATED_CHANGES.c.term == term)
        if line.undone_at is None
    )


def load_batches(connection: Connection, term: str) -> tuple[Batch, ...]:
    """All batches of a term, oldest first."""
    lines: dict[int, list[Line]] = {}
    for line in _lines(connection, DATED_CHANGES.c.term == term):
        lines.setdefault(line.batch_id, []).append(line)
    table = CHANGE_BATCHES.c
    wanted = select(CHANGE_BATCHES).where(
        here(connection, CHANGE_BATCHES), table.term == term
    )
    rows = connection.execute(wanted.order_by(table.batch_id))
    return tuple(_batch(row, tuple(lines[row.batch_id])) for row in rows)


def add_batch(
    connection: Connection,
    term: str,
    asked: Asked,
    changes: Sequence[Change],
    at: dt.datetime,
    slip: Iterable[SlipLine] = (),
    late: bool = False,
) -> Batch:
    """Write changes down; extra lessons are to have their names."""
    batch_id = next_number(connection, CHANGE_BATCHES.c.batch_id)
    first = next_number(connection, DATED_CHANGES.c.change_id)
    office = office_of(connection)
    key = {"office": office, "batch_id": batch_id, "term": term}
    told = json.dumps(plain(tuple(slip)), ensure_ascii=False)
    more = {"made_at": at, "slip": told, "late": late}
    connection.execute(insert(CHANGE_BATCHES).values(**key, **plain(asked), **more))
    rows = [
        key
        | {
            "change_id": first + number,
            "kind": _KIND_OF[type(change)],
            "lesson_id": getattr(change, "lesson_id", ""),
            "date": change.date,
            "body": json.dumps(plain(change), ensure_ascii=False),
        }
        for number, change in enumerate(changes)
    ]
    connection.execute(insert(DATED_CHANGES), rows)
    lines = (Line(first + k, batch_id, c, None, "") for k, c in enumerate(changes))
    return Batch(batch_id, asked, at, tuple(lines), late, told)


def named(connection: Connection, changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes with permanent names for those extra lessons that have none."""
    first = next_number(connection, DATED_CHANGES.c.change_id)
    return tuple(
        replace(change, lesson_id=f"{EXTRA}{number}#1")
        if isinstance(change, ExtraLesson)
        else change
        for number, change in enumerate(changes, start=first)
    )


def end_changes(
    connection: Connection, change_ids: Sequence[int], at: dt.datetime, by: str
) -> None:
    """Mark changes as undone."""
    which = DATED_CHANGES.c.change_id.in_(change_ids)
    ours = update(DATED_CHANGES).where(here(connection, DATED_CHANGES), which)
    connection.execute(ours.values(undone_at=at, undone_by=by))


def import_replacements(
    connection: Connection,
    term: str,
    rows: Iterable[Replacement],
    act: Publishing,
) -> None:
    """Take the replacements.csv of a publication into the log, from its first date on.

    Rows that the log has are left as they are; changes that an earlier publication
    brought and that the table no longer has are undone.
    """
    batches = load_batches(connection, term)
    asked = {(r.date, r.lesson_id): r for r in rows if r.date >= act.begins}
    in_force = [
        (batch, line)
        for batch in batches
        for line in batch.lines
        if line.undone_at is None and line.change.date >= act.begins
    ]
    gone = [
        line.change_id
        for batch, line in in_force
        if batch.asked.reason is Reason.IMPORT
        if not {*to_replacements((line.change,))} <= {*asked.values()}
    ]
    kept = (line.change for _, line in in_force if line.change_id not in gone)
    known = {(r.date, r.lesson_id): r.layout_id for r in to_replacements(kept)}
    new = [r for key, r in asked.items() if known.get(key) != r.layout_id]
    if gone:
        end_changes(connection, gone, act.at, "")
    if new:
        batch = Asked(Reason.IMPORT)
        add_batch(connection, term, batch, from_replacements(new), act.at)


def _lines(connection: Connection, wanted: ColumnElement[bool]) -> tuple[Line, ...]:
    chosen = select(DATED_CHANGES).where(here(connection, DATED_CHANGES), wanted)
    rows = connection.execute(chosen.order_by(DATED_CHANGES.c.change_id))
    return tuple(
        Line(
            row.change_id,
            row.batch_id,
            typed(_KINDS[row.kind], json.loads(row.body)),
            row.undone_at,
            row.undone_by or "",
        )
        for row in rows
    )


def _batch(row: Row[Any], lines: tuple[Line, ...]) -> Batch:
    asked = Asked(
        Reason(row.reason),
        row.note,
        row.form,
        HalfDay(row.half),
        row.asked_by,
        row.approved_by,
        row.made_by,
        row.leave_id,
    )
    return Batch(row.batch_id, asked, row.made_at, lines, row.late, row.slip)
