"""Fixed times and rooms: how FET keeps a timetable in a file."""

from collections.abc import Iterator, Sequence
from itertools import permutations

from scheduler.formats.fet.export.elements import constraint, counted, leaf
from scheduler.formats.fet.xml_tree import Node


def fixed_time(activity_id: int, day: str, hour: str) -> Node:
    """An activity begins at this time."""
    return constraint(
        "ActivityPreferredStartingTime",
        leaf("Activity_Id", activity_id),
        leaf("Preferred_Day", day),
        leaf("Preferred_Hour", hour),
        leaf("Permanently_Locked", text=False),
    )


def fixed_room(activity_id: int, room: str, real: Sequence[str] = ()) -> Node:
    """An activity is in this room; of a virtual room with these real rooms."""
    chosen: Iterator[Node] = iter(())
    if real:
        chosen = counted("Number_of_Real_Rooms", "Real_Room", real)
    return constraint(
        "ActivityPreferredRoom",
        leaf("Activity_Id", activity_id),
        leaf("Room", room),
        *chosen,
        leaf("Permanently_Locked", text=False),
    )


def in_order_of_sets(
    sets: Sequence[Sequence[str]], rooms: Sequence[str]
) -> tuple[str, ...]:
    """Real rooms in the order of a virtual room's sets, one of each."""
    return next(
        order
        for order in permutations(rooms)
        if all(room in one for room, one in zip(order, sets, strict=True))
    )
