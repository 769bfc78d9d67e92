"""The office's day: who is away, what is open and closed, who is free, check-ins."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.constraints import describe
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.services.office import Office
from scheduler.services.store.leave_rows import KeptLeave
from scheduler.services.views.changes import change_sentence
from scheduler.services.views.clock import Now, Slot, day_slots, day_title, span_of
from scheduler.services.views.days.sentences import leave_sentence
from scheduler.services.views.days.weeks import DatedLine, dated_line
from scheduler.services.views.places.bad_days import day_title as bad_day_title
from scheduler.services.views.today.places import closed_lines, event_lines, lost_lines
from scheduler.term.changes import BellDay, Change, EventDay
from scheduler.term.cover.board import needs_among
from scheduler.term.cover.free import Span, empty_rooms, free_teachers, free_zones
from scheduler.term.cover.leaves import LeaveState
from scheduler.term.dated import DatedLesson
from scheduler.term.held import term_lessons
from scheduler.term.versions import Versions


@dataclass(frozen=True, slots=True)
class FreeTeacher:
    """Somebody who is free, with the lessons that he or she gives on the date."""

    name: str
    lessons: int


@dataclass(frozen=True, slots=True)
class FreeGroup:
    """Free teachers of a teaching-research group, those with fewest lessons first."""

    label: str
    teachers: tuple[FreeTeacher, ...]


@dataclass(frozen=True, slots=True)
class FreePlace:
    """A venue that is free, or the zones of it that are."""

    venue_id: str
    name: str
    zones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Free:
    """Who and what is free in a span; ``rooms`` are classrooms whose class is away."""

    span: Span
    slots: tuple[Slot, ...]
    groups: tuple[FreeGroup, ...]
    places: tuple[FreePlace, ...]
    rooms: tuple[str, ...]

    @property
    def teachers(self) -> int:
        """How many teachers are free."""
        return sum(len(group.teachers) for group in self.groups)


@dataclass(frozen=True, slots=True)
class CheckedPlace:
    """A venue with the lessons that are expected there, and those confirmed."""

    venue_id: str
    name: str
    expected: int
    due: int
    confirmed: int

    @property
    def missing(self) -> int:
        """Lessons that have begun and are not confirmed."""
        return max(0, self.due - self.confirmed)


@dataclass(frozen=True, slots=True)
class CoverToday:
    """What the office has to see to: for whoever may change dates alone."""

    away: tuple[Text, ...]
    asked: int
    open: tuple[Text, ...]
    waiting: int


@dataclass(frozen=True)
class TodayPage:
    """What the page shows; ``cover`` is None for whoever only reads."""

    date: dt.date
    now: Now
    title: Text
    problem: Problem
    taught: bool
    cover: CoverToday | None
    whole: tuple[Text, ...]
    changed: tuple[DatedLine, ...]
    closed: tuple[Text, ...]
    lost: tuple[Text, ...]
    weather: tuple[Text, ...]
    free: Free
    checked: tuple[CheckedPlace, ...]

    @property
    def is_today(self) -> bool:
        """Whether the date is that of the clock."""
        return self.date == self.now.date


def today_page(
    office: Office,
    versions: Versions,
    date: dt.date,
    now: Now,
    asked: Span | None,
    manages: bool,
) -> TodayPage:
    """Gather the page of a date.

    Parameters:
        versions: The timetables of the date's term, with the newest bookings.
        asked: When somebody is to be free; the running period by default.
    """
    problem = versions.at(date).problem
    changes = office.changes.in_force(date)
    kept = office.covering.leaves(date)
    leaves = [x.leave for x in kept if x.in_force and x.leave is not None]
    lessons = term_lessons(versions, changes, {date})
    held = tuple(x for x in lessons if x.off is None)
    slots = day_slots(problem, date, changes)
    span = asked or span_of(slots, date, now)
    groups = _groups(problem, free_teachers(problem, held, leaves, span), held)
    rooms = tuple(problem.class_name[x] for x in empty_rooms(problem, held, span))
    return TodayPage(
        date,
        now,
        day_title(problem, date),
        problem,
        bool(slots),
        _cover(versions, changes, kept, date) if manages else None,
        whole_day(problem, changes, date),
        changed_lines(lessons),
        closed_lines(problem, date),
        lost_lines(lessons),
        tuple(bad_day_title(x) for x in office.bad_days.coming() if x.date == date),
        Free(span, slots, groups, _places(problem, held, span), rooms),
        _checked(office, problem, date, now),
    )


def whole_day(
    problem: Problem, changes: Iterable[Change], date: dt.date
) -> tuple[Text, ...]:
    """Events and other bells of a date, from the tables and the log of changes."""
    made = (
        change_sentence(problem, x)
        for x in changes
        if isinstance(x, EventDay | BellDay) and date in x.dates
    )
    return (*event_lines(problem, date), *made)


def changed_lines(
    lessons: Iterable[DatedLesson], named: bool = True
) -> tuple[DatedLine, ...]:
    """Lessons of a date that are otherwise than in the week, but for events."""
    shown = (x for x in lessons if x.off is None or not x.off.is_event)
    lines = (dated_line(x, named=named) for x in shown)
    return tuple(line for line in lines if line.changes)


def _cover(
    versions: Versions,
    changes: tuple[Change, ...],
    kept: Sequence[KeptLeave],
    date: dt.date,
) -> CoverToday:
    away = [x for x in kept if x.in_force and x.leave and date in x.leave.dates]
    picks = tuple(pick for x in away for pick in x.picks)
    taken = tuple(change for pick in picks for change in pick.changes)
    lessons = term_lessons(versions, (*changes, *taken), {date})
    needs = needs_among(lessons, [x.leave for x in away if x.leave is not None])
    problem = versions.at(date).problem
    return CoverToday(
        tuple(leave_sentence(problem, x.leave) for x in away if x.leave is not None),
        sum(x.state is LeaveState.ASKED for x in kept),
        tuple(_need(problem, need.lesson, need.teacher_id) for need in needs),
        sum(pick.date == date for pick in picks),
    )


def _need(problem: Problem, lesson: DatedLesson, teacher_id: str) -> Text:
    line, name = dated_line(lesson), describe.teacher(problem, teacher_id)
    return describe.same(f"{line.clock} {line.classes} {line.subject} · {name}")


def _groups(
    problem: Problem, free: Iterable[str], held: Iterable[DatedLesson]
) -> tuple[FreeGroup, ...]:
    loads: dict[str, int] = {}
    for lesson in held:
        for name in lesson.meeting.adult_ids:
            loads[name] = loads.get(name, 0) + 1
    found: dict[str, list[FreeTeacher]] = {}
    for name in free:
        label = problem.teacher[name].group
        one = FreeTeacher(describe.teacher(problem, name), loads.get(name, 0))
        found.setdefault(label, []).append(one)
    return tuple(
        FreeGroup(label, tuple(sorted(rows, key=lambda x: x.lessons)))
        for label, rows in found.items()
    )


def _places(
    problem: Problem, held: Iterable[DatedLesson], span: Span
) -> tuple[FreePlace, ...]:
    found = []
    for name, zones in free_zones(problem, held, span).items():
        all_zones = [x for x in problem.zones if x.venue_id == name]
        part = len(zones) < len(all_zones)
        titles = tuple(problem.zone[x].title for x in zones) if part else ()
        found.append(FreePlace(name, problem.venue[name].name, titles))
    return tuple(found)


def _checked(
    office: Office, problem: Problem, date: dt.date, now: Now
) -> tuple[CheckedPlace, ...]:
    found: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    for entry, confirmed in office.usage.expected(date):
        place = entry.facts.place
        if place is None or place.venue.id not in problem.venue:
            continue
        names[place.venue.id] = place.venue.name
        row = found.setdefault(place.venue.id, [0, 0, 0])
        past = date < now.date or (date == now.date and entry.facts.start <= now.minute)
        row[0] += 1
        row[1] += past
        row[2] += confirmed
    return tuple(CheckedPlace(x, names[x], *found[x]) for x in found)
