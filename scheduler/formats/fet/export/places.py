"""Zones and layouts as FET's rooms, which take one activity at a time.

A zone for n classes is n rooms. A layout of several zones, or for several classes at
once, is a virtual room that takes as many rooms of each zone as it has classes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from scheduler.formats.fet.document import NO_CAPACITY
from scheduler.formats.fet.export.elements import branch, counted, leaf
from scheduler.formats.fet.xml_tree import Node
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME
from scheduler.model.venues import Layout, Zone


def rooms_at_once(zone: Zone) -> int:
    """How many rooms a zone is."""
    if zone.max_lessons is None:
        return zone.max_classes
    return min(zone.max_classes, zone.max_lessons)


@dataclass
class Places:
    """FET's rooms of a problem; virtual ones are made when first asked for."""

    problem: Problem
    _virtual: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)

    @cached_property
    def rooms(self) -> dict[str, tuple[str, ...]]:
        """Rooms by zone, in order."""
        found = {}
        for zone in self.problem.all_zones:
            count = rooms_at_once(zone)
            names = (f"{zone.zone_id} ({k})" for k in range(1, count + 1))
            found[zone.zone_id] = (zone.zone_id,) if count == 1 else tuple(names)
        return found

    def of_layout(self, layout: Layout, classes: int) -> str | None:
        """The room for so many classes on a layout; None where it has no space."""
        sets = tuple(
            self.rooms[name]
            for name in layout.zones
            for _ in range(self.taken(name, classes))
        )
        if any(self.taken(z, classes) > len(self.rooms[z]) for z in layout.zones):
            return None
        if len(sets) == 1 and len(sets[0]) == 1:
            return sets[0][0]
        return self._made(f"{layout.layout_id} x{classes}", sets)

    def taken(self, zone_id: str, classes: int) -> int:
        """Rooms of a zone that a lesson of so many classes takes."""
        return 1 if self.problem.zone[zone_id].max_lessons is not None else classes

    def joined(self, rooms: tuple[str, ...]) -> str:
        """A virtual room of just these rooms."""
        return self._made(" + ".join(rooms), tuple((room,) for room in rooms))

    def _made(self, name: str, sets: tuple[tuple[str, ...], ...]) -> str:
        # The sign keeps the name apart from those of zones.
        self._virtual[f"= {name}"] = sets
        return f"= {name}"

    def sets(self, room: str) -> tuple[tuple[str, ...], ...]:
        """Sets of a virtual room; empty for a real one."""
        return self._virtual.get(room, ())

    def allowed(self, layout_ids: tuple[str, ...], classes: int) -> tuple[str, ...]:
        """Rooms of these layouts; empty where a lesson may have none."""
        if HOME in layout_ids:
            return ()
        found = (self.of_layout(self.problem.layout[x], classes) for x in layout_ids)
        return tuple(dict.fromkeys(room for room in found if room))

    def elements(self) -> Iterator[Node]:
        """Buildings and rooms; a site is a building."""
        sites = dict.fromkeys(venue.site_id for venue in self.problem.venues)
        buildings = (
            branch("Building", leaf("Name", site), leaf("Comments", ""))
            for site in sites
        )
        yield branch("Buildings_List", *buildings)
        yield branch("Rooms_List", *self._real_rooms(), *self._virtual_rooms())

    def _real_rooms(self) -> Iterator[Node]:
        for zone in self.problem.all_zones:
            venue = self.problem.venue[zone.venue_id]
            capacity = NO_CAPACITY if zone.max_pupils is None else zone.max_pupils
            for room in self.rooms[zone.zone_id]:
                yield _room(room, venue.site_id, capacity, venue.name)

    def _virtual_rooms(self) -> Iterator[Node]:
        for name, sets in self._virtual.items():
            yield _room(name, "", NO_CAPACITY, "", sets)


def _room(
    name: str,
    building: str,
    capacity: int,
    comment: str,
    sets: tuple[tuple[str, ...], ...] = (),
) -> Node:
    inner: list[Node] = []
    if sets:
        inner.append(leaf("Number_of_Sets_of_Real_Rooms", len(sets)))
        inner += [
            branch(
                "Set_of_Real_Rooms",
                *counted("Number_of_Real_Rooms", "Real_Room", rooms),
            )
            for rooms in sets
        ]
    return branch(
        "Room",
        leaf("Name", name),
        leaf("Building", building),
        leaf("Capacity", capacity),
        leaf("Virtual", bool(sets)),
        *inner,
        leaf("Comments", comment),
    )
