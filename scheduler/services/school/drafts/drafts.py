"""Drafts of an office: begun, worked on by several people at once, published.

Every operation is one transaction under the office's lock: what others have done since
is taken in first, so that all see one order, whichever process they work in.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from scheduler.formats.archive import pack, unpack
from scheduler.model.timetable import Timetable
from scheduler.services.school.drafts.desk import Asked, Desk, Step
from scheduler.services.school.drafts.refusals import DraftClosed, DraftUnknown
from scheduler.services.school.drafts.rows import (
    Draft,
    add_draft,
    add_operation,
    close_draft,
    load_draft,
    load_drafts,
    load_operations,
    load_start,
)
from scheduler.services.store.database import OfficeDatabase

_KEPT = 8
"""Desks of an office kept in memory: a board takes seconds to make."""
Act = Callable[[Desk, Asked], Step]
T = TypeVar("T")


@dataclass(slots=True)
class _Open:
    """A desk in memory, for one thread at a time."""

    desk: Desk
    lock: threading.RLock = field(default_factory=threading.RLock)


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
        with self._database.write() as connection:
            number = add_draft(connection, draft, pack(start), locked)
        return Draft(number, name, owner, base_version, draft.made_at)

    def all(self) -> tuple[Draft, ...]:
        """All drafts, newest first, closed ones included."""
        with self._database.read() as connection:
            return load_drafts(connection)

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
        with opened.lock:
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
        with opened.lock:
            # The board is made before others have to wait for this transaction.
            self._catch_up(draft_id, opened.desk)
            opened.desk.prepare()
            try:
                return self._written(draft_id, opened.desk, who, act, seen, force)
            except BaseException:
                # What was refused changed nothing; what was not written must go.
                self._forget_if_ahead(draft_id, opened.desk)
                raise

    def discard(self, draft_id: int, who: str) -> None:
        """Close a draft unpublished; it stays in the list.

        Raises:
            DraftUnknown, DraftClosed: it cannot be.
        """
        self.close(draft_id, who, None)

    def close(self, draft_id: int, who: str, version: int | None) -> None:
        """Say what became of a draft: a version, or nothing.

        Raises:
            DraftUnknown, DraftClosed: it is closed already.
        """
        with self._database.write() as connection:
            _check_open(load_draft(connection, draft_id), draft_id)
            now = self._database.now()
            close_draft(connection, draft_id, who, now, version)

    def _written(
        self,
        draft_id: int,
        desk: Desk,
        who: str,
        act: Act,
        seen: int | None,
        force: bool,
    ) -> Step:
        with self._database.write() as connection:
            _check_open(load_draft(connection, draft_id), draft_id)
            for operation in load_operations(connection, draft_id, desk.history.last):
                desk.follow(operation)
            last = desk.history.last
            at = self._database.now()
            asked = Asked(who, at, last if seen is None else seen, force)
            step = act(desk, asked)
            add_operation(connection, draft_id, step.operation)
        return step

    def _forget_if_ahead(self, draft_id: int, desk: Desk) -> None:
        with self._database.read() as connection:
            kept = load_operations(connection, draft_id, desk.history.last - 1)
        if desk.history.last and not kept:
            with self._lock:
                self._open.pop(draft_id, None)

    def _catch_up(self, draft_id: int, desk: Desk) -> None:
        with self._database.read() as connection:
            later = load_operations(connection, draft_id, desk.history.last)
        for operation in later:
            desk.follow(operation)

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


def _check_open(draft: Draft | None, draft_id: int) -> None:
    if draft is None:
        raise DraftUnknown(draft_id)
    if draft.closed_at is not None:
        raise DraftClosed(draft_id, draft.published_version)
