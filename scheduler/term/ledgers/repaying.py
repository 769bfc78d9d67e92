"""Ways to give lost lessons back: dates and times at which a class could have them.

An offer is an extra lesson of the same teachers in a free period of the class, or
after school where its subject is no core course, at its own place or another that it
may use. Whether it breaks a hard rule on its date is for ``term.checking`` to say; here
only what is plainly taken is left out.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME
from scheduler.model.resources import SubjectKind
from scheduler.model.times import LESSON_ROWS, Bell, Period, RowKind, RowKinds, overlap
from scheduler.term.calendar import TeachingDay, teaching_dates
from scheduler.term.changes import EXTRA, Change, EventDay, ExtraLesson
from scheduler.term.dated import DatedLesson
from scheduler.term.held import bells_on, held_lessons
from scheduler.term.ledgers.debts import Debt
from scheduler.term.versions import Versions

_LATER: RowKinds = frozenset({RowKind.ACTIVITY, RowKind.AFTER_SCHOOL})
_MOST_OFFERS = 60
_SLICE = 10
"""Minutes that are told apart where two offers may not overlap."""
# What an offer disturbs: a week's delay counts 1.
_AFTER_SCHOOL, _OTHER_PLACE, _SAME_DAY = 4, 1, 3

Use = tuple[str, str, dt.date, int]
"""What is taken: kind, id, date, and the slice of the day (0: the whole day)."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A lost lesson with all classes that are owed it."""

    debts: tuple[Debt, ...]

    @property
    def first(self) -> Debt:
        """What all of them share."""
        return self.debts[0]

    @property
    def class_ids(self) -> tuple[str, ...]:
        """Classes that had it together."""
        return tuple(debt.class_id for debt in self.debts)


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to repay a lesson, with what it disturbs (``cost``, 0 or more)."""

    owed: Owed
    date: dt.date
    start: int
    end: int
    layout_id: str
    cost: int
    after_school: bool

    def extra(self, number: int = 0) -> ExtraLesson:
        """The lesson, under a name for the time being."""
        debt = self.owed.first
        return ExtraLesson(
            *(self.date, f"{EXTRA}r{number}#1", self.owed.class_ids),
            *(debt.subject_id, debt.teacher_ids, self.start, self.end),
            layout_id=self.layout_id,
            for_date=debt.date,
            for_id=debt.lesson_id,
        )


def owed(debts: Iterable[Debt]) -> tuple[Owed, ...]:
    """Open debts, those of classes taught together as one, oldest first."""
    found: dict[tuple[dt.date, str], list[Debt]] = defaultdict(list)
    for debt in debts:
        if debt.repaid_on is None and debt.teacher_ids:
            found[debt.date, debt.lesson_id].append(debt)
    return tuple(Owed(tuple(found[key])) for key in sorted(found))


def offers(
    versions: Versions,
    changes: Iterable[Change],
    wanted: Iterable[Owed],
    first: dt.date,
    last: dt.date,
    most: int = _MOST_OFFERS,
) -> list[list[Offer]]:
    """For each lesson owed its offers between two dates, the least disturbing first."""
    term = versions.newest.problem.term
    days = [day for day in teaching_dates(term) if first <= day.date <= last]
    log, dates = tuple(changes), {day.date for day in days}
    taken = _Taken(held_lessons(versions, log, dates))
    for date in dates:
        taken.add_events(versions.at(date).problem, log, date)
    bells = {x: bells_on(versions.at(x).problem, log, x) for x in dates}
    found = []
    for one in wanted:
        some = [
            offer
            for day in days
            for offer in _on(versions, one, day, bells[day.date], taken, first)
        ]
        found.append(sorted(some, key=_order)[:most])
    return found


def _order(offer: Offer) -> tuple[int, dt.date, int]:
    return offer.cost, offer.date, offer.start


class _Taken:
    """Who and what is busy when, by date."""

    def __init__(self, lessons: Iterable[DatedLesson]) -> None:
        self._busy: dict[tuple[str, dt.date], list[tuple[int, int]]] = defaultdict(list)
        self._subjects: set[tuple[str, dt.date, str]] = set()
        for lesson in lessons:
            meeting, date = lesson.meeting, lesson.date
            span = (lesson.start - meeting.walk, lesson.end + meeting.walk)
            subject_id = meeting.lesson.requirement.subject_id
            for name in meeting.class_ids:
                self._busy[f"c {name}", date].append(span)
                self._subjects.add((name, date, subject_id))
            for name in meeting.adult_ids:
                self._busy[f"t {name}", date].append(span)
            for name in meeting.zone_ids:
                self._busy[f"z {name}", date].append((lesson.start, lesson.end))

    def add_events(
        self, problem: Problem, changes: Iterable[Change], date: dt.date
    ) -> None:
        """Keep classes from the hours that an event of theirs takes on a date."""
        for event in changes:
            if isinstance(event, EventDay) and date in event.dates:
                for name in event.class_ids or problem.class_group:
                    self._busy[f"c {name}", date].append((event.start, event.end))
        for row in problem.shut_on.get(date, ()):
            for group in () if row.kind.is_place else problem.classes:
                if row.resource_id in (group.class_id, group.school_id):
                    span = row.start, row.end
                    self._busy[f"c {group.class_id}", date].append(span)

    def free(self, kind: str, names: Iterable[str], date: dt.date, row: Period) -> bool:
        """Whether none of them is busy then."""
        return not any(
            overlap(row.start, row.end, *span)
            for name in names
            for span in self._busy.get((f"{kind} {name}", date), ())
        )

    def has(self, class_id: str, date: dt.date, subject_id: str) -> bool:
        """Whether the class has the subject on a date."""
        return (class_id, date, subject_id) in self._subjects


def _on(
    versions: Versions,
    one: Owed,
    day: TeachingDay,
    bells: Mapping[str, Bell],
    taken: _Taken,
    first: dt.date,
) -> Iterator[Offer]:
    """Offers on one date."""
    problem, debt, date = versions.at(day.date).problem, one.first, day.date
    gone = not all(x in problem.class_group for x in one.class_ids)
    if gone or debt.subject_id not in problem.subject:
        return
    again = any(taken.has(x, date, debt.subject_id) for x in one.class_ids)
    for row, after_school in _rows(problem, one, day, bells[one.class_ids[0]]):
        if not taken.free("c", one.class_ids, date, row):
            continue
        if not taken.free("t", debt.teacher_ids, date, row):
            continue
        place = _place(problem, debt, date, row, taken)
        if place is not None:
            cost = (date - first).days // 7 + _AFTER_SCHOOL * after_school
            cost += _OTHER_PLACE * (place != debt.layout_id) + _SAME_DAY * again
            span = row.start, row.end
            yield Offer(one, date, *span, place, cost, after_school)


def _rows(
    problem: Problem, one: Owed, day: TeachingDay, bell: Bell
) -> Iterator[tuple[Period, bool]]:
    """Periods of the bell as stretches; no core course is given after school."""
    debt = one.first
    core = problem.subject[debt.subject_id].kind is SubjectKind.CORE
    for kinds in (LESSON_ROWS,) if core else (LESSON_ROWS, _LATER):
        for row in bell.rows(day.weekday, kinds):
            block = bell.block(day.weekday, row.number, debt.lessons, kinds)
            if block is not None:
                end = block[-1].end
                if kinds is _LATER:  # a long row, of which a lesson takes its part
                    end = min(end, row.start + debt.minutes)
                whole = Period(day.weekday, row.number, row.kind, row.start, end)
                yield whole, kinds is _LATER


def _place(
    problem: Problem, debt: Debt, date: dt.date, row: Period, taken: _Taken
) -> str | None:
    """Its own place, another that its requirement allows, or the class's room."""
    lesson = problem.lesson.get(debt.lesson_id)
    allowed = problem.allowed_layouts(lesson.requirement) if lesson else ()
    own = debt.layout_id or HOME
    for name in dict.fromkeys((own, *allowed)):
        layout = problem.layout.get(name)
        if layout is None and name == HOME:
            return HOME
        if layout is None or not layout.allows(debt.subject_id):
            continue
        single = [z for z in layout.zones if problem.zone[z].max_classes == 1]
        if taken.free("z", single, date, row):
            return name
    return None


def uses(problem: Problem, offer: Offer) -> Iterator[tuple[Use, int]]:
    """What an offer takes, and how many others may take it too.

    A class is given one lesson back on a date, a teacher two, at different times.
    """
    date, debt = offer.date, offer.owed.first
    slices = range(offer.start // _SLICE, -(-offer.end // _SLICE))
    for name in offer.owed.class_ids:
        yield ("class", name, date, 0), 1
    for name in debt.teacher_ids:
        yield ("teacher", name, date, 0), 2
        yield from ((("teacher", name, date, k + 1), 1) for k in slices)
    layout = problem.layout.get(offer.layout_id)
    for name in layout.zones if layout else ():
        room = problem.zone[name].max_classes
        yield from ((("zone", name, date, k + 1), room) for k in slices)
