"""Entries: dated lessons as published, with permanent names and their history."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from scheduler.term.dated import Off
from scheduler.term.facts import Facts


class FeedKind(StrEnum):
    """Whose lessons a calendar shows.

    ``AGREEMENT`` is the operator of a venue used under agreements; its resource
    is the venue, and only lessons under an agreement in force are shown.
    """

    TEACHER = "teacher"
    CLASS = "class"
    VENUE = "venue"
    ZONE = "zone"
    SCHOOL = "school"
    AGREEMENT = "agreement"


class EntryKey(NamedTuple):
    """The permanent name of a dated lesson: what its UID is made of.

    ``original_date`` is the date it was first published for, and stays when the
    lesson moves.
    """

    school_id: str
    term: str
    requirement_id: str
    index: int
    original_date: dt.date


@dataclass(frozen=True, slots=True)
class Said:
    """What an entry said before its latest change, or would say without changes."""

    date: dt.date
    facts: Facts

    @property
    def appointment(self) -> tuple[object, ...]:
        """The date, and what makes it another appointment where it is another."""
        return self.date, *self.facts.appointment


@dataclass(frozen=True, slots=True)
class Entry:
    """A dated lesson as subscribers see it.

    ``sequence`` counts its changes of time, place, teacher or status; ``version``
    and ``published_at`` are the publication of the latest one, and ``changed_at``
    is when any word of it last changed (both UTC). ``former`` is None until it
    changes, and while it is cancelled. ``planned_date`` is the one on which the week
    has it, ``planned`` what the week says of it where dated changes make it otherwise.
    Where it does not take place though the week has it, ``off`` says why; one cancelled
    for no such reason is in the timetable no more. ``restored`` where its latest change
    took others back: it is as the week has it again. ``since`` is when the office's
    books came to say all this, None where they do not yet.
    """

    key: EntryKey
    planned_date: dt.date
    date: dt.date
    facts: Facts
    version: int
    published_at: dt.datetime
    changed_at: dt.datetime
    sequence: int = 0
    cancelled: bool = False
    former: Said | None = None
    planned: Facts | None = None
    off: Off | None = None
    restored: bool = False
    since: dt.datetime | None = field(default=None, compare=False)

    @property
    def lesson(self) -> tuple[str, str, str, int]:
        """The key without its date."""
        key = self.key
        return key.school_id, key.term, key.requirement_id, key.index

    @property
    def lesson_id(self) -> str:
        """Id of the lesson."""
        return f"{self.key.requirement_id}#{self.key.index}"

    @property
    def now(self) -> Said:
        """What it says."""
        return Said(self.date, self.facts)

    @property
    def origin(self) -> Said | None:
        """What people compare it with: the week where dated changes are in force.

        Else what it was before its latest change, unless that took others back.
        """
        if self.planned is not None:
            return Said(self.planned_date, self.planned)
        return None if self.restored else self.former

    @property
    def moved(self) -> bool:
        """Tell whether it is at another time than its origin, by the date's bell."""
        old, facts = self.origin, self.facts
        if old is None or old.date != self.date:
            return old is not None
        return facts.time != old.facts.time and facts.start != facts.rung

    @property
    def only_rung(self) -> bool:
        """Tell whether nothing but the bell of its date makes it otherwise."""
        old, facts = self.planned, self.facts
        rung = old is not None and facts.rung is not None and not self.moved
        return rung and facts.appointment[1:] == old.appointment[1:]

    @property
    def new_teacher(self) -> bool:
        """Tell whether it has other teachers than its origin."""
        old = self.origin
        return old is not None and old.facts.teacher_ids != self.facts.teacher_ids

    @property
    def new_place(self) -> bool:
        """Tell whether it is at another place than its origin."""
        old = self.origin
        return old is not None and old.facts.where != self.facts.where

    @property
    def new_subject(self) -> bool:
        """Tell whether it is of another subject than its origin."""
        old = self.origin
        return old is not None and old.facts.subject.id != self.facts.subject.id

    @property
    def place_open(self) -> bool:
        """Tell whether a place has yet to be found."""
        return self.facts.place is not None and not self.facts.place.available


def concerned(facts: Facts) -> tuple[tuple[FeedKind, str], ...]:
    """Calendars in which such a lesson stands.

    A venue that is not available on the date is not told of the lesson.
    """
    found = [(FeedKind.SCHOOL, school.id) for school in facts.schools]
    found += [(FeedKind.CLASS, group.id) for group in facts.classes]
    found += [(FeedKind.TEACHER, p.id) for p in facts.teachers + facts.escorts]
    if facts.place is not None and facts.place.available:
        found.append((FeedKind.VENUE, facts.place.venue.id))
        found += [(FeedKind.ZONE, zone) for zone in facts.place.zones]
        if facts.agreement_ids:
            found.append((FeedKind.AGREEMENT, facts.place.venue.id))
    return tuple(dict.fromkeys(found))
