"""Leaves and wishes for swaps in the database, with the proposals taken for them."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from scheduler.formats.archive import plain, typed
from scheduler.services.store.office_check import here, office_of
from scheduler.services.store.schema import LEAVES
from scheduler.services.store.upserts import next_number
from scheduler.term.changes import DatedChange
from scheduler.term.cover.leaves import Leave, LeaveState, Wish
from scheduler.term.cover.weighing import Kind
from scheduler.term.dated import Key

_KINDS: dict[str, type[Leave | Wish]] = {"leave": Leave, "swap": Wish}
_KIND_OF = {kind: name for name, kind in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class Pick:
    """A proposal taken for a lesson and not released yet; ``name`` tells it apart."""

    date: dt.date
    lesson_id: str
    kind: Kind
    name: str
    changes: tuple[DatedChange, ...]

    @property
    def key(self) -> Key:
        """What changes know the lesson by."""
        return self.date, self.lesson_id


@dataclass(frozen=True, slots=True)
class KeptLeave:
    """A leave, or a wish for a swap, as it stands in the books."""

    leave_id: int
    what: Leave | Wish
    state: LeaveState
    asked_by: str
    asked_at: dt.datetime
    decided_by: str = ""
    decided_at: dt.datetime | None = None
    answer: str = ""
    picks: tuple[Pick, ...] = ()

    @property
    def leave(self) -> Leave | None:
        """The leave, where it is one."""
        return self.what if isinstance(self.what, Leave) else None

    @property
    def wish(self) -> Wish | None:
        """The wish for a swap, where it is one."""
        return self.what if isinstance(self.what, Wish) else None

    @property
    def in_force(self) -> bool:
        """Whether the teacher is away by it."""
        return self.leave is not None and self.state is LeaveState.APPROVED


def add_leave(
    connection: Connection,
    term: str,
    what: Leave | Wish,
    state: LeaveState,
    by: str,
    at: dt.datetime,
) -> KeptLeave:
    """Write a leave or a wish down; one that is approved at once is decided, too."""
    leave_id = next_number(connection, LEAVES.c.leave_id)
    decided = state is not LeaveState.ASKED
    first, last = _span(what)
    row = {
        "office": office_of(connection),
        "leave_id": leave_id,
        "term": term,
        "kind": _KIND_OF[type(what)],
        "teacher_id": what.teacher_id,
        "first": first,
        "last": last,
        "state": state.value,
        "body": json.dumps(plain(what), ensure_ascii=False),
        "picks": "[]",
        "asked_by": by,
        "asked_at": at,
        "decided_by": by if decided else "",
        "decided_at": at if decided else None,
        "answer": "",
    }
    connection.execute(insert(LEAVES).values(row))
    found = load_leave(connection, leave_id)
    assert found is not None
    return found


def _span(what: Leave | Wish) -> tuple[dt.date, dt.date]:
    if isinstance(what, Leave):
        return what.first, what.last
    dates = [x for x in (what.date, what.with_date, what.to_date) if x]
    return min(dates), max(dates)


def load_leaves(
    connection: Connection, term: str, first: dt.date | None = None
) -> tuple[KeptLeave, ...]:
    """Leaves and wishes of a term, from a date on where one is given."""
    wanted = [LEAVES.c.term == term]
    if first is not None:
        wanted.append(LEAVES.c.last >= first)
    return _load(connection, *wanted)


def load_leave(connection: Connection, leave_id: int) -> KeptLeave | None:
    """A leave by its number."""
    return next(iter(_load(connection, LEAVES.c.leave_id == leave_id)), None)


def decide(
    connection: Connection,
    leave_id: int,
    state: LeaveState,
    by: str,
    at: dt.datetime,
    answer: str = "",
) -> None:
    """Say what becomes of a leave; picks are dropped unless it holds."""
    told: dict[str, Any] = {"state": state.value, "decided_by": by, "decided_at": at}
    told["answer"] = answer
    if state is not LeaveState.APPROVED:
        told["picks"] = "[]"
    connection.execute(_ours(connection, leave_id).values(**told))


def keep_picks(connection: Connection, leave_id: int, picks: Iterable[Pick]) -> None:
    """Keep the proposals taken for a leave."""
    text = json.dumps([plain(x) for x in picks], ensure_ascii=False)
    connection.execute(_ours(connection, leave_id).values(picks=text))


def _ours(connection: Connection, leave_id: int) -> Any:
    which = LEAVES.c.leave_id == leave_id
    return update(LEAVES).where(here(connection, LEAVES), which)


def _load(
    connection: Connection, *wanted: ColumnElement[bool]
) -> tuple[KeptLeave, ...]:
    chosen = select(LEAVES).where(here(connection, LEAVES), *wanted)
    rows = connection.execute(chosen.order_by(LEAVES.c.leave_id))
    return tuple(_kept(row) for row in rows)


def _kept(row: Row[Any]) -> KeptLeave:
    return KeptLeave(
        row.leave_id,
        typed(_KINDS[row.kind], json.loads(row.body)),
        LeaveState(row.state),
        row.asked_by,
        row.asked_at,
        row.decided_by,
        row.decided_at,
        row.answer,
        tuple(typed(Pick, x) for x in json.loads(row.picks)),
    )
