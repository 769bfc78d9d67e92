"""Whom or what a violation concerns: classes, teachers, venues, and their weeks."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from scheduler.constraints.base import Violation
from scheduler.model.problem import Problem
from scheduler.model.timetable import Timetable


class SubjectOf(StrEnum):
    """Whose week a page shows."""

    CLASS = "class"
    TEACHER = "teacher"
    VENUE = "venue"


@dataclass(frozen=True, slots=True)
class Choice:
    """A class, teacher or venue whose week one can turn to."""

    kind: SubjectOf
    resource_id: str
    name: str


Concerned = tuple[SubjectOf, str]


def parse_concerned(text: str) -> Concerned | None:
    """Read ``teacher:T001``; None where it names nobody."""
    kind, _, resource_id = text.partition(":")
    if kind not in tuple(SubjectOf) or not resource_id:
        return None
    return SubjectOf(kind), resource_id


def concerned(timetable: Timetable, violation: Violation) -> Iterable[Concerned]:
    """All that a violation's lessons have to do with, and all it names."""
    for lesson_id in violation.lesson_ids:
        yield from _of_lesson(timetable, lesson_id)
    for name in violation.resource_ids:
        yield from _of_resource(timetable.problem, name)


def named(problem: Problem, violation: Violation) -> tuple[Choice, ...]:
    """The weeks of what a violation names."""
    return tuple(
        Choice(kind, resource_id, _name(problem, kind, resource_id))
        for name in violation.resource_ids
        for kind, resource_id in _of_resource(problem, name)
    )


def _name(problem: Problem, kind: SubjectOf, resource_id: str) -> str:
    match kind:
        case SubjectOf.CLASS:
            return problem.class_name[resource_id]
        case SubjectOf.TEACHER:
            return problem.teacher_name[resource_id]
        case SubjectOf.VENUE:
            return problem.venue[resource_id].name


def _of_lesson(timetable: Timetable, lesson_id: str) -> Iterable[Concerned]:
    requirement = timetable.problem.lesson[lesson_id].requirement
    meeting = timetable.meeting.get(lesson_id)
    adults = requirement.teacher_ids + requirement.teacher_pool
    yield from ((SubjectOf.CLASS, c) for c in requirement.class_ids)
    yield from (
        (SubjectOf.TEACHER, t) for t in (meeting.adult_ids if meeting else adults)
    )
    if meeting and meeting.layout:
        yield SubjectOf.VENUE, meeting.layout.venue_id


def _of_resource(problem: Problem, name: str) -> Iterable[Concerned]:
    """Ids are unique within their table only: a name may be of several."""
    if name in problem.class_group:
        yield SubjectOf.CLASS, name
    if name in problem.teacher:
        yield SubjectOf.TEACHER, name
    if name in problem.venue:
        yield SubjectOf.VENUE, name
    elif name in problem.zone:
        yield SubjectOf.VENUE, problem.zone[name].venue_id
    elif name in problem.layout:
        yield SubjectOf.VENUE, problem.layout[name].venue_id
