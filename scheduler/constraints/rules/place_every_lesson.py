"""Every lesson has a place in the week."""

from collections.abc import Iterator
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import Constraint, Missing, Violation
from scheduler.constraints.counting import shortage_table
from scheduler.constraints.primitives import CountCost, Primitive
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable


class PlaceEveryLesson(Constraint):
    """Every lesson of every requirement is placed.

    Amount: lessons without a place. Level: hard. Source: 足额开设, the course plan
    is given in full (regulations.md 1).
    """

    title: ClassVar[Text] = Text("课时排满", "Place every lesson")
    fault: ClassVar[Text] = Text("有课没有排入", "Lessons not placed")
    structural: ClassVar[bool] = True
    demands_lessons: ClassVar[bool] = True
    missing: ClassVar[Missing] = Missing.LESSON

    def violations(self, timetable: Timetable) -> Iterator[Violation]:
        """One for each lesson without a placement."""
        for lesson in timetable.problem.lessons:
            if lesson.lesson_id not in timetable.meeting:
                yield Violation(1, (lesson.lesson_id,), lesson.requirement.class_ids)

    def primitives(self, problem: Problem) -> Iterator[Primitive]:
        """For each requirement: as many meetings as lessons, neither more nor less."""
        for requirement in problem.requirements:
            missing = shortage_table(len(requirement.lessons))
            yield CountCost(requirement.lessons, lambda _: 1, missing)

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the lesson."""
        lesson = describe.lesson(problem, violation.lesson_ids[0])
        return Text(f"{lesson.zh}有1节未排。", f"{lesson.en} is not placed.")
