"""The tables of the store."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from scheduler.services.store.database import Moment

METADATA = MetaData()
_ID = String(200)
_HASH = String(64)
_KIND = String(20)
_LONG = LargeBinary(2**30)

# Counts up with every change to the tables below that older code would not survive.
NUMBER = 1
FORMAT = Table(
    "store_format",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
)

PUBLICATIONS = Table(
    "publications",
    METADATA,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("published_at", Moment, nullable=False),
    Column("term", _ID, nullable=False),
    Column("timezone", _ID, nullable=False),
    Column("archive", _LONG, nullable=False),
    Column("report", Text, nullable=False),
)

# What people are told of a lesson, once for all dates on which it is the same.
FACTS = Table(
    "facts",
    METADATA,
    Column("facts_id", _HASH, primary_key=True),
    Column("body", Text, nullable=False),
)

AUDIENCES = Table(
    "audiences",
    METADATA,
    Column("kind", _KIND, primary_key=True),
    Column("resource_id", _ID, primary_key=True),
    Column("facts_id", ForeignKey(FACTS.c.facts_id), primary_key=True),
)

ENTRIES = Table(
    "entries",
    METADATA,
    Column("entry_id", Integer, primary_key=True),
    Column("school_id", _ID, nullable=False),
    Column("term", _ID, nullable=False),
    Column("requirement_id", _ID, nullable=False),
    Column("lesson_index", Integer, nullable=False),
    Column("original_date", Date, nullable=False),
    Column("date", Date, nullable=False),
    Column("facts_id", ForeignKey(FACTS.c.facts_id), nullable=False),
    Column("version", Integer, nullable=False),
    Column("published_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("cancelled", Boolean, nullable=False),
    Column("former_date", Date),
    Column("former_facts_id", ForeignKey(FACTS.c.facts_id)),
    UniqueConstraint(
        "school_id", "term", "requirement_id", "lesson_index", "original_date"
    ),
    Index("entries_term", "term"),
    Index("entries_facts", "facts_id"),
    Index("entries_former_facts", "former_facts_id"),
)

# Plans for bad weather as applied to a date; kept when undone.
BAD_DAYS = Table(
    "bad_days",
    METADATA,
    Column("bad_day_id", Integer, primary_key=True),
    Column("term", _ID, nullable=False),
    Column("date", Date, nullable=False),
    Column("half", _KIND, nullable=False),
    Column("weather", _KIND, nullable=False),
    Column("diversions", Text, nullable=False),
    Column("applied_at", Moment, nullable=False),
    Column("applied_by", _ID, nullable=False),
    Column("undone_at", Moment),
    Column("undone_by", _ID),
    Index("bad_days_term", "term"),
)

# Lessons confirmed on the spot, each once.
USAGE_LOG = Table(
    "usage_log",
    METADATA,
    Column("term", _ID, primary_key=True),
    Column("venue_id", _ID, primary_key=True),
    Column("date", Date, primary_key=True),
    Column("lesson_id", _ID, primary_key=True),
    Column("noted_at", Moment, nullable=False),
    Column("noted_by", _ID, nullable=False),
)

# Comparisons of what-if scenarios.
COMPARISONS = Table(
    "comparisons",
    METADATA,
    Column("comparison_id", Integer, primary_key=True),
    Column("made_at", Moment, nullable=False),
    Column("record", Text, nullable=False),
)

# Only the hash of a token is kept: who reads the database cannot open a feed.
LINKS = Table(
    "links",
    METADATA,
    Column("link_id", Integer, primary_key=True),
    Column("token_hash", _HASH, nullable=False, unique=True),
    Column("kind", _KIND, nullable=False),
    Column("resource_id", _ID, nullable=False),
    Column("person", _ID, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    Index("links_owner", "kind", "resource_id", "person"),
)

# When a link was first fetched by a calendar; its page alone does not count.
FIRST_FETCHES = Table(
    "first_fetches",
    METADATA,
    Column("link_id", ForeignKey(LINKS.c.link_id), primary_key=True),
    Column("fetched_at", Moment, nullable=False),
)

# Feeds as last built. A cache: its rows may be deleted at any time.
BODIES = Table(
    "bodies",
    METADATA,
    Column("kind", _KIND, primary_key=True),
    Column("resource_id", _ID, primary_key=True),
    Column("variant", String(40), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("good_until", Date),
    Column("etag", _HASH, nullable=False),
    Column("last_modified", Moment, nullable=False),
    Column("body", _LONG, nullable=False),
)

USERS = Table(
    "users",
    METADATA,
    Column("name", _ID, primary_key=True),
    Column("password_hash", String(200), nullable=False),
    Column("role", _KIND, nullable=False),
    Column("created_at", Moment, nullable=False),
)

# Only the hash of a token is kept: who reads the database cannot take a session over.
SESSIONS = Table(
    "sessions",
    METADATA,
    Column("token_hash", _HASH, primary_key=True),
    Column("name", ForeignKey(USERS.c.name, ondelete="CASCADE"), nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index("sessions_name", "name"),
)

SECRETS = Table(
    "secrets",
    METADATA,
    Column("name", _ID, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
