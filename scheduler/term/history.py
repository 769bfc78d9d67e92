"""Following dated lessons from one publication to the next."""

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Hashable, Iterable
from dataclasses import dataclass, replace

from scheduler.model.term import Term
from scheduler.model.timetable import Timetable
from scheduler.term.calendar import term_code, week_number
from scheduler.term.entries import Entry, EntryKey, Former
from scheduler.term.facts import Facts, facts_of
from scheduler.term.rain import Diversion, held_lessons

# School, term, requirement, index: an entry's key without its date.
_LessonName = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class Publishing:
    """The act of publishing: its version, its time (UTC), the date it takes effect.

    Lessons before ``today`` have been given and stay as they were.
    """

    version: int
    at: dt.datetime
    today: dt.date


@dataclass(frozen=True, slots=True)
class _Dated:
    """A dated lesson of the new timetable, ready to be compared."""

    lesson: _LessonName
    date: dt.date
    facts: Facts


def first_entries(
    timetable: Timetable,
    version: int,
    at: dt.datetime,
    diversions: Iterable[Diversion] = (),
) -> list[Entry]:
    """Entries of a timetable that was never published before, past included."""
    return [
        Entry(EntryKey(*new.lesson, new.date), new.date, new.facts, version, at, at)
        for new in _expand(timetable, diversions)
    ]


def follow(
    previous: Iterable[Entry],
    timetable: Timetable,
    publishing: Publishing,
    diversions: Iterable[Diversion] = (),
) -> list[Entry]:
    """The entries after publishing a timetable over the previous ones.

    Each lesson keeps its entries: a dated lesson that moves is the same entry on
    another date, found first on the same date, then in the same calendar week,
    then in the same fortnight. What has no successor is cancelled, what has no
    predecessor is new. Entries that did not change are returned as they are.
    """
    past: list[Entry] = []
    open_: dict[_LessonName, list[Entry]] = defaultdict(list)
    for entry in previous:
        if entry.date < publishing.today:
            past.append(entry)
        else:
            key = entry.key
            lesson = (key.school_id, key.term, key.requirement_id, key.index)
            open_[lesson].append(entry)
    coming: dict[_LessonName, list[_Dated]] = defaultdict(list)
    for new in _expand(timetable, diversions):
        if new.date >= publishing.today:
            coming[new.lesson].append(new)
    taken = {entry.key for entry in past}
    taken |= {entry.key for rows in open_.values() for entry in rows}
    found = list(past)
    term = timetable.problem.term
    for lesson in sorted(open_.keys() | coming.keys()):
        found += _follow_lesson(open_[lesson], coming[lesson], publishing, taken, term)
    return sorted(found, key=lambda entry: (entry.date, entry.key))


def revise(
    previous: Iterable[Entry],
    timetable: Timetable,
    publishing: Publishing,
    diversions: Iterable[Diversion],
    date: dt.date,
) -> list[Entry]:
    """The entries of one date after diversions on it were made or lifted.

    Nothing else of the timetable has changed since they were published, so no lesson
    comes, goes or moves in time.
    """
    new = {row.lesson: row for row in _expand(timetable, diversions, (date,))}
    found = []
    for entry in previous:
        key = entry.key
        row = new.get((key.school_id, key.term, key.requirement_id, key.index))
        if entry.cancelled or row is None:
            found.append(entry)
        else:
            found.append(_update(entry, date, row.facts, publishing))
    return found


def _expand(
    timetable: Timetable,
    diversions: Iterable[Diversion],
    only: Container[dt.date] | None = None,
) -> list[_Dated]:
    problem = timetable.problem
    term = term_code(problem.term)
    # On most of its dates a lesson says the same: gathered once, and shared.
    told: dict[Hashable, Facts] = {}
    found = []
    for dated in held_lessons(timetable, diversions, only):
        lesson, place = dated.meeting.lesson, dated.meeting.placement.layout_id
        same = (
            *(lesson, place, dated.weather),
            *(dated.agreement_ids, dated.obstacles, dated.day.make_up),
        )
        if same not in told:
            told[same] = facts_of(problem, dated)
        school_id = problem.schools_of(lesson.requirement)[0]
        name = (school_id, term, lesson.requirement.requirement_id, lesson.index)
        found.append(_Dated(name, dated.date, told[same]))
    return found


def _follow_lesson(
    old: list[Entry],
    new: list[_Dated],
    publishing: Publishing,
    taken: set[EntryKey],
    term: Term,
) -> list[Entry]:
    """Entries of one lesson; adds the keys of new ones to ``taken``."""
    live = [entry for entry in old if not entry.cancelled]
    dead = [entry for entry in old if entry.cancelled]
    # A cancelled entry revives only where no live one is left to move.
    pairs, gone, left = _pair(live, new, term)
    revived, dead, left = _pair(dead, left, term)
    found = [
        _update(entry, row.date, row.facts, publishing)
        for entry, row in pairs + revived
    ]
    found += [_cancel(entry, publishing) for entry in gone] + dead
    for row in left:
        key = _free_key(row, taken)
        taken.add(key)
        at = publishing.at
        found.append(Entry(key, row.date, row.facts, publishing.version, at, at))
    return found


def _pair(
    old: list[Entry], new: list[_Dated], term: Term
) -> tuple[list[tuple[Entry, _Dated]], list[Entry], list[_Dated]]:
    """Pair entries with their successors; what is left over on either side."""
    pairs: list[tuple[Entry, _Dated]] = []
    for near in (_same_date, week_number, _same_fortnight):
        waiting: dict[Hashable, list[Entry]] = defaultdict(list)
        for entry in old:
            waiting[near(term, entry.date)].append(entry)
        left = []
        for row in new:
            candidates = waiting[near(term, row.date)]
            if candidates:
                pairs.append((candidates.pop(0), row))
            else:
                left.append(row)
        old = [entry for rows in waiting.values() for entry in rows]
        new = left
    return pairs, old, new


def _same_date(term: Term, date: dt.date) -> Hashable:
    return date


def _same_fortnight(term: Term, date: dt.date) -> Hashable:
    """The two-week cycle in which an alternate-week lesson changes its week."""
    return (week_number(term, date) - 1) // 2


def _update(entry: Entry, date: dt.date, facts: Facts, publishing: Publishing) -> Entry:
    if (entry.date, entry.facts, entry.cancelled) == (date, facts, False):
        return entry
    changed = replace(
        entry,
        date=date,
        facts=facts,
        cancelled=False,
        version=publishing.version,
        published_at=publishing.at,
        changed_at=publishing.at,
        sequence=entry.sequence + 1,
        former=Former(entry.date, entry.facts),
    )
    matters = changed.moved or changed.new_teacher or changed.new_place
    if matters or entry.cancelled:
        return changed
    # Another name for the same thing: the text is new, the appointment is not.
    return replace(entry, facts=facts, changed_at=publishing.at)


def _cancel(entry: Entry, publishing: Publishing) -> Entry:
    if entry.cancelled:
        return entry
    return replace(
        entry,
        cancelled=True,
        version=publishing.version,
        published_at=publishing.at,
        changed_at=publishing.at,
        sequence=entry.sequence + 1,
        former=None,
    )


def _free_key(row: _Dated, taken: set[EntryKey]) -> EntryKey:
    """A permanent name for a new entry.

    The entry first published for this date may have moved away; it keeps the
    date's name, and the new one takes the next free.
    """
    original = row.date
    while (key := EntryKey(*row.lesson, original)) in taken:
        original += dt.timedelta(days=1)
    return key
