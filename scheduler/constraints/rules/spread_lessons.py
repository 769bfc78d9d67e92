"""A subject's lessons are spread over the week."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from scheduler.constraints.counting import DailyLimit, DailyLimitRule, even_share
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.resources import Level
from scheduler.model.text import Text


@dataclass(frozen=True)
class SpreadLessons(DailyLimitRule):
    """A class has no more lessons of a subject on a day than the even share.

    The even share is lessons a week over school days, rounded up. Requirements
    with ``max_per_day`` are left to that limit. Amount: lessons too many, over
    both weeks. Level: soft. Source: data-format.md, requirements; C09.
    """

    title: ClassVar[Text] = Text("同科分散到每天", "Spread lessons over the week")
    fault: ClassVar[Text] = Text("同科一天多节", "Same subject twice a day")
    level: Level = Level.SOFT
    weight: int = 10

    def limits(self, problem: Problem) -> Iterator[DailyLimit]:
        """Every class and subject without a limit of its own."""
        for group in problem.classes:
            days = problem.bell[group.bell_id].days
            found: dict[str, list[Lesson]] = defaultdict(list)
            for lesson in problem.lessons_of_class[group.class_id]:
                if lesson.requirement.max_per_day is None:
                    found[lesson.requirement.subject_id].append(lesson)
            for lessons in map(tuple, found.values()):
                share = even_share(problem, group.class_id, lessons)
                if len(lessons) > share:
                    yield DailyLimit((group.class_id,), lessons, share, days)
