"""Ceilings on the classes in a venue at once, all of them or those of one grade."""

from collections.abc import Callable, Iterator
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import (
    CapacityRule,
    Capped,
    Portion,
    Violation,
)
from scheduler.constraints.primitives import Capacity, Primitive
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.text import Text
from scheduler.model.venues import VenueTarget


class KeepVenueCeilings(CapacityRule):
    """A venue never holds more classes at once than its ceiling.

    A ceiling of a grade counts that grade's classes only; some pupils of several
    classes are one class. Amount: classes too many times minutes, over both weeks.
    Level: hard. Source: venue_targets.csv, ``max_classes_at_once``.
    """

    title: ClassVar[Text] = Text("场地同时班数不超上限", "Keep venue ceilings")
    fault: ClassVar[Text] = Text("场地同时班数超上限", "Venue ceilings exceeded")
    tells_places: ClassVar[bool] = True
    capped: ClassVar[Capped] = Capped.TARGET

    def resources(self, problem: Problem) -> Iterator[Capacity]:
        """One for each row with a ceiling."""
        for target in problem.venue_targets:
            if target.max_classes_at_once is not None:
                classes = classes_of_grade(problem, target.grade)
                yield Capacity(
                    (target.venue_id, _grade(target), "classes"),
                    problem.lessons_in(target.venue_id),
                    _span(target.venue_id, classes),
                    classes,
                    target.max_classes_at_once,
                )

    def users(self, meeting: Meeting) -> tuple[str, ...]:
        """The venue it is at."""
        return (meeting.layout.venue_id,) if meeting.layout else ()

    def portion_of(self, problem: Problem, primitive: Primitive) -> Portion:
        """The venue, and the grade whose classes count."""
        assert isinstance(primitive, Capacity)
        return Portion(self.name, primitive.resource[:2])

    def portion_name(self, problem: Problem, ids: tuple[str, ...]) -> Text:
        """The ceiling."""
        name = target_name(problem, ids)
        most = next(r.limit for r in self.resources(problem) if r.resource[:2] == ids)
        return Text(
            f"{name.zh}同时最多{most}个班的上限",
            f"the ceiling of {most} at once on {name.en}",
        )

    def resource_name(self, problem: Problem, ids: tuple[str, ...]) -> Text:
        """The venue, and the grade whose classes count."""
        return target_name(problem, ids)

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the venue, the grade, the time, what is in it and what may be."""
        what = target_name(problem, violation.resource_ids)
        return describe.too_many(problem, what, "classes", violation)


def target_name(problem: Problem, ids: tuple[str, ...]) -> Text:
    """The venue, and the grade whose classes are counted."""
    venue, grade = problem.venue[ids[0]].name, ids[1]
    if not grade:
        return describe.same(venue)
    return Text(f"{venue}（{grade}年级）", f"{venue} (grade {grade})")


def _grade(target: VenueTarget) -> str:
    return "" if target.grade is None else str(target.grade)


def _span(
    venue_id: str, classes: Callable[[Lesson], int]
) -> Callable[[Meeting], tuple[int, int] | None]:
    def span(meeting: Meeting) -> tuple[int, int] | None:
        layout = meeting.layout
        here = layout is not None and layout.venue_id == venue_id
        counted = here and classes(meeting.lesson) > 0
        return (meeting.start, meeting.end) if counted else None

    return span


def classes_of_grade(problem: Problem, grade: int | None) -> Callable[[Lesson], int]:
    """How many classes of a grade (None: of all) a lesson brings into a venue."""

    def classes(lesson: Lesson) -> int:
        requirement = lesson.requirement
        if grade is None:
            return requirement.classes_counted
        grades = (problem.class_group[c].grade for c in requirement.class_ids)
        count = sum(g == grade for g in grades)
        return min(count, requirement.classes_counted)

    return classes
