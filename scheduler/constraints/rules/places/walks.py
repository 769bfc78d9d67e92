"""Walks to the venues of others: not too long for the age, and worth the way."""

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
class LimitWalks(SingleLessonRule):
    """No class walks longer to a venue than its age allows.

    The limits are minutes one way, line-up included, by grade. Amount: minutes beyond
    the limit of each class, for each lesson and week. Level: soft. Source:
    regulations.md 3.3 (a break of 15 minutes on each side).
    """

    title: ClassVar[Text] = Text("步行不过远", "Limit walks")
    fault: ClassVar[Text] = Text("步行过远", "Walks too long")
    level: Level = Level.SOFT
    weight: int = 2
    grades_1_3: int = 15
    grades_4_6: int = 15
    grades_7_9: int = 15

    def layouts(self, problem: Problem) -> tuple[str, ...]:
        """Those at which a school is a guest."""
        return problem.foreign_layouts

    def breaches(self, problem: Problem, meeting: Meeting) -> Iterator[Violation]:
        """One for each class that walks too long."""
        for use in meeting.uses if meeting.walk else ():
            for class_id in use.class_ids:
                limit = self._limit(problem.class_group[class_id].grade)
                if use.walk > limit:
                    yield Violation(
                        (use.walk - limit) * len(meeting.layers),
                        (meeting.lesson.lesson_id,),
                        (class_id, meeting.placement.layout_id),
                        meeting.day,
                        meeting.start,
                        meeting.end,
                        numbers=(use.walk, limit),
                    )

    def _limit(self, grade: int) -> int:
        return (self.grades_1_3, self.grades_4_6, self.grades_7_9)[(grade - 1) // 3]

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the class, the venue and the minutes."""
        class_id, layout_id = violation.resource_ids
        name = problem.class_name[class_id]
        venue = problem.venue[problem.layout[layout_id].venue_id].name
        time = describe.when(violation.day, violation.start, violation.end)
        walk, limit = violation.numbers
        return Text(
            f"{name}{time.zh}去{venue}单程要走{walk}分钟，该年级上限{limit}分钟。",
            f"{name} walks {walk} minutes to {venue} for {time.en}; its age allows "
            f"{limit}.",
        )


@dataclass(frozen=True)
class StayLongEnough(SingleLessonRule):
    """A lesson at a venue is at least as long as the way there and back.

    Otherwise it should be a double period. ``percent`` is the least share of the walks
    (both ways) that the lesson must last. Amount: one for each lesson and week.
    Level: soft. Source: regulations.md 3.3.
    """

    title: ClassVar[Text] = Text("外出上课值得走", "Stay long enough at a venue")
    fault: ClassVar[Text] = Text("外出时间太短", "Outings too short")
    level: Level = Level.SOFT
    weight: int = 10
    percent: int = 100

    def layouts(self, problem: Problem) -> tuple[str, ...]:
        """Those at which a school is a guest."""
        return problem.foreign_layouts

    def breaches(self, problem: Problem, meeting: Meeting) -> Iterator[Violation]:
        """A lesson that is shorter than it must be for its walks."""
        if not meeting.walk:
            return
        stay, walks = meeting.end - meeting.start, 2 * meeting.walk
        if 100 * stay < self.percent * walks:
            yield Violation(
                len(meeting.layers),
                (meeting.lesson.lesson_id,),
                (meeting.placement.layout_id,),
                meeting.day,
                meeting.start,
                meeting.end,
                numbers=(stay, walks),
            )

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the lesson, the venue, minutes there and on the way."""
        lesson = describe.lesson(problem, violation.lesson_ids[0])
        layout = problem.layout[violation.resource_ids[0]]
        venue = problem.venue[layout.venue_id].name
        time = describe.when(violation.day, violation.start, violation.end)
        stay, walks = violation.numbers
        return Text(
            f"{lesson.zh}{time.zh}在{venue}上{stay}分钟，往返要走{walks}分钟，宜排连堂。",
            f"{lesson.en} lasts {stay} minutes at {venue} on {time.en}, and the way "
            f"there and back {walks}; a double period would do.",
        )
