"""From a .fet file to a checked document; every fault of it at once."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from scheduler.formats.fet.document import (
    NO_CAPACITY,
    Activity,
    Document,
    FetConstraint,
    Room,
    StudentsSet,
)
from scheduler.formats.fet.faults import FetFaults
from scheduler.formats.fet.names import check_names
from scheduler.formats.fet.xml_tree import Node, parse_tree, read_tree

_PREFIX = "Constraint"
_MODES = {
    "-ma": "Mornings_Afternoons",
    "-morocco": "Mornings_Afternoons",
    "-algeria": "Mornings_Afternoons",
    "-bp": "Block_Planning",
    "-terms": "Terms",
    "-mathmake": "Mathmake",
}
MOST_DAYS = 7
MOST_HOURS = 96


def read_fet(path: Path) -> Document:
    """Read a file of FET's official mode.

    Raises:
        InputError: it is no such file, or has faults; all of them.
    """
    return document_of(read_tree(path), path.name)


def parse_fet(content: bytes, name: str) -> Document:
    """The same from a file's bytes."""
    return document_of(parse_tree(content, name), name)


def document_of(root: Node, file: str) -> Document:
    """Check a tree and put the document together."""
    faults = FetFaults(file)
    if root.tag != "fet":
        faults.error(
            root,
            f"不是 FET 文件：根元素是 {root.tag[:40]}",
            f"is no FET file: its root element is {root.tag[:40]}",
        )
    elif (mode := _mode(root)) != "Official":
        faults.error(
            root,
            f"是 FET 的 {mode} 模式，只支持 Official 模式",
            f"is of FET's mode {mode}; only Official is supported",
        )
    faults.stop()
    document = _document(root, faults)
    faults.stop()
    check_names(document, faults)
    faults.stop()
    return document


def _mode(root: Node) -> str:
    """The mode; before FET 6 the version told it."""
    named = root.value("Mode").strip()
    version = root.text.lower()
    guess = next((m for mark, m in _MODES.items() if mark in version), "Official")
    return named or guess


def _document(root: Node, faults: FetFaults) -> Document:
    days = _names(root, "Days_List", "Day", faults)
    hours = _names(root, "Hours_List", "Hour", faults)
    for found, most, zh, en in (
        (days, MOST_DAYS, "天", "days"),
        (hours, MOST_HOURS, "节", "hours"),
    ):
        if not 0 < len(found) <= most:
            faults.error(
                root.child(f"{en.title()}_List") or root,
                f"每周期有{len(found)}{zh}，支持1到{most}{zh}",
                f"has {len(found)} {en}; from 1 to {most} are supported",
            )
    return Document(
        version=root.text,
        institution=root.value("Institution_Name"),
        days=days,
        hours=hours,
        subjects=_names(root, "Subjects_List", "Subject", faults),
        tags=_names(root, "Activity_Tags_List", "Activity_Tag", faults),
        teachers=_names(root, "Teachers_List", "Teacher", faults),
        years=_years(root, faults),
        activities=tuple(
            _activity(node, faults)
            for node in _listed(root, "Activities_List", "Activity")
        ),
        buildings=_names(root, "Buildings_List", "Building", faults),
        rooms=_rooms(root, faults),
        constraints=_constraints(root, faults),
    )


def _listed(root: Node, name: str, tag: str) -> list[Node]:
    found = root.child(name)
    return found.all(tag) if found else []


def _names(root: Node, name: str, tag: str, faults: FetFaults) -> tuple[str, ...]:
    """Names of a list's items, in order; each must be there once."""
    items = _listed(root, name, tag)
    faults.check_count(root.child(name), tag)
    names = [item.value("Name") for item in items]
    faults.once(items, names, tag)
    return tuple(names)


def _years(root: Node, faults: FetFaults) -> tuple[StudentsSet, ...]:
    years = _listed(root, "Students_List", "Year")
    faults.once(years, [y.value("Name") for y in years], "Year")
    return tuple(_students(year, ("Group", "Subgroup"), faults) for year in years)


def _students(node: Node, below: Sequence[str], faults: FetFaults) -> StudentsSet:
    parts: tuple[StudentsSet, ...] = ()
    if below:
        inner = node.all(below[0])
        parts = tuple(_students(part, below[1:], faults) for part in inner)
        faults.once(inner, [p.name for p in parts], below[0])
    count = faults.whole(node, "Number_of_Students", default=0)
    return StudentsSet(node.value("Name"), count, parts)


def _activity(node: Node, faults: FetFaults) -> Activity:
    number = node.child("Number_Of_Students", "Number_of_Students")
    return Activity(
        activity_id=faults.whole(node, "Id"),
        teachers=_each_once(x.text for x in node.all("Teacher")),
        subject=node.value("Subject"),
        tags=_each_once(x.text for x in node.all("Activity_Tag") if x.text),
        students=_each_once(x.text for x in node.all("Students")),
        duration=faults.whole(node, "Duration", least=1, most=MOST_HOURS),
        group_id=faults.whole(node, "Activity_Group_Id", default=0),
        number_of_students=None if number is None else faults.whole(node, number.tag),
        active=_is_active(node),
        line=node.line,
    )


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _is_active(node: Node) -> bool:
    return node.value("Active").strip().lower() not in ("false", "no", "0")


def _rooms(root: Node, faults: FetFaults) -> tuple[Room, ...]:
    items = _listed(root, "Rooms_List", "Room")
    faults.once(items, [item.value("Name") for item in items], "Room")
    return tuple(_room(item, faults) for item in items)


def _room(node: Node, faults: FetFaults) -> Room:
    sets = []
    for one in node.all("Set_of_Real_Rooms"):
        faults.check_count(one, "Real_Room")
        sets.append(tuple(x.text for x in one.all("Real_Room")))
    faults.check_count(node, "Set_of_Real_Rooms")
    return Room(
        node.value("Name"),
        node.value("Building"),
        faults.whole(node, "Capacity", default=NO_CAPACITY),
        tuple(sets),
    )


def _constraints(root: Node, faults: FetFaults) -> tuple[FetConstraint, ...]:
    found = []
    for name in ("Time_Constraints_List", "Space_Constraints_List"):
        listed = root.child(name)
        for node in listed.children if listed else ():
            if node.tag.startswith(_PREFIX):
                found.append(_constraint(len(found) + 1, node, faults))
            else:
                faults.error(
                    node,
                    f"不是约束：{node.tag[:60]}",
                    f"holds {node.tag[:60]}, which is no constraint",
                )
    return tuple(found)


def _constraint(number: int, node: Node, faults: FetFaults) -> FetConstraint:
    for child in node.children:
        if child.tag.startswith("Number_of_"):
            faults.check_count(node, _counted(child.tag))
    return FetConstraint(
        number,
        node.tag.removeprefix(_PREFIX),
        faults.percentage(node),
        _is_active(node),
        node,
    )


def _counted(tag: str) -> str:
    """What an element such as Number_of_Preferred_Rooms counts."""
    name = tag.removeprefix("Number_of_")
    if name == "Activities":
        return "Activity_Id"
    return name.removesuffix("s")
