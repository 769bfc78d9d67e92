"""Better layouts first."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import SingleLessonRule, Violation
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.text import Text


@dataclass(frozen=True)
class PreferLayouts(SingleLessonRule):
    """Lessons use layouts of low ``preference`` number (0 is best).

    Amount: the layout's preference number, for each week. Level: soft. Source:
    layouts.csv.
    """

    title: ClassVar[Text] = Text("优先用合适场地", "Prefer better layouts")
    fault: ClassVar[Text] = Text("用了较差的场地", "Second-best places")
    by_time: ClassVar[bool] = False
    level: Level = Level.SOFT
    weight: int = 1

    def breaches(self, problem: Problem, meeting: Meeting) -> Iterator[Violation]:
        """A layout that is not of the best kind."""
        if meeting.layout is not None and meeting.layout.preference:
            yield Violation(
                meeting.layout.preference * len(meeting.layers),
                (meeting.lesson.lesson_id,),
                (meeting.layout.layout_id,),
                meeting.day,
                meeting.start,
                meeting.end,
                numbers=(meeting.layout.preference,),
            )

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the lesson, the layout and its number."""
        lesson = describe.lesson(problem, violation.lesson_ids[0])
        place = describe.layout(problem, violation.resource_ids[0])
        number = violation.numbers[0]
        return Text(
            f"{lesson.zh}用的是次选场地{place.zh}（优先级{number}）。",
            f"{lesson.en} uses {place.en}, preference {number}.",
        )
