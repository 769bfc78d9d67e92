"""A teacher's parallel classes keep equal pace (教案平头)."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import Constraint, Violation
from scheduler.constraints.counting import placed
from scheduler.constraints.primitives import InWeek, Primitive, RangeCost
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Requirement
from scheduler.model.resources import Level
from scheduler.model.text import Text
from scheduler.model.times import LAYERS, Week
from scheduler.model.timetable import Timetable

Key = tuple[str, str, int, tuple[Fraction, ...]]
Parallel = tuple[str, tuple[Requirement, ...]]
"""A teacher and the same course in several classes of one grade."""


@dataclass(frozen=True)
class KeepParallelPace(Constraint):
    """At the end of any day parallel classes have had as many lessons, or one apart.

    Parallel are classes of one grade whom the same teacher gives the same subject,
    equally often. Amount: lessons by which the class furthest ahead leads the last
    one, beyond one, day by day, over both weeks. Level: soft. Source: 教案平头.
    """

    title: ClassVar[Text] = Text(
        "平行班进度一致", "Keep parallel classes at equal pace"
    )
    fault: ClassVar[Text] = Text("平行班进度不一", "Parallel classes apart")
    level: Level = Level.SOFT
    weight: int = 1

    def violations(self, timetable: Timetable) -> Iterator[Violation]:
        """One for each teacher, course, week and day with a class ahead."""
        for teacher_id, courses in _parallel(timetable.problem):
            for layer in LAYERS:
                for day in _days(timetable.problem, courses):
                    value = _so_far(day, layer)
                    counts = [
                        sum(value(m) for m in placed(timetable, c.lessons))
                        for c in courses
                    ]
                    if max(counts) - min(counts) > 1:
                        yield Violation(
                            max(counts) - min(counts) - 1,
                            (),
                            (teacher_id, *(c.requirement_id for c in courses)),
                            day,
                            layer=layer,
                            numbers=tuple(counts),
                        )

    def primitives(self, problem: Problem) -> Iterator[Primitive]:
        """One range for each teacher, course, week and day."""
        for _, courses in _parallel(problem):
            groups = tuple(c.lessons for c in courses)
            for layer in LAYERS:
                for day in _days(problem, courses):
                    yield RangeCost(groups, _so_far(day, layer), 1, by_layout=False)

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the teacher, the classes and their counts."""
        teacher_id, *ids = violation.resource_ids
        name = describe.teacher(problem, teacher_id)
        courses = [problem.requirement[i] for i in ids]
        subject = problem.subject[courses[0].subject_id]
        time = describe.when(violation.day, None, None, violation.layer)
        counts = "、".join(
            f"{describe.classes(problem, c.class_ids)}{n}"
            for c, n in zip(courses, violation.numbers, strict=True)
        )
        return Text(
            f"教师{name}的{subject.name}到{time.zh}为止各班节数不齐：{counts}。",
            f"{name}'s classes in {subject.name_en or subject.name} are apart by "
            f"{time.en}: {counts}.",
        )


def _parallel(problem: Problem) -> Iterator[Parallel]:
    found: dict[Key, list[Requirement]] = defaultdict(list)
    for requirement in problem.requirements:
        lessons = requirement.lessons
        every = all(x.weeks == (Week.EVERY,) for x in lessons)
        if len(requirement.class_ids) == 1 and len(lessons) > 1 and every:
            grade = problem.class_group[requirement.class_ids[0]].grade
            for teacher_id in requirement.teacher_ids:
                key: Key = (
                    teacher_id,
                    requirement.subject_id,
                    grade,
                    requirement.lengths,
                )
                found[key].append(requirement)
    for key, courses in found.items():
        if len(courses) > 1:
            yield key[0], tuple(courses)


def _days(problem: Problem, courses: tuple[Requirement, ...]) -> list[int]:
    """Days at whose end the classes are compared: all but the last."""
    return sorted({d for c in courses for d in problem.bell_of(c).school_days})[:-1]


@lru_cache(maxsize=64)
def _so_far(day: int, layer: int) -> Callable[[Meeting], int]:
    """1 for a meeting up to the end of this day; terms share the function."""
    return InWeek(_until(day), layer)


@lru_cache(maxsize=64)
def _until(day: int) -> Callable[[Meeting], int]:
    return lambda meeting: int(meeting.day <= day)
