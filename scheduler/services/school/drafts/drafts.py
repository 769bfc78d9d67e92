"""Drafts of an office: begun, worked on by several people at once, published.

An operation is judged by what the desk knows, then written down in a short transaction
if nothing newer is there. Where somebody was faster, their operations are taken in and
it is judged anew. So all see one order, whichever process they work in, and nobody
waits for another one's judging.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection

from scheduler.formats.archive import pack, unpack
from scheduler.model.errors import InputError
from scheduler.model.timetable import Timetable
from scheduler.services.access.deeds import Act as Deed
from scheduler.services.access.deeds import note_deed
from scheduler.services.access.permissions import Action
from scheduler.services.school.drafts.desk import Asked, Desk, Keep, Step
from scheduler.services.school.drafts.operations import Operation
from scheduler.services.school.drafts.refusals import (
    DraftClosed,
    DraftGoesOn,
    DraftUnknown,
    Refused,
)
from scheduler.services.school.drafts.rows import (
    Activity,
    Draft,
    add_draft,
    add_operation,
    close_draft,
    load_activity,
    load_draft,
    load_drafts,
    load_operations,
    load_start,
)
from scheduler.services.store.database import OfficeDatabase
from scheduler.services.store.turns import Turns

_KEPT = 8
"""Desks of an office kept in memory: a board takes seconds to make."""
_RACES = 3
"""Races with others that one may lose; then they wait until it is judged."""
Act = Callable[[Desk, Asked], Step]
T = TypeVar("T")


@dataclass(slots=True)
class _Open:
    """A desk in memory, for one thread at a time."""

    desk: Desk
    turns: Turns = field(default_factory=Turns)


class _Overtaken(Exception):
    """Others were faster; ``operations`` are theirs."""

    def __init__(self, operations: tuple[Operation, ...]) -> None:
        super().__init__(operations)
        self.operations = operations


class Drafts:
    """The drafts of an office; safe to use from several threads and processes."""

    def __init__(self, database: OfficeDatabase) -> None:
        self._database = database
        self._open: OrderedDict[int, _Open] = OrderedDict()
        self._lock = threading.Lock()

    def new(
        self,
        name: str,
        owner: str,
        start: Timetable,
        base_version: int | None = None,
        locked: tuple[str, ...] = (),
    ) -> Draft:
        """Begin a draft with a timetable, which may be empty.

        Parameters:
            base_version: The publication it was made from.
            locked: Ids of lessons locked from the start.
        """
        draft = Draft(0, name, owner, base_version, self._database.now())
        with self._database.write(Action.EDIT_DRAFTS) as connection:
            number = add_draft(connection, draft, pack(start), locked)
            about = f"{number} {name}"
            note_deed(connection, draft.made_at, owner, Deed.BEGIN_DRAFT, about)
        return Draft(number, name, owner, base_version, draft.made_at)

    def all(self) -> tuple[Draft, ...]:
        """All drafts, newest first, closed ones included."""
        with self._database.read() as connection:
            return load_drafts(connection)

    def activity(self) -> dict[int, Activity]:
        """What was done on each draft, and by whom; untouched ones are left out."""
        with self._database.read() as connection:
            return load_activity(connection)

    def get(self, draft_id: int) -> Draft:
        """A draft by its number.

        Raises:
            DraftUnknown: there is none.
        """
        with self._database.read() as connection:
            found = load_draft(connection, draft_id)
        if found is None:
            raise DraftUnknown(draft_id)
        return found

    def look(self, draft_id: int, see: Callable[[Desk], T]) -> T:
        """Look at a draft as it is now, operations of others included.

        Raises:
            DraftUnknown: there is none.
        """
        opened = self._opened(draft_id)
        with opened.turns:
            self._catch_up(draft_id, opened.desk)
            return see(opened.desk)

    def do(
        self,
        draft_id: int,
        who: str,
        act: Act,
        seen: int | None = None,
        force: bool = False,
    ) -> Step:
        """Do one operation.

        Parameters:
            act: What is to be done, such as ``lambda desk, asked: desk.undo(asked)``.
            seen: Number of the last operation that the person has seen; None: all.
            force: Put lessons also where a hard rule forbids them.

        Raises:
            DraftUnknown, DraftClosed: it cannot be worked on.
            Refused: why not; nothing has changed.
            InputError: rows would have faults; nothing has changed.
        """
        opened = self._opened(draft_id)

        def judge(keep: Keep) -> Step:
            last = opened.desk.history.last if seen is None else seen
            asked = Asked(who, self._database.now(), last, force, keep)
            return act(opened.desk, asked)

        with opened.turns:
            try:
                return self._raced(draft_id, opened.desk, judge)
            except (Refused, InputError):
                raise
            except BaseException:
                # What could not be written down whole is read anew.
                with self._lock:
                    self._open.pop(draft_id, None)
                raise

    def discard(self, draft_id: int, who: str) -> None:
        """Close a draft unpublished; it stays in the list.

        Raises:
            DraftUnknown, DraftClosed: it cannot be.
        """
        with self._database.write(Action.EDIT_DRAFTS) as connection:
            _check_open(load_draft(connection, draft_id), draft_id)
            now = self._database.now()
            close_draft(connection, draft_id, who, now, None)
            note_deed(connection, now, who, Deed.DISCARD_DRAFT, str(draft_id))

    def close(
        self, connection: Connection, draft_id: int, who: str, version: int, last: int
    ) -> None:
        """Say which version a draft became, in the transaction that publishes it.

        Parameters:
            last: The last operation that was published.

        Raises:
            DraftUnknown, DraftClosed, DraftGoesOn: it is closed, or has more by now.
        """
        _check_open(load_draft(connection, draft_id), draft_id)
        if newer := load_operations(connection, draft_id, last):
            raise DraftGoesOn(newer[-1])
        close_draft(connection, draft_id, who, self._database.now(), version)

    def _raced(self, draft_id: int, desk: Desk, judge: Callable[[Keep], Step]) -> Step:
        """Judge until nobody has been faster."""
        self._catch_up(draft_id, desk, must_be_open=True)
        for _ in range(_RACES):
            try:
                return judge(partial(self._keep, draft_id))
            except _Overtaken as faster:
                _follow(desk, faster.operations)
        with self._database.write(Action.EDIT_DRAFTS) as connection:
            _check_open(load_draft(connection, draft_id), draft_id)
            _follow(desk, load_operations(connection, draft_id, desk.history.last))
            return judge(partial(_write, connection, draft_id))

    def _keep(self, draft_id: int, operation: Operation) -> None:
        """Write an operation down, unless others were faster."""
        with self._database.write(Action.EDIT_DRAFTS) as connection:
            _check_open(load_draft(connection, draft_id), draft_id)
            newer = load_operations(connection, draft_id, operation.number - 1)
            if newer:
                raise _Overtaken(newer)
            _write(connection, draft_id, operation)

    def _catch_up(self, draft_id: int, desk: Desk, must_be_open: bool = False) -> None:
        with self._database.read() as connection:
            if must_be_open:
                _check_open(load_draft(connection, draft_id), draft_id)
            later = load_operations(connection, draft_id, desk.history.last)
        _follow(desk, later)

    def _opened(self, draft_id: int) -> _Open:
        with self._lock:
            if draft_id in self._open:
                self._open.move_to_end(draft_id)
                return self._open[draft_id]
        made = _Open(self._made(draft_id))
        with self._lock:
            opened = self._open.setdefault(draft_id, made)
            while len(self._open) > _KEPT:
                self._open.popitem(last=False)
            return opened

    def _made(self, draft_id: int) -> Desk:
        with self._database.read() as connection:
            if load_draft(connection, draft_id) is None:
                raise DraftUnknown(draft_id)
            archive, locked = load_start(connection, draft_id)
            operations = load_operations(connection, draft_id)
        return Desk(unpack(archive), locked, operations)


def _write(connection: Connection, draft_id: int, operation: Operation) -> None:
    add_operation(connection, draft_id, operation)
    about = f"{draft_id} {operation.number} {operation.kind}"
    note_deed(connection, operation.at, operation.who, Deed.EDIT_DRAFT, about)


def _follow(desk: Desk, operations: Iterable[Operation]) -> None:
    for operation in operations:
        desk.follow(operation)


def _check_open(draft: Draft | None, draft_id: int) -> None:
    if draft is None:
        raise DraftUnknown(draft_id)
    if draft.closed_at is not None:
        raise DraftClosed(draft_id, draft.published_version)
