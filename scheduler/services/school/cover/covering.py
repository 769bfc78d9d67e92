"""Leaves of an office: entered, approved, answered by proposals, released as changes.

What is taken for a lesson is a pick, seen by nobody until it is released: then one
batch of dated changes is made for each leave, and calendars follow.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from scheduler.constraints import describe
from scheduler.model.text import Text
from scheduler.services.access.deeds import Act, note_deed
from scheduler.services.access.permissions import Action
from scheduler.services.school.changes import (
    NOTHING_PUBLISHED,
    CannotChange,
    Changes,
    Transaction,
)
from scheduler.services.school.cover.entering import refuse_leave, swap_changes
from scheduler.services.school.publishing import Publications
from scheduler.services.store.change_rows import Batch
from scheduler.services.store.database import OfficeDatabase
from scheduler.services.store.leave_rows import (
    KeptLeave,
    Pick,
    add_leave,
    decide,
    keep_picks,
    load_leave,
    load_leaves,
)
from scheduler.services.store.office_rows import read_cover_settings
from scheduler.term.changes import Batch as Asked
from scheduler.term.changes import Change, Reason
from scheduler.term.checking import refusals
from scheduler.term.cover.board import Board, Need
from scheduler.term.cover.leaves import Leave, LeaveState, Wish
from scheduler.term.cover.proposing import by_hand, proposals, why_not
from scheduler.term.cover.weighing import Kind, Proposal
from scheduler.term.dated import Key

NO_LEAVE = Text("没有这张请假单，或已经处理过。", "There is no such leave to decide.")
NO_NEED = Text(
    "这节课已有安排，或当天不上。", "This lesson is settled already, or not given then."
)
NO_PROPOSAL = Text(
    "这个方案已经不成立，请重新选择。", "This proposal holds no more; pick another one."
)
NO_PICKS = Text("没有待发布的安排。", "There is nothing to release.")


@dataclass(frozen=True, slots=True)
class Release:
    """On which form, with what note and by whom picks are released."""

    by: str = ""
    note: str = ""
    form: str = ""
    approved_by: str = ""


class Covering:
    """Leaves, wishes and picks of an office."""

    def __init__(
        self, database: OfficeDatabase, publications: Publications, changes: Changes
    ) -> None:
        self._database, self._publications = database, publications
        self._changes = changes

    def leaves(self, date: dt.date | None = None) -> tuple[KeptLeave, ...]:
        """All leaves and wishes of a date's term, in the order they were entered."""
        with self._database.read() as connection:
            code = self._publications.term_of(connection, date)
            return load_leaves(connection, code) if code else ()

    def board(self, first: dt.date, last: dt.date | None = None) -> Board:
        """What is known of some dates: leaves in force, changes, picks after them.

        Raises:
            CannotChange: nothing is published.
        """
        with self._database.read() as connection:
            return self._board(connection, first, last or first)

    def preview(self, leave: Leave) -> Board:
        """The board of a leave that is not entered.

        Raises:
            CannotChange: it would not be; nothing is kept in any case.
        """
        with self._database.read() as connection:
            code = self._publications.term_of(connection, leave.first)
            if code is None:
                raise CannotChange(NOTHING_PUBLISHED)
            log = self._changes.transaction(connection, code)
            texts = refuse_leave(log, leave, load_leaves(connection, code))
            if texts:
                raise CannotChange(*texts)
            board = self._board(connection, leave.first, leave.last)
        return replace(board, leaves=(*board.leaves, leave), only=leave)

    def enter(
        self, what: Leave | Wish, by: str, state: LeaveState = LeaveState.APPROVED
    ) -> KeptLeave:
        """Write a leave down, or a wish; asked for by a teacher it is not in force.

        Raises:
            CannotChange: it says nothing, or it is known already; nothing is kept.
        """
        first = what.first if isinstance(what, Leave) else what.date
        asks = state is LeaveState.ASKED
        action = Action.ASK_LEAVE if asks else Action.CHANGE_DATES
        with self._changes.open(first, action) as log:
            known = load_leaves(log.connection, log.term)
            texts = refuse_leave(log, what, known)
            if texts:
                raise CannotChange(*texts)
            made = add_leave(log.connection, log.term, what, state, by, log.at)
            self._note(log, by, made)
        return made

    def decide(
        self, leave_id: int, approve: bool, by: str, answer: str = ""
    ) -> Batch | None:
        """Approve or decline what a teacher asked for; a swap is made at once.

        Raises:
            CannotChange: it is decided, or its swap cannot be made; nothing is kept.
        """
        state = LeaveState.APPROVED if approve else LeaveState.DECLINED
        with self._open(leave_id, LeaveState.ASKED) as (log, kept):
            decide(log.connection, leave_id, state, by, log.at, answer)
            self._note(log, by, kept)
            if not approve or kept.wish is None:
                return None
            asked = Asked(
                *(Reason.SWAP, kept.wish.note),
                asked_by=kept.asked_by,
                approved_by=by,
                made_by=by,
                leave_id=leave_id,
            )
            return log.make(asked, swap_changes(log, kept.wish))

    def withdraw(self, leave_id: int, by: str, undo: bool = False) -> tuple[Batch, ...]:
        """End a leave: what is open of it needs nothing more.

        Parameters:
            undo: Take back what was released for it, too.

        Returns the batches taken back.

        Raises:
            CannotChange: it is not in force; nothing has changed.
        """
        with self._open(leave_id, LeaveState.APPROVED, LeaveState.ASKED) as (log, kept):
            decide(log.connection, leave_id, LeaveState.WITHDRAWN, by, log.at)
            self._note(log, by, kept)
            batches = tuple(
                b
                for b in log.batches()
                if undo and b.asked.leave_id == leave_id and not b.undone
            )
            for batch in batches:
                log.undo(batch, by)
        return batches

    def retract(self, leave_id: int, teacher_id: str, by: str) -> None:
        """Take back what a teacher asked for, while it waits.

        Raises:
            CannotChange: it is another's, or decided; nothing has changed.
        """
        with self._open(leave_id, LeaveState.ASKED, does=Action.ASK_LEAVE) as found:
            log, kept = found
            if kept.what.teacher_id != teacher_id:
                raise CannotChange(NO_LEAVE)
            decide(log.connection, leave_id, LeaveState.WITHDRAWN, by, log.at)
            self._note(log, by, kept)

    def take(self, key: Key, name: str) -> Pick:
        """Take one of the proposals for a lesson, by its name.

        Raises:
            CannotChange: it holds no more; nothing is kept.
        """

        def named(board: Board, need: Need) -> Proposal:
            found = (x for x in proposals(board, need) if x.name == name)
            proposal = next(found, None)
            if proposal is None:
                raise CannotChange(NO_PROPOSAL)
            return proposal

        return self._take(key, named)

    def take_by_hand(self, key: Key, kind: Kind, teacher_id: str) -> Pick:
        """Take somebody of one's own choice for a lesson.

        Raises:
            CannotChange: what stands in the way; nothing is kept.
        """
        return self._take(key, lambda b, n: by_hand(b, n, kind, teacher_id))

    def take_all(self, found: Iterable[Proposal]) -> tuple[Pick, ...]:
        """Take proposals for several lessons, all or none.

        Raises:
            CannotChange: one holds no more; nothing is kept.
        """
        given = tuple(found)
        if not given:
            return ()
        dates = [x.need.lesson.date for x in given]
        with self._changes.open(dates[0]) as log:
            board = self._board(log.connection, min(dates), max(dates))
            needs = {x.key: x for x in board.needs}
            if any(x.need.key not in needs for x in given):
                raise CannotChange(NO_NEED)
            changes = [c for x in given for c in x.changes]
            texts = refusals(board.versions, board.changes, changes)
            if texts:
                raise CannotChange(*texts)
            return tuple(
                self._keep(log.connection, needs[x.need.key], x) for x in given
            )

    def drop(self, leave_id: int, keys: Iterable[Key] | None = None) -> None:
        """Take back picks that are not released: those of some lessons, or all."""
        wanted = None if keys is None else set(keys)
        with self._database.write(Action.CHANGE_DATES) as connection:
            kept = load_leave(connection, leave_id)
            if kept is not None:
                left = [x for x in kept.picks if wanted and x.key not in wanted]
                keep_picks(connection, leave_id, left)

    def release(self, leave_ids: Sequence[int], asked: Release) -> tuple[Batch, ...]:
        """Make what was picked for some leaves: one batch each, all or none.

        Raises:
            CannotChange: something has come between, or there is nothing to release.
        """
        with self._database.read() as connection:
            found = (load_leave(connection, x) for x in leave_ids)
            waiting = [x for x in found if x is not None and x.picks]
        if not waiting:
            raise CannotChange(NO_PICKS)
        with self._changes.open(waiting[0].picks[0].date) as log:
            fresh = [load_leave(log.connection, x.leave_id) for x in waiting]
            kept = [x for x in fresh if x is not None and x.picks]
            if [x.picks for x in kept] != [x.picks for x in waiting]:
                raise CannotChange(NO_PROPOSAL)
            new = [c for x in kept for pick in x.picks for c in pick.changes]
            texts = refusals(log.versions, log.in_force(), new)
            if texts:
                raise CannotChange(*texts)
            return tuple(self._released(log, x, asked) for x in kept)

    def _released(self, log: Transaction, kept: KeptLeave, asked: Release) -> Batch:
        batch = Asked(
            *(Reason.ABSENCE, asked.note, asked.form),
            asked_by=kept.asked_by,
            approved_by=asked.approved_by or kept.decided_by,
            made_by=asked.by,
            leave_id=kept.leave_id,
        )
        changes = [c for pick in kept.picks for c in pick.changes]
        made = log.make(batch, changes, checked=True)
        keep_picks(log.connection, kept.leave_id, ())
        return made

    def _take(self, key: Key, choose: Callable[[Board, Need], Proposal]) -> Pick:
        with self._changes.open(key[0]) as log:
            need, board = self._need(log.connection, key)
            proposal = choose(board, need)
            texts = why_not(board, proposal)
            if texts:
                raise CannotChange(*texts)
            return self._keep(log.connection, need, proposal)

    def _need(self, connection: Connection, key: Key) -> tuple[Need, Board]:
        leaves = [x.leave for x in self._in_force(connection, key[0]) if x.leave]
        # A lesson that was moved may be held on another date than the week has it.
        leaves.sort(key=lambda x: not x.first <= key[0] <= x.last)
        for leave in leaves:
            board = self._board(connection, leave.first, leave.last)
            for need in board.needs:
                if need.key == key:
                    return need, board
        raise CannotChange(NO_NEED)

    def _keep(self, connection: Connection, need: Need, proposal: Proposal) -> Pick:
        kept = next(
            x
            for x in self._in_force(connection, need.lesson.date)
            if x.leave == need.leave
        )
        pick = Pick(*need.key, proposal.kind, proposal.name, proposal.changes)
        keep_picks(connection, kept.leave_id, (*kept.picks, pick))
        return pick

    def _in_force(self, connection: Connection, date: dt.date) -> tuple[KeptLeave, ...]:
        code = self._publications.term_of(connection, date)
        found = load_leaves(connection, code) if code else ()
        return tuple(x for x in found if x.in_force)

    def _board(self, connection: Connection, first: dt.date, last: dt.date) -> Board:
        code = self._publications.term_of(connection, first)
        if code is None:
            raise CannotChange(NOTHING_PUBLISHED)
        log = self._changes.transaction(connection, code)
        kept = [x for x in load_leaves(connection, code) if x.in_force]
        picks: list[Change] = [c for x in kept for p in x.picks for c in p.changes]
        return Board(
            log.versions,
            (*log.in_force(), *picks),
            tuple(x.leave for x in kept if x.leave),
            read_cover_settings(connection),
            first,
            last,
            min(log.today, first),
        )

    def _note(self, log: Transaction, by: str, kept: KeptLeave) -> None:
        problem, name = log.versions.newest.problem, kept.what.teacher_id
        known = name in problem.teacher
        who = describe.teacher(problem, name) if known else name
        note_deed(log.connection, log.at, by, Act.LEAVE, f"{kept.leave_id} {who}")

    @contextmanager
    def _open(
        self,
        leave_id: int,
        *states: LeaveState,
        does: Action = Action.CHANGE_DATES,
    ) -> Iterator[tuple[Transaction, KeptLeave]]:
        """The log, open, and a leave that is in one of some states."""
        with self._database.read() as connection:
            known = load_leave(connection, leave_id)
        if known is None:
            raise CannotChange(NO_LEAVE)
        what = known.what
        with self._changes.open(
            what.first if isinstance(what, Leave) else what.date, does
        ) as log:
            kept = load_leave(log.connection, leave_id)
            if kept is None or kept.state not in states:
                raise CannotChange(NO_LEAVE)
            yield log, kept
