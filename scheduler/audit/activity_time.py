"""Minutes of PE-type activity, class by class and day by day (体育活动时间)."""

from dataclasses import dataclass
from enum import StrEnum

from scheduler.constraints.catalogue import rules_in_force
from scheduler.constraints.rules.exercise.activity_minutes import (
    ClassActivity,
    class_activities,
    club_minutes,
    whole_minutes,
)
from scheduler.constraints.rules.exercise.give_activity_minutes import (
    GiveActivityMinutes,
)
from scheduler.model.problem import Problem
from scheduler.model.resources import ClassGroup
from scheduler.model.times import LAYERS
from scheduler.model.timetable import Timetable


class Reached(StrEnum):
    """How far a day's minutes come."""

    BELOW_FLOOR = "below_floor"
    BELOW_TARGET = "below_target"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class DayMinutes:
    """One class on one day; numbers of the odd and the even week.

    ``with_clubs`` are the minutes of a pupil who is in a club whenever one runs.
    """

    day: int
    whole: tuple[int, int]
    with_clubs: tuple[int, int]
    reached: Reached

    @property
    def least(self) -> int:
        """Minutes in the week with fewer."""
        return min(self.whole)


@dataclass(frozen=True, slots=True)
class ClassMinutes:
    """The week of one class."""

    group: ClassGroup
    days: tuple[DayMinutes, ...]

    @property
    def mean(self) -> float:
        """Minutes a day, over both weeks."""
        return sum(sum(d.whole) for d in self.days) / max(1, 2 * len(self.days))


@dataclass(frozen=True, slots=True)
class ActivityTime:
    """All classes, with the numbers they are held against."""

    target: int
    floor: int
    bell_breaks: bool
    classes: tuple[ClassMinutes, ...]

    def count(self, reached: Reached) -> int:
        """Classes' days that come so far and no further."""
        return sum(d.reached is reached for c in self.classes for d in c.days)


def activity_time(timetable: Timetable) -> ActivityTime:
    """Count the minutes; target and floor are those of the school's rules.

    Raises:
        InputError: the problem's rule settings are wrong.
    """
    rule = _rule(timetable.problem)
    counted = class_activities(timetable.problem, bool(rule.bell_breaks))
    return ActivityTime(
        rule.target_minutes,
        rule.floor_minutes,
        bool(rule.bell_breaks),
        tuple(
            ClassMinutes(x.group, tuple(_day(timetable, rule, x, d) for d in x.by_bell))
            for x in counted
        ),
    )


def _rule(problem: Problem) -> GiveActivityMinutes:
    """The rule as the school set it; its defaults where it is switched off."""
    for rule in rules_in_force(problem):
        if isinstance(rule, GiveActivityMinutes):
            return rule
    return GiveActivityMinutes()


def _day(
    timetable: Timetable, rule: GiveActivityMinutes, activity: ClassActivity, day: int
) -> DayMinutes:
    odd, even = (whole_minutes(timetable, activity, day, x) for x in LAYERS)
    clubs = [club_minutes(timetable, activity, day, x) for x in LAYERS]
    reached = Reached.TARGET
    if min(odd, even) < rule.floor_minutes:
        reached = Reached.BELOW_FLOOR
    elif min(odd, even) < rule.target_minutes:
        reached = Reached.BELOW_TARGET
    return DayMinutes(day, (odd, even), (odd + clubs[0], even + clubs[1]), reached)
