"""Nobody is in two places at once, by the clock."""

from collections.abc import Callable, Iterator
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import CapacityRule, Capped, Resource, Violation
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.text import Text


def _one(lesson: Lesson) -> int:
    return 1


class AvoidTeacherClashes(CapacityRule):
    """A teacher or escort is in one place at a time, walks included.

    Amount: minutes of double booking over the two-week cycle. Level: hard.
    Source: data-format.md, "Agreements" (walks) and design.md section 5.
    """

    title: ClassVar[Text] = Text("教师不冲突", "Avoid teacher clashes")
    fault: ClassVar[Text] = Text("教师冲突", "Teacher clashes")
    capped: ClassVar[Capped] = Capped.TEACHER

    def resources(self, problem: Problem) -> Iterator[Resource]:
        """Every teacher once."""
        for teacher_id, lessons in problem.lessons_of_teacher.items():

            def span(m: Meeting, name: str = teacher_id) -> tuple[int, int] | None:
                return m.adult_busy if name in m.adult_ids else None

            yield Resource((teacher_id,), lessons, span, _one, 1)

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the teacher, the time and the lessons."""
        name = describe.teacher(problem, violation.resource_ids[0])
        return _clash(problem, f"教师{name}", name, violation)


class AvoidClassClashes(CapacityRule):
    """A class has one lesson at a time, walks included.

    What only some pupils of a class attend may run beside more of its kind, but not
    beside a lesson of the whole class, nor twice at once. Amount: minutes of double
    booking over the two-week cycle; beside k such activities a lesson of the whole
    class counts k times where it is one too many. Level: hard. Source:
    data-format.md, "Agreements" (walks) and design.md section 5; 课后服务, 社团.
    """

    title: ClassVar[Text] = Text("班级不冲突", "Avoid class clashes")
    fault: ClassVar[Text] = Text("班级冲突", "Class clashes")
    capped: ClassVar[Capped] = Capped.CLASS

    def resources(self, problem: Problem) -> Iterator[Resource]:
        """Every class once, and the pupils of every activity of some."""
        for class_id, lessons in problem.lessons_of_class.items():

            def span(m: Meeting, name: str = class_id) -> tuple[int, int] | None:
                return m.class_busy(name) if name in m.class_ids else None

            some = sum(x.requirement.is_partial for x in lessons)
            if some == 0:
                yield Resource((class_id,), lessons, span, _one, 1)
            else:
                yield Resource((class_id,), lessons, span, _share(some), some)
        for requirement in problem.requirements:
            if requirement.is_partial and len(requirement.lengths) > 1:
                yield _pupils_of(requirement.requirement_id, requirement.lessons)

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the class, the time and the lessons."""
        name = violation.resource_ids[0]
        if len(violation.resource_ids) == 1:
            name = problem.class_name[name]
        return _clash(problem, name, name, violation)


def _share(whole: int) -> Callable[[Lesson], int]:
    """A lesson of the whole class takes all of it, one of some pupils 1."""
    return lambda lesson: 1 if lesson.requirement.is_partial else whole


def _pupils_of(requirement_id: str, lessons: tuple[Lesson, ...]) -> Resource:
    """Those who attend an activity, who cannot be at two meetings of it at once."""

    def span(m: Meeting) -> tuple[int, int] | None:
        mine = m.lesson.requirement.requirement_id == requirement_id
        return m.adult_busy if mine else None

    return Resource((requirement_id, "pupils"), lessons, span, _one, 1)


def _clash(problem: Problem, zh: str, en: str, violation: Violation) -> Text:
    time = describe.when(violation.day, violation.start, violation.end, violation.layer)
    lessons = describe.lessons(problem, violation.lesson_ids)
    count = len(violation.lesson_ids)
    return Text(
        f"{zh}{time.zh}同时有{count}节课：{lessons.zh}（含往返路上时间）。",
        f"{en} has {count} lessons at once on {time.en}: {lessons.en} "
        "(walks included).",
    )
