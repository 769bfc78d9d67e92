"""Tables of what was signed and released; their names and rules are the schema's."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text

from scheduler.services.store.database import Moment
from scheduler.services.store.schema import METADATA, OFFICES

ALL_TABLES = METADATA
"""The whole schema, with the tables of this module in it."""


def _office() -> Column[str]:
    return Column("office", ForeignKey(OFFICES.c.office), primary_key=True)


# Sheets of pay and workload as somebody signed them, which stay so: ``body`` is the
# sheet as JSON, ``digest`` the fingerprint of the books it came from.
SIGNED_SHEETS = Table(
    "signed_sheets",
    METADATA,
    _office(),
    Column("month", String(20), primary_key=True),
    Column("signed_at", Moment, nullable=False),
    Column("signed_by", String(200), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("body", Text, nullable=False),
)

# What was released of the changes of a date: ``lines`` were new then, ``told`` are all.
# What has a ``next_at`` is to be sent to a chat robot then.
NOTICES = Table(
    "notices",
    METADATA,
    _office(),
    Column("notice_id", Integer, primary_key=True, autoincrement=False),
    Column("date", Date, nullable=False),
    Column("released_at", Moment, nullable=False),
    Column("released_by", String(200), nullable=False),
    Column("lines", Text, nullable=False),
    Column("told", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_at", Moment),
    Column("sent_at", Moment),
    Column("error", Text, nullable=False),
    Index(None, "office", "date"),
    Index(None, "office", "next_at"),
)
