"""The tables of the store.

The office's key stands first in the key of every table whose rows belong to an office,
and in every foreign key between them: equal ids in two offices are the normal case.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem

from scheduler.services.store.database import Moment

# Migrations find constraints by their names alone.
METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_ID = String(200)
_HASH = String(64)
_KIND = String(20)
_LONG = LargeBinary(2**30)

# What changes here needs a migration: python -m tools.migration.
# The newest revision of ``migrations/versions``; opening a database need not read them.
HEAD = "r0001"
# Alembic's own table. It is named here for the checks of a database before it is used.
VERSION = Table("alembic_version", MetaData(), Column("version_num", String(32)))

# An office publishes one problem: a school, or a group of schools. ``revision`` counts
# up with everything that calendars may show.
OFFICES = Table(
    "offices",
    METADATA,
    Column("office", String(40), primary_key=True),
    Column("name", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("settings", Text, nullable=False),
    Column("revision", Integer, nullable=False),
)


def _of_office(name: str, *items: SchemaItem) -> Table:
    office = Column("office", ForeignKey(OFFICES.c.office), primary_key=True)
    return Table(name, METADATA, office, *items)


def _number(name: str) -> Column[int]:
    """A number that counts within its office."""
    return Column(name, Integer, primary_key=True, autoincrement=False)


def _to(table: Table, column: str, target: str) -> ForeignKeyConstraint:
    """A foreign key that cannot leave the office."""
    return ForeignKeyConstraint(("office", column), (table.c.office, table.c[target]))


# ``begins`` is the first date that a version says anything about; ``source`` the bytes
# of the files it was made of, where it was made of files.
PUBLICATIONS = _of_office(
    "publications",
    _number("version"),
    Column("name", Text, nullable=False),
    Column("published_at", Moment, nullable=False),
    Column("term", _ID, nullable=False),
    Column("begins", Date, nullable=False),
    Column("timezone", _ID, nullable=False),
    Column("archive", _LONG, nullable=False),
    Column("report", Text, nullable=False),
    Column("source", _LONG),
)

# What people are told of a lesson, once for all dates on which it is the same.
FACTS = _of_office(
    "facts",
    Column("facts_id", _HASH, primary_key=True),
    Column("body", Text, nullable=False),
)

AUDIENCES = _of_office(
    "audiences",
    Column("kind", _KIND, primary_key=True),
    Column("resource_id", _ID, primary_key=True),
    Column("facts_id", _HASH, primary_key=True),
    _to(FACTS, "facts_id", "facts_id"),
)

ENTRIES = _of_office(
    "entries",
    Column("term", _ID, primary_key=True),
    Column("school_id", _ID, primary_key=True),
    Column("requirement_id", _ID, primary_key=True),
    Column("lesson_index", Integer, primary_key=True, autoincrement=False),
    Column("original_date", Date, primary_key=True),
    Column("planned_date", Date, nullable=False),
    Column("date", Date, nullable=False),
    Column("facts_id", _HASH, nullable=False),
    Column("version", Integer, nullable=False),
    Column("published_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("cancelled", Boolean, nullable=False),
    Column("off", _KIND),
    Column("restored", Boolean, nullable=False),
    Column("former_date", Date),
    Column("former_facts_id", _HASH),
    Column("planned_facts_id", _HASH),
    Column("since", Moment, nullable=False),
    Column("revision", Integer, nullable=False),
    _to(FACTS, "facts_id", "facts_id"),
    _to(FACTS, "former_facts_id", "facts_id"),
    _to(FACTS, "planned_facts_id", "facts_id"),
    _to(PUBLICATIONS, "version", "version"),
    Index(None, "office", "term", "date"),
    Index(None, "office", "term", "planned_date"),
    Index(None, "office", "facts_id"),
    Index(None, "office", "former_facts_id"),
    Index(None, "office", "planned_facts_id"),
)

# What entries said before they changed, from ``since`` until ``until``: a line for each
# change, never touched again, so that a ledger can be seen as it was.
ENTRY_LINES = _of_office(
    "entry_lines",
    Column("term", _ID, primary_key=True),
    Column("school_id", _ID, primary_key=True),
    Column("requirement_id", _ID, primary_key=True),
    Column("lesson_index", Integer, primary_key=True, autoincrement=False),
    Column("original_date", Date, primary_key=True),
    Column("until", Moment, primary_key=True),
    Column("since", Moment, nullable=False),
    Column("planned_date", Date, nullable=False),
    Column("date", Date, nullable=False),
    Column("facts_id", _HASH, nullable=False),
    Column("cancelled", Boolean, nullable=False),
    Column("off", _KIND),
    _to(FACTS, "facts_id", "facts_id"),
)

# Who is away, or asks to be, and wishes for swaps: ``body`` says what, as JSON of the
# kind that ``kind`` names; ``picks`` are proposals taken for it and not released yet.
LEAVES = _of_office(
    "leaves",
    _number("leave_id"),
    Column("term", _ID, nullable=False),
    Column("kind", _KIND, nullable=False),
    Column("teacher_id", _ID, nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("state", _KIND, nullable=False),
    Column("body", Text, nullable=False),
    Column("picks", Text, nullable=False),
    Column("asked_by", _ID, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("decided_by", _ID, nullable=False),
    Column("decided_at", Moment),
    Column("answer", Text, nullable=False),
    Index(None, "office", "term", "last"),
)

# Dated changes that were asked for together: a bad day, a day off, a swap. ``reason``
# is a code, ``form`` the number of the paper form, ``leave_id`` the leave they answer.
# ``slip`` is what the paper of the batch says of its lessons, as JSON: a later version
# changes no voucher. ``late``: it was entered after a date that it changed.
CHANGE_BATCHES = _of_office(
    "change_batches",
    _number("batch_id"),
    Column("term", _ID, nullable=False),
    Column("reason", _KIND, nullable=False),
    Column("note", Text, nullable=False),
    Column("form", _ID, nullable=False),
    Column("half", _KIND, nullable=False),
    Column("asked_by", _ID, nullable=False),
    Column("approved_by", _ID, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("made_by", _ID, nullable=False),
    Column("leave_id", Integer),
    Column("slip", Text, nullable=False),
    Column("late", Boolean, nullable=False),
    _to(LEAVES, "leave_id", "leave_id"),
    Index(None, "office", "term"),
)

# What differs on a date from the weekly pattern; kept when undone. ``body`` is the
# change itself as JSON, of the kind that ``kind`` names.
DATED_CHANGES = _of_office(
    "dated_changes",
    _number("change_id"),
    Column("batch_id", Integer, nullable=False),
    Column("term", _ID, nullable=False),
    Column("kind", _KIND, nullable=False),
    Column("lesson_id", _ID, nullable=False),
    Column("date", Date, nullable=False),
    Column("body", Text, nullable=False),
    Column("undone_at", Moment),
    Column("undone_by", _ID),
    _to(CHANGE_BATCHES, "batch_id", "batch_id"),
    Index(None, "office", "term", "date"),
    Index(None, "office", "batch_id"),
)

# Lessons confirmed on the spot, each once.
USAGE_LOG = _of_office(
    "usage_log",
    Column("term", _ID, primary_key=True),
    Column("venue_id", _ID, primary_key=True),
    Column("date", Date, primary_key=True),
    Column("lesson_id", _ID, primary_key=True),
    Column("planned_date", Date, primary_key=True),
    Column("noted_at", Moment, nullable=False),
    Column("noted_by", _ID, nullable=False),
)

# Comparisons of what-if scenarios.
COMPARISONS = _of_office(
    "comparisons",
    _number("comparison_id"),
    Column("made_at", Moment, nullable=False),
    Column("record", Text, nullable=False),
)

# Only the hash of a token is kept: who reads the database cannot open a feed.
# ``fetched_at`` is when a calendar fetched it first; its page alone does not count.
LINKS = _of_office(
    "links",
    _number("link_id"),
    Column("token_hash", _HASH, nullable=False),
    Column("kind", _KIND, nullable=False),
    Column("resource_id", _ID, nullable=False),
    Column("person", _ID, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    Column("fetched_at", Moment),
    UniqueConstraint("office", "token_hash"),
    Index(None, "office", "kind", "resource_id", "person"),
)

# Feeds as last built. A cache: its rows may be deleted at any time.
BODIES = _of_office(
    "bodies",
    Column("kind", _KIND, primary_key=True),
    Column("resource_id", _ID, primary_key=True),
    Column("variant", String(40), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("good_until", Date),
    Column("etag", _HASH, nullable=False),
    Column("last_modified", Moment, nullable=False),
    Column("body", _LONG, nullable=False),
)

# Timetables being worked on: ``archive`` is what one began with, ``locked`` the ids of
# lessons that were locked then (JSON); an open one has no ``closed_at``.
DRAFTS = _of_office(
    "drafts",
    _number("draft_id"),
    Column("name", Text, nullable=False),
    Column("owner", _ID, nullable=False),
    Column("base_version", Integer),
    Column("archive", _LONG, nullable=False),
    Column("locked", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("closed_by", _ID),
    Column("published_version", Integer),
)

DRAFT_OPERATIONS = _of_office(
    "draft_operations",
    _number("draft_id"),
    _number("number"),
    Column("kind", _KIND, nullable=False),
    Column("who", _ID, nullable=False),
    Column("at", Moment, nullable=False),
    Column("changes", Text, nullable=False),
    Column("of", Integer),
    _to(DRAFTS, "draft_id", "draft_id"),
)

# Computations outside requests. Who takes one sets ``worker`` and beats; ``best`` is
# the best result so far, ``result`` the last one, both bytes of the jobs' contract.
# Equal works have equal fingerprints, so that what is known is not computed again.
JOBS = _of_office(
    "jobs",
    _number("job_id"),
    Column("kind", _KIND, nullable=False),
    Column("state", _KIND, nullable=False),
    Column("asked_by", _ID, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("draft_id", Integer),
    Column("draft_seen", Integer),
    Column("work", _LONG, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("progress", Text, nullable=False),
    Column("curve", Text, nullable=False),
    Column("best", _LONG),
    Column("result", _LONG),
    Column("error", Text, nullable=False),
    Column("stop_asked_at", Moment),
    Column("worker", _ID, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("begun_at", Moment),
    Column("beat_at", Moment),
    Column("ended_at", Moment),
    _to(DRAFTS, "draft_id", "draft_id"),
    Index(None, "office", "state", "asked_at"),
    Index(None, "office", "fingerprint"),
)

# People and what guards the door: of no office, but for what they are and did in one.
USERS = Table(
    "users",
    METADATA,
    Column("name", _ID, primary_key=True),
    Column("password_hash", String(200), nullable=False),
    Column("bureau", Boolean, nullable=False),
    # Whether somebody else knows the password: its owner must change it.
    Column("handed_out", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
)

# What a person is in an office; a bureau is the same in all of them, without a row.
MEMBERSHIPS = _of_office(
    "memberships",
    Column("name", ForeignKey(USERS.c.name, ondelete="CASCADE"), primary_key=True),
    Column("role", _KIND, nullable=False),
    Column("resource_id", _ID, nullable=False),
)

# Who did what to an office; never a password or the token of a link.
DEEDS = _of_office(
    "deeds",
    _number("number"),
    Column("at", Moment, nullable=False),
    Column("who", _ID, nullable=False),
    Column("action", _KIND, nullable=False),
    Column("about", Text, nullable=False),
)

# Only the hash of a token is kept: who reads the database cannot take a session over.
# One expires when it is not used for a while, and ends, however it is used.
SESSIONS = Table(
    "sessions",
    METADATA,
    Column("token_hash", _HASH, primary_key=True),
    Column("name", ForeignKey(USERS.c.name, ondelete="CASCADE"), nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Index(None, "name"),
)

SECRETS = Table(
    "secrets",
    METADATA,
    Column("name", _ID, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

# How often something was tried of late, where the limit must hold over processes:
# moments as JSON, in seconds since 1970.
TRIES = Table(
    "tries",
    METADATA,
    Column("scope", _KIND, primary_key=True),
    Column("key", _HASH, primary_key=True),
    Column("moments", Text, nullable=False),
    Column("last", Moment, nullable=False),
    Index(None, "last"),
)
