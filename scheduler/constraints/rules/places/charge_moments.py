"""Prices of moments that schools of a district share."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import SingleLessonRule, Violation
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.resources import Level
from scheduler.model.settings import Setting
from scheduler.model.text import Text


@dataclass(frozen=True)
class ChargeMoments(SingleLessonRule):
    """A lesson pays for a minute of a venue or teacher that several schools want.

    Each entry of ``venues`` and ``teachers`` is an id, a weekday, a minute after
    midnight and a price. A lesson that covers the minute there pays the price, at a
    venue once for each of its classes. A district sets the prices while its schools
    ask for shares; without any the rule says nothing. Amount: the prices paid, for each
    week. Level: soft. Source: prices of a district (docs/district.md).
    """

    title: ClassVar[Text] = Text("共用时段的价格", "Prices of shared moments")
    fault: ClassVar[Text] = Text("占用了多校争用的时段", "Moments others want")
    level: Level = Level.SOFT
    weight: int = 1
    venues: tuple[Setting, ...] = ()
    teachers: tuple[Setting, ...] = ()

    def lessons(self, problem: Problem) -> tuple[Lesson, ...]:
        """All where there are prices."""
        return problem.lessons if self.venues or self.teachers else ()

    def breaches(self, problem: Problem, meeting: Meeting) -> Iterator[Violation]:
        """One with the sum of what the meeting pays."""
        classes = meeting.lesson.requirement.classes_counted
        at = meeting.layout.venue_id if meeting.layout else ""
        paid = classes * sum(_prices(self.venues, (at,), meeting))
        paid += sum(_prices(self.teachers, meeting.adult_ids, meeting))
        if paid:
            yield Violation(
                paid * len(meeting.layers),
                (meeting.lesson.lesson_id,),
                (),
                meeting.day,
                meeting.start,
                meeting.end,
                numbers=(paid,),
            )

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the lesson, the time and the price."""
        lesson = describe.lesson(problem, violation.lesson_ids[0])
        time = describe.when(violation.day, violation.start, violation.end)
        price = violation.numbers[0]
        return Text(
            f"{lesson.zh}在{time.zh}，此时多校争用（价格{price}）。",
            f"{lesson.en} is on {time.en}, which others want, too (price {price}).",
        )


def _prices(
    entries: tuple[Setting, ...], names: tuple[str, ...], meeting: Meeting
) -> Iterator[int]:
    for entry in entries:
        match entry:
            case (str(name), int(day), int(minute), int(price)):
                covers = meeting.start <= minute < meeting.end
                if name in names and day == meeting.day and covers:
                    yield price
