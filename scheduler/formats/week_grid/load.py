"""How full a venue is through the week: the heat map."""

from collections import Counter
from fractions import Fraction
from functools import lru_cache

from scheduler.formats.week_grid.bands import (
    Band,
    bell_bands,
    bell_of_all,
    clock_bands,
    joint_bands,
)
from scheduler.formats.week_grid.heat import HeatCell, HeatMap, HeatRow
from scheduler.formats.week_grid.opening import is_open_in
from scheduler.formats.week_grid.venues import bells_at, meetings_in, zones_of
from scheduler.model.meeting import Meeting
from scheduler.model.packing import most_classes, most_pupils
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.model.times import LAYERS, Period, RowKind
from scheduler.model.timetable import Timetable
from scheduler.model.venues import Layout, Zone


def venue_load(timetable: Timetable, venue_id: str) -> HeatMap:
    """Classes and pupils at once in a venue, against what it may hold.

    Open are the rows of the bells in which some lesson or activity may use the venue,
    taken or not, so that two timetables of one problem are held against the same.

    Raises:
        KeyError: there is no such venue.
    """
    problem = timetable.problem
    venue = problem.venue[venue_id]
    meetings = meetings_in(timetable, venue_id)
    days, bands, periods = _bands(problem, venue_id, meetings)
    zones = zones_of(problem, venue_id)
    rows = tuple(
        HeatRow(
            band.label,
            *band.time,
            _weight(band),
            tuple(
                _cell(problem, zones, meetings, band, place, day)
                for place, day in enumerate(days)
            ),
        )
        for band in bands
    )
    title = Text(f"{venue.name}使用强度", f"Load of {venue.name}")
    read = _at_their_fullest(rows, periods, days)
    return _heat_map(title, venue_id, days, rows, read)


def _bands(
    problem: Problem, venue_id: str, meetings: tuple[Meeting, ...]
) -> tuple[tuple[int, ...], tuple[Band, ...], tuple[Band, ...]]:
    """Days, bands in which no bell changes, and bands of periods."""
    users = tuple(dict.fromkeys(x.requirement for x in problem.lessons_in(venue_id)))
    names = [c for r in users for c in r.class_ids]
    bells = tuple(problem.bell[b] for b in bells_at(problem, venue_id, meetings, names))
    usable = {
        (row.day, row.start, row.end)
        for r in users
        for day in problem.bell_of(r).days
        for row in problem.bell_of(r).rows(day, r.rows)
    }
    usable |= {(m.day, row.start, row.end) for m in meetings for row in m.rows}

    def wanted(row: Period) -> bool:
        if not users:
            return row.kind is RowKind.LESSON
        return (row.day, row.start, row.end) in usable

    rows = [row for bell in bells for row in bell.periods if wanted(row)]
    rows += [row for m in meetings for row in m.rows]
    days = tuple(sorted({row.day for row in rows}))
    bell = bell_of_all(bells, meetings)
    if bell is not None:
        bands = bell_bands(bell, days, wanted)
        return days, bands, bands
    return days, clock_bands(rows, days), joint_bands(rows, days)


def _at_their_fullest(
    rows: tuple[HeatRow, ...], bands: tuple[Band, ...], days: tuple[int, ...]
) -> tuple[HeatRow, ...]:
    """Rows of periods, each cell that of its fullest moment; none closed all week."""
    found = (
        HeatRow(
            band.label,
            *band.time,
            Fraction(1),
            tuple(_fullest(rows, band, place, day) for place, day in enumerate(days)),
        )
        for band in bands
    )
    return tuple(row for row in found if any(c and c.is_used for c in row.cells))


def _fullest(
    rows: tuple[HeatRow, ...], band: Band, place: int, day: int
) -> HeatCell | None:
    periods = [p for p in band.periods if p.day == day]
    cells = (
        cell
        for cell in (row.cells[place] for row in rows)
        if cell and any(p.start <= cell.start and cell.end <= p.end for p in periods)
    )
    return max(
        cells,
        key=lambda x: (x.over, x.most_classes, x.capacity, x.most_pupils),
        default=None,
    )


def _weight(band: Band) -> Fraction:
    start, end = band.time
    whole = min(row.minutes for row in band.periods)
    return min(Fraction(1), Fraction(end - start, whole))


def _cell(
    problem: Problem,
    zones: tuple[str, ...],
    meetings: tuple[Meeting, ...],
    band: Band,
    place: int,
    day: int,
) -> HeatCell | None:
    slot = band.slots[place]
    if slot is None:
        return None
    present = [m for m in meetings if m.day == day and m.overlaps(*slot)]
    weeks = [[m for m in present if layer in m.layers] for layer in LAYERS]
    opened = [
        tuple(z for z in zones if is_open_in(problem, z, day, band, place, layer))
        for layer in LAYERS
    ]
    crowds = [_crowd(problem, week) for week in weeks]
    taken = [{z for m in w for z in m.zone_ids} for w in weeks]
    idle = [sum(z not in t for z in o) for o, t in zip(opened, taken, strict=True)]
    fuller = max(opened, key=len)
    return HeatCell(
        *slot,
        classes=(crowds[0][0], crowds[1][0]),
        pupils=(crowds[0][1], crowds[1][1]),
        capacity=_capacity(problem, fuller),
        pupil_capacity=_pupil_capacity(problem, fuller),
        crowded=any(_is_crowded(problem, week) for week in weeks),
        opened=(opened[0], opened[1]),
        idle_zones=(idle[0], idle[1]),
    )


@lru_cache(256)
def _most(layouts: tuple[Layout, ...], zones: tuple[Zone, ...]) -> int:
    return most_classes(layouts, {z.zone_id: z.max_classes for z in zones})


@lru_cache(256)
def _most_pupils(layouts: tuple[Layout, ...], zones: tuple[Zone, ...]) -> int | None:
    caps = {z.zone_id: z.max_classes for z in zones}
    return most_pupils(layouts, caps, {z.zone_id: z.max_pupils for z in zones})


def _place(
    problem: Problem, names: tuple[str, ...]
) -> tuple[tuple[Layout, ...], tuple[Zone, ...]]:
    """The layouts of some zones' venue, and the zones."""
    zones = tuple(problem.zone[name] for name in names)
    owners = {z.venue_id for z in zones}
    return tuple(x for x in problem.layouts if x.venue_id in owners), zones


def _capacity(problem: Problem, names: tuple[str, ...]) -> int:
    """Most classes at once in these zones of one venue, as its layouts allow."""
    layouts, zones = _place(problem, names)
    return _most(layouts, zones) if layouts else sum(z.max_classes for z in zones)


def _pupil_capacity(problem: Problem, names: tuple[str, ...]) -> int | None:
    """Most pupils at once in these zones of one venue, as its layouts allow."""
    layouts, zones = _place(problem, names)
    if layouts:
        return _most_pupils(layouts, zones)
    known = [z.max_pupils for z in zones if z.max_pupils is not None]
    return sum(known) if len(known) == len(zones) else None


def _is_crowded(problem: Problem, present: list[Meeting]) -> bool:
    """Whether a zone or a layout has more classes or pupils than it may hold."""
    classes: Counter[Zone | Layout] = Counter()
    pupils: Counter[Zone | Layout] = Counter()
    for meeting in present:
        requirement = meeting.lesson.requirement
        places: list[Zone | Layout] = [problem.zone[z] for z in meeting.zone_ids]
        places += [meeting.layout] if meeting.layout else []
        for place in places:
            classes[place] += requirement.classes_counted
            pupils[place] += problem.pupils_in(requirement)
    return any(
        classes[x] > x.max_classes
        or (x.max_pupils is not None and pupils[x] > x.max_pupils)
        for x in classes
    )


def _crowd(problem: Problem, present: list[Meeting]) -> tuple[int, int]:
    """Classes and pupils; an activity of some pupils counts as one class."""
    asked = [m.lesson.requirement for m in present]
    whole = [c for r in asked if not r.is_partial for c in r.class_ids]
    classes = tuple(dict.fromkeys(whole))
    some = [r for r in asked if r.is_partial]
    pupils = problem.pupils(classes) + sum(map(problem.pupils_in, some))
    return len(classes) + len(some), pupils


def _heat_map(
    title: Text,
    venue_id: str,
    days: tuple[int, ...],
    rows: tuple[HeatRow, ...],
    periods: tuple[HeatRow, ...],
) -> HeatMap:
    weighed = [(row.weight, cell) for row in rows for cell in row.cells if cell]
    open_time = sum(
        (w * sum(n > 0 for n in cell.open_zones) for w, cell in weighed), Fraction()
    )
    taught = sum((w * sum(cell.classes) for w, cell in weighed), Fraction())
    opened = sum((w * sum(cell.open_zones) for w, cell in weighed), Fraction())
    idle = sum((w * sum(cell.idle_zones) for w, cell in weighed), Fraction())
    cells = [cell for _, cell in weighed]
    return HeatMap(
        title=title,
        venue_id=venue_id,
        days=days,
        rows=rows,
        periods=periods,
        peak_classes=max((c.most_classes for c in cells), default=0),
        peak_pupils=max((c.most_pupils for c in cells), default=0),
        mean=taught / open_time if open_time else Fraction(),
        open_zone_periods=opened / 2,
        idle_zone_periods=idle / 2,
    )
