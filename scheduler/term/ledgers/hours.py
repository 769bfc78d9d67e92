"""Ledgers of a term, counted from its lessons as they were published and given.

They read entries, which keep what was published for a date: no later publication
changes what they say of the days before it.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from scheduler.term.entries import Entry
from scheduler.term.ledgers.counting import (
    DELIVERED,
    LOST,
    MADE_UP,
    PUBLISHED,
    Counted,
    counted,
)

Resource = tuple[str, str]
"""Class and subject."""


@dataclass(slots=True)
class Amount:
    """So many lessons (课时: a block counts each of its periods), and their minutes."""

    lessons: int = 0
    minutes: int = 0

    def add(self, lessons: int, minutes: int) -> None:
        """A lesson more."""
        self.lessons += lessons
        self.minutes += minutes


@dataclass(frozen=True, slots=True)
class TermHours:
    """What a class was to have of a subject, and what it has.

    ``published``: what the weeks in force had on their dates. ``lost`` of these fell
    out, were self-study, had another subject or went to another date; ``made_up`` is
    what came instead.
    ``delivered`` + ``lost`` = ``published`` + ``made_up``, in lessons and in minutes;
    a lesson has the minutes that it has on its date.
    """

    class_id: str
    subject_id: str
    published: Amount = field(default_factory=Amount)
    lost: Amount = field(default_factory=Amount)
    made_up: Amount = field(default_factory=Amount)
    delivered: Amount = field(default_factory=Amount)


def term_hours(
    entries: Iterable[Entry], first: dt.date = dt.date.min, until: dt.date = dt.date.max
) -> tuple[TermHours, ...]:
    """One row for each class and subject, by their ids.

    Counts lessons on the dates from ``first`` until the day before ``until``; lessons
    without a teacher count nothing.
    """
    found: dict[Resource, TermHours] = {}
    columns = PUBLISHED, LOST, MADE_UP, DELIVERED
    for entry, line in counted(entries, Counted.CLASS, *columns):
        column, class_id, subject_id, date = line
        if first <= date < until:
            resource = class_id, subject_id
            row = found.setdefault(resource, TermHours(*resource))
            getattr(row, column).add(len(entry.facts.rows), entry.facts.minutes)
    return tuple(found[key] for key in sorted(found))


@dataclass(frozen=True, slots=True)
class BadWeatherHours:
    """What bad weather has done to the lessons of a class in one subject.

    All in lessons: ``indoors`` were active in another place, ``theory`` were in the
    class's own room, ``counted`` of both count as delivered; ``planned`` are those of
    the whole term.
    """

    class_id: str
    subject_id: str
    planned: int
    indoors: int
    theory: int
    counted: int

    @property
    def delivered(self) -> int:
        """Lessons of the term that count, if no more bad days come."""
        return self.planned - (self.indoors + self.theory - self.counted)


def bad_weather_hours(entries: Iterable[Entry]) -> tuple[BadWeatherHours, ...]:
    """One row per class and subject with a diverted lesson, by their ids.

    Big breaks and whatever has no teacher are no lessons.
    """
    planned: Counter[Resource] = Counter()
    found: dict[Resource, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        facts = entry.facts
        if entry.cancelled or not facts.teachers:
            continue
        for group in facts.classes:
            key = group.id, facts.subject.id
            planned[key] += 1
            if facts.weather is not None:
                found[key]["theory" if facts.place is None else "indoors"] += 1
                found[key]["counted"] += facts.counts
    return tuple(
        BadWeatherHours(
            *key, planned[key], row["indoors"], row["theory"], row["counted"]
        )
        for key, row in sorted(found.items())
    )
