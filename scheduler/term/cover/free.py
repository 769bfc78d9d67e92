"""Free people and places: who has nothing to do from when to when on a date.

By the clock, on that very date: dated changes, leaves, closures and agreements count.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.model.problem import Problem
from scheduler.model.resources import Level, ResourceKind, Unavailability
from scheduler.model.times import overlap
from scheduler.term.calendar import TeachingDay, teaching_day
from scheduler.term.cover.leaves import Leave, is_away
from scheduler.term.dated import DatedLesson


@dataclass(frozen=True, slots=True)
class Span:
    """Minutes after midnight of a date, the last one not included."""

    date: dt.date
    start: int
    end: int

    def meets(self, start: int, end: int) -> bool:
        """Whether it shares a moment with other minutes of its date."""
        return overlap(self.start, self.end, start, end)


def free_teachers(
    problem: Problem,
    lessons: Iterable[DatedLesson],
    leaves: Iterable[Leave],
    span: Span,
) -> tuple[str, ...]:
    """Ids of teachers who are neither away, nor at a lesson, nor unavailable.

    Parameters:
        lessons: Those held on the date.
    """
    busy = {
        name
        for lesson in lessons
        if span.meets(*lesson.meeting.adult_busy)
        for name in lesson.meeting.adult_ids
    }
    closed = _unavailable(problem, span)
    away = tuple(leaves)
    return tuple(
        x.teacher_id
        for x in problem.teachers
        if x.teacher_id not in busy
        and (ResourceKind.TEACHER, x.teacher_id) not in closed
        and (ResourceKind.GROUP, x.group) not in closed
        and not is_away(away, x.teacher_id, span.date, (span.start, span.end))
    )


def free_zones(
    problem: Problem, lessons: Iterable[DatedLesson], span: Span
) -> dict[str, tuple[str, ...]]:
    """Ids of free zones by venue: not used, not closed, and open to the schools."""
    used = {
        zone
        for lesson in lessons
        if lesson.meeting.overlaps(span.start, span.end)
        for zone in lesson.meeting.zone_ids
    }
    shut = {
        row.resource_id
        for row in problem.shut_on.get(span.date, ())
        if row.kind.is_place and span.meets(row.start, row.end)
    }
    closed = _unavailable(problem, span)
    found: dict[str, tuple[str, ...]] = {}
    for venue in problem.venues:
        name = venue.venue_id
        if name in shut or (ResourceKind.VENUE, name) in closed:
            continue
        open_to_us = _opened(problem, name, span)
        rest = tuple(
            zone.zone_id
            for zone in problem.zones
            if zone.venue_id == name
            and zone.zone_id not in used | shut
            and (ResourceKind.ZONE, zone.zone_id) not in closed
            and (open_to_us is None or zone.zone_id in open_to_us)
        )
        if rest:
            found[name] = rest
    return found


def empty_rooms(
    problem: Problem, lessons: Iterable[DatedLesson], span: Span
) -> tuple[str, ...]:
    """Ids of classes that are at lessons elsewhere all the time."""
    gone: dict[str, list[tuple[int, int]]] = {}
    for lesson in lessons:
        if lesson.meeting.layout is not None:
            for name in lesson.meeting.class_ids:
                gone.setdefault(name, []).append((lesson.start, lesson.end))
    return tuple(
        x.class_id
        for x in problem.classes
        if any(a <= span.start and span.end <= b for a, b in gone.get(x.class_id, ()))
    )


def _opened(problem: Problem, venue_id: str, span: Span) -> frozenset[str] | None:
    """Zones of a place of others that agreements open; None of a place of one's own."""
    if problem.venue[venue_id].owner in problem.school:
        return None
    zones = {x.zone_id for x in problem.zones if x.venue_id == venue_id}
    found: set[str] = set()
    for row in problem.agreements:
        inside = row.start <= span.start and span.end <= row.end
        today = row.day == span.date.isoweekday() and row.is_valid_on(span.date)
        if row.venue_id == venue_id and today and inside:
            found |= set(row.zones) or zones
    return frozenset(found)


def _unavailable(problem: Problem, span: Span) -> set[tuple[str, str]]:
    """Kind and id of what the week keeps free then."""
    day = teaching_day(problem.term, span.date)
    if day is None:
        return set()
    _, table = problem.unavailable_on[Level.HARD].get(day.weekday, (None, {}))
    return {
        key
        for key, rows in table.items()
        if any(
            span.meets(*times)
            for row in rows
            if set(row.week.layers) & set(day.week.layers)
            for times in _times(problem, row, day)
        )
    }


def _times(
    problem: Problem, row: Unavailability, day: TeachingDay
) -> Iterator[tuple[int, int]]:
    """When a row holds: its minutes, a period by every bell, or the whole day."""
    if row.period is not None:
        for bell in problem.bells:
            found = bell.find(day.weekday, row.period)
            if found is not None:
                yield found.start, found.end
    elif row.start is not None and row.end is not None:
        yield row.start, row.end
    else:
        yield 0, 24 * 60
