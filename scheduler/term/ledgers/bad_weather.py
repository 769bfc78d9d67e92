"""The ledger of bad weather: what it has done to lessons, as they were given."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.term.entries import Entry

Resource = tuple[str, str]
"""Class and subject."""


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
