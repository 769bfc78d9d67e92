"""The week that a venue's operator is shown of one school's agreement."""

from dataclasses import replace

from scheduler.formats.week_grid.shape import WeekGrid
from scheduler.formats.week_grid.venues import venue_grid
from scheduler.model.meeting import Meeting
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable


def agreement_meetings(
    timetable: Timetable, school_id: str, venue_id: str
) -> tuple[Meeting, ...]:
    """Meetings of a school at a venue that it does not own."""
    return tuple(
        m
        for m in timetable.meetings
        if m.layout is not None
        and m.layout.venue_id == venue_id
        and any(use.foreign and use.school_id == school_id for use in m.uses)
    )


def agreement_grid(timetable: Timetable, school_id: str, venue_id: str) -> WeekGrid:
    """The venue's week with nobody's lessons but this school's.

    Raises:
        KeyError: there is no such school or venue.
    """
    problem = timetable.problem
    ids = {
        m.lesson.lesson_id for m in agreement_meetings(timetable, school_id, venue_id)
    }
    theirs = {x: p for x, p in timetable.placements.items() if x in ids}
    grid = venue_grid(Timetable(problem, theirs), venue_id)
    school, venue = problem.school[school_id].name, problem.venue[venue_id].name
    title = Text(f"{venue} · {school}协议使用表", f"{school} at {venue}, by agreement")
    return replace(grid, title=title, unplaced=())
