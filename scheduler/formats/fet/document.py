"""What a .fet file holds, in FET's own words; names are the ids."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from scheduler.formats.fet.xml_tree import Node

Slot = tuple[int, int]
"""Day and hour, both counted from 0."""
ALWAYS = Fraction(100)
NO_CAPACITY = 30_000
"""What FET writes for a room without a limit."""


@dataclass(frozen=True, slots=True)
class StudentsSet:
    """A year, group or subgroup; ``parts`` are the sets it is divided into."""

    name: str
    students: int
    parts: tuple["StudentsSet", ...] = ()


@dataclass(frozen=True, slots=True)
class Activity:
    """One meeting; components of a split share ``group_id`` (0: not split)."""

    activity_id: int
    teachers: tuple[str, ...]
    subject: str
    tags: tuple[str, ...]
    students: tuple[str, ...]
    duration: int
    group_id: int
    number_of_students: int | None
    active: bool
    line: int = field(compare=False, default=0)

    @property
    def component(self) -> int:
        """Its number in its split, from 1."""
        return self.activity_id - self.group_id + 1 if self.group_id else 1


@dataclass(frozen=True, slots=True)
class Room:
    """A room; a virtual one takes a real room of each of its ``sets``."""

    name: str
    building: str
    capacity: int
    sets: tuple[tuple[str, ...], ...] = ()

    @property
    def is_virtual(self) -> bool:
        """Whether it is made of real rooms."""
        return bool(self.sets)


@dataclass(frozen=True, slots=True)
class FetConstraint:
    """A constraint: its type without the word Constraint, and what it says.

    ``weight`` is the percentage. ``number`` counts constraints through the file.
    """

    number: int
    type: str
    weight: Fraction
    active: bool
    node: Node = field(compare=False)

    @property
    def is_hard(self) -> bool:
        """Whether FET never breaks it."""
        return self.weight >= ALWAYS

    def text(self, *tags: str) -> str:
        """The text of the first element with one of these names."""
        return self.node.value(*tags)

    def texts(self, tag: str) -> tuple[str, ...]:
        """Texts of all elements of a name."""
        return tuple(child.text for child in self.node.all(tag))

    def flag(self, tag: str, default: bool) -> bool:
        """A yes or no; FET wrote ``yes`` and ``1`` in earlier versions."""
        text = self.text(tag).strip().lower()
        return text in ("true", "yes", "1") if text else default

    def times(self) -> Iterator[tuple[Node, str, str]]:
        """Its time slots: the element, the day's name, the hour's name."""
        for child in self.node.children:
            day = next((c for c in child.children if c.tag.endswith("Day")), None)
            hour = next((c for c in child.children if c.tag.endswith("Hour")), None)
            if day is not None and hour is not None:
                yield child, day.text, hour.text


@dataclass(frozen=True)
class Document:
    """A whole file, checked: every name used exists, every id is there once."""

    version: str
    institution: str
    days: tuple[str, ...]
    hours: tuple[str, ...]
    subjects: tuple[str, ...]
    tags: tuple[str, ...]
    teachers: tuple[str, ...]
    years: tuple[StudentsSet, ...]
    activities: tuple[Activity, ...]
    buildings: tuple[str, ...]
    rooms: tuple[Room, ...]
    constraints: tuple[FetConstraint, ...]

    @cached_property
    def day_index(self) -> dict[str, int]:
        """Days by name."""
        return {name: k for k, name in enumerate(self.days)}

    @cached_property
    def hour_index(self) -> dict[str, int]:
        """Hours by name."""
        return {name: k for k, name in enumerate(self.hours)}

    @cached_property
    def activity(self) -> dict[int, Activity]:
        """Activities by id."""
        return {a.activity_id: a for a in self.activities}

    @cached_property
    def room(self) -> dict[str, Room]:
        """Rooms by name."""
        return {r.name: r for r in self.rooms}

    @cached_property
    def sizes(self) -> dict[str, int]:
        """Numbers of students by the name of the set."""
        return {s.name: s.students for s in _all_sets(self.years)}

    @cached_property
    def atoms(self) -> dict[str, frozenset[str]]:
        """The atoms of every students set: subgroups, or what is not divided."""
        found: dict[str, frozenset[str]] = {}
        for year in self.years:
            _collect_atoms(year, found)
        return found

    @cached_property
    def active(self) -> tuple[Activity, ...]:
        """Activities that take part."""
        return tuple(a for a in self.activities if a.active)

    def slots(self, constraint: FetConstraint) -> tuple[Slot, ...]:
        """Time slots of a constraint, each once."""
        pairs = (
            (self.day_index[day], self.hour_index[hour])
            for _, day, hour in constraint.times()
        )
        return tuple(dict.fromkeys(pairs))

    def students_of(self, activity: Activity) -> int:
        """How many students an activity has, for the capacity of rooms."""
        if activity.number_of_students is not None:
            return activity.number_of_students
        return sum(self.sizes[name] for name in activity.students)


def _all_sets(sets: tuple[StudentsSet, ...]) -> Iterator[StudentsSet]:
    for one in sets:
        yield one
        yield from _all_sets(one.parts)


def _collect_atoms(one: StudentsSet, found: dict[str, frozenset[str]]) -> None:
    for part in one.parts:
        _collect_atoms(part, found)
    atoms = [found[part.name] for part in one.parts]
    found[one.name] = frozenset().union(*atoms) or frozenset({one.name})
