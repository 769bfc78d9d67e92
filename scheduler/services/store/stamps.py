"""The stamp of a term: what its rows come from, told by a few numbers and moments."""

import datetime as dt
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from scheduler.services.store.office_check import here
from scheduler.services.store.schema import (
    CHANGE_BATCHES,
    DATED_CHANGES,
    OFFICES,
    PUBLICATIONS,
    USAGE_LOG,
)


class TermStamp(NamedTuple):
    """What differs whenever an entry of a term, its log or its check-ins do.

    The revision counts every publication, batch and undoing. The moments of the last
    ones tell a database that was restored, where it counts on from an earlier number.
    Check-ins are only ever added.
    """

    term: str
    revision: int
    published: dt.datetime | None
    made: dt.datetime | None
    undone: dt.datetime | None
    check_ins: int
    checked_in: dt.datetime | None

    @property
    def of_entries(self) -> "TermStamp":
        """The part that entries depend on: all but the check-ins."""
        return self._replace(check_ins=0, checked_in=None)


def term_stamp(connection: Connection, term: str) -> TermStamp:
    """The stamp of a term as a transaction sees it, in one statement."""
    asked = (
        func.max(PUBLICATIONS.c.published_at),
        func.max(CHANGE_BATCHES.c.made_at),
        func.max(DATED_CHANGES.c.undone_at),
        func.count(USAGE_LOG.c.noted_at),
        func.max(USAGE_LOG.c.noted_at),
    )
    tables = (PUBLICATIONS, CHANGE_BATCHES, DATED_CHANGES, USAGE_LOG, USAGE_LOG)
    parts = (
        select(what)
        .where(here(connection, table), table.c.term == term)
        .scalar_subquery()
        for what, table in zip(asked, tables, strict=True)
    )
    wanted = select(OFFICES.c.revision, *parts).where(here(connection, OFFICES))
    return TermStamp(term, *connection.execute(wanted).one())


def goes_on(connection: Connection, old: TermStamp, new: TermStamp) -> bool:
    """Whether all that one stamp tells of happened before the other was taken.

    Not so in a database that was restored to a state before it.
    """
    last = (
        (PUBLICATIONS.c.published_at, old.published),
        (CHANGE_BATCHES.c.made_at, old.made),
        (DATED_CHANGES.c.undone_at, old.undone),
    )
    if (old.term, True) != (new.term, old.revision <= new.revision):
        return False
    asked = (
        select(column)
        .where(here(connection, column.table), column.table.c.term == old.term)
        .where(column == moment)
        for column, moment in last
        if moment is not None
    )
    return all(connection.execute(x.limit(1)).first() for x in asked)
