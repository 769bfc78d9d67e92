"""A requirement's own limit of lessons on one day."""

from collections.abc import Iterator
from typing import ClassVar

from scheduler.constraints.counting import DailyLimit, DailyLimitRule
from scheduler.model.problem import Problem
from scheduler.model.text import Text


class LimitLessonsPerDay(DailyLimitRule):
    """At most ``max_per_day`` lessons of a requirement on one day of one week.

    Amount: lessons too many. Level: hard. Source: requirements.csv; without the
    cell SpreadLessons weighs it.
    """

    title: ClassVar[Text] = Text("每天不超节数", "Limit lessons per day")
    fault: ClassVar[Text] = Text("一天节数过多", "Too many lessons a day")

    def limits(self, problem: Problem) -> Iterator[DailyLimit]:
        """Every requirement with a limit below its number of lessons."""
        for requirement in problem.requirements:
            limit, lessons = requirement.max_per_day, requirement.lessons
            if limit is not None and len(lessons) > limit:
                days = problem.bell_of(requirement).days
                yield DailyLimit(requirement.class_ids, lessons, limit, days)
