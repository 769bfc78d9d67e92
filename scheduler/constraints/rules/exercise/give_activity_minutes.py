"""Enough PE-type activity on every school day."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import Constraint, Violation
from scheduler.constraints.counting import on_day, placed
from scheduler.constraints.primitives import CountCost, Primitive
from scheduler.constraints.rules.exercise.activity_minutes import (
    ClassActivity,
    class_activities,
)
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.text import Text
from scheduler.model.times import LAYERS
from scheduler.model.timetable import Timetable

STEP = 5
"""Minutes in one unit; bells ring in multiples of it."""


@dataclass(frozen=True)
class GiveActivityMinutes(Constraint):
    """A class has ``target_minutes`` of PE-type activity on every school day.

    PE lessons, PE-type activities and the big break of the whole class count; clubs of
    some pupils do not. Where activities.csv has no big break of the class, that of its
    bell counts if ``bell_breaks`` is 1. The rule speaks of schools with an
    activities.csv; with ``always`` 1 of all. Amount: for each class and day five-minute
    units missing to the target, and again those missing to the legal
    ``floor_minutes``, over both weeks; of every meeting whole units count. No timetable
    makes more minutes than are planned: with ``within_plan`` 1 a target above what
    every day can have is that much (the page shows what the plan lacks), at level soft;
    the floor stays. Level: soft. Source: 每天综合体育活动时间不低于
    2小时; 体育法 2022, at least one hour (regulations.md 2.1).
    """

    title: ClassVar[Text] = Text("每天体育活动时间", "Give activity minutes")
    fault: ClassVar[Text] = Text("体育活动时间不足", "Too little PE activity")
    demands_lessons: ClassVar[bool] = True
    level: Level = Level.SOFT
    weight: int = 1
    target_minutes: int = 120
    floor_minutes: int = 60
    bell_breaks: int = 1
    always: int = 0
    within_plan: int = 1

    def violations(self, timetable: Timetable) -> Iterator[Violation]:
        """One for each class, week and day that falls short."""
        for x in self._classes(timetable.problem):
            meetings = placed(timetable, x.lessons)
            for layer, day in product(LAYERS, x.by_bell):
                here = [m for m in meetings if on_day(m, day, layer)]
                units = x.by_bell[day] // STEP
                units += sum(x.minutes_of(m) // STEP for m in here)
                goals = self._goals(x)
                if missing := _missing(goals, units):
                    yield Violation(
                        missing,
                        tuple(m.lesson.lesson_id for m in here),
                        (x.group.class_id,),
                        day,
                        layer=layer,
                        numbers=(units * STEP, *(g * STEP for g in goals)),
                    )

    def primitives(self, problem: Problem) -> Iterator[Primitive]:
        """One count of units for each class, week and day."""
        for x in self._classes(problem):
            for layer, day in product(LAYERS, x.by_bell):
                table = _table(self._goals(x), x.by_bell[day] // STEP)
                if table[0]:
                    yield CountCost(x.lessons, _units(x, day, layer), table, day=day)

    def _classes(self, problem: Problem) -> Iterator[ClassActivity]:
        if problem.activities or self.always:
            yield from class_activities(problem, bool(self.bell_breaks))

    def _goals(self, x: ClassActivity) -> tuple[int, int]:
        """Target and floor of a class, in units."""
        target, floor = -(-self.target_minutes // STEP), -(-self.floor_minutes // STEP)
        if self.within_plan and self.level is Level.SOFT:
            target = min(target, x.every_day // STEP)
        return target, floor

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the class, the day, the minutes it has and those it should have."""
        name = problem.class_group[violation.resource_ids[0]].name
        time = describe.when(violation.day, None, None, violation.layer)
        minutes, target, floor = violation.numbers
        legal = minutes < floor
        goal = floor if legal else target
        what = Text("法定", "the legal ") if legal else Text("目标", "the target of ")
        if not legal and goal < self.target_minutes:
            what = Text("计划每天可有的", "what every day can have, ")
        return Text(
            f"{name}{time.zh}体育活动共{minutes}分钟，不足{what.zh}{goal}分钟。",
            f"{name} has {minutes} minutes of PE-type activity on {time.en}, less than "
            f"{what.en}{goal}.",
        )


def _missing(goals: tuple[int, int], units: int) -> int:
    """Units missing to the target and to the floor."""
    return sum(max(0, goal - units) for goal in goals)


def _table(goals: tuple[int, int], given: int) -> tuple[int, ...]:
    """What is missing beside so many units of the bell, down to nothing twice."""
    table = [_missing(goals, given)]
    while table[-1]:
        table.append(_missing(goals, given + len(table)))
    return (*table, 0)


def _units(activity: ClassActivity, day: int, layer: int) -> Callable[[Meeting], int]:
    def value(meeting: Meeting) -> int:
        if not on_day(meeting, day, layer):
            return 0
        return activity.minutes_of(meeting) // STEP

    return value
