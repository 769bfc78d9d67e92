"""Enough adults go along to the venues of others."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import SingleLessonRule, Violation
from scheduler.model.escorting import AT_LEAST, escorts_needed
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.text import Text


@dataclass(frozen=True)
class BringEscorts(SingleLessonRule):
    """A lesson under an agreement has the adults it asks for beside its teacher.

    For each class the agreement's ``escorts``, at least ``at_least``, and one more
    where a road is crossed or more than 45 pupils walk; some pupils of several classes
    walk as one class. Named are ``escort_ids`` and teachers beyond the first; that they
    are free, on the way too, is for AvoidTeacherClashes to see to. Amount: adults
    missing, for each lesson and week. Level: soft. Source: regulations.md 3.3.
    """

    title: ClassVar[Text] = Text("外出有足够的大人随行", "Bring enough escorts")
    fault: ClassVar[Text] = Text("随行人员不足", "Escorts missing")
    level: Level = Level.SOFT
    weight: int = 2
    at_least: int = AT_LEAST

    def layouts(self, problem: Problem) -> tuple[str, ...]:
        """Those at which a school is a guest."""
        return problem.foreign_layouts

    def breaches(self, problem: Problem, meeting: Meeting) -> Iterator[Violation]:
        """A lesson with too few adults."""
        requirement = meeting.lesson.requirement
        needed = sum(
            escorts_needed(
                problem, requirement, u.agreement, u.class_ids, self.at_least
            )
            for u in meeting.uses
            if u.agreement is not None
        )
        there = adults_beside(meeting)
        if there < needed:
            yield Violation(
                (needed - there) * len(meeting.layers),
                (meeting.lesson.lesson_id,),
                (meeting.placement.layout_id,),
                meeting.day,
                meeting.start,
                meeting.end,
                numbers=(there, needed),
            )

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the lesson, the venue, the adults there are and those needed."""
        lesson = describe.lesson(problem, violation.lesson_ids[0])
        layout = problem.layout[violation.resource_ids[0]]
        venue = problem.venue[layout.venue_id].name
        time = describe.when(violation.day, violation.start, violation.end)
        there, needed = violation.numbers
        return Text(
            f"{lesson.zh}{time.zh}去{venue}，需{needed}位大人随行，只指定了{there}位。",
            f"{lesson.en} goes to {venue} on {time.en}: {needed} adults beside the "
            f"teacher are needed, {there} named.",
        )


def adults_beside(meeting: Meeting) -> int:
    """Adults who are there beside one teacher."""
    return len(meeting.adult_ids) - min(1, len(meeting.teacher_ids))
