"""Entries in the database: loading by term or audience, saving what changed."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    DateTime,
    Row,
    or_,
    select,
    type_coerce,
)

from scheduler.services.store.database import OfficeDatabase
from scheduler.services.store.facts_text import decode, encode, facts_id
from scheduler.services.store.office_check import here
from scheduler.services.store.office_rows import count_up
from scheduler.services.store.schema import AUDIENCES, ENTRIES, ENTRY_LINES, FACTS
from scheduler.services.store.stamps import TermStamp, goes_on, term_stamp
from scheduler.services.store.upserts import add_missing_many, upsert_many
from scheduler.term.dated import Off
from scheduler.term.entries import Entry, EntryKey, FeedKind, Said, concerned
from scheduler.term.facts import Facts

_KEY = ("school_id", "term", "requirement_id", "lesson_index", "original_date")
_COLUMNS = (
    *(*_KEY, "planned_date", "date", "facts_id"),
    *("version", "published_at", "changed_at", "sequence"),
    *("cancelled", "off", "restored", "former_date", "former_facts_id"),
    *("planned_facts_id", "since"),
)
_MOMENTS = frozenset(("published_at", "changed_at", "since"))
_FACTS = ("facts_id", "former_facts_id", "planned_facts_id")
_ORDER = ("original_date", "school_id", "requirement_id", "lesson_index")
_AT_ONCE = 500  # values of one statement; SQLite takes 32,766


def load_term(connection: Connection, term: str) -> list[Entry]:
    """All entries of a term."""
    return _load(connection, ENTRIES.c.term == term)


def term_entries(
    database: OfficeDatabase, connection: Connection, term: str
) -> tuple[Entry, ...]:
    """All entries of a term, kept; after a change only what it wrote is read.

    They come in no particular order.
    """
    stamp = term_stamp(connection, term).of_entries

    def renew(old: TermStamp, known: tuple[Entry, ...]) -> tuple[Entry, ...] | None:
        if not goes_on(connection, old, stamp):
            return None
        later = ENTRIES.c.term == term, ENTRIES.c.revision > old.revision
        new = {entry.key: entry for entry in _load(connection, *later)}
        same = [new.pop(entry.key, entry) for entry in known]
        return (*same, *new.values())

    return database.whole.kept.of(
        ("entries", database.office),
        stamp,
        lambda: tuple(load_term(connection, term)),
        renew,
    )


def load_dates(
    connection: Connection, term: str, dates: Collection[dt.date]
) -> list[Entry]:
    """Entries of a term that are on these dates, or are there in the week."""
    there, planned = ENTRIES.c.date.in_(dates), ENTRIES.c.planned_date.in_(dates)
    return _load(connection, ENTRIES.c.term == term, or_(there, planned))


def load_as_of(
    connection: Connection, entries: Iterable[Entry], term: str, moment: dt.datetime
) -> list[Entry]:
    """All entries of a term as the books had them at a moment.

    Of those changed since only what a ledger asks for: no versions, no sequence.

    Parameters:
        entries: Those of now.
    """
    now = [entry for entry in entries if entry.since and entry.since <= moment]
    lines = ENTRY_LINES.c
    chosen = select(ENTRY_LINES).where(
        here(connection, ENTRY_LINES),
        *(lines.term == term, lines.since <= moment, lines.until > moment),
    )
    rows = connection.execute(chosen).all()
    facts = _facts(connection, {row.facts_id for row in rows})
    return now + [
        Entry(
            EntryKey(*(getattr(row, name) for name in _KEY)),
            *(row.planned_date, row.date, facts[row.facts_id]),
            *(0, row.since, row.since),
            cancelled=row.cancelled,
            off=Off(row.off) if row.off else None,
            since=row.since,
        )
        for row in rows
    ]


def load_audience(
    connection: Connection, kind: FeedKind, resource_id: str, terms: Sequence[str]
) -> list[Entry]:
    """Entries of these terms that concern a resource, or did, or do so in the week."""
    theirs = select(AUDIENCES.c.facts_id).where(
        here(connection, AUDIENCES),
        AUDIENCES.c.kind == kind,
        AUDIENCES.c.resource_id == resource_id,
    )
    facts = (ENTRIES.c[name].in_(theirs) for name in _FACTS)
    return _load(connection, ENTRIES.c.term.in_(terms), or_(*facts))


def save(
    connection: Connection,
    previous: Iterable[Entry],
    entries: Iterable[Entry],
    at: dt.datetime,
) -> list[Entry]:
    """Write the entries that are new or differ from the previous ones; these.

    What the previous ones said is kept as a line of its own. The office's revision
    counts it, and is written beside them.
    """
    revision = count_up(connection)
    before = {entry.key: entry for entry in previous}
    changed = [e for e in entries if before.get(e.key) is not e]
    ids = _save_facts(connection, changed)
    old = [before[e.key] for e in changed if e.key in before]
    ids |= {
        number: facts_id(encode(one))
        for number, one in {id(e.facts): e.facts for e in old}.items()
        if number not in ids
    }
    # Two changes within a second leave the line that held for longer.
    add_missing_many(connection, ENTRY_LINES, [_line(e, ids, at) for e in old])
    # In the order of the table's key, where each row is soonest in its place.
    ordered = sorted(changed, key=lambda entry: entry.key)
    upsert_many(connection, ENTRIES, [_row(e, ids, at, revision) for e in ordered])
    return changed


_Ids = dict[int, str]
"""Names of facts by the identity of the objects, many entries sharing one: to compare
what they say would take longer than to write it down."""


def _load(connection: Connection, *wanted: ColumnElement[bool]) -> list[Entry]:
    # A term has a hundred thousand moments, few of which differ.
    columns = {x: ENTRIES.c[x] for x in _COLUMNS}
    columns |= {x: type_coerce(ENTRIES.c[x], DateTime).label(x) for x in _MOMENTS}
    chosen = select(*columns.values()).where(here(connection, ENTRIES), *wanted)
    order = (ENTRIES.c[name] for name in _ORDER)
    rows = connection.execute(chosen.order_by(*order)).all()
    used = {row.facts_id for row in rows} | {row.former_facts_id for row in rows}
    used |= {row.planned_facts_id for row in rows}
    facts = _facts(connection, used - {None})
    moments = _InUtc()
    return [_entry(row, facts, moments) for row in rows]


class _InUtc(dict[dt.datetime, dt.datetime]):
    """Moments as they are kept, with their zone."""

    def __missing__(self, moment: dt.datetime) -> dt.datetime:
        self[moment] = found = moment.replace(tzinfo=dt.UTC)
        return found


_MOST_FACTS = 50_000
_known_facts: dict[str, Facts] = {}
"""Facts by their hash, which is their name in every office: they never change."""


def _facts(connection: Connection, used: Collection[str]) -> dict[str, Facts]:
    """Facts by their ids; those that were read before are not read again."""
    missing = [name for name in used if name not in _known_facts]
    if len(_known_facts) > _MOST_FACTS:
        _known_facts.clear()
        missing = list(used)
    found = {name: _known_facts[name] for name in used if name in _known_facts}
    for start in range(0, len(missing), _AT_ONCE):
        some = FACTS.c.facts_id.in_(missing[start : start + _AT_ONCE])
        wanted = select(FACTS.c.facts_id, FACTS.c.body).where(
            here(connection, FACTS), some
        )
        for name, body in connection.execute(wanted):
            found[name] = _known_facts[name] = decode(body)
    return found


def _entry(row: Row[Any], facts: dict[str, Facts], moments: _InUtc) -> Entry:
    # One by one by their places: a term has tens of thousands.
    values: list[Any] = list(row)
    *key, planned, date, facts_id, version, published, changed, sequence = values[:12]
    cancelled, off, restored, former_date, former_id, planned_id, since = values[12:]
    former = None
    if former_id is not None:
        former = Said(former_date, facts[former_id])
    planned_facts = None if planned_id is None else facts[planned_id]
    told = facts[facts_id]
    when = version, moments[published], moments[changed], sequence
    why = Off(off) if off else None
    what = cancelled, former, planned_facts, why, restored, moments[since]
    return Entry(EntryKey(*key), planned, date, told, *when, *what)


def _row(entry: Entry, ids: _Ids, at: dt.datetime, revision: int) -> tuple[Any, ...]:
    """Values in the order of the table's columns."""
    key, former = entry.key, entry.former
    return (
        *(key.term, key.school_id, key.requirement_id, key.index, key.original_date),
        *(entry.planned_date, entry.date, ids[id(entry.facts)]),
        *(entry.version, entry.published_at, entry.changed_at, entry.sequence),
        *(entry.cancelled, entry.off and entry.off.value, entry.restored),
        *((former.date, ids[id(former.facts)]) if former else (None, None)),
        ids[id(entry.planned)] if entry.planned else None,
        *(at, revision),
    )


def _line(entry: Entry, ids: _Ids, until: dt.datetime) -> tuple[Any, ...]:
    """Values in the order of the table's columns."""
    key = entry.key
    return (
        *(key.term, key.school_id, key.requirement_id, key.index, key.original_date),
        *(until, entry.since, entry.planned_date, entry.date, ids[id(entry.facts)]),
        *(entry.cancelled, entry.off and entry.off.value),
    )


def _save_facts(connection: Connection, entries: Iterable[Entry]) -> _Ids:
    """Write facts not yet known, and whom they concern; ids of all of them."""
    said = ((e.facts, e.former and e.former.facts, e.planned) for e in entries)
    told = (facts for found in said for facts in found if facts)
    facts = {id(one): one for one in told}
    texts = {number: encode(one) for number, one in facts.items()}
    ids = {number: facts_id(text) for number, text in texts.items()}
    by_name = {ids[number]: one for number, one in facts.items()}
    known = _known(connection, list(by_name))
    new = {name: one for name, one in by_name.items() if name not in known}
    rows = [(name, texts[id(one)]) for name, one in new.items()]
    add_missing_many(connection, FACTS, rows)
    told_of = [
        (kind.value, resource_id, name)
        for name, one in new.items()
        for kind, resource_id in concerned(one)
    ]
    add_missing_many(connection, AUDIENCES, told_of)
    return ids


def _known(connection: Connection, ids: list[str]) -> set[str]:
    """Those of these facts that the office has written down before."""
    found: set[str] = set()
    for start in range(0, len(ids), _AT_ONCE):
        some = FACTS.c.facts_id.in_(ids[start : start + _AT_ONCE])
        wanted = select(FACTS.c.facts_id).where(here(connection, FACTS), some)
        found |= set(connection.scalars(wanted))
    return found
