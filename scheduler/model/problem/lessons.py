"""Lessons of a problem: all there are, whose they are, and who attends."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from scheduler.model.problem.tables import ProblemTables
from scheduler.model.relations import Relation
from scheduler.model.requirements import Lesson, Requirement
from scheduler.model.times import Bell


@dataclass(frozen=True)
class ProblemLessons(ProblemTables):
    """What follows from requirements, classes and teachers."""

    @cached_property
    def lessons(self) -> tuple[Lesson, ...]:
        """All lessons, in the order of the requirements."""
        return tuple(x for r in self.requirements for x in r.lessons)

    @cached_property
    def lesson(self) -> dict[str, Lesson]:
        """Lessons by id."""
        return {x.lesson_id: x for x in self.lessons}

    @cached_property
    def lessons_of_class(self) -> dict[str, tuple[Lesson, ...]]:
        """Lessons each class takes part in; every class is a key."""
        return self._lessons_by([c.class_id for c in self.classes], "class_ids")

    @cached_property
    def whole_lessons_of_class(self) -> dict[str, tuple[Lesson, ...]]:
        """Lessons each class attends as a whole; every class is a key."""
        found = self.lessons_of_class
        return {
            name: lessons
            if not any(x.requirement.is_partial for x in lessons)
            else tuple(x for x in lessons if not x.requirement.is_partial)
            for name, lessons in found.items()
        }

    @cached_property
    def lessons_of_teacher(self) -> dict[str, tuple[Lesson, ...]]:
        """Lessons each teacher gives, may give (pool) or escorts."""
        return self._lessons_by(
            [t.teacher_id for t in self.teachers],
            "teacher_ids",
            "teacher_pool",
            "escort_ids",
        )

    @cached_property
    def teachers_of_group(self) -> dict[str, tuple[str, ...]]:
        """Ids of the teachers of each teaching-research group."""
        found: dict[str, list[str]] = defaultdict(list)
        for teacher in self.teachers:
            if teacher.group:
                found[teacher.group].append(teacher.teacher_id)
        return {name: tuple(members) for name, members in found.items()}

    def _lessons_by(
        self, keys: list[str], *fields: str
    ) -> dict[str, tuple[Lesson, ...]]:
        found: dict[str, list[Lesson]] = {key: [] for key in keys}
        for lesson in self.lessons:
            names = [n for f in fields for n in getattr(lesson.requirement, f)]
            for name in dict.fromkeys(names):
                found[name].append(lesson)
        return {key: tuple(lessons) for key, lessons in found.items()}

    def related_lessons(self, relation: Relation) -> tuple[Lesson, ...]:
        """Lessons a relation names, each once, in its order.

        Raises:
            KeyError: it names a lesson that is not there.
        """
        found: dict[Lesson, None] = {}
        if relation.kind.needs_subjects:
            return tuple(
                dict.fromkeys(
                    x
                    for pair in self.subject_pairs(relation).values()
                    for own in pair
                    for x in own
                )
            )
        for name in relation.lessons:
            if "#" in name:
                found[self.lesson[name]] = None
            else:
                found |= dict.fromkeys(self.requirement[name].lessons)
        return tuple(found)

    def subject_pairs(
        self, relation: Relation
    ) -> dict[str, tuple[tuple[Lesson, ...], tuple[Lesson, ...]]]:
        """Whole lessons of the two subjects by class, where it has some of both."""
        first, second = relation.subjects
        found = {}
        for class_id in relation.classes or self.class_group:
            lessons = self.whole_lessons_of_class[class_id]
            one, other = (
                tuple(x for x in lessons if x.requirement.subject_id == subject)
                for subject in (first, second)
            )
            if one and other:
                found[class_id] = (one, other)
        return found

    def bell_of(self, requirement: Requirement) -> Bell:
        """The bell in which the requirement's periods count: its first class's."""
        return self.bell[self.class_group[requirement.class_ids[0]].bell_id]

    def bells_of(self, requirement: Requirement) -> tuple[Bell, ...]:
        """The bells of the requirement's classes, each once, in order."""
        ids = dict.fromkeys(self.class_group[c].bell_id for c in requirement.class_ids)
        return tuple(self.bell[x] for x in ids)

    def schools_of(self, requirement: Requirement) -> tuple[str, ...]:
        """Schools of the requirement's classes, each once, in order."""
        return tuple(self.classes_by_school(requirement.class_ids))

    def classes_by_school(
        self, class_ids: tuple[str, ...]
    ) -> dict[str, tuple[str, ...]]:
        """Classes by their school, schools in the order of their first class."""
        known = self._by_school.get(class_ids)
        if known is None:
            found: dict[str, list[str]] = defaultdict(list)
            for class_id in class_ids:
                found[self.class_group[class_id].school_id].append(class_id)
            known = {school: tuple(own) for school, own in found.items()}
            self._by_school[class_ids] = known
        return known

    @cached_property
    def _by_school(self) -> dict[tuple[str, ...], dict[str, tuple[str, ...]]]:
        return {}

    def pupils(self, class_ids: tuple[str, ...]) -> int:
        """Number of pupils in these classes."""
        return sum(self.class_group[c].size for c in class_ids)

    def pupils_in(
        self, requirement: Requirement, class_ids: tuple[str, ...] | None = None
    ) -> int:
        """Pupils who attend: all of its classes (or of some of them), or some.

        Where some attend, all of them may come from the classes asked about.
        """
        whole = self.pupils(requirement.class_ids if class_ids is None else class_ids)
        head_count = requirement.pupils
        return whole if head_count is None else min(whole, head_count)
