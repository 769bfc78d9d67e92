"""FET's rooms as venues of one zone; virtual rooms as layouts of several zones.

A room takes one activity at a time, so its zone has ``max_lessons`` 1. Every choice of
real rooms for a virtual room is one layout; since a layout lies within one venue, real
rooms that some virtual room joins are zones of one venue.
"""

from collections.abc import Iterator
from itertools import product

from scheduler.formats.fet.classes import SCHOOL_ID
from scheduler.formats.fet.document import Document, Room
from scheduler.formats.fet.ids import Ids, safe_text
from scheduler.model.venues import ANY_SUBJECT, Layout, Venue, Zone

MOST_CHOICES = 256
"""Choices of real rooms for one virtual room; with more it is not supported."""


class Rooms:
    """Zones and layouts of a document's rooms."""

    def __init__(self, document: Document, most_classes: int) -> None:
        self._document = document
        self._most_classes = max(1, most_classes)
        self._zones, self._venues, self._layouts = Ids(), Ids(), Ids()
        self._joined = _joined(document)
        self._virtual: dict[str, tuple[str, ...]] = {}
        self._rooms_of: dict[str, tuple[str, ...]] = {}
        for room in document.rooms:
            if not room.is_virtual:
                self._remember((room.name,), room.name)
        for room in document.rooms:
            if room.is_virtual and (choices := choices_of(room)) is not None:
                self._virtual[room.name] = tuple(
                    self._remember(choice, f"{room.name}: {'+'.join(choice)}")
                    for choice in choices
                )

    def _remember(self, rooms: tuple[str, ...], name: str) -> str:
        layout_id = self._layouts[name]
        self._rooms_of[layout_id] = rooms
        return layout_id

    def layouts(self, room: str) -> tuple[str, ...] | None:
        """Layouts of a room; None for a virtual room with too many choices."""
        if self._document.room[room].is_virtual:
            return self._virtual.get(room)
        return (self._layouts[room],)

    def layout_of_choice(self, room: str, real: tuple[str, ...]) -> str | None:
        """The layout of a virtual room with these real rooms."""
        for layout_id in self._virtual.get(room, ()):
            if set(self._rooms_of[layout_id]) == set(real):
                return layout_id
        return None

    def zone_of(self, room: str) -> str:
        """The zone of a real room."""
        return self._zones[room]

    def rooms_of(self, layout_id: str) -> tuple[str, ...]:
        """Real rooms of a layout."""
        return self._rooms_of[layout_id]

    def room_of(self, layout_id: str) -> str:
        """The room, real or virtual, that a layout is a choice of."""
        for name, layouts in self._virtual.items():
            if layout_id in layouts:
                return name
        return self._rooms_of[layout_id][0]

    def venues(self) -> Iterator[Venue]:
        """Rows of venues.csv."""
        shown: set[str] = set()
        for room in self._real():
            head = self._joined[room.name]
            if head not in shown:
                shown.add(head)
                name = safe_text(head) or "_"
                yield Venue(self._venue(head), name, SCHOOL_ID, "room", True, SCHOOL_ID)

    def zones(self) -> Iterator[Zone]:
        """Rows of zones.csv."""
        for room in self._real():
            venue_id = self._venue(self._joined[room.name])
            zone_id = self.zone_of(room.name)
            yield Zone(zone_id, venue_id, self._most_classes, max_lessons=1)

    def table(self) -> Iterator[Layout]:
        """Rows of layouts.csv."""
        for layout_id, rooms in self._rooms_of.items():
            yield Layout(
                layout_id,
                self._venue(self._joined[rooms[0]]),
                tuple(self.zone_of(name) for name in rooms),
                (ANY_SUBJECT,),
                self._most_classes,
            )

    def _venue(self, head: str) -> str:
        return self._venues[head]

    def _real(self) -> Iterator[Room]:
        return (room for room in self._document.rooms if not room.is_virtual)


def choices_of(room: Room) -> tuple[tuple[str, ...], ...] | None:
    """Ways to take one real room of each set, none twice; None for too many."""
    count = 1
    for rooms in room.sets:
        count *= len(rooms)
    if count > MOST_CHOICES:
        return None
    taken = {
        tuple(sorted(choice))
        for choice in product(*room.sets)
        if len(set(choice)) == len(choice)
    }
    return tuple(sorted(taken))


def _joined(document: Document) -> dict[str, str]:
    """For each real room the first of those that virtual rooms join it with."""
    head = {room.name: room.name for room in document.rooms if not room.is_virtual}
    for room in document.rooms:
        if not room.is_virtual or choices_of(room) is None:
            continue
        names = [name for one in room.sets for name in one]
        heads = {head[name] for name in names}
        first = min(heads, key=list(head).index)
        head = {name: first if h in heads else h for name, h in head.items()}
    return head
