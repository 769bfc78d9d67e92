"""Activities as requirements: equal components of a split are one requirement."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction

from scheduler.formats.fet.classes import Classes
from scheduler.formats.fet.document import Activity, Document
from scheduler.formats.fet.faults import FetFaults
from scheduler.formats.fet.ids import Ids
from scheduler.formats.fet.room_choice import RoomChoice
from scheduler.formats.fet.xml_tree import Node
from scheduler.formats.tables.declared.problem_tables import MOST_A_WEEK
from scheduler.model.requirements import Requirement


class Names:
    """Ids of the tables that FET's names become."""

    def __init__(self, document: Document) -> None:
        self.teachers, self.subjects, self.tags = Ids(), Ids(), Ids()
        for ids, names in (
            (self.teachers, document.teachers),
            (self.subjects, document.subjects),
            (self.tags, document.tags),
        ):
            for name in names:
                ids[name]


class Lessons:
    """Requirements of a document, and the lesson that each activity is."""

    def __init__(
        self,
        document: Document,
        classes: Classes,
        choice: RoomChoice,
        names: Names,
        faults: FetFaults,
    ) -> None:
        self._classes, self._choice, self._names = classes, choice, names
        self.requirements: list[Requirement] = []
        self._place: dict[int, tuple[str, int]] = {}
        self._size: dict[str, int] = {}
        for activities in _alike(document, choice, faults):
            self._add(activities)

    def _add(self, activities: list[Activity]) -> None:
        first = activities[0]
        requirement_id = f"A{first.activity_id}"
        lengths = [Fraction(a.duration) for a in activities]
        self.requirements.append(
            Requirement(
                requirement_id,
                self._classes.of_activity(first),
                self._names.subjects[first.subject],
                sum(lengths, Fraction(0)),
                teacher_ids=tuple(self._names.teachers[t] for t in first.teachers),
                blocks=() if set(lengths) == {1} else tuple(lengths),
                layouts=self._choice.layouts(first),
                tags=tuple(self._names.tags[t] for t in first.tags),
                no_teacher=not first.teachers,
            )
        )
        self._size[requirement_id] = len(activities)
        for index, activity in enumerate(activities, start=1):
            self._place[activity.activity_id] = (requirement_id, index)

    def place(self, activity: Activity) -> tuple[str, int]:
        """Requirement and index of an activity's lesson."""
        return self._place[activity.activity_id]

    def lesson_id(self, activity: Activity) -> str:
        """The lesson of an activity."""
        requirement_id, index = self.place(activity)
        return f"{requirement_id}#{index}"

    def named(self, activities: Iterable[Activity]) -> tuple[str, ...]:
        """Lessons as relations.csv names them: all of a requirement by its id.

        In the order given; where several requirements are whole, the order inside
        them is that of their lessons.
        """
        found: dict[str, set[int]] = defaultdict(set)
        for activity in activities:
            requirement_id, index = self.place(activity)
            found[requirement_id].add(index)
        return tuple(self._in_short(found))

    def _in_short(self, found: dict[str, set[int]]) -> Iterator[str]:
        for requirement_id, indices in found.items():
            if len(indices) == self._size[requirement_id]:
                yield requirement_id
            else:
                yield from (f"{requirement_id}#{k}" for k in sorted(indices))

    def one_by_one(self, activities: Iterable[Activity]) -> tuple[str, ...]:
        """Lessons each by its own name, in the order given."""
        return tuple(self.lesson_id(a) for a in activities)


def _alike(
    document: Document, choice: RoomChoice, faults: FetFaults
) -> Iterator[list[Activity]]:
    """Activities by requirement: components of one split that agree in all else."""
    groups: list[list[Activity]] = []
    latest: dict[tuple[object, ...], list[Activity]] = {}
    for activity in document.active:
        layouts = choice.layouts(activity)
        if not layouts:
            faults.error(
                Node("Activity", activity.line),
                "的约束没有给它留下任何教室",
                "is the id of an activity that its constraints leave no room",
                value=str(activity.activity_id),
            )
        key = (*_kind(activity), layouts)
        group = latest.get(key, [])
        if not group or _periods(group) + activity.duration > MOST_A_WEEK:
            groups.append(group := [])
            latest[key] = group
        group.append(activity)
    yield from groups


def _kind(activity: Activity) -> tuple[object, ...]:
    """What activities of one requirement have in common."""
    # An activity of nobody may overlap its like, so it stands alone.
    split = activity.group_id if activity.students or activity.teachers else 0
    own = 0 if split else activity.activity_id
    people = (activity.teachers, activity.subject, activity.tags, activity.students)
    return (split, own, *people)


def _periods(activities: list[Activity]) -> int:
    return sum(a.duration for a in activities)
