"""A lesson on one date: where and when, by what right, or why not."""

import datetime as dt
from dataclasses import dataclass, field, replace
from enum import StrEnum

from scheduler.model.closures import Shut
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.model.venues import Use
from scheduler.model.weather import Weather
from scheduler.term.calendar import TeachingDay

Key = tuple[dt.date, str]
"""What changes know a lesson by: the date on which the week has it, and its id."""


class Obstacle(StrEnum):
    """Why a place of others cannot be used on one date."""

    CLOSED = "closed"
    NOT_VALID = "not_valid"
    NO_WINDOW = "no_window"
    BOOKED = "booked"
    SHUT = "shut"

    @property
    def text(self) -> Text:
        """The reason, for people."""
        return _OBSTACLES[self]


_OBSTACLES = {
    Obstacle.CLOSED: Text("协议场地当天关闭", "the venue is closed to us on this date"),
    Obstacle.NOT_VALID: Text("协议当天无效", "the agreement is not valid on this date"),
    Obstacle.NO_WINDOW: Text(
        "协议时段不含这一天", "no window of an agreement covers this weekday"
    ),
    Obstacle.BOOKED: Text("场地此时已被预订", "the place is booked at this time"),
    Obstacle.SHUT: Text("场地此时停用", "the place is closed at this time"),
}


class Off(StrEnum):
    """Why a lesson of the week does not take place on a date."""

    CANCELLED = "cancelled"
    EVENT = "event"
    EXAM = "exam"
    SPORTS = "sports"
    TRIP = "trip"
    EARLY_END = "early_end"
    BELL = "bell"
    CLOSED = "closed"

    @property
    def text(self) -> Text:
        """The reason, for people."""
        return _OFF[self]

    @property
    def is_event(self) -> bool:
        """Whether an event of its classes takes it."""
        return self not in (Off.CANCELLED, Off.BELL, Off.CLOSED)


_OFF = {
    Off.CANCELLED: Text("停课", "cancelled"),
    Off.EVENT: Text("班级有活动", "the class has an event"),
    Off.EXAM: Text("考试", "an exam"),
    Off.SPORTS: Text("运动会", "a sports meeting"),
    Off.TRIP: Text("外出活动", "a trip"),
    Off.EARLY_END: Text("提前放学", "school ends early"),
    Off.BELL: Text("当天作息没有这一节", "the bell of the day has no such period"),
    Off.CLOSED: Text("当天不上课", "there is no school on this date"),
}


@dataclass(frozen=True, slots=True)
class DatedLesson:
    """One lesson on one date.

    ``original_date`` is the one on which the week has it. ``start`` and ``end`` are
    minutes after midnight. ``agreement_ids`` are those in force on this date. Where an
    obstacle stands, the lesson takes place but its place is not available
    (``place_available``). In ``self_study`` its teachers only supervise; ``joins`` is
    the lesson it is taught together with on the date. ``weather`` is what drove it from
    the place the timetable has for it, ``off`` why it does not take place. ``weekly``
    is the meeting of the week by the bell of the date, which may be an ``other_bell``
    than the class's own; None of an extra lesson. ``problem`` is that of the version
    in force.
    """

    original_date: dt.date
    day: TeachingDay
    meeting: Meeting
    agreement_ids: tuple[str, ...] = ()
    obstacles: tuple[tuple[str, Obstacle], ...] = ()
    weather: Weather | None = None
    off: Off | None = None
    weekly: Meeting | None = None
    self_study: bool = False
    joins: str = ""
    other_bell: bool = False
    problem: Problem = field(kw_only=True, compare=False, repr=False)

    @property
    def lesson_id(self) -> str:
        """Id of the lesson."""
        return self.meeting.lesson.lesson_id

    @property
    def key(self) -> Key:
        """What changes know it by."""
        return self.original_date, self.lesson_id

    @property
    def date(self) -> dt.date:
        """The date it takes place."""
        return self.day.date

    @property
    def start(self) -> int:
        """First minute of the lesson."""
        return self.meeting.start

    @property
    def end(self) -> int:
        """Minute after the lesson."""
        return self.meeting.end

    @property
    def place_available(self) -> bool:
        """Tell whether every school may use the place on this date."""
        return not self.obstacles


def event_of(problem: Problem, dated: DatedLesson) -> Shut | None:
    """The event that keeps every class of a lesson from it, or of several the first."""
    events = [
        row
        for row in problem.shut_on.get(dated.date, ())
        if not row.kind.is_place and dated.meeting.overlaps(row.start, row.end)
    ]
    if not events:
        return None
    found = []
    for class_id in dated.meeting.class_ids:
        ids = (class_id, problem.class_group[class_id].school_id)
        found.append(next((e for e in events if e.resource_id in ids), None))
    return found[0] if all(found) else None


def moved(problem: Problem, meeting: Meeting, layout_id: str) -> Meeting:
    """The same meeting at another place."""
    placement = replace(meeting.placement, layout_id=layout_id)
    return Meeting.in_rows(
        problem, meeting.lesson, placement, meeting.rows, meeting.fits
    )


def dated_lesson(
    problem: Problem,
    meeting: Meeting,
    day: TeachingDay,
    weekly: Meeting | None = None,
    off: Off | None = None,
) -> DatedLesson:
    """A lesson on one date, with what lets its schools in, or why nothing does."""
    agreement_ids: list[str] = []
    obstacles: list[tuple[str, Obstacle]] = []
    closed = _closed(problem, meeting, day.date)
    for use in meeting.uses:
        if closed is not None:
            obstacles.append((use.school_id, closed))
        elif use.foreign:
            found = _permission(problem, meeting, use, day.date)
            if isinstance(found, Obstacle):
                obstacles.append((use.school_id, found))
            else:
                agreement_ids.append(found)
    return DatedLesson(
        *(day.date, day, meeting, tuple(agreement_ids), tuple(obstacles)),
        off=off,
        weekly=weekly,
        problem=problem,
    )


def _closed(problem: Problem, meeting: Meeting, date: dt.date) -> Obstacle | None:
    """Whether the place is closed then, by a calendar or by closures.csv."""
    rows = problem.shut_on.get(date, ())
    if meeting.layout is None or not rows:
        return None
    names = (meeting.layout.venue_id, *meeting.zone_ids)
    for row in rows:
        hit = row.kind.is_place and meeting.overlaps(row.start, row.end)
        if hit and row.resource_id in names:
            return Obstacle.BOOKED if row.calendar_id else Obstacle.SHUT
    return None


def _permission(
    problem: Problem, meeting: Meeting, use: Use, date: dt.date
) -> str | Obstacle:
    """Id of the agreement that lets the school in on this date, or why none does.

    A window's day is the real weekday, on make-up days too (data-format.md,
    "Agreements").
    """
    if meeting.layout is None:
        raise ValueError("a class's own room needs no agreement")
    given = problem.agreements_at.get((use.school_id, meeting.layout.venue_id), ())
    windows = [
        a
        for a in given
        if a.day == date.isoweekday()
        and a.start <= meeting.start
        and meeting.end <= a.end
        and a.opens(meeting.layout)
    ]
    found = [a for a in windows if a.is_valid_on(date)]
    if found:
        return found[0].agreement_id
    if any(a.valid_from <= date <= a.valid_to for a in windows):
        return Obstacle.CLOSED
    return Obstacle.NOT_VALID if windows else Obstacle.NO_WINDOW
