"""Lessons use the layouts open to them."""

from collections.abc import Iterator
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import SingleLessonRule, Violation
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.text import Text, joined


class UseAllowedLayouts(SingleLessonRule):
    """A lesson is on a layout its requirement lists, or by default one for its subject.

    Amount: one for each lesson elsewhere. Level: hard. Source: data-format.md,
    "Choice of places".
    """

    title: ClassVar[Text] = Text("场地适用", "Use allowed layouts")
    fault: ClassVar[Text] = Text("场地不适用", "Unsuitable places")
    structural: ClassVar[bool] = True
    by_time: ClassVar[bool] = False

    def breaches(self, problem: Problem, meeting: Meeting) -> Iterator[Violation]:
        """A layout that is not among the allowed ones."""
        layout_id = meeting.placement.layout_id
        if layout_id not in problem.allowed_layouts(meeting.lesson.requirement):
            yield Violation(
                1,
                (meeting.lesson.lesson_id,),
                (layout_id,),
                meeting.day,
                meeting.start,
                meeting.end,
            )

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the lesson, where it is and where it may be."""
        lesson = describe.lesson(problem, violation.lesson_ids[0])
        place = describe.layout(problem, violation.resource_ids[0])
        requirement = problem.lesson[violation.lesson_ids[0]].requirement
        allowed = joined(
            [describe.layout(problem, x) for x in problem.allowed_layouts(requirement)]
        )
        layout = problem.layout.get(violation.resource_ids[0])
        why = layout and problem.refusal(layout, requirement)
        zh, en = (f"该处{why.zh}，", f", which {why.en},") if why else ("", "")
        return Text(
            f"{lesson.zh}排在{place.zh}，{zh}但只能用：{allowed.zh}。",
            f"{lesson.en} is at {place.en}{en} but may only use: {allowed.en}.",
        )
