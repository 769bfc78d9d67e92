"""Notices in the database: what was released, and what is still to be sent."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from scheduler.services.store.ledger_tables import NOTICES
from scheduler.services.store.office_check import here, office_of
from scheduler.services.store.upserts import next_number


@dataclass(frozen=True, slots=True)
class Notice:
    """What was released for a date; ``lines`` are the sentences that were new then.

    ``told`` are all lines of the date as released. ``next_at`` is when it is to be sent
    (again), None where it is not; ``sent_at`` when it was. Moments are UTC.
    """

    notice_id: int
    date: dt.date
    released_at: dt.datetime
    released_by: str
    lines: str
    told: str
    tries: int = 0
    next_at: dt.datetime | None = None
    sent_at: dt.datetime | None = None
    error: str = ""


def add_notice(
    connection: Connection,
    date: dt.date,
    lines: Sequence[str],
    told: Sequence[str],
    by: str,
    at: dt.datetime,
    next_at: dt.datetime | None,
) -> Notice:
    """Write a release down."""
    number = next_number(connection, NOTICES.c.notice_id)
    made = Notice(number, date, at, by, "\n".join(lines), "\n".join(told), 0, next_at)
    row = {name: getattr(made, name) for name in _COLUMNS}
    values = {"office": office_of(connection), **row}
    connection.execute(insert(NOTICES).values(values))
    return made


def load_notices(
    connection: Connection, date: dt.date | None = None
) -> tuple[Notice, ...]:
    """Releases, of one date or all, oldest first."""
    wanted = [here(connection, NOTICES)]
    if date is not None:
        wanted.append(NOTICES.c.date == date)
    chosen = select(*(NOTICES.c[name] for name in _COLUMNS)).where(*wanted)
    rows = connection.execute(chosen.order_by(NOTICES.c.notice_id))
    return tuple(Notice(*row) for row in rows)


def due_offices(connection: Connection, now: dt.datetime) -> tuple[str, ...]:
    """Offices with something to be sent, asked across all of them."""
    chosen = select(NOTICES.c.office).where(NOTICES.c.next_at <= now).distinct()
    return tuple(connection.scalars(chosen.order_by(NOTICES.c.office)))


def claim_due(
    connection: Connection, now: dt.datetime, until: dt.datetime
) -> Notice | None:
    """The oldest notice that is due, kept from other senders until a moment."""
    chosen = (
        select(*(NOTICES.c[name] for name in _COLUMNS))
        .where(here(connection, NOTICES), NOTICES.c.next_at <= now)
        .order_by(NOTICES.c.next_at)
        .limit(1)
    )
    row = connection.execute(chosen).one_or_none()
    if row is None:
        return None
    found = Notice(*row)
    # Whoever else looked at the same row finds it changed.
    taken = connection.execute(
        update(NOTICES)
        .where(
            here(connection, NOTICES),
            NOTICES.c.notice_id == found.notice_id,
            NOTICES.c.tries == found.tries,
        )
        .values(tries=found.tries + 1, next_at=until)
    )
    return found if taken.rowcount == 1 else None


def settle_notice(
    connection: Connection,
    notice_id: int,
    sent_at: dt.datetime | None,
    next_at: dt.datetime | None,
    error: str,
) -> None:
    """Write down what came of sending."""
    ours = update(NOTICES).where(
        here(connection, NOTICES), NOTICES.c.notice_id == notice_id
    )
    values = {"sent_at": sent_at, "next_at": next_at, "error": error}
    connection.execute(ours.values(values))


_COLUMNS = (
    *("notice_id", "date", "released_at", "released_by", "lines", "told"),
    *("tries", "next_at", "sent_at", "error"),
)
