"""Every name a file uses is in its lists; activities' ids are there once."""

from collections.abc import Collection, Iterator
from itertools import chain

from scheduler.formats.fet.document import Activity, Document, FetConstraint
from scheduler.formats.fet.faults import FetFaults
from scheduler.formats.fet.xml_tree import Node
from scheduler.model.errors import meant

_KINDS = {
    "Teacher": "teachers",
    "Teacher_Name": "teachers",
    "Students": "students",
    "Students_Name": "students",
    "Subject": "subjects",
    "Subject_Name": "subjects",
    "Activity_Tag": "tags",
    "Activity_Tag_Name": "tags",
    "First_Activity_Tag": "tags",
    "Second_Activity_Tag": "tags",
    "Room": "rooms",
    "Real_Room": "rooms",
    "Preferred_Room": "rooms",
    "Activity_Id": "activities",
    "First_Activity_Id": "activities",
    "Second_Activity_Id": "activities",
    "Third_Activity_Id": "activities",
    "Interval_Start_Hour": "hours",
    "Interval_End_Hour": "hours",
}
_ZH = {
    "teachers": "教师",
    "students": "学生组",
    "subjects": "学科",
    "tags": "活动标签",
    "rooms": "教室",
    "activities": "活动",
    "days": "天",
    "hours": "节次",
    "buildings": "楼",
}


class _Known:
    """The lists of a document, and what to say of a name that is in none."""

    def __init__(self, document: Document, faults: FetFaults) -> None:
        self._faults = faults
        self._lists: dict[str, Collection[str]] = {
            "teachers": frozenset(document.teachers),
            "students": document.atoms.keys(),
            "subjects": frozenset(document.subjects),
            "tags": frozenset(document.tags),
            "rooms": document.room.keys(),
            "activities": {str(a.activity_id) for a in document.activities},
            "days": document.day_index.keys(),
            "hours": document.hour_index.keys(),
            "buildings": frozenset(document.buildings),
        }

    def check(self, node: Node | None, kind: str, name: str) -> None:
        """Note a name that the list does not hold."""
        if name in self._lists[kind]:
            return
        advice = meant(name, self._lists[kind])
        self._faults.error(
            node,
            f"不在{_ZH[kind]}列表里",
            f"is not in the list of {kind}",
            advice,
            name[:60],
        )


def check_names(document: Document, faults: FetFaults) -> None:
    """Note every name that is in no list, and ids that come twice."""
    known = _Known(document, faults)
    _check_ids(document.activities, faults)
    _check_students(document, faults)
    for activity in document.activities:
        place = Node("Activity", activity.line)
        for kind, names in (
            ("teachers", activity.teachers),
            ("subjects", (activity.subject,)),
            ("tags", activity.tags),
            ("students", activity.students),
        ):
            for name in names:
                known.check(place, kind, name)
    for room in document.rooms:
        if room.building:
            known.check(None, "buildings", room.building)
        for name in chain.from_iterable(room.sets):
            known.check(None, "rooms", name)
    for constraint in document.constraints:
        _check_constraint(constraint, known)


def _check_ids(activities: tuple[Activity, ...], faults: FetFaults) -> None:
    seen: set[int] = set()
    for activity in activities:
        if activity.activity_id in seen:
            faults.error(
                Node("Id", activity.line),
                "活动编号重复",
                "is the id of two activities",
                value=str(activity.activity_id),
            )
        seen.add(activity.activity_id)


def _check_students(document: Document, faults: FetFaults) -> None:
    """A year is no group, a group no subgroup: they share one name space."""
    years = {year.name for year in document.years}
    groups = {g.name for year in document.years for g in year.parts}
    subgroups = {s.name for y in document.years for g in y.parts for s in g.parts}
    for name in sorted((years & groups) | (years & subgroups) | (groups & subgroups)):
        faults.error(
            None,
            "既是年级又是班组，名称不能相同",
            "names two students sets of different levels",
            value=name[:60],
        )


def _check_constraint(constraint: FetConstraint, known: _Known) -> None:
    for node, kind in _references(constraint):
        if node.text:
            known.check(node, kind, node.text)
    for node, day, hour in constraint.times():
        known.check(node, "days", day)
        known.check(node, "hours", hour)


def _references(constraint: FetConstraint) -> Iterator[tuple[Node, str]]:
    for child in constraint.node.children:
        if child.tag in _KINDS:
            yield child, _KINDS[child.tag]
        elif child.tag == "Preferred_Day":
            yield child, "days"
        elif child.tag == "Preferred_Hour":
            yield child, "hours"
