"""The fingerprint of the books: what a sheet that was signed can be held against."""

import hashlib
from collections.abc import Iterable
from functools import cache

from scheduler.term.entries import Entry
from scheduler.term.facts import Facts


def digest(entries: Iterable[Entry]) -> str:
    """SHA-256 over what each entry counts as, the same in whatever order they come.

    Names, titles and sequence numbers are no part of it: a teacher who marries changes
    no ledger.
    """
    told: dict[int, str] = {}
    lines = []
    name, day = cache(lambda lesson: "|".join(map(str, lesson))), cache(str)
    for entry in entries:
        facts = entry.facts
        text = told.get(id(facts))
        if text is None:
            text = told[id(facts)] = _line(facts)
        state = entry.off.value if entry.off else "gone" if entry.cancelled else ""
        *lesson, original = entry.key
        days = f"{day(original)}|{day(entry.planned_date)}|{day(entry.date)}"
        lines.append(f"{name(tuple(lesson))}|{days}|{state}|{text}\n")
    return hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()


def _line(facts: Facts) -> str:
    ids = (facts.classes, facts.teachers, facts.covers)
    people = (",".join(one.id for one in group) for group in ids)
    place = facts.place.venue.id if facts.place and facts.place.available else ""
    planned = facts.instead_of.id if facts.instead_of else ""
    parts = (facts.rows, facts.subject.id, planned, *people, place)
    return "|".join(map(str, (*parts, int(facts.extra), int(facts.self_study))))
