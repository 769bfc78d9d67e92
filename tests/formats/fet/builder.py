"""Small .fet files by hand: five days of six hours, D1–D5 and H1–H6.

Teachers T1–T4, subjects S1–S3, tags g1 and g2, rooms R1 (30 places), R2 and R3 (50).
Students: year Y1 with group G1 (subgroups a, b) and group G2 (subgroup c); year Y2
that is not divided. 10 students in each year and group, 5 in each subgroup.
"""

from scheduler.formats.fet.export.elements import branch, constraint, leaf, written
from scheduler.formats.fet.importing import import_document
from scheduler.formats.fet.reading import parse_fet
from scheduler.formats.fet.xml_tree import Node

DAYS, HOURS = 5, 6


def activity(number, teachers="", students="", subject="S1", **more):
    """An activity; several teachers, students or tags are parted by spaces."""
    duration = more.get("duration", 1)
    size = more.get("size")
    return branch(
        "Activity",
        *(leaf("Teacher", name) for name in teachers.split()),
        leaf("Subject", subject),
        *(leaf("Activity_Tag", name) for name in more.get("tags", "").split()),
        *(leaf("Students", name) for name in students.split()),
        leaf("Duration", duration),
        leaf("Total_Duration", duration),
        leaf("Id", number),
        leaf("Activity_Group_Id", more.get("group", 0)),
        *([] if size is None else [leaf("Number_Of_Students", size)]),
        leaf("Active", more.get("active", True)),
        leaf("Comments", ""),
    )


def ids(*numbers):
    """A counted list of activity ids."""
    return (
        leaf("Number_of_Activities", len(numbers)),
        *(leaf("Activity_Id", number) for number in numbers),
    )


def times(tag, prefix, *slots):
    """A counted list of time slots written as ``"11"``: D1, H1."""
    inner = (f"{prefix}Day", f"{prefix}Hour")
    return (
        leaf(f"Number_of_{tag}s", len(slots)),
        *(
            branch(tag, leaf(inner[0], f"D{d}"), leaf(inner[1], f"H{h}"))
            for d, h in slots
        ),
    )


def filters(teacher="", students="", subject="", tag=""):
    """The filters that select activities."""
    return (
        leaf("Teacher_Name", teacher),
        leaf("Students_Name", students),
        leaf("Subject_Name", subject),
        leaf("Activity_Tag_Name", tag),
    )


def min_days(*numbers, weight="95", consecutive=False, days=1):
    """MinDaysBetweenActivities."""
    return constraint(
        "MinDaysBetweenActivities",
        leaf("Consecutive_If_Same_Day", consecutive),
        *ids(*numbers),
        leaf("MinDays", days),
        weight=weight,
    )


def room(name, capacity=50, sets=()):
    """A room, virtual where it has sets of real rooms."""
    inner = [leaf("Number_of_Sets_of_Real_Rooms", len(sets))] if sets else []
    for one in sets:
        names = one.split()
        real = (leaf("Real_Room", n) for n in names)
        counter = leaf("Number_of_Real_Rooms", len(names))
        inner.append(branch("Set_of_Real_Rooms", counter, *real))
    return branch(
        "Room",
        leaf("Name", name),
        leaf("Building", ""),
        leaf("Capacity", capacity),
        leaf("Virtual", bool(sets)),
        *inner,
    )


def named_list(tag, names, *, counted=False, plural=""):
    """A list of items that are only names."""
    counter = [leaf(f"Number_of_{tag}s", len(names))] if counted else []
    items = (branch(tag, leaf("Name", name)) for name in names)
    return branch(f"{plural or tag + 's'}_List", *counter, *items)


def students():
    """The years of this school."""

    def one(tag, name, size, *parts):
        return branch(tag, leaf("Name", name), leaf("Number_of_Students", size), *parts)

    a, b, c = (one("Subgroup", name, 5) for name in "abc")
    first = one(
        "Year", "Y1", 10, one("Group", "G1", 10, a, b), one("Group", "G2", 10, c)
    )
    return branch("Students_List", first, one("Year", "Y2", 10))


def tree(activities, *constraints, rooms=None, mode="Official", version="6.8.5"):
    """The whole file; constraints go to time or space by their name."""
    space = [c for c in constraints if "Room" in c.tag or "Building" in c.tag]
    time = [c for c in constraints if c not in space]
    if rooms is None:
        rooms = [room("R1", 30), room("R2"), room("R3")]
    return Node(
        "fet",
        0,
        version,
        [
            *([leaf("Mode", mode)] if mode else []),
            leaf("Institution_Name", "Test school"),
            named_list("Day", [f"D{k + 1}" for k in range(DAYS)], counted=True),
            named_list("Hour", [f"H{k + 1}" for k in range(HOURS)], counted=True),
            named_list("Subject", ["S1", "S2", "S3"]),
            named_list("Activity_Tag", ["g1", "g2"]),
            named_list("Teacher", ["T1", "T2", "T3", "T4"]),
            students(),
            branch("Activities_List", *activities),
            branch("Buildings_List"),
            branch("Rooms_List", *rooms),
            branch("Time_Constraints_List", constraint("BasicCompulsoryTime"), *time),
            branch(
                "Space_Constraints_List", constraint("BasicCompulsorySpace"), *space
            ),
        ],
    )


def fet_bytes(activities, *constraints, **more):
    """The same as a file's bytes."""
    return written(tree(activities, *constraints, **more))


def imported(activities, *constraints, **more):
    """The same read and mapped."""
    content = fet_bytes(activities, *constraints, **more)
    return import_document(parse_fet(content, "test.fet"), "test.fet")
