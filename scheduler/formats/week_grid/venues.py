"""The week of one venue: a row for every period, all bells and zones inside it."""

from collections.abc import Iterable

from scheduler.formats.week_grid.bands import Band
from scheduler.formats.week_grid.entries import exceeds, zone_names
from scheduler.formats.week_grid.grids import (
    Week,
    activities_a_week,
    bells_of,
    classes_of,
    periods_a_week,
    spanned,
    unplaced,
    week_of,
)
from scheduler.formats.week_grid.opening import is_open
from scheduler.formats.week_grid.shape import Entry, GridCell, GridRow, WeekGrid
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.text import Text
from scheduler.model.times import Period
from scheduler.model.timetable import Timetable


def venue_grid(timetable: Timetable, venue_id: str) -> WeekGrid:
    """The week of a venue, a row for each period.

    Periods of several bells that mostly take place at once share a row; a lesson at
    another time than the row's says so. ``GridCell.shut`` names zones that are closed
    while others are open. Unplaced lessons are those that could use the venue.

    Raises:
        KeyError: there is no such venue.
    """
    problem = timetable.problem
    venue = problem.venue[venue_id]
    meetings = meetings_in(timetable, venue_id)
    week = week_of(timetable, bells_at(problem, venue_id, meetings), meetings)
    bands = week.bands(week.may_carry())
    zones = zones_of(problem, venue_id)
    asking = tuple(x for x in problem.lessons if _may_use(problem, x, venue_id))
    return WeekGrid(
        title=Text(f"{venue.name}使用表", f"{venue.name} timetable"),
        days=week.days,
        rows=tuple(spanned([_row(problem, week, band, zones) for band in bands])),
        unplaced=unplaced(timetable, asking),
        periods_a_week=periods_a_week(meetings),
        activities_a_week=activities_a_week(meetings),
    )


def meetings_in(timetable: Timetable, venue_id: str) -> tuple[Meeting, ...]:
    """Meetings that take place in a venue."""
    return tuple(
        m for m in timetable.meetings if m.layout and m.layout.venue_id == venue_id
    )


def zones_of(problem: Problem, venue_id: str) -> tuple[str, ...]:
    """Zones of a venue, the implied one of an undivided venue included."""
    return tuple(z.zone_id for z in problem.all_zones if z.venue_id == venue_id)


def bells_at(
    problem: Problem,
    venue_id: str,
    meetings: tuple[Meeting, ...],
    class_ids: Iterable[str] = (),
) -> tuple[str, ...]:
    """Bells of the classes that meet in a venue, else of its users, else all.

    ``class_ids`` are classes that count as if they met there.
    """
    layouts = [x for x in problem.layouts if x.venue_id == venue_id]
    users = [
        s.school_id
        for s in problem.schools
        if any(problem.may_use(s.school_id, x) for x in layouts)
    ]
    classes = [*class_ids, *(c for m in meetings for c in m.class_ids)]
    classes = classes or [c for s in users for c in classes_of(problem, s)]
    return bells_of(problem, classes or list(problem.class_group))


def _row(problem: Problem, week: Week, band: Band, zones: tuple[str, ...]) -> GridRow:
    cells = tuple(_cell(problem, week, band, day, zones) for day in week.days)
    start, end = band.time
    return GridRow(band.label, start, end, band.kind, cells)


def _cell(
    problem: Problem, week: Week, band: Band, day: int, zones: tuple[str, ...]
) -> GridCell:
    periods = [p for p in band.periods if p.day == day]
    if not periods:
        return GridCell(closed=True)
    entries = week.at(band, day)
    open_at = {z: [p for p in periods if is_open(problem, z, p)] for z in zones}
    shut = tuple(zone for zone, found in open_at.items() if not found)
    first = min(periods, key=lambda period: period.start)
    return GridCell(
        entries,
        first.start,
        first.end,
        clash=_is_overfull(problem, week, entries, day)
        or any(_is_shut_out(e, periods, open_at) for e in entries),
        closed=len(shut) == len(zones),
        shut=zone_names(problem, shut) if len(shut) < len(zones) else (),
    )


def _is_overfull(
    problem: Problem, week: Week, entries: tuple[Entry, ...], day: int
) -> bool:
    """Whether a zone holds too many at a moment of one of the lessons."""
    beside = week.beside(entries, day)
    return any(
        exceeds(problem, zone, tuple(e for e in beside if zone in e.zone_ids))
        for zone in dict.fromkeys(z for e in entries for z in e.zone_ids)
    )


def _is_shut_out(
    entry: Entry, periods: list[Period], open_at: dict[str, list[Period]]
) -> bool:
    """Whether a lesson begins while a zone of it is closed."""
    own = next(p for p in periods if entry.holds(p))
    return not entry.continued and any(own not in open_at[z] for z in entry.zone_ids)


def _may_use(problem: Problem, lesson: Lesson, venue_id: str) -> bool:
    layouts = problem.allowed_layouts(lesson.requirement)
    venues = {problem.layout[x].venue_id for x in layouts if x in problem.layout}
    return venue_id in venues
