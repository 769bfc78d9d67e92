"""Drafts and their operations in the database."""

import datetime as dt
import json
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select, update

from scheduler.services.school.drafts.codec import changes_json, read_changes
from scheduler.services.school.drafts.operations import Kind, Operation
from scheduler.services.store.office_check import here, office_of
from scheduler.services.store.schema import DRAFT_OPERATIONS, DRAFTS
from scheduler.services.store.upserts import next_number


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft in a list; ``closed_at`` is None while it is worked on.

    ``base_version`` is the publication it was made from, None where it was begun with
    something else; ``published_version`` the one it became.
    """

    draft_id: int
    name: str
    owner: str
    base_version: int | None
    made_at: dt.datetime
    closed_at: dt.datetime | None = None
    closed_by: str | None = None
    published_version: int | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """How many steps a draft has, who did them, when the last one was done."""

    steps: int
    people: tuple[str, ...]
    last_at: dt.datetime


_LAST_NUMBER = 2**31 - 1
"""A larger one cannot be asked for."""
_LISTED = tuple(DRAFTS.c[name] for name in Draft.__slots__)


def add_draft(
    connection: Connection,
    draft: Draft,
    archive: bytes,
    locked: tuple[str, ...],
) -> int:
    """Write a new draft down; its number, whatever the given one is."""
    number = next_number(connection, DRAFTS.c.draft_id)
    connection.execute(
        insert(DRAFTS).values(
            office=office_of(connection),
            draft_id=number,
            name=draft.name,
            owner=draft.owner,
            base_version=draft.base_version,
            made_at=draft.made_at,
            archive=archive,
            locked=json.dumps(locked),
        )
    )
    return number


def load_drafts(connection: Connection) -> tuple[Draft, ...]:
    """All drafts of the office, newest first."""
    wanted = select(*_LISTED).where(here(connection, DRAFTS))
    rows = connection.execute(wanted.order_by(DRAFTS.c.draft_id.desc()))
    return tuple(Draft(*row) for row in rows)


def load_draft(connection: Connection, draft_id: int) -> Draft | None:
    """A draft without its timetable; None where there is none."""
    if draft_id > _LAST_NUMBER:
        return None
    wanted = select(*_LISTED).where(
        here(connection, DRAFTS), DRAFTS.c.draft_id == draft_id
    )
    row = connection.execute(wanted).one_or_none()
    return None if row is None else Draft(*row)


def load_activity(connection: Connection) -> dict[int, Activity]:
    """What was done on each draft that has a step; the last person first."""
    table = DRAFT_OPERATIONS.c
    last = func.max(table.at).label("last")
    wanted = select(table.draft_id, table.who, func.count().label("steps"), last)
    ours = wanted.where(here(connection, DRAFT_OPERATIONS))
    rows = connection.execute(ours.group_by(table.draft_id, table.who)).all()
    found: dict[int, Activity] = {}
    for row in sorted(rows, key=lambda x: x.last, reverse=True):
        known = found.get(row.draft_id, Activity(0, (), row.last))
        people = (*known.people, row.who)
        found[row.draft_id] = Activity(known.steps + row.steps, people, known.last_at)
    return found


def load_start(connection: Connection, draft_id: int) -> tuple[bytes, tuple[str, ...]]:
    """What a draft began with: its archive, the lessons locked then."""
    wanted = select(DRAFTS.c.archive, DRAFTS.c.locked).where(
        here(connection, DRAFTS), DRAFTS.c.draft_id == draft_id
    )
    row = connection.execute(wanted).one()
    return row.archive, tuple(json.loads(row.locked))


def load_operations(
    connection: Connection, draft_id: int, after: int = 0
) -> tuple[Operation, ...]:
    """Operations of a draft whose numbers are above ``after``, in their order."""
    table = DRAFT_OPERATIONS
    wanted = select(table).where(
        here(connection, table), table.c.draft_id == draft_id, table.c.number > after
    )
    return tuple(
        Operation(
            row.number,
            Kind(row.kind),
            row.who,
            row.at,
            read_changes(row.changes),
            row.of,
        )
        for row in connection.execute(wanted.order_by(table.c.number))
    )


def add_operation(connection: Connection, draft_id: int, operation: Operation) -> None:
    """Write an operation down; a number that is taken is refused by the database."""
    connection.execute(
        insert(DRAFT_OPERATIONS).values(
            office=office_of(connection),
            draft_id=draft_id,
            number=operation.number,
            kind=operation.kind,
            who=operation.who,
            at=operation.at,
            changes=changes_json(operation.changes),
            of=operation.of,
        )
    )


def close_draft(
    connection: Connection,
    draft_id: int,
    who: str,
    at: dt.datetime,
    version: int | None = None,
) -> None:
    """Say that a draft is worked on no more, and what it became."""
    closed = update(DRAFTS).where(
        here(connection, DRAFTS), DRAFTS.c.draft_id == draft_id
    )
    connection.execute(
        closed.values(closed_at=at, closed_by=who, published_version=version)
    )
