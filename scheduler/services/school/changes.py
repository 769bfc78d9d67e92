"""The log of dated changes: made in batches, checked before, undone, never lost.

Nothing of it publishes a new version of the week. Calendars follow in the same
transaction: entries of the dates concerned, and nothing else.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, update

from scheduler.model.text import Text, joined
from scheduler.services.access.deeds import Act, note_deed
from scheduler.services.access.permissions import Action
from scheduler.services.school.publishing import (
    Publications,
    local_date,
    newest_publication,
    recent_terms,
)
from scheduler.services.store.change_rows import (
    Batch,
    add_batch,
    end_changes,
    load_batches,
    load_changes,
    named,
)
from scheduler.services.store.database import OfficeDatabase
from scheduler.services.store.entry_rows import load_dates, save
from scheduler.services.store.office_check import here
from scheduler.services.store.schema import BODIES
from scheduler.term.calendar import term_code
from scheduler.term.changes import Batch as Asked
from scheduler.term.changes import Change, DatedChange
from scheduler.term.checking import refusals
from scheduler.term.entries import Entry, FeedKind, concerned
from scheduler.term.held import term_lessons
from scheduler.term.history import Publishing, revise
from scheduler.term.notices.slip import slip_lines, touched_dates
from scheduler.term.versions import Versions

NOTHING_PUBLISHED = Text("还没有发布过课表。", "No timetable has been published yet.")
NO_BATCH = Text(
    "没有这一批改动，或已经撤销。", "There is no such batch of changes; maybe undone?"
)


class CannotChange(ValueError):
    """Changes are refused and nothing is kept; ``texts`` say why, one for each."""

    def __init__(self, *texts: Text) -> None:
        super().__init__(" ".join(text.en for text in texts))
        self.texts = texts

    @property
    def text(self) -> Text:
        """All of them as one."""
        return joined(self.texts, "", " ")


@dataclass
class Transaction:
    """One look at the log, and what can be done to it before it is closed.

    ``term`` is the code of the term, ``today`` the date at the school.
    """

    connection: Connection
    versions: Versions
    at: dt.datetime
    term: str = field(init=False)
    today: dt.date = field(init=False)

    def __post_init__(self) -> None:
        term = self.versions.newest.problem.term
        self.term, self.today = term_code(term), local_date(self.at, term.timezone)

    def in_force(self) -> tuple[Change, ...]:
        """Changes of the term, in the order in which they were made."""
        return load_changes(self.connection, self.term)

    def batches(self) -> tuple[Batch, ...]:
        """All batches of the term, undone ones included, oldest first."""
        return load_batches(self.connection, self.term)

    def batch(self, batch_id: int) -> Batch | None:
        """A batch of the term that is in force; None where there is none."""
        found = (b for b in self.batches() if b.batch_id == batch_id and not b.undone)
        return next(found, None)

    def make(self, asked: Asked, new: Sequence[Change], checked: bool = False) -> Batch:
        """Make changes, after judging them together.

        Parameters:
            checked: They come from a plan that heeds what stands in their way.

        Raises:
            CannotChange: they cannot be made; nothing has changed.
        """
        known = self.in_force()
        made = named(self.connection, _as_known(self.versions, known, new))
        if not checked:
            found = refusals(self.versions, known, made)
            if found:
                raise CannotChange(*found)
        past = [x for x in touched_dates(self.versions, known, made) if x < self.today]
        if past and not asked.note:
            raise CannotChange(_late(min(past)))
        slip = slip_lines(self.versions, known, made)
        batch = add_batch(
            *(self.connection, self.term, asked, made, self.at), slip, bool(past)
        )
        self._note(asked.made_by, Act.CHANGE, batch.batch_id, made)
        self._follow(made)
        return batch

    def undo(self, batch: Batch, by: str) -> None:
        """Take a batch back: what it changed is as it would be without it."""
        lines = [line for line in batch.lines if line.undone_at is None]
        ids = [line.change_id for line in lines]
        end_changes(self.connection, ids, self.at, by)
        changes = [line.change for line in lines]
        self._note(by, Act.UNDO, batch.batch_id, changes)
        self._follow(changes)

    def _note(
        self, by: str, act: Act, batch_id: int, changes: Iterable[Change]
    ) -> None:
        dates = "、".join(sorted({f"{x.date}" for x in changes}))
        note_deed(self.connection, self.at, by, act, f"{batch_id} {dates}")

    def _follow(self, changes: Iterable[Change]) -> None:
        """Let calendars follow on the dates of some changes."""
        dates = {date for change in changes for date in change.dates}
        newest = newest_publication(self.connection)
        assert newest is not None
        act = Publishing(newest.version, self.at, min(dates))
        previous = load_dates(self.connection, self.term, dates)
        entries = revise(previous, self.versions, act, self.in_force(), dates)
        changed = save(self.connection, previous, entries, self.at)
        before = {entry.key: entry for entry in previous}
        told = {before[e.key] for e in changed if e.key in before}
        _forget(self.connection, (*changed, *told))


def _as_known(
    versions: Versions, known: Sequence[Change], new: Sequence[Change]
) -> tuple[Change, ...]:
    """The changes, those of teachers with the teachers whom they stand in for.

    A later timetable that gives the lesson to somebody else needs no substitute.
    """
    asked = {c.date for c in new if isinstance(c, DatedChange) and c.teacher_ids}
    lessons = term_lessons(versions, known, asked | _moved_to(known)) if asked else ()
    given = {x.key: x.meeting.teacher_ids for x in lessons}
    return tuple(
        replace(c, was=replace(c.was, teacher_ids=given.get((c.date, c.lesson_id))))
        if isinstance(c, DatedChange) and c.teacher_ids and c.was.teacher_ids is None
        else c
        for c in new
    )


def _moved_to(changes: Sequence[Change]) -> set[dt.date]:
    """Dates to which lessons have gone."""
    return {c.held_on for c in changes if isinstance(c, DatedChange) and c.to_date}


def _forget(connection: Connection, entries: Iterable[Entry]) -> None:
    """Let feeds that show these entries be built anew when they are asked for."""
    found: dict[FeedKind, set[str]] = {}
    for entry in entries:
        before = entry.former and entry.former.facts
        for facts in (entry.facts, before, entry.planned):
            for kind, name in concerned(facts) if facts else ():
                found.setdefault(kind, set()).add(name)
    for kind, names in found.items():
        kept = update(BODIES).where(
            here(connection, BODIES),
            BODIES.c.kind == kind,
            BODIES.c.resource_id.in_(names),
        )
        connection.execute(kept.values(good_until=dt.date.min))


class Changes:
    """The log of an office."""

    def __init__(self, database: OfficeDatabase, publications: Publications) -> None:
        self._database, self._publications = database, publications

    def in_force(self, date: dt.date | None = None) -> tuple[Change, ...]:
        """Changes in force of the term of a date, in the order they were made.

        Without a date those of the term published last.
        """
        with self._database.read() as connection:
            code = self._publications.term_of(connection, date)
            return load_changes(connection, code) if code else ()

    def batches(self, date: dt.date | None = None) -> tuple[Batch, ...]:
        """All batches of a term, undone ones included, oldest first."""
        with self._database.read() as connection:
            code = self._publications.term_of(connection, date)
            return load_batches(connection, code) if code else ()

    def make(self, asked: Asked, new: Sequence[Change]) -> Batch:
        """Make changes of one term, all or none; extra lessons get their ids.

        Raises:
            CannotChange: they cannot be made; nothing has changed.
        """
        with self.open(new[0].date) as transaction:
            return transaction.make(asked, new)

    def undo(self, batch_id: int, by: str = "") -> Batch:
        """Take a batch back; it is returned as it was.

        Raises:
            CannotChange: there is none in force; nothing has changed.
        """
        with self._database.write(Action.CHANGE_DATES) as connection:
            for code in recent_terms(connection):
                transaction = self.transaction(connection, code)
                batch = transaction.batch(batch_id)
                if batch is not None:
                    transaction.undo(batch, by)
                    return batch
        raise CannotChange(NO_BATCH)

    @contextmanager
    def open(
        self, date: dt.date | None = None, action: Action = Action.CHANGE_DATES
    ) -> Iterator[Transaction]:
        """What can be done to the log of a date's term, kept whole or not at all.

        Parameters:
            action: What whoever acts must be allowed to do.

        Raises:
            CannotChange: nothing is published.
        """
        with self._database.write(action) as connection:
            code = self._publications.term_of(connection, date)
            if code is None:
                raise CannotChange(NOTHING_PUBLISHED)
            yield self.transaction(connection, code)

    def transaction(self, connection: Connection, code: str) -> Transaction:
        """The log of a term by way of a connection that is open already."""
        versions = self._publications.versions_in(connection, code)
        at = self._database.now().replace(microsecond=0)
        return Transaction(connection, versions, at)


def _late(date: dt.date) -> Text:
    return Text(
        f"{date}已经过去：补记要写明原因。",
        f"{date} is past: a late entry needs a note that says why.",
    )
