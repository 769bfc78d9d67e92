"""Core subjects in the morning."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import SingleLessonRule, Violation
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.resources import Level, SubjectKind
from scheduler.model.text import Text


@dataclass(frozen=True)
class PreferMornings(SingleLessonRule):
    """Core subjects lie before noon.

    Amount: periods of core subjects that begin at ``noon_minute`` or later, over
    both weeks. Level: soft. Source: what offices ask for (peers.md); C10.
    """

    title: ClassVar[Text] = Text("主科排上午", "Prefer mornings for core subjects")
    fault: ClassVar[Text] = Text("主科排在下午", "Core subjects in the afternoon")
    by_layout: ClassVar[bool] = False
    level: Level = Level.SOFT
    weight: int = 2
    noon_minute: int = 12 * 60

    def lessons(self, problem: Problem) -> tuple[Lesson, ...]:
        """Lessons of core subjects."""
        return tuple(
            x
            for x in problem.lessons
            if problem.subject[x.requirement.subject_id].kind is SubjectKind.CORE
        )

    def breaches(self, problem: Problem, meeting: Meeting) -> Iterator[Violation]:
        """The meeting's afternoon periods."""
        late = sum(row.start >= self.noon_minute for row in meeting.rows)
        if late:
            yield Violation(
                late * len(meeting.layers),
                (meeting.lesson.lesson_id,),
                meeting.class_ids,
                meeting.day,
                meeting.start,
                meeting.end,
                numbers=(late,),
            )

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the lesson and its time."""
        lesson = describe.lesson(problem, violation.lesson_ids[0])
        time = describe.when(violation.day, violation.start, violation.end)
        return Text(
            f"{lesson.zh}排在下午（{time.zh}）。",
            f"{lesson.en} is in the afternoon ({time.en}).",
        )
