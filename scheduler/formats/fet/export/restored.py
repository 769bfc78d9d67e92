"""An imported file again, with a timetable fixed in it."""

from collections.abc import Iterator

from scheduler.formats.fet.document import Activity
from scheduler.formats.fet.export.fixing import (
    fixed_room,
    fixed_time,
    in_order_of_sets,
)
from scheduler.formats.fet.importing import Imported
from scheduler.formats.fet.xml_tree import Node
from scheduler.model.meeting import Meeting
from scheduler.model.requirements import HOME
from scheduler.model.timetable import Timetable


def restore(root: Node, imported: Imported, timetable: Timetable) -> Node:
    """The tree of the imported file with times and rooms added.

    What the file fixes already, on the same time or room, is not said twice.
    """
    times, rooms = [], []
    for activity, meeting in _placed(imported, timetable):
        times.append(_time(imported, activity, meeting))
        if meeting.placement.layout_id != HOME:
            rooms.append(_room(imported, activity, meeting.placement.layout_id))
    children = []
    for child in root.children:
        added = {
            "Time_Constraints_List": times,
            "Space_Constraints_List": rooms,
        }.get(child.tag, [])
        known = set(map(_said, child.children)) if added else set()
        more = [node for node in added if _said(node) not in known]
        children.append(Node(child.tag, 0, child.text, child.children + more))
    return Node(root.tag, 0, root.text, children)


def _said(node: Node) -> tuple[object, ...]:
    """What a constraint says but for its comment and its lock."""
    aside = ("Comments", "Permanently_Locked")
    return (node.tag, *((c.tag, c.text) for c in node.children if c.tag not in aside))


def _placed(
    imported: Imported, timetable: Timetable
) -> Iterator[tuple[Activity, Meeting]]:
    for activity in imported.mapping.document.active:
        lesson_id = imported.mapping.lessons.lesson_id(activity)
        if lesson_id in timetable.meeting:
            yield activity, timetable.meeting[lesson_id]


def _time(imported: Imported, activity: Activity, meeting: Meeting) -> Node:
    document = imported.mapping.document
    day, hour = imported.mapping.week.slot_of(meeting.day, meeting.start)
    return fixed_time(activity.activity_id, document.days[day], document.hours[hour])


def _room(imported: Imported, activity: Activity, layout_id: str) -> Node:
    rooms = imported.mapping.rooms
    name = rooms.room_of(layout_id)
    sets = imported.mapping.document.room[name].sets
    real: tuple[str, ...] = ()
    if sets:
        real = in_order_of_sets(sets, rooms.rooms_of(layout_id))
    return fixed_room(activity.activity_id, name, real)
