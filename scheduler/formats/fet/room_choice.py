"""Where each activity may be: the rooms its constraints leave, hard and soft.

As FET does it: preferred rooms first; home rooms only for an activity that no
preferred-room constraint speaks of. All constraints at 100 % on an activity must hold
at once, so their rooms are intersected; under 100 % a constraint may be broken, also
by having no room at all. A room must hold the activity's students.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from scheduler.formats.fet.document import Activity, Document, FetConstraint
from scheduler.formats.fet.report import ImportReport, Unsupported
from scheduler.formats.fet.rooms import Rooms
from scheduler.formats.fet.selecting import named_activities, selected_activities
from scheduler.model.requirements import HOME

_BY_FILTER = frozenset(
    f"{what}PreferredRoom{many}"
    for what in ("Subject", "ActivityTag", "SubjectActivityTag")
    for many in ("", "s")
)
_BY_ID = frozenset({"ActivityPreferredRoom", "ActivityPreferredRooms"})
_OF_STUDENTS = frozenset({"StudentsSetHomeRoom", "StudentsSetHomeRooms"})
_OF_TEACHER = frozenset({"TeacherHomeRoom", "TeacherHomeRooms"})
PREFERRED = _BY_FILTER | _BY_ID
HOME_ROOMS = _OF_STUDENTS | _OF_TEACHER
ROOM_TYPES = PREFERRED | HOME_ROOMS


@dataclass
class Wishes:
    """What the constraints say of one activity's rooms, as layouts."""

    hard: list[frozenset[str]] = field(default_factory=list)
    soft: list[tuple[FetConstraint, frozenset[str]]] = field(default_factory=list)

    @property
    def any(self) -> bool:
        """Whether any constraint speaks of the activity."""
        return bool(self.hard or self.soft)


class RoomChoice:
    """Layouts of every active activity, and the soft constraints on them."""

    def __init__(self, document: Document, rooms: Rooms, report: ImportReport) -> None:
        self._document, self._rooms = document, rooms
        preferred = self._wishes(PREFERRED, report)
        homes = self._wishes(HOME_ROOMS, report)
        self._wished = {
            a.activity_id: preferred[a.activity_id]
            if preferred[a.activity_id].any
            else homes[a.activity_id]
            for a in document.active
        }
        # Under 100 % of a preferred room an activity may go to its home room.
        self._fallback = homes

    def _wishes(self, types: frozenset[str], report: ImportReport) -> dict[int, Wishes]:
        found: dict[int, Wishes] = defaultdict(Wishes)
        for constraint in self._document.constraints:
            if constraint.type not in types or not constraint.active:
                continue
            try:
                for activity, layouts in self._layouts(constraint):
                    wishes = found[activity.activity_id]
                    if constraint.is_hard:
                        wishes.hard.append(layouts)
                    elif constraint.weight:
                        wishes.soft.append((constraint, layouts))
            except Unsupported as refusal:
                report.unsupported[constraint.type, refusal.reason] += 1
            else:
                report.read[constraint.type] += 1
        return found

    def _layouts(
        self, constraint: FetConstraint
    ) -> Iterator[tuple[Activity, frozenset[str]]]:
        """Its activities with the layouts it leaves each."""
        names = constraint.texts("Preferred_Room") or constraint.texts("Room")
        known = {name: self._layouts_of(constraint, name) for name in names}
        for activity in self._activities(constraint):
            need = self._document.students_of(activity)
            yield (
                activity,
                frozenset(
                    layout
                    for name in names
                    if self._document.room[name].capacity >= need
                    for layout in known[name]
                ),
            )

    def _layouts_of(self, constraint: FetConstraint, name: str) -> tuple[str, ...]:
        real = constraint.texts("Real_Room")
        found = self._rooms.layouts(name)
        if found is None:
            raise Unsupported(
                "虚拟教室的组合太多", "a virtual room with too many choices"
            )
        if real and self._document.room[name].is_virtual:
            chosen = self._rooms.layout_of_choice(name, real)
            return (chosen,) if chosen else ()
        return found

    def _activities(self, constraint: FetConstraint) -> tuple[Activity, ...]:
        if constraint.type in _BY_ID:
            return named_activities(self._document, constraint)
        if constraint.type in _BY_FILTER:
            return selected_activities(self._document, constraint)
        # A home room is for activities of just this set, or just this teacher.
        of_students = constraint.type in _OF_STUDENTS
        name = constraint.text("Students" if of_students else "Teacher")
        return tuple(
            a
            for a in self._document.active
            if (a.students if of_students else a.teachers) == (name,)
        )

    def layouts(self, activity: Activity) -> tuple[str, ...]:
        """Layouts an activity may have, ``home`` where it may have no room.

        Empty where the constraints leave none.
        """
        wishes = self._wished[activity.activity_id]
        if wishes.hard:
            return tuple(sorted(frozenset.intersection(*wishes.hard)))
        if not wishes.soft:
            return (HOME,)
        wished = {x for _, layouts in wishes.soft for x in layouts}
        fallback = self._fallback[activity.activity_id]
        wished |= {x for layouts in fallback.hard for x in layouts}
        return (*sorted(wished), HOME)

    def soft(
        self,
    ) -> Iterator[tuple[FetConstraint, frozenset[str], list[Activity]]]:
        """Constraints under 100 % with their layouts and activities."""
        found: dict[tuple[int, frozenset[str]], list[Activity]] = defaultdict(list)
        by_number = {c.number: c for c in self._document.constraints}
        for activity in self._document.active:
            for constraint, layouts in self._wished[activity.activity_id].soft:
                found[constraint.number, layouts].append(activity)
        for (number, layouts), activities in found.items():
            yield by_number[number], layouts, activities
