"""How full the venues are: which heat maps there are, and a short word on each."""

from dataclasses import dataclass

from scheduler.formats.week_grid import HeatMap, venue_load
from scheduler.model.problem import Problem
from scheduler.model.venues import Venue
from scheduler.services.views.edition import Edition


@dataclass(frozen=True, slots=True)
class VenueLoad:
    """The heat map of a venue; ``capacity`` is the most classes it ever takes."""

    venue: Venue
    heat: HeatMap
    zones: int
    for_pe: bool

    @property
    def capacity(self) -> int:
        """Classes at once in the time when most zones are open."""
        cells = (c for row in self.heat.rows for c in row.cells if c)
        return max((c.capacity for c in cells), default=0)


def venue_loads(edition: Edition, pe_only: bool = False) -> tuple[VenueLoad, ...]:
    """Loads of the venues: PE places first, each in the order of the tables."""
    problem = edition.problem
    pe = _pe_venues(problem)
    venues = [v for v in problem.venues if v.venue_id in pe]
    if not pe_only:
        venues += [v for v in problem.venues if v.venue_id not in pe]
    return tuple(
        VenueLoad(
            venue,
            venue_load(edition.timetable, venue.venue_id),
            sum(z.venue_id == venue.venue_id for z in problem.all_zones),
            venue.venue_id in pe,
        )
        for venue in venues
    )


def _pe_venues(problem: Problem) -> frozenset[str]:
    """Venues with a layout that names a PE-type subject."""
    subjects = [s.subject_id for s in problem.subjects if s.kind.is_pe_type]
    return frozenset(
        x.venue_id for x in problem.layouts if any(x.names(s) for s in subjects)
    )
