"""Fixed lessons stay where they are fixed."""

from collections.abc import Iterator
from typing import ClassVar

from scheduler.constraints import describe, words
from scheduler.constraints.base import Portion, SingleLessonRule, Violation
from scheduler.model.meeting import Meeting, Placement
from scheduler.model.problem import Problem
from scheduler.model.requirements import FixedLesson, Lesson
from scheduler.model.text import Text
from scheduler.model.times import Week


class KeepFixed(SingleLessonRule):
    """A fixed lesson is on its day and period, and in its week and layout if given.

    Amount: one for each fixed lesson elsewhere. Level: hard. Source: fixed.csv.
    """

    title: ClassVar[Text] = Text("固定课不动", "Keep fixed lessons")
    fault: ClassVar[Text] = Text("固定课被移动", "Fixed lessons moved")
    holds_fixed: ClassVar[bool] = True

    def lessons(self, problem: Problem) -> tuple[Lesson, ...]:
        """Only the fixed ones."""
        return tuple(x for x in problem.lessons if x.lesson_id in problem.fixed_at)

    def breaches(self, problem: Problem, meeting: Meeting) -> Iterator[Violation]:
        """The lesson is not where it is fixed."""
        fixed = problem.fixed_at[meeting.lesson.lesson_id]
        if not _kept(fixed, meeting.placement):
            yield Violation(
                1,
                (meeting.lesson.lesson_id,),
                (),
                meeting.day,
                meeting.start,
                meeting.end,
                numbers=(fixed.day, fixed.period),
            )

    def portion_broken(self, problem: Problem, violation: Violation) -> Portion:
        """The lesson."""
        return Portion(self.name, violation.lesson_ids)

    def portion_name(self, problem: Problem, ids: tuple[str, ...]) -> Text:
        """The lesson, and where it is fixed."""
        return words.fixed_lesson(problem, ids[0]) if ids else self.title

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the lesson, where it is fixed and where it is."""
        lesson = describe.lesson(problem, violation.lesson_ids[0])
        fixed = problem.fixed_at[violation.lesson_ids[0]]
        slot = describe.slot(fixed.day, fixed.period)
        place = Text("", "")
        if fixed.layout_id is not None:
            name = describe.layout(problem, fixed.layout_id)
            place = Text(f"、{name.zh}", f" at {name.en}")
        week = describe.week_of(_layer(fixed))
        time = describe.when(violation.day, violation.start, violation.end)
        return Text(
            f"{lesson.zh}固定在{slot.zh}{week.zh}{place.zh}，现排在{time.zh}。",
            f"{lesson.en} is fixed on {slot.en}{week.en}{place.en} but is on "
            f"{time.en}.",
        )


def _layer(fixed: FixedLesson) -> int | None:
    """The one week in which it is fixed, if only one."""
    if fixed.week is None or fixed.week is Week.EVERY:
        return None
    return fixed.week.layers[0]


def _kept(fixed: FixedLesson, placement: Placement) -> bool:
    return (
        (fixed.day, fixed.period) == (placement.day, placement.period)
        and fixed.week in (None, placement.week)
        and fixed.layout_id in (None, placement.layout_id)
    )
