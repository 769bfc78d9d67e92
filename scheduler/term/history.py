"""Following dated lessons from one publication to the next."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, replace

from scheduler.model.term import Term
from scheduler.term.calendar import term_code, week_number
from scheduler.term.changes import Change, ExtraLesson
from scheduler.term.dated import DatedLesson, Off
from scheduler.term.entries import Entry, EntryKey
from scheduler.term.facts import Facts, facts_of
from scheduler.term.held import term_lessons
from scheduler.term.versions import Versions

# School, term, requirement, index: an entry's key without its date.
_LessonName = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class Publishing:
    """The act of publishing: its version, its time (UTC), the first date it is for.

    Lessons before ``begins`` stay as they were.
    """

    version: int
    at: dt.datetime
    begins: dt.date


@dataclass(frozen=True, slots=True)
class _Dated:
    """A dated lesson of the new timetable, ready to be compared.

    ``planned`` is what it would be without changes, where they make it otherwise.
    """

    lesson: _LessonName
    planned_date: dt.date
    date: dt.date
    facts: Facts
    off: Off | None
    planned: Facts | None = None

    @property
    def name(self) -> tuple[_LessonName, dt.date]:
        """What it has in common with itself before and after changes."""
        return self.lesson, self.planned_date


def first_entries(
    versions: Versions, version: int, at: dt.datetime, changes: Iterable[Change] = ()
) -> list[Entry]:
    """Entries of a timetable that was never published before, past included."""
    act = Publishing(version, at, dt.date.min)
    return follow((), versions, act, changes)


def follow(
    previous: Iterable[Entry],
    versions: Versions,
    publishing: Publishing,
    changes: Iterable[Change] = (),
) -> list[Entry]:
    """The entries after publishing the newest of the versions over the previous ones.

    Each lesson keeps its entries: a dated lesson that the week has on another day is
    the same entry on another date, found first on the same date, then in the same
    calendar week, then in the same fortnight. What has no successor is cancelled, what
    has no predecessor is new. Entries that did not change are returned as they are.
    """
    begins = publishing.begins
    found: list[Entry] = []
    open_: dict[_LessonName, list[Entry]] = defaultdict(list)
    for entry in previous:
        if min(entry.planned_date, entry.date) < begins:
            found.append(entry)
        else:
            open_[entry.lesson].append(entry)
    coming: dict[_LessonName, list[_Dated]] = defaultdict(list)
    term = versions.newest.problem.term
    for new in _rows(versions, tuple(changes), _dates_from(begins, term)):
        if min(new.planned_date, new.date) >= begins:
            coming[new.lesson].append(new)
    taken = {entry.key for entry in found}
    taken |= {entry.key for rows in open_.values() for entry in rows}
    for lesson in sorted(open_.keys() | coming.keys()):
        found += _follow_lesson(open_[lesson], coming[lesson], publishing, taken, term)
    return sorted(found, key=lambda entry: (entry.date, entry.key))


def revise(
    previous: Iterable[Entry],
    versions: Versions,
    publishing: Publishing,
    changes: Iterable[Change],
    dates: Collection[dt.date],
) -> list[Entry]:
    """The entries of some dates after changes on them were made or undone.

    Parameters:
        previous: Those that are on these dates, or are there in the week.
    """
    known = list(previous)
    asked = {*dates, *(e.date for e in known), *(e.planned_date for e in known)}
    rows = {row.name: row for row in _rows(versions, tuple(changes), asked)}
    found, taken = [], {entry.key for entry in known}
    # A lesson that is in the timetable no more comes last: it may have had a successor.
    for entry in sorted(known, key=lambda e: e.cancelled and e.off is None):
        row = rows.pop((entry.lesson, entry.planned_date), None)
        if row is None:
            found.append(_cancel(entry, publishing))
        else:
            as_ever = row.planned is None
            found.append(_update(entry, row, publishing, restored=as_ever))
    found += [
        _new(row, publishing, taken)
        for row in rows.values()
        if row.planned_date in dates or row.date in dates
    ]
    return found


def _dates_from(begins: dt.date, term: Term) -> frozenset[dt.date]:
    first = max(begins, term.first_day)
    days = (term.last_day - first).days + 1
    return frozenset(first + dt.timedelta(k) for k in range(days))


def _rows(
    versions: Versions, changes: tuple[Change, ...], only: Collection[dt.date]
) -> list[_Dated]:
    """Lessons of some dates, those that changes make otherwise with what they were."""
    asked = set(only)
    touched = {x for c in changes if not asked.isdisjoint(c.dates) for x in c.dates}
    made = tuple(c for c in changes if isinstance(c, ExtraLesson))
    plain = {row.name: row for row in _expand(versions, made, touched)}
    return [
        _compared(row, plain.get(row.name)) for row in _expand(versions, changes, only)
    ]


def _compared(row: _Dated, plain: _Dated | None) -> _Dated:
    if plain is None or (row.date, row.facts) == (plain.date, plain.facts):
        return row
    return replace(row, planned=plain.facts)


def _expand(
    versions: Versions, changes: Iterable[Change], only: Collection[dt.date]
) -> list[_Dated]:
    # On most of its dates a lesson says the same: gathered once, and shared.
    told: dict[Hashable, tuple[_LessonName, Facts]] = {}
    found = []
    # All lessons are kept in hand, so that no two meetings can have the same id().
    for dated in term_lessons(versions, changes, only):
        same = (
            *(id(dated.meeting), id(dated.weekly), dated.weather),
            *(dated.agreement_ids, dated.obstacles, dated.day.make_up),
            *(dated.day.weekday, dated.self_study, dated.joins),
        )
        known = told.get(same)
        if known is None:
            known = told[same] = _lesson_name(dated), facts_of(dated)
        found.append(
            _Dated(known[0], dated.original_date, dated.date, known[1], dated.off)
        )
    return found


def _lesson_name(dated: DatedLesson) -> _LessonName:
    lesson, problem = dated.meeting.lesson, dated.problem
    asked = lesson.requirement
    school_id, term = problem.schools_of(asked)[0], term_code(problem.term)
    return school_id, term, asked.requirement_id, lesson.index


def _follow_lesson(
    old: list[Entry],
    new: list[_Dated],
    publishing: Publishing,
    taken: set[EntryKey],
    term: Term,
) -> list[Entry]:
    """Entries of one lesson; adds the keys of new ones to ``taken``."""
    live = [entry for entry in old if entry.off or not entry.cancelled]
    dead = [entry for entry in old if entry.cancelled and not entry.off]
    # A cancelled entry revives only where no live one is left to move.
    pairs, gone, left = _pair(live, new, term)
    revived, dead, left = _pair(dead, left, term)
    found = [_update(entry, row, publishing) for entry, row in pairs + revived]
    found += [_cancel(entry, publishing) for entry in gone] + dead
    found += [_new(row, publishing, taken) for row in left]
    return found


def _pair(
    old: list[Entry], new: list[_Dated], term: Term
) -> tuple[list[tuple[Entry, _Dated]], list[Entry], list[_Dated]]:
    """Pair entries with their successors; what is left over on either side."""
    pairs: list[tuple[Entry, _Dated]] = []
    for near in (_same_date, week_number, _same_fortnight):
        if not old or not new:
            break
        waiting: dict[Hashable, list[Entry]] = defaultdict(list)
        for entry in old:
            waiting[near(term, entry.planned_date)].append(entry)
        left = []
        for row in new:
            candidates = waiting[near(term, row.planned_date)]
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


def _update(
    entry: Entry, row: _Dated, publishing: Publishing, restored: bool = False
) -> Entry:
    entry = _planned(entry, row.planned_date)
    if row.off is not None:
        return _cancel(entry, publishing, row.off)
    same = (entry.date, entry.facts, entry.planned) == (
        row.date,
        row.facts,
        row.planned,
    )
    if same and not entry.cancelled:
        return entry
    # Another name for the same thing: the text is new, the appointment is not.
    renamed = replace(
        entry,
        facts=row.facts,
        planned=row.planned,
        changed_at=publishing.at,
        restored=entry.restored and row.planned is None,
    )
    again = entry.now.appointment == (row.date, *row.facts.appointment)
    if again and not entry.cancelled:
        return renamed
    return replace(
        renamed,
        date=row.date,
        cancelled=False,
        off=None,
        version=publishing.version,
        published_at=publishing.at,
        sequence=entry.sequence + 1,
        former=entry.now,
        restored=restored,
    )


def _planned(entry: Entry, date: dt.date) -> Entry:
    """The entry on another date of the week, which nobody sees of it."""
    return entry if entry.planned_date == date else replace(entry, planned_date=date)


def _cancel(entry: Entry, publishing: Publishing, off: Off | None = None) -> Entry:
    if entry.cancelled:
        return entry if entry.off is off else replace(entry, off=off)
    return replace(
        entry,
        cancelled=True,
        off=off,
        version=publishing.version,
        published_at=publishing.at,
        changed_at=publishing.at,
        sequence=entry.sequence + 1,
        former=None,
        planned=None,
        restored=False,
    )


def _new(row: _Dated, publishing: Publishing, taken: set[EntryKey]) -> Entry:
    """A new entry; its key is added to those taken."""
    key, at = _free_key(row, taken), publishing.at
    taken.add(key)
    return Entry(
        *(key, row.planned_date, row.date, row.facts, publishing.version, at, at),
        planned=row.planned,
        cancelled=row.off is not None,
        off=row.off,
    )


def _free_key(row: _Dated, taken: set[EntryKey]) -> EntryKey:
    """A permanent name for a new entry.

    The entry first published for this date may have moved away; it keeps the
    date's name, and the new one takes the next free.
    """
    original = row.planned_date
    while (key := EntryKey(*row.lesson, original)) in taken:
        original += dt.timedelta(days=1)
    return key
