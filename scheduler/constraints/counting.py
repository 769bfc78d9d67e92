"""Counts that several rules share."""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from scheduler.constraints import describe
from scheduler.constraints.base import Constraint, Violation
from scheduler.constraints.primitives import CountCost, InWeek, Primitive
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.text import Text
from scheduler.model.times import LAYERS, Week
from scheduler.model.timetable import Timetable


def placed(timetable: Timetable, lessons: tuple[Lesson, ...]) -> tuple[Meeting, ...]:
    """Meetings of those of the lessons that are placed."""
    ids = (x.lesson_id for x in lessons)
    return tuple(timetable.meeting[i] for i in ids if i in timetable.meeting)


def on_day(meeting: Meeting, day: int, layer: int) -> bool:
    """Tell whether the meeting takes place on this day of this week."""
    return meeting.day == day and layer in meeting.layers


def fuller_week(lessons: tuple[Lesson, ...]) -> int:
    """Lessons in the fuller week; those that may choose count half, rounded up."""
    every = sum(x.weeks == (Week.EVERY,) for x in lessons)
    odd = sum(x.weeks == (Week.ODD,) for x in lessons)
    even = sum(x.weeks == (Week.EVEN,) for x in lessons)
    free = len(lessons) - every - odd - even
    return every + max(odd, even, (odd + even + free + 1) // 2)


def even_share(problem: Problem, class_id: str, lessons: tuple[Lesson, ...]) -> int:
    """Lessons on a day when they are spread evenly over the class's school days."""
    bell = problem.bell[problem.class_group[class_id].bell_id]
    return -(-fuller_week(lessons) // max(1, len(bell.school_days)))


def excess_table(limit: int) -> tuple[int, ...]:
    """Convex table of what exceeds a limit: 0 up to it, then 1, 2, …"""
    return (0,) * (limit + 1) + (1,)


def shortage_table(limit: int) -> tuple[int, ...]:
    """Convex table of what is missing to a limit: limit, …, 2, 1, 0, 0."""
    return (*range(limit, -1, -1), 0)


def scaled(table: tuple[int, ...], weight: int) -> tuple[int, ...]:
    """A table times a weight."""
    return tuple(weight * cost for cost in table)


@lru_cache(maxsize=64)
def meets_on(day: int, layer: int) -> Callable[[Meeting], int]:
    """1 for a meeting on this day of this week; terms share the function."""
    return InWeek(_meets(day), layer)


@lru_cache(maxsize=64)
def _meets(day: int) -> Callable[[Meeting], int]:
    return lambda meeting: int(meeting.day == day)


@dataclass(frozen=True, slots=True)
class DailyLimit:
    """At most so many of these lessons on each of these days."""

    class_ids: tuple[str, ...]
    lessons: tuple[Lesson, ...]
    limit: int
    days: tuple[int, ...]


class DailyLimitRule(Constraint):
    """A rule that limits lessons a day, in each week of the cycle."""

    @abstractmethod
    def limits(self, problem: Problem) -> Iterable[DailyLimit]:
        """The limits that can be exceeded at all."""

    def violations(self, timetable: Timetable) -> Iterator[Violation]:
        """One for each limit, week and day exceeded."""
        for x in self.limits(timetable.problem):
            meetings = placed(timetable, x.lessons)
            for layer, day in product(LAYERS, x.days):
                here = [m for m in meetings if on_day(m, day, layer)]
                if len(here) > x.limit:
                    yield Violation(
                        len(here) - x.limit,
                        tuple(m.lesson.lesson_id for m in here),
                        x.class_ids,
                        day,
                        layer=layer,
                        numbers=(len(here), x.limit),
                    )

    def primitives(self, problem: Problem) -> Iterator[Primitive]:
        """One count for each limit, week and day."""
        for x in self.limits(problem):
            for layer, day in product(LAYERS, x.days):
                table, value = excess_table(x.limit), meets_on(day, layer)
                yield CountCost(x.lessons, value, table, day=day, by_layout=False)

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the lessons, the day, the count and the limit."""
        use, limit = violation.numbers
        time = describe.when(violation.day, None, None, violation.layer)
        what = describe.lesson(problem, violation.lesson_ids[0])
        return Text(
            f"{what.zh}{time.zh}有{use}节，每天最多{limit}节。",
            f"{what.en}: {use} lessons on {time.en}, at most {limit} a day.",
        )
