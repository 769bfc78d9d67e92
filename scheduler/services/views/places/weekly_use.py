"""Use of places by calendar week: open, required, planned and confirmed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from scheduler.formats.week_grid import HeatCell
from scheduler.model.problem import Problem
from scheduler.model.term import Term, monday
from scheduler.model.times import overlap
from scheduler.model.timetable import Timetable
from scheduler.model.venues import Venue
from scheduler.services.school.usage import CheckIns
from scheduler.services.views.places.load import VenueLoad
from scheduler.term.calendar import TeachingDay, teaching_dates, week_number
from scheduler.term.entries import Entry

Taken = set[tuple[str, dt.date, int]]
"""Zone, date and start of a period."""


@dataclass(frozen=True, slots=True)
class WeekUse:
    """A venue in one calendar week of the term; all figures are zone-periods.

    ``open``: what can be used on the week's teaching dates, without what closures,
    bookings or the agreements' dates take away. ``required``: its share of the lessons
    meant for such places, by the days taught. ``planned``: periods with a lesson or
    activity, a zone counted once however many classes are in it; lessons moved, fallen
    or sent indoors by bad weather heeded. ``confirmed``: those of them that somebody
    confirmed; None in weeks in which nobody was asked.
    """

    venue_id: str
    number: int
    monday: dt.date
    open: Fraction
    required: Fraction
    planned: int
    confirmed: int | None

    @property
    def use(self) -> Fraction | None:
        """Planned over open."""
        return self.planned / self.open if self.open else None


def weekly_use(
    timetable: Timetable,
    loads: Iterable[VenueLoad],
    entries: Iterable[Entry],
    log: CheckIns | None = None,
) -> tuple[WeekUse, ...]:
    """Every week with a teaching date, venue by venue in the order of the loads.

    Parameters:
        entries: The lessons of the term, past ones as they were published.
    """
    weeks: dict[int, list[TeachingDay]] = defaultdict(list)
    for day in teaching_dates(timetable.problem.term):
        if day.weekday in _school_days(timetable.problem):
            weeks[day.number].append(day)
    term = timetable.problem.term
    held = [x for x in entries if not x.cancelled]
    planned = _taken(term, held)
    confirmed = _taken(term, (x for x in held if log and log.has(x)))
    return tuple(
        WeekUse(
            load.venue.venue_id,
            number,
            monday(days[0].date),
            _open(timetable.problem, load, days),
            load.required_zone_periods * Fraction(len(days), _week_length(timetable)),
            len(planned[load.venue.venue_id, number]),
            len(confirmed[load.venue.venue_id, number])
            if log and log.asked(monday(days[0].date))
            else None,
        )
        for load in loads
        for number, days in weeks.items()
    )


def _school_days(problem: Problem) -> frozenset[int]:
    return frozenset(day for bell in problem.bells for day in bell.school_days)


def _week_length(timetable: Timetable) -> int:
    return max(1, len(_school_days(timetable.problem)))


def _taken(term: Term, entries: Iterable[Entry]) -> dict[tuple[str, int], Taken]:
    """Zone-periods by venue and number of the week."""
    found: dict[tuple[str, int], Taken] = defaultdict(set)
    for x in entries:
        place = x.facts.place
        if place is not None and place.available:
            found[place.venue.id, week_number(term, x.date)].update(
                (zone, x.date, start)
                for zone in place.zones
                for start, _ in x.facts.rows
            )
    return found


def _open(problem: Problem, load: VenueLoad, days: list[TeachingDay]) -> Fraction:
    """Zone-periods that can be used on these dates."""
    heat, total = load.heat, Fraction()
    for day in days:
        place = heat.days.index(day.weekday) if day.weekday in heat.days else None
        for row in heat.rows if place is not None else ():
            cell = row.cells[place]
            if cell is not None:
                (layer,) = day.week.layers
                there = _open_on(problem, load.venue, day.date, cell, layer)
                total += row.weight * there
    return total


def _open_on(
    problem: Problem, venue: Venue, date: dt.date, cell: HeatCell, layer: int
) -> int:
    """Zones of the weekly opening that are open on a date, too, in a cell's time."""
    shut = {
        row.resource_id
        for row in problem.shut_on.get(date, ())
        if row.kind.is_place and overlap(row.start, row.end, cell.start, cell.end)
    }
    if venue.venue_id in shut:
        return 0
    ours = venue.owner in problem.school
    # On a make-up day the partner keeps to the real weekday.
    windows = [
        a
        for a in problem.agreements
        if a.venue_id == venue.venue_id
        and a.day == date.isoweekday()
        and (a.start <= cell.start and cell.end <= a.end)
        and a.is_valid_on(date)
    ]
    return sum(
        zone not in shut
        and (ours or any(not a.zones or zone in a.zones for a in windows))
        for zone in cell.opened[layer]
    )
