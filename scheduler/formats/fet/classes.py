"""Students as classes: atoms that nothing tells apart are one class.

FET's atoms are subgroups, and groups or years that are not divided. Atoms in the same
activities and under the same constraints would only double every term.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from scheduler.formats.fet.document import Activity, Document, FetConstraint
from scheduler.formats.fet.ids import Ids, safe_text
from scheduler.formats.fet.week import BELL_ID
from scheduler.model.resources import ClassGroup

SCHOOL_ID = "FET"
GRADE = 1
"""FET knows no grades."""
_SET_FIELDS = ("Students", "Students_Name", "Students_Set_Name")


class Classes:
    """The classes of a document and which of them an activity or set has."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._ids = Ids()
        self._atoms = _merged(document)
        self._class_of = {
            atom: self._name(atoms) for atoms in self._atoms for atom in atoms
        }
        self._synthetic: dict[str, str] = {}

    def _name(self, atoms: tuple[str, ...]) -> str:
        """The widest students set of just these atoms, or the first atom."""
        exact = [n for n, part in self._document.atoms.items() if part == {*atoms}]
        return self._ids[exact[-1] if exact else atoms[0]]

    @cached_property
    def sizes(self) -> Counter[str]:
        """How many atoms each class stands for."""
        return Counter(self._class_of.values())

    @property
    def real(self) -> tuple[str, ...]:
        """Classes of students, in the order of the file."""
        return tuple(dict.fromkeys(self._class_of.values()))

    def of_set(self, name: str) -> tuple[str, ...]:
        """Classes of a students set that take part in any activity."""
        atoms = self._document.atoms[name]
        found = [c for atom, c in self._class_of.items() if atom in atoms]
        return tuple(dict.fromkeys(found))

    def of_activity(self, activity: Activity) -> tuple[str, ...]:
        """Classes of an activity; where it has no students, one made up for it.

        Activities of one teacher cannot overlap anyway and share such a class.
        """
        names = [c for s in activity.students for c in self.of_set(s)]
        if names:
            return tuple(dict.fromkeys(names))
        teacher = activity.teachers[0] if activity.teachers else ""
        key = teacher or str(activity.activity_id)
        label = f"({teacher or activity.subject})"
        if key not in self._synthetic:
            # No name of FET's holds a null character, so this one is nobody else's.
            self._synthetic[key] = self._ids[f"{label}\0{activity.activity_id}"]
        return (self._synthetic[key],)

    def table(self) -> Iterator[ClassGroup]:
        """Rows of classes.csv."""
        for atoms in self._atoms:
            class_id = self._class_of[atoms[0]]
            size = sum(self._document.sizes[atom] for atom in atoms)
            shown = ", ".join(safe_text(atom) for atom in atoms[:3])
            name = f"{shown} +{len(atoms) - 3}" if len(atoms) > 3 else shown
            yield self._row(class_id, name, size)
        for class_id in self._synthetic.values():
            yield self._row(class_id, "(no students)", 1)

    def _row(self, class_id: str, name: str, size: int) -> ClassGroup:
        label = name or class_id
        return ClassGroup(class_id, SCHOOL_ID, GRADE, label, max(1, size), BELL_ID)


def idle_sets(document: Document) -> int:
    """How many atoms are in no activity."""
    atoms = document.atoms
    busy = {x for a in document.active for name in a.students for x in atoms[name]}
    return sum(atom not in busy for atom in _in_order(document))


def _merged(document: Document) -> list[tuple[str, ...]]:
    """Atoms in some activity, those that nothing tells apart together."""
    activities: dict[str, list[int]] = defaultdict(list)
    for activity in document.active:
        atoms = {x for name in activity.students for x in document.atoms[name]}
        for atom in atoms:
            activities[atom].append(activity.activity_id)
    limits: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    for constraint in document.constraints:
        name = _set_named(constraint)
        if name and constraint.active:
            for atom in document.atoms[name]:
                limits[atom].add(_content(constraint))
    groups: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for atom in _in_order(document):
        if atom in activities:
            key = (tuple(activities[atom]), frozenset(limits[atom]))
            groups[key].append(atom)
    return [tuple(atoms) for atoms in groups.values()]


def _set_named(constraint: FetConstraint) -> str:
    """The students set whose people a constraint is about."""
    if not constraint.type.startswith("StudentsSet") or "HomeRoom" in constraint.type:
        return ""
    return constraint.text(*_SET_FIELDS)


def _content(constraint: FetConstraint) -> tuple[object, ...]:
    """What a constraint says, its students set left out."""
    said = [
        (child.tag, child.text, tuple(c.text for c in child.children))
        for child in constraint.node.children
        if child.tag not in (*_SET_FIELDS, "Comments")
    ]
    return (constraint.type, *said)


def _in_order(document: Document) -> Iterable[str]:
    return dict.fromkeys(
        atom
        for year in document.years
        for group in (year.parts or (year,))
        for one in (group.parts or (group,))
        for atom in (one.name,)
    )
