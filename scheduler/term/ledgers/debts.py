"""Debts: lessons of mandated subjects that a class was to have and did not have.

A lesson that falls out, goes to another subject or is only supervised opens one; so
does a lesson that a closed day takes where no make-up day gives it back. It closes
when the lesson is made up: by an extra lesson that names it, by the lesson itself on
another date, or by any lesson of the subject that the class has beyond its week, which
pays for the oldest open one.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.resources import Subject, SubjectKind
from scheduler.model.term import Term
from scheduler.model.text import Text
from scheduler.term.calendar import week_number, week_of
from scheduler.term.changes import Change, ExtraLesson
from scheduler.term.entries import Entry
from scheduler.term.facts import Named
from scheduler.term.ledgers.counting import LOST, MADE_UP, Counted, counted
from scheduler.term.ledgers.planned import school_weeks
from scheduler.term.versions import Versions

_FREE = (SubjectKind.PE_ACTIVITY, SubjectKind.OTHER)


@dataclass(frozen=True, slots=True)
class Debt:
    """A lost lesson of a class, by the date and id that the week knows it by.

    ``lessons`` are its periods, ``teacher_ids`` those who teach it in the week,
    ``closed`` tells a closed day of the term from what the log says. ``repaid_on`` is
    the date it was or will be made up, None while it is open.
    """

    class_id: str
    subject_id: str
    date: dt.date
    lesson_id: str
    lessons: int
    minutes: int
    teacher_ids: tuple[str, ...]
    layout_id: str
    why: Text
    closed: bool = False
    repaid_on: dt.date | None = None

    @property
    def key(self) -> tuple[str, dt.date, str]:
        """Its permanent name."""
        return self.class_id, self.date, self.lesson_id


def mandated(subject: Subject) -> bool:
    """Whether a class must have it: it has a code of the plan, or is of such a kind."""
    return bool(subject.standard_code) or subject.kind not in _FREE


def debts_of(
    versions: Versions, entries: Iterable[Entry], changes: Iterable[Change]
) -> tuple[Debt, ...]:
    """All debts of the term, repaid ones included, by date, class and lesson."""
    problem = versions.newest.problem
    asked = {s.subject_id for s in problem.subjects if mandated(s)}
    given = tuple(entries)
    found = {
        debt.key: debt
        for debt in (*closed_debts(versions), *_lost(versions, given))
        if debt.subject_id in asked
    }
    _repay(found, given, changes)
    return tuple(
        sorted(found.values(), key=lambda d: (d.date, d.class_id, d.lesson_id))
    )


def closed_debts(versions: Versions) -> tuple[Debt, ...]:
    """Lessons that closed days take; what a make-up day gives back is repaid by it.

    Weeks without any teaching day are no school weeks, and owe nothing. A make-up day
    pays for the nearest closed date of its weekday on which the lesson would have met.
    """
    term = versions.newest.problem.term
    closed = _closed_dates(term)
    found: list[Debt] = []
    for version in versions.all:
        dates = [(date, name) for date, name in closed if version.holds(date)]
        for meeting in version.timetable.meetings:
            if meeting.teacher_ids and not meeting.lesson.requirement.activity_id:
                found += _closed_of(version.problem, meeting, dates)
    return tuple(found)


def _closed_dates(term: Term) -> list[tuple[dt.date, str]]:
    """Closed dates of school weeks, with the name of what closes them."""
    weeks = {week_number(term, date) for date in school_weeks(term)}
    made = {day.date for day in term.make_up}
    found = {}
    for days in term.closed:
        date = max(days.first, term.first_day)
        while date <= min(days.last, term.last_day):
            if week_number(term, date) in weeks and date not in made:
                found[date] = days.name
            date += dt.timedelta(1)
    return sorted(found.items())


def _closed_of(
    problem: Problem, meeting: Meeting, dates: list[tuple[dt.date, str]]
) -> Iterator[Debt]:
    term = problem.term
    layers = set(meeting.layers)
    lost = [
        (date, name)
        for date, name in dates
        if date.isoweekday() == meeting.day and layers & set(week_of(term, date).layers)
    ]
    back = _given_back(term, meeting, [date for date, _ in lost])
    asked = meeting.lesson.requirement
    for date, name in lost:
        for class_id in meeting.class_ids:
            yield Debt(
                *(class_id, asked.subject_id, date, meeting.lesson.lesson_id),
                len(meeting.rows),
                sum(row.minutes for row in meeting.rows),
                meeting.teacher_ids,
                meeting.placement.layout_id,
                Text(name or "放假", name or "closed"),
                closed=True,
                repaid_on=back.get(date),
            )


def _given_back(
    term: Term, meeting: Meeting, lost: list[dt.date]
) -> dict[dt.date, dt.date]:
    """Closed dates by the make-up days that pay for them."""
    found: dict[dt.date, dt.date] = {}
    for day in sorted(term.make_up, key=lambda d: d.date):
        week = day.week or week_of(term, day.date)
        left = [date for date in lost if date not in found]
        if (
            day.acts_as == meeting.day
            and set(meeting.layers) & set(week.layers)
            and left
        ):
            found[min(left, key=lambda date: abs(date - day.date))] = day.date
    return found


def _lost(versions: Versions, entries: tuple[Entry, ...]) -> Iterator[Debt]:
    """What entries say is lost."""
    layouts = {
        (number, meeting.lesson.lesson_id): meeting.placement.layout_id
        for number, version in enumerate(versions.all)
        for meeting in version.timetable.meetings
    }
    for entry, line in counted(entries, Counted.CLASS, LOST):
        _, class_id, subject_id, date = line
        facts = entry.facts
        number = versions.all.index(versions.at(date))
        people = facts.covers or facts.teachers
        yield Debt(
            *(class_id, subject_id, date, entry.lesson_id),
            *(len(facts.rows), facts.minutes, tuple(p.id for p in people)),
            layouts.get((number, entry.lesson_id), ""),
            _why(entry),
            repaid_on=_moved_to(entry, subject_id),
        )


def _moved_to(entry: Entry, subject_id: str) -> dt.date | None:
    """The date on which the lesson itself is given instead."""
    there = not entry.cancelled and not entry.facts.self_study
    return entry.date if there and entry.facts.subject.id == subject_id else None


def _why(entry: Entry) -> Text:
    facts: Named = entry.facts.subject
    if entry.cancelled and entry.off is not None:
        return entry.off.text
    if entry.facts.instead_of is not None:
        return Text(f"改上{facts.name}", f"given to {facts.name}")
    if entry.date != entry.planned_date:
        return Text(f"调到{entry.date}", f"moved to {entry.date}")
    return Text("自习", "self-study")


def _repay(
    debts: dict[tuple[str, dt.date, str], Debt],
    entries: tuple[Entry, ...],
    changes: Iterable[Change],
) -> None:
    """Let what was made up pay: first for what it names, then for the oldest."""
    named = {
        change.lesson_id: (change.for_date, change.for_id)
        for change in changes
        if isinstance(change, ExtraLesson) and change.for_date is not None
    }
    moved = {(d.class_id, d.lesson_id, d.repaid_on) for d in debts.values()}
    rest: dict[tuple[str, str], list[tuple[dt.date, int]]] = defaultdict(list)
    made_up = counted(entries, Counted.CLASS, MADE_UP)
    for entry, line in sorted(made_up, key=lambda x: (x[0].date, x[0].key)):
        _, class_id, subject_id, date = line
        if (class_id, entry.lesson_id, date) in moved:
            continue
        key = (class_id, *named.get(entry.lesson_id, (date, "")))
        if key in debts and debts[key].repaid_on is None:
            debts[key] = replace(debts[key], repaid_on=date)
        else:
            rest[class_id, subject_id].append((date, len(entry.facts.rows)))
    open_ = sorted((d for d in debts.values() if d.repaid_on is None), key=_oldest)
    for debt in open_:
        paying = rest[debt.class_id, debt.subject_id]
        if sum(size for _, size in paying) >= debt.lessons:
            debts[debt.key] = replace(debt, repaid_on=_pay(paying, debt.lessons))


def _oldest(debt: Debt) -> tuple[dt.date, str]:
    return debt.date, debt.lesson_id


def _pay(paying: list[tuple[dt.date, int]], lessons: int) -> dt.date:
    """Take so many lessons off the list; the date of the last one taken."""
    date = paying[0][0]
    while lessons > 0:
        date, size = paying.pop(0)
        if size > lessons:
            paying.insert(0, (date, size - lessons))
        lessons -= size
    return date
