"""Once-a-week subjects are not all on one weekday."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import Violation
from scheduler.constraints.counting import DailyLimit, DailyLimitRule, even_share
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.text import Text


@dataclass(frozen=True)
class SpreadSingleLessons(DailyLimitRule):
    """A class's once-a-week subjects fall on different weekdays as evenly as may be.

    Amount: once-a-week lessons on a day above their even share, over both weeks.
    Level: soft. Source: a holiday must not take them all; C12.
    """

    title: ClassVar[Text] = Text("一周一节的课分散", "Spread once-a-week subjects")
    fault: ClassVar[Text] = Text("一周一节的课扎堆", "Once-a-week subjects bunched")
    level: Level = Level.SOFT
    weight: int = 1

    def limits(self, problem: Problem) -> Iterator[DailyLimit]:
        """Every class with more such lessons than the share of one day."""
        for group in problem.classes:
            lessons = problem.whole_lessons_of_class[group.class_id]
            times = Counter(x.requirement.subject_id for x in lessons)
            singles = tuple(x for x in lessons if times[x.requirement.subject_id] == 1)
            share = even_share(problem, group.class_id, singles)
            if len(singles) > share:
                days = problem.bell[group.bell_id].days
                yield DailyLimit((group.class_id,), singles, share, days)

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the class, the day, the count and the share."""
        name = problem.class_group[violation.resource_ids[0]].name
        use, share = violation.numbers
        time = describe.when(violation.day, None, None, violation.layer)
        return Text(
            f"{name}一周一节的课有{use}节集中在{time.zh}，平均每天{share}节。",
            f"{name} has {use} once-a-week lessons on {time.en}; {share} is the share.",
        )
