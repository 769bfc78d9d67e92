"""A PE-type lesson on every school day."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import ClassVar

from scheduler.constraints import describe, words
from scheduler.constraints.base import (
    Constraint,
    DailyClass,
    Missing,
    Portion,
    Violation,
)
from scheduler.constraints.counting import meets_on, on_day, placed
from scheduler.constraints.primitives import CountCost, Primitive
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.text import Text, joined
from scheduler.model.times import LAYERS
from scheduler.model.timetable import Timetable

DAILY_FROM = 5
"""PE-type lessons a week from which every school day must have one."""


@dataclass(frozen=True)
class GiveDailyPE(Constraint):
    """A class with five or more PE-type lessons a week has one on every school day.

    PE-type are the subject kinds ``pe`` and ``pe_activity``. Classes named in
    ``except_classes`` and weekdays in ``except_days`` (1 Monday) are left out, as where
    a class spends a day away. Amount: days without
    one, over both weeks. Level: hard. Source: 每天一节体育课 (regulations.md 2.1).
    """

    title: ClassVar[Text] = Text("每天一节体育课", "Give PE every day")
    fault: ClassVar[Text] = Text("有的天没有体育课", "Days without PE")
    demands_lessons: ClassVar[bool] = True
    missing: ClassVar[Missing] = Missing.DAY
    except_classes: tuple[str, ...] = ()
    except_days: tuple[int, ...] = ()

    def violations(self, timetable: Timetable) -> Iterator[Violation]:
        """One for each class, week and day without a PE-type lesson."""
        for group, lessons, days in self.daily_classes(timetable.problem):
            meetings = placed(timetable, lessons)
            for layer, day in product(LAYERS, days):
                if not any(on_day(m, day, layer) for m in meetings):
                    yield Violation(1, (), (group.class_id,), day, layer=layer)

    def primitives(self, problem: Problem) -> Iterator[Primitive]:
        """One count for each class, week and day: none costs one."""
        return (primitive for _, primitive in self.portioned(problem))

    def portioned(self, problem: Problem) -> Iterator[tuple[Portion, Primitive]]:
        """The counts by class; classes always taught together are one portion."""
        classes = tuple(self.daily_classes(problem))
        alike: dict[tuple[Lesson, ...], list[str]] = defaultdict(list)
        for group, lessons, _ in classes:
            alike[lessons].append(group.class_id)
        for _, lessons, days in classes:
            portion = Portion(self.name, tuple(alike[lessons]))
            for layer, day in product(LAYERS, days):
                value = meets_on(day, layer)
                count = CountCost(lessons, value, (1, 0, 0), day=day, by_layout=False)
                yield portion, count

    def portion_name(self, problem: Problem, ids: tuple[str, ...]) -> Text:
        """The classes."""
        names = [problem.class_name[c] for c in ids]
        return joined(
            [
                Text(f"{name}每天一节体育类课程", f"PE every day for {name}")
                for name in names
            ]
        )

    def portion_names(self, problem: Problem, ids: tuple[str, ...]) -> Text:
        """The same of several; of many their number."""
        names = [problem.class_name[c] for c in ids]
        who = words.people(names, Text("个班", "classes"))
        return Text(f"{who.zh}每天一节体育类课程", f"PE every day for {who.en}")

    def daily_classes(self, problem: Problem) -> Iterator[DailyClass]:
        """Classes the rule speaks of, their PE-type lessons and days to have one on."""
        for group in problem.classes:
            if group.class_id in self.except_classes:
                continue
            lessons = tuple(
                x
                for x in problem.whole_lessons_of_class[group.class_id]
                if problem.subject[x.requirement.subject_id].kind.is_pe_type
            )
            requirements = dict.fromkeys(x.requirement for x in lessons)
            if sum(r.per_week for r in requirements) >= DAILY_FROM:
                days = problem.bell[group.bell_id].school_days
                kept = tuple(d for d in days if d not in self.except_days)
                yield group, lessons, kept

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the class and the day."""
        name = problem.class_group[violation.resource_ids[0]].name
        time = describe.when(violation.day, None, None, violation.layer)
        return Text(
            f"{name}{time.zh}没有体育类课程。",
            f"{name} has no PE-type lesson on {time.en}.",
        )
