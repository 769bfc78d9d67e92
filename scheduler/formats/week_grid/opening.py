"""When a zone can be used at all: not blocked, and foreign only by agreement."""

from scheduler.formats.week_grid.bands import Band
from scheduler.model.problem import Problem
from scheduler.model.resources import Level, ResourceKind, Unavailability
from scheduler.model.times import LAYERS, Period, overlap


def is_open(problem: Problem, zone_id: str, period: Period) -> bool:
    """Tell whether a zone is open at a period in some week."""
    slot, numbers = (period.start, period.end), {period.number}
    return any(_is_open(problem, zone_id, period.day, slot, numbers, x) for x in LAYERS)


def is_open_in(
    problem: Problem, zone_id: str, day: int, band: Band, place: int, layer: int
) -> bool:
    """Tell whether a zone is open on a day in one layer of the cycle.

    ``place`` is the day's column of the band.
    """
    slot = band.slots[place]
    if slot is None:
        return False
    numbers = {row.number for row in band.periods if row.day == day}
    return _is_open(problem, zone_id, day, slot, numbers, layer)


def _is_open(
    problem: Problem,
    zone_id: str,
    day: int,
    slot: tuple[int, int],
    numbers: set[int],
    layer: int,
) -> bool:
    venue_id = problem.zone[zone_id].venue_id
    blocked = any(
        row.level is Level.HARD
        and row.day == day
        and layer in row.week.layers
        and _names(row, zone_id, venue_id)
        and _touches(row, slot, numbers)
        for row in problem.all_unavailable
    )
    return not blocked and _agreed(problem, zone_id, day, slot)


def _names(row: Unavailability, zone_id: str, venue_id: str) -> bool:
    wanted = {ResourceKind.ZONE: zone_id, ResourceKind.VENUE: venue_id}
    return wanted.get(row.kind) == row.resource_id


def _touches(row: Unavailability, slot: tuple[int, int], numbers: set[int]) -> bool:
    if row.start is not None and row.end is not None:
        return overlap(row.start, row.end, *slot)
    return row.period is None or row.period in numbers


def _agreed(problem: Problem, zone_id: str, day: int, slot: tuple[int, int]) -> bool:
    """Own venues are open to their owner; others inside some agreement's window.

    An agreement that weekly lessons cannot use, as one that has ended, opens nothing.
    """
    venue_id = problem.zone[zone_id].venue_id
    owner = problem.venue[venue_id].owner
    return owner in problem.school or any(
        a.venue_id == venue_id
        and a.day == day
        and a.start <= slot[0]
        and slot[1] <= a.end
        and (not a.zones or zone_id in a.zones)
        and problem.covers_term(a)
        for a in problem.agreements
    )
