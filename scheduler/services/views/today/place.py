"""A place's own day: what runs now, what comes next, zone by zone; what is closed."""

from dataclasses import dataclass

from scheduler.model.text import Text
from scheduler.services.office import Office
from scheduler.services.views.clock import Now, day_title
from scheduler.services.views.days.weeks import DatedLine, dated_line
from scheduler.services.views.today.places import closed_lines
from scheduler.term.dated import DatedLesson
from scheduler.term.held import term_lessons
from scheduler.term.versions import Versions


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A lesson at the place, or one that has left it (``gone``); ``part`` its zones."""

    line: DatedLine
    part: str
    gone: bool
    now: bool
    past: bool


@dataclass(frozen=True, slots=True)
class PlaceDay:
    """What the page shows; ``next`` is the first lesson to come."""

    title: Text
    now: Now
    closed: tuple[Text, ...]
    lines: tuple[PlaceLine, ...]
    next: PlaceLine | None


def place_day(
    office: Office, versions: Versions, now: Now, venue_id: str, named: bool
) -> PlaceDay:
    """Gather today at a venue, dated changes and closures included."""
    problem = versions.at(now.date).problem
    lessons = term_lessons(versions, office.changes.in_force(now.date), {now.date})
    lines = tuple(
        _line(x, venue_id, now, named) for x in lessons if venue_id in _venues(x)
    )
    coming = (x for x in lines if not (x.past or x.now or x.gone or x.line.off))
    return PlaceDay(
        day_title(problem, now.date),
        now,
        closed_lines(problem, now.date, venue_id),
        lines,
        next(coming, None),
    )


def _venues(lesson: DatedLesson) -> tuple[str, ...]:
    """Where a lesson is, and where the week has it."""
    meetings = (lesson.meeting, lesson.weekly)
    layouts = (x.layout for x in meetings if x is not None)
    return tuple(x.venue_id for x in layouts if x is not None)


def _line(lesson: DatedLesson, venue_id: str, now: Now, named: bool) -> PlaceLine:
    problem, meeting = lesson.problem, lesson.meeting
    here = meeting.layout is not None and meeting.layout.venue_id == venue_id
    all_zones = {x.zone_id for x in problem.zones if x.venue_id == venue_id}
    part = ""
    if here and set(meeting.zone_ids) != all_zones:
        part = "、".join(problem.zone[x].title for x in meeting.zone_ids)
    runs = lesson.start <= now.minute < lesson.end
    there = here and lesson.off is None
    line = dated_line(lesson, named=named)
    return PlaceLine(line, part, not here, runs and there, lesson.end <= now.minute)
