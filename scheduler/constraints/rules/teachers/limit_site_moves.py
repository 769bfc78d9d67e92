"""Moves of teachers between sites."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import Constraint, Violation
from scheduler.constraints.counting import on_day
from scheduler.constraints.day_rows import given
from scheduler.constraints.primitives import Primitive
from scheduler.constraints.site_days import (
    SiteOf,
    Stay,
    moves,
    possible_stays,
    stays_of,
    way_pattern,
)
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.resources import Level
from scheduler.model.text import Text
from scheduler.model.times import LAYERS
from scheduler.model.timetable import Timetable


@dataclass(frozen=True)
class LimitSiteMoves(Constraint):
    """A teacher moves from one site to another seldom in one day.

    Moves are counted between lessons given that follow one another on a day; ``free``
    of them cost nothing. Days on which rows times sites are more than 16 are left out.
    Amount: moves a day beyond ``free``, over both weeks. Level: soft. Source: FET's
    building changes a day; how teachers of two sites are spoken of in reports.
    """

    title: ClassVar[Text] = Text("少跨校区奔波", "Limit moves between sites")
    fault: ClassVar[Text] = Text("跨校区奔波", "Moves between sites")
    level: Level = Level.SOFT
    weight: int = 3
    free: int = 0

    def violations(self, timetable: Timetable) -> Iterator[Violation]:
        """One for each teacher, week and day with too many."""
        for teacher_id, _, day, possible in _days(timetable.problem):
            site_of = SiteOf(teacher_id, is_class=False)
            meetings = timetable.by_teacher[teacher_id]
            for layer in LAYERS:
                here = [m for m in meetings if on_day(m, day, layer)]
                number = moves(stays_of(here, site_of, possible))
                if number > self.free:
                    ids = tuple(m.lesson.lesson_id for m in here)
                    amount = number - self.free
                    yield Violation(
                        *(amount, ids, (teacher_id,), day),
                        layer=layer,
                        numbers=(number,),
                    )

    def primitives(self, problem: Problem) -> Iterator[Primitive]:
        """One pattern of rows and sites for each teacher, week and day."""
        cost = beyond(self.free)
        for teacher_id, lessons, day, possible in _days(problem):
            site_of = SiteOf(teacher_id, is_class=False)
            for layer in LAYERS:
                when, name = (day, layer), f"way_{teacher_id}"
                yield way_pattern(name, lessons, site_of, when, possible, cost)

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the teacher, the day and the moves."""
        name = describe.teacher(problem, violation.resource_ids[0])
        time = describe.when(violation.day, None, None, violation.layer)
        (number,) = violation.numbers
        allowed = Text("", "")
        if self.free:
            allowed = Text(f"，最多{self.free}次", f", at most {self.free} are free")
        return Text(
            f"教师{name}{time.zh}在校区之间往返{number}次{allowed.zh}。",
            f"{name} moves between sites {number} time(s) on {time.en}{allowed.en}.",
        )


def _days(
    problem: Problem,
) -> Iterator[tuple[str, tuple[Lesson, ...], int, tuple[Stay, ...]]]:
    """Teachers, their lessons, days and stays, where one may have to move."""
    for teacher in problem.teachers:
        lessons = given(problem, teacher.teacher_id)
        site_of = SiteOf(teacher.teacher_id, is_class=False)
        days = {d for x in lessons for d in problem.bell_of(x.requirement).days}
        for day in sorted(days):
            possible = possible_stays(problem, lessons, day, site_of)
            if possible:
                yield teacher.teacher_id, lessons, day, possible


# Kept so that days share it: solvers know it by identity.
@lru_cache(maxsize=64)
def beyond(free: int, weight: int = 1) -> "Cost":
    """What moves beyond a number cost."""
    return Cost(free, weight)


@dataclass(frozen=True)
class Cost:
    """Moves beyond a number, times a weight."""

    free: int
    weight: int

    def __call__(self, number: int) -> int:
        return self.weight * max(0, number - self.free)
