"""Entries in the database: loading by term or audience, saving what changed."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, or_, select

from scheduler.services.store.facts_text import decode, encode, facts_id
from scheduler.services.store.office_check import here, office_of
from scheduler.services.store.schema import AUDIENCES, ENTRIES, FACTS
from scheduler.services.store.upserts import add_missing, upsert
from scheduler.term.entries import Entry, EntryKey, FeedKind, Former, concerned
from scheduler.term.facts import Facts

_KEY = ("school_id", "term", "requirement_id", "lesson_index", "original_date")
_ORDER = ("original_date", "school_id", "requirement_id", "lesson_index")
_AT_ONCE = 500  # values of one statement; SQLite takes 32,766


def load_term(connection: Connection, term: str) -> list[Entry]:
    """All entries of a term."""
    return _load(connection, ENTRIES.c.term == term)


def load_date(connection: Connection, term: str, date: dt.date) -> list[Entry]:
    """Entries of a term that are on this date now."""
    return _load(connection, ENTRIES.c.term == term, ENTRIES.c.date == date)


def load_audience(
    connection: Connection, kind: FeedKind, resource_id: str, terms: Sequence[str]
) -> list[Entry]:
    """Entries of these terms that concern a resource, or did before they changed."""
    theirs = select(AUDIENCES.c.facts_id).where(
        here(connection, AUDIENCES),
        AUDIENCES.c.kind == kind,
        AUDIENCES.c.resource_id == resource_id,
    )
    concerned_now = ENTRIES.c.facts_id.in_(theirs)
    before = ENTRIES.c.former_facts_id.in_(theirs)
    return _load(connection, ENTRIES.c.term.in_(terms), or_(concerned_now, before))


def save(
    connection: Connection, previous: Iterable[Entry], entries: Iterable[Entry]
) -> None:
    """Write the entries that are new or differ from the previous ones."""
    before = {entry.key: entry for entry in previous}
    changed = [e for e in entries if before.get(e.key) is not e]
    ids = _save_facts(connection, changed)
    office = office_of(connection)
    upsert(connection, ENTRIES, [_row(office, entry, ids) for entry in changed])


def _load(connection: Connection, *wanted: ColumnElement[bool]) -> list[Entry]:
    chosen = select(ENTRIES).where(here(connection, ENTRIES), *wanted)
    order = (ENTRIES.c[name] for name in _ORDER)
    rows = connection.execute(chosen.order_by(*order)).all()
    found = chosen.subquery()
    used = select(found.c.facts_id).union(select(found.c.former_facts_id))
    texts = connection.execute(
        select(FACTS).where(here(connection, FACTS), FACTS.c.facts_id.in_(used))
    )
    facts = {row.facts_id: decode(row.body) for row in texts}
    return [_entry(row, facts) for row in rows]


def _entry(row: Row[Any], facts: dict[str, Facts]) -> Entry:
    former = None
    if row.former_facts_id is not None:
        former = Former(row.former_date, facts[row.former_facts_id])
    return Entry(
        key=EntryKey(*(getattr(row, name) for name in _KEY)),
        date=row.date,
        facts=facts[row.facts_id],
        version=row.version,
        published_at=row.published_at,
        changed_at=row.changed_at,
        sequence=row.sequence,
        cancelled=row.cancelled,
        former=former,
    )


def _row(office: str, entry: Entry, ids: dict[Facts, str]) -> dict[str, Any]:
    key, former = entry.key, entry.former
    return {
        "office": office,
        "school_id": key.school_id,
        "term": key.term,
        "requirement_id": key.requirement_id,
        "lesson_index": key.index,
        "original_date": key.original_date,
        "date": entry.date,
        "facts_id": ids[entry.facts],
        "version": entry.version,
        "published_at": entry.published_at,
        "changed_at": entry.changed_at,
        "sequence": entry.sequence,
        "cancelled": entry.cancelled,
        "former_date": former.date if former else None,
        "former_facts_id": ids[former.facts] if former else None,
    }


def _save_facts(connection: Connection, entries: Iterable[Entry]) -> dict[Facts, str]:
    """Write facts not yet known, and whom they concern; ids of all of them."""
    told = (f for e in entries for f in (e.facts, e.former and e.former.facts) if f)
    texts = {facts: encode(facts) for facts in dict.fromkeys(told)}
    ids = {facts: facts_id(text) for facts, text in texts.items()}
    known = _known(connection, list(ids.values()))
    new = [facts for facts in texts if ids[facts] not in known]
    office = office_of(connection)
    rows = [{"office": office, "facts_id": ids[f], "body": texts[f]} for f in new]
    add_missing(connection, FACTS, rows)
    told_of = [
        {
            "office": office,
            "kind": kind,
            "resource_id": resource_id,
            "facts_id": ids[facts],
        }
        for facts in new
        for kind, resource_id in concerned(facts)
    ]
    add_missing(connection, AUDIENCES, told_of)
    return ids


def _known(connection: Connection, ids: list[str]) -> set[str]:
    """Those of these facts that the office has written down before."""
    found: set[str] = set()
    for start in range(0, len(ids), _AT_ONCE):
        some = FACTS.c.facts_id.in_(ids[start : start + _AT_ONCE])
        wanted = select(FACTS.c.facts_id).where(here(connection, FACTS), some)
        found |= set(connection.scalars(wanted))
    return found
