"""No PE close to lunch."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import SingleLessonRule, Violation
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.resources import Level
from scheduler.model.text import Text
from scheduler.model.times import Period, RowKind, overlap

_LUNCH = frozenset({RowKind.LUNCH})


@dataclass(frozen=True)
class KeepPEFromLunch(SingleLessonRule):
    """No PE-type lesson in the hour after lunch or the half hour before it.

    By clock time and the bell's ``lunch`` rows; where a row holds the rest after
    the meal too, ``meal_minutes`` says how long the meal itself takes (0: the
    whole row). Amount: one for each such lesson and week. Level: soft. Source:
    regulations.md 2.1 "Meals"; C08.
    """

    title: ClassVar[Text] = Text("饭后一小时饭前半小时不排体育", "Keep PE from lunch")
    fault: ClassVar[Text] = Text("体育课离午饭太近", "PE too close to lunch")
    by_layout: ClassVar[bool] = False
    level: Level = Level.SOFT
    weight: int = 4
    minutes_after: int = 60
    minutes_before: int = 30
    meal_minutes: int = 0

    def lessons(self, problem: Problem) -> tuple[Lesson, ...]:
        """Lessons of PE-type subjects."""
        return tuple(
            x
            for x in problem.lessons
            if problem.subject[x.requirement.subject_id].kind.is_pe_type
        )

    def breaches(self, problem: Problem, meeting: Meeting) -> Iterator[Violation]:
        """The meeting touches the time around a lunch of its bell."""
        bell = problem.bell_of(meeting.lesson.requirement)
        lunches = bell.rows(meeting.day, _LUNCH)
        if any([self._too_near(meeting, row) for row in lunches]):
            yield Violation(
                len(meeting.layers),
                (meeting.lesson.lesson_id,),
                meeting.class_ids,
                meeting.day,
                meeting.start,
                meeting.end,
            )

    def _too_near(self, meeting: Meeting, lunch: Period) -> bool:
        meal = min(lunch.minutes, self.meal_minutes or lunch.minutes)
        first = lunch.start - self.minutes_before
        last = lunch.start + meal + self.minutes_after
        return overlap(meeting.start, meeting.end, first, last)

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the lesson and its time."""
        lesson = describe.lesson(problem, violation.lesson_ids[0])
        time = describe.when(violation.day, violation.start, violation.end)
        return Text(
            f"{lesson.zh}（{time.zh}）离午餐太近：饭后不足{self.minutes_after}分钟"
            f"或饭前不足{self.minutes_before}分钟。",
            f"{lesson.en} ({time.en}) is within {self.minutes_after} minutes after or "
            f"{self.minutes_before} before lunch.",
        )
