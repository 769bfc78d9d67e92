"""Nobody is in two places at once, by the clock."""

from collections.abc import Callable, Iterator
from typing import ClassVar

from scheduler.constraints import describe, words
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


def _one(lesson: Lesson) -> int:
    return 1


class AvoidTeacherClashes(CapacityRule):
    """A teacher or escort is in one place at a time, walks included.

    Amount: minutes of double booking over the two-week cycle. Level: hard.
    Source: data-format.md, "Agreements" (walks) and design.md section 5.
    """

    title: ClassVar[Text] = Text("教师不冲突", "Avoid teacher clashes")
    fault: ClassVar[Text] = Text("教师冲突", "Teacher clashes")
    tells_places: ClassVar[bool] = True
    capped: ClassVar[Capped] = Capped.TEACHER

    def resources(self, problem: Problem) -> Iterator[Capacity]:
        """Every teacher once."""
        for teacher_id, lessons in problem.lessons_of_teacher.items():

            def span(m: Meeting, name: str = teacher_id) -> tuple[int, int] | None:
                return m.adult_busy if name in m.adult_ids else None

            yield Capacity((teacher_id,), lessons, span, _one, 1)

    def users(self, meeting: Meeting) -> tuple[str, ...]:
        """All who are present."""
        return meeting.adult_ids

    def portion_of(self, problem: Problem, primitive: Primitive) -> Portion:
        """The teacher."""
        assert isinstance(primitive, Capacity)
        return Portion(self.name, primitive.resource)

    def portion_name(self, problem: Problem, ids: tuple[str, ...]) -> Text:
        """Whose lessons do not overlap."""
        name = describe.teacher(problem, ids[0])
        return Text(
            f"教师{name}同一时间只能上一节课", f"{name} gives one lesson at a time"
        )

    def portion_names(self, problem: Problem, ids: tuple[str, ...]) -> Text:
        """The same of several teachers; of many their number."""
        names = [describe.teacher(problem, t) for t in ids]
        who = words.people(names, Text("位教师", "teachers"))
        return Text(
            f"{who.zh}同一时间各只能上一节课",
            f"{who.en} give one lesson at a time each",
        )

    def resource_name(self, problem: Problem, ids: tuple[str, ...]) -> Text:
        """The teacher."""
        name = describe.teacher(problem, ids[0])
        return Text(f"教师{name}", name)

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
    tells_places: ClassVar[bool] = True
    structural: ClassVar[bool] = True
    capped: ClassVar[Capped] = Capped.CLASS

    def resources(self, problem: Problem) -> Iterator[Capacity]:
        """Every class once, and the pupils of every activity of some."""
        for class_id, lessons in problem.lessons_of_class.items():

            def span(m: Meeting, name: str = class_id) -> tuple[int, int] | None:
                return m.class_busy(name) if name in m.class_ids else None

            some = len(lessons) - len(problem.whole_lessons_of_class[class_id])
            if some == 0:
                yield Capacity((class_id,), lessons, span, _one, 1)
            else:
                yield Capacity((class_id,), lessons, span, _share(some), some)
        for requirement in problem.requirements:
            if requirement.is_partial and len(requirement.lengths) > 1:
                yield _pupils_of(requirement.requirement_id, requirement.lessons)

    def users(self, meeting: Meeting) -> tuple[str, ...]:
        """Its classes, and the activity that it is of."""
        return (*meeting.class_ids, meeting.lesson.requirement.requirement_id)

    def resource_name(self, problem: Problem, ids: tuple[str, ...]) -> Text:
        """The class, or the activity of some of its pupils."""
        known = problem.class_name.get(ids[0]) if len(ids) == 1 else None
        return describe.same(known or ids[0])

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the class, the time and the lessons."""
        name = violation.resource_ids[0]
        if len(violation.resource_ids) == 1:
            name = problem.class_name[name]
        return _clash(problem, name, name, violation)


def _share(whole: int) -> Callable[[Lesson], int]:
    """A lesson of the whole class takes all of it, one of some pupils 1."""
    return lambda lesson: 1 if lesson.requirement.is_partial else whole


def _pupils_of(requirement_id: str, lessons: tuple[Lesson, ...]) -> Capacity:
    """Those who attend an activity, who cannot be at two meetings of it at once."""

    def span(m: Meeting) -> tuple[int, int] | None:
        mine = m.lesson.requirement.requirement_id == requirement_id
        return m.adult_busy if mine else None

    return Capacity((requirement_id, "pupils"), lessons, span, _one, 1)


def _clash(problem: Problem, zh: str, en: str, violation: Violation) -> Text:
    time = describe.when(violation.day, violation.start, violation.end, violation.layer)
    lessons = describe.lessons(problem, violation.lesson_ids)
    count = len(violation.lesson_ids)
    walks = Text("", "")
    if any(_may_walk(problem, lesson_id) for lesson_id in violation.lesson_ids):
        walks = Text("（含往返路上时间）", " (walks included)")
    return Text(
        f"{zh}{time.zh}同时有{count}节课：{lessons.zh}{walks.zh}。",
        f"{en} has {count} lessons at once on {time.en}: {lessons.en}{walks.en}.",
    )


def _may_walk(problem: Problem, lesson_id: str) -> bool:
    """Whether the lesson may be at a place under an agreement, to which one walks."""
    requirement = problem.lesson[lesson_id].requirement
    layouts = map(problem.layout.get, problem.allowed_layouts(requirement))
    venues = {layout.venue_id for layout in layouts if layout}
    return any(
        (school, venue) in problem.agreements_at
        for school in problem.schools_of(requirement)
        for venue in venues
    )
