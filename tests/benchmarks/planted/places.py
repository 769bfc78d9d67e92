"""Fields too small for all classes at once, halls, courts and function rooms."""

import math
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

from scheduler.model.resources import ResourceKind, Unavailability
from scheduler.model.venues import Layout, Venue, Zone
from tests.benchmarks.planted.plans import Plan
from tests.benchmarks.planted.planting import Column, Slot
from tests.benchmarks.planted.staffing import SCHOOL, Staffing

_SPARE = 1.06
"""PE places planned for every class and day."""
_KEPT = 1.1
"""PE places left on a day when all closings are made."""
_ROOM_USE = 0.9
"""Share of the week for which function rooms are planned to be used."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One class's place for PE: a layout, and the zone that closes it."""

    layout_id: str
    zone_id: str
    venue_id: str


@dataclass
class Grounds:
    """Venues of all kinds, the PE units and when each is closed."""

    venues: list[Venue] = field(default_factory=list)
    zones: list[Zone] = field(default_factory=list)
    layouts: list[Layout] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    closed: set[tuple[Unit, Slot]] = field(default_factory=set)
    closings: list[Unavailability] = field(default_factory=list)
    rooms: dict[str, list[str]] = field(default_factory=dict)
    """Layouts of the function rooms by subject."""
    hall_pairs: int = 1
    """Pairs of classes that fit into the hall at once."""

    def open_units(self, slot: Slot) -> list[Unit]:
        """Units that may be used then."""
        return [u for u in self.units if (u, slot) not in self.closed]


def lay_out(plan: Plan, school: Staffing, random: Random) -> Grounds:
    """Just enough places, then closings until little is spare on any day."""
    grounds = Grounds()
    classes = len(school.classes)
    periods = sum(len(column) for half in plan.week.halves for column in half)
    places = 3
    while not _enough(places, periods, classes):
        places += 1
    halls = 1 if classes < 30 else 2
    fields = 1 if places < 9 else 2
    for k in range(1, fields + 1):
        _add_field(grounds, plan, k)
    for k in range(1, halls + 1):
        _add_hall(grounds, plan, k)
    _add_courts(grounds, plan, places - 2 * fields - halls)
    _close_field(grounds, plan)
    _close_more(grounds, plan, classes, random)
    _add_rooms(grounds, plan, school)
    return grounds


def _enough(places: int, periods: int, classes: int) -> bool:
    """On Monday the first field is closed for two periods."""
    return places * periods - 4 >= _SPARE * classes


def _add_field(grounds: Grounds, plan: Plan, k: int) -> None:
    """Two halves of a track round two halves of a pitch."""
    name = f"V-FIELD{k}"
    grounds.venues.append(Venue(name, f"田径场{k}", SCHOOL, "field", False, SCHOOL))
    track, inner = (f"Z-T{k}A", f"Z-T{k}B"), (f"Z-I{k}A", f"Z-I{k}B")
    for zone in track + inner:
        grounds.zones.append(Zone(zone, name, 1, plan.most_pupils))
    pe = ("PE", "PEA")
    for label, zones, subjects, preference in (
        ("NORTH", (track[0], inner[0]), pe, 0),
        ("SOUTH", (track[1], inner[1]), pe, 0),
        ("PITCH", inner, pe, 1),
        ("TRACK", track, pe, 1),
        ("RING", track + inner, ("PE",), 3),
    ):
        layout = Layout(f"L-{label}{k}", name, zones, subjects, 1, None, preference)
        grounds.layouts.append(layout)
    grounds.units.append(Unit(f"L-NORTH{k}", track[0], name))
    grounds.units.append(Unit(f"L-SOUTH{k}", track[1], name))


def _add_hall(grounds: Grounds, plan: Plan, k: int) -> None:
    _add_place(grounds, plan, f"GYM{k}", f"风雨操场{k}", "gym", ("PE", "PEA"), 1)
    grounds.units.append(Unit(f"L-GYM{k}", f"V-GYM{k}", f"V-GYM{k}"))


def _add_courts(grounds: Grounds, plan: Plan, count: int) -> None:
    if count < 1:
        return
    grounds.venues.append(Venue("V-COURT", "球场", SCHOOL, "court", False, SCHOOL))
    for k in range(1, count + 1):
        zone, layout_id = f"Z-B{k}", f"L-COURT{k}"
        grounds.zones.append(Zone(zone, "V-COURT", 1, plan.most_pupils))
        pe = ("PE", "PEA")
        grounds.layouts.append(Layout(layout_id, "V-COURT", (zone,), pe, 1, None, 0))
        grounds.units.append(Unit(layout_id, zone, "V-COURT"))


def _add_place(
    grounds: Grounds,
    plan: Plan,
    code: str,
    name: str,
    kind: str,
    subjects: tuple[str, ...],
    preference: int = 0,
    classes: int = 1,
) -> None:
    venue = f"V-{code}"
    grounds.venues.append(Venue(venue, name, SCHOOL, kind, True, SCHOOL))
    grounds.zones.append(Zone(venue, venue, classes, classes * plan.most_pupils))
    grounds.layouts.append(
        Layout(f"L-{code}", venue, (venue,), subjects, classes, None, preference)
    )


def _close_field(grounds: Grounds, plan: Plan) -> None:
    """The flag is raised on the first field on Monday morning."""
    column = plan.week.columns[0]
    here = [u for u in grounds.units if u.venue_id == "V-FIELD1"]
    grounds.closed |= {(u, slot) for u in here for slot in column}
    row = _closing(plan, ResourceKind.VENUE, "V-FIELD1", column, "升旗仪式")
    grounds.closings.append(row)


def _close_more(grounds: Grounds, plan: Plan, classes: int, random: Random) -> None:
    """Teams train and halls serve meals, as long as every day keeps some spare."""
    for day in plan.week.days:
        columns = [c for c in plan.week.columns if c[0][0] == day and len(c) == 2]
        options = [(u, c) for c in columns for u in grounds.units]
        random.shuffle(options)
        for unit, column in options:
            slots = [s for c in plan.week.columns if c[0][0] == day for s in c]
            spare = sum(len(grounds.open_units(s)) for s in slots) - len(column)
            left = len(grounds.open_units(column[0])) - 1
            fresh = (unit, column[0]) not in grounds.closed
            if fresh and spare >= _KEPT * classes and 2 * left > len(grounds.units):
                grounds.closed |= {(unit, slot) for slot in column}
                kind = ResourceKind.ZONE
                row = _closing(plan, kind, unit.zone_id, column, "另有他用")
                grounds.closings.append(row)


def _closing(
    plan: Plan, kind: ResourceKind, name: str, column: Column, reason: str
) -> Unavailability:
    rows = [plan.bell.find(*slot) for slot in column]
    known = [row for row in rows if row is not None]
    start, end = known[0].start, known[-1].end
    day = column[0][0]
    return Unavailability(kind, name, day, start=start, end=end, reason=reason)


def _add_rooms(grounds: Grounds, plan: Plan, school: Staffing) -> None:
    """Function rooms by need, a counselling room for each team, a hall."""
    week = sum(len(column) for column in plan.week.columns)
    for subject_id, name in plan.rooms.items():
        users = [r for r in school.requirements if r.subject_id == subject_id]
        need = sum(r.per_week for r in users if not r.layouts)
        count = math.ceil(need / Fraction(week * _ROOM_USE).limit_denominator(100))
        for k in range(1, count + 1):
            code = f"{subject_id}{k}"
            kind = "lab" if "实验" in name or "计算机" in name else "room"
            _add_place(grounds, plan, code, f"{name}{k}", kind, (subject_id,))
            grounds.rooms.setdefault(subject_id, []).append(f"L-{code}")
    for k, _ in enumerate(dict.fromkeys(school.teams.values()), start=1):
        _add_place(grounds, plan, f"PSY{k}", f"心理辅导室{k}", "room", ("PSY",))
        grounds.rooms.setdefault("PSY", []).append(f"L-PSY{k}")
    grounds.hall_pairs = _pairs_at_once(plan, school)
    pairs = 2 * grounds.hall_pairs
    _add_place(grounds, plan, "HALL", "报告厅", "room", ("*",), classes=pairs)


def _pairs_at_once(plan: Plan, school: Staffing) -> int:
    """So many that all lessons of two classes find a column of their length."""
    lengths = Counter(
        x.length for r in school.requirements if len(r.class_ids) > 1 for x in r.lessons
    )
    columns = Counter(len(column) for column in plan.week.columns)
    needed = (math.ceil(n / (columns[k] * _ROOM_USE)) for k, n in lengths.items())
    return max(needed, default=1)
