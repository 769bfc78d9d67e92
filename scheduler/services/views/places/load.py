"""How full the venues are: a heat map and figures of each."""

from dataclasses import dataclass
from fractions import Fraction

from scheduler.formats.week_grid import HeatMap, venue_load
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME, Requirement
from scheduler.model.timetable import Timetable
from scheduler.model.utilisation import UseLevel, Utilisation
from scheduler.model.venues import Layout, Venue


@dataclass(frozen=True, slots=True)
class VenueLoad:
    """The heat map of a venue; ``capacity`` is the most classes it ever takes."""

    venue: Venue
    heat: HeatMap
    zones: int
    for_pe: bool
    required_zone_periods: Fraction
    thresholds: Utilisation

    @property
    def capacity(self) -> int:
        """Classes at once in the time when most zones are open."""
        cells = (c for row in self.heat.rows for c in row.cells if c)
        return max((c.capacity for c in cells), default=0)

    @property
    def is_shared(self) -> bool:
        """Whether several classes may be there at once, or PE is."""
        return self.for_pe or self.capacity > 1

    @property
    def flatness(self) -> Fraction | None:
        """Mean over peak of the classes at once (load factor): 1 is level."""
        peak = self.heat.peak_classes
        return self.heat.mean / peak if peak else None

    @property
    def used_zone_periods(self) -> Fraction:
        """Zone-periods a week with a class in them."""
        return self.heat.open_zone_periods - self.heat.idle_zone_periods

    @property
    def use(self) -> Fraction | None:
        """Demand against usable capacity: used zone-periods over open ones."""
        opened = self.heat.open_zone_periods
        return self.used_zone_periods / opened if opened else None

    @property
    def required_use(self) -> Fraction | None:
        """Its share of the lessons meant for such places, over open zone-periods."""
        opened = self.heat.open_zone_periods
        return self.required_zone_periods / opened if opened else None

    @property
    def level(self) -> UseLevel | None:
        """Amber or red where little is planned, by the school's thresholds."""
        return None if self.use is None else self.thresholds.level(self.use)

    @property
    def square_metres_a_pupil(self) -> Fraction | None:
        """The venue's area for each pupil at the peak of pupils."""
        area, pupils = self.venue.area_m2, self.heat.peak_pupils
        return Fraction(area, pupils) if area is not None and pupils else None


def venue_loads(timetable: Timetable, pe_only: bool = False) -> tuple[VenueLoad, ...]:
    """Loads of the venues: PE places first, each in the order of the tables."""
    problem = timetable.problem
    pe = problem.pe_venues
    venues = [v for v in problem.venues if v.venue_id in pe]
    if not pe_only:
        venues += [v for v in problem.venues if v.venue_id not in pe]
    return tuple(
        VenueLoad(
            venue,
            venue_load(timetable, venue.venue_id),
            sum(z.venue_id == venue.venue_id for z in problem.all_zones),
            venue.venue_id in pe,
            _required(problem, venue),
            Utilisation.of(problem),
        )
        for venue in venues
    )


def _required(problem: Problem, venue: Venue) -> Fraction:
    """Zone-periods a week of lessons that must leave home, shared by their venues."""
    found = Fraction()
    for requirement in dict.fromkeys(
        x.requirement for x in problem.lessons_in(venue.venue_id)
    ):
        names = problem.allowed_layouts(requirement)
        if HOME not in names:
            layouts = [problem.layout[name] for name in names]
            here = (x for x in layouts if x.venue_id == venue.venue_id)
            zones = min(_filled(problem, x, requirement) for x in here)
            venues = {x.venue_id for x in layouts}
            found += zones * Fraction(requirement.per_week, len(venues))
    return found


def _filled(problem: Problem, layout: Layout, requirement: Requirement) -> Fraction:
    """Zones that a lesson fills, in part where there is room for more classes."""
    room = min(layout.max_classes, *(problem.zone[z].max_classes for z in layout.zones))
    part = Fraction(requirement.classes_counted, max(1, room))
    return len(layout.zones) * min(Fraction(1), part)
