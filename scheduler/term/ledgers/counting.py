"""What one entry adds to which column of a ledger: the definition of all of them."""

import datetime as dt
from collections.abc import Hashable, Iterable, Iterator
from enum import StrEnum

from scheduler.term.entries import Entry
from scheduler.term.facts import Facts

Line = tuple[str, str, str, dt.date]
"""Column, resource, subject, date."""
PUBLISHED, LOST, MADE_UP, DELIVERED = "published", "lost", "made_up", "delivered"


class Counted(StrEnum):
    """Whose lessons are counted."""

    CLASS = "class"
    TEACHER = "teacher"
    VENUE = "venue"


def counted(
    entries: Iterable[Entry], of: Counted, *columns: str
) -> Iterator[tuple[Entry, Line]]:
    """Lines in some columns of entries, for each class, teacher or venue of them.

    ``published`` is what the week has on its date; it is ``lost`` where it falls out,
    has another subject or date, is another's, or is self-study.
    ``made_up`` is what somebody has instead; ``delivered`` + ``lost`` = ``published`` +
    ``made_up`` for each of them. Entries without a teacher, and those that are in the
    timetable no more, count nothing.
    """
    known: dict[Hashable, list[tuple[str, str, str]]] = {}
    for entry in entries:
        same = alike(entry)
        if same not in known:
            known[same] = [x for x in shape(entry, of) if x[0] in columns]
        for column, name, subject_id in known[same]:
            on_plan = column in (PUBLISHED, LOST)
            date = entry.planned_date if on_plan else entry.date
            yield entry, (column, name, subject_id, date)


def alike(entry: Entry) -> Hashable:
    """What entries of one shape have in common: as long as their facts are kept."""
    stays = entry.planned_date == entry.date
    return id(entry.facts), entry.cancelled, entry.off is None, stays


def shape(entry: Entry, of: Counted) -> Iterator[tuple[str, str, str]]:
    """The lines without their dates."""
    facts = entry.facts
    if (entry.cancelled and entry.off is None) or not facts.teachers:
        return
    had, has = _had(facts, of), _has(facts, of)
    planned, given = (facts.instead_of or facts.subject).id, facts.subject.id
    held = not entry.cancelled and not facts.self_study
    stays = held and (entry.planned_date, planned) == (entry.date, given)
    if not facts.extra:
        for name in had:
            yield PUBLISHED, name, planned
            if not (stays and name in has):
                yield LOST, name, planned
    if held:
        for name in has:
            yield DELIVERED, name, given
            if facts.extra or not (stays and name in had):
                yield MADE_UP, name, given


def _has(facts: Facts, of: Counted) -> tuple[str, ...]:
    match of:
        case Counted.CLASS:
            return tuple(group.id for group in facts.classes)
        case Counted.TEACHER:
            return tuple(person.id for person in facts.teachers)
        case Counted.VENUE:
            place = facts.place
            return (place.venue.id,) if place and place.available else ()


def _had(facts: Facts, of: Counted) -> tuple[str, ...]:
    if of is Counted.TEACHER and facts.covers:
        return tuple(person.id for person in facts.covers)
    if of is Counted.VENUE and facts.left is not None:
        return (facts.left.id,) if facts.left.id else ()
    if of is Counted.VENUE and facts.place is not None:
        return (facts.place.venue.id,)
    return _has(facts, of)
