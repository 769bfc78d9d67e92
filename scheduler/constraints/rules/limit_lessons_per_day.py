"""A requirement's own limit of lessons on one day."""

from collections.abc import Iterator
from typing import ClassVar

from scheduler.constraints import words
from scheduler.constraints.base import Portion
from scheduler.constraints.counting import DailyLimit, DailyLimitRule
from scheduler.constraints.primitives import Primitive
from scheduler.model.problem import Problem
from scheduler.model.text import Text


class LimitLessonsPerDay(DailyLimitRule):
    """At most ``max_per_day`` lessons of a requirement on one day of one week.

    Amount: lessons too many. Level: hard. Source: requirements.csv; without the
    cell SpreadLessons weighs it.
    """

    title: ClassVar[Text] = Text("每天不超节数", "Limit lessons per day")
    fault: ClassVar[Text] = Text("一天节数过多", "Too many lessons a day")
    counts_days: ClassVar[bool] = True

    def limits(self, problem: Problem) -> Iterator[DailyLimit]:
        """Every requirement with a limit below its number of lessons."""
        for requirement in problem.requirements:
            limit, lessons = requirement.max_per_day, requirement.lessons
            if limit is not None and len(lessons) > limit:
                days = problem.bell_of(requirement).days
                yield DailyLimit(requirement.class_ids, lessons, limit, days)

    def portion_of(self, problem: Problem, primitive: Primitive) -> Portion:
        """The requirement."""
        requirement = primitive.lessons[0].requirement
        return Portion(self.name, (requirement.requirement_id,))

    def portion_name(self, problem: Problem, ids: tuple[str, ...]) -> Text:
        """The lessons and their limit."""
        requirement = problem.requirement[ids[0]]
        what = words.teaching(problem, [x.lesson_id for x in requirement.lessons])
        most = requirement.max_per_day
        return Text(f"{what.zh}每天最多{most}节", f"at most {most} a day of {what.en}")
