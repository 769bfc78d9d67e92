"""Pairs of lessons in the exact model, the same event twice included."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import pytest

from scheduler.constraints.base import Constraint, Violation
from scheduler.constraints.primitives import PairCost, Primitive
from scheduler.constraints.rules.place_every_lesson import PlaceEveryLesson
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.solver.exact.exact_model import ExactModel
from scheduler.solver.exact.highs import RunLimits, run
from scheduler.solver.options import compile_problem
from scheduler.solver.status import Status
from tests.builders import bell, need, problem

LIMITS = RunLimits(seconds=10, threads=1)


@dataclass(frozen=True)
class PartDays(Constraint):
    """Any two lessons on one day cost one in each week."""

    title: ClassVar[Text] = Text("分开", "Part days")

    def violations(self, timetable: Timetable) -> Iterator[Violation]:
        """Not needed: only the model is looked at."""
        return iter(())

    def primitives(self, problem: Problem) -> Iterator[Primitive]:
        """Events are days; equal days cost one."""
        yield PairCost(problem.lessons, lambda m: (m.day,), lambda a, b: int(a == b))

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Not needed."""
        return self.title


def week(days):
    """Two lessons of one class, two rows a day."""
    rows = "1 lesson 08:00-08:40\n2 lesson 08:50-09:30"
    return problem(need("R1", "C1", "CN", "2"), bells=(bell("A", rows, days), B))


B = bell("B", "1 lesson 08:00-08:40", (1,))


def solved(days, level, aggregate):
    rules = (PlaceEveryLesson(), PartDays(level=level))
    compiled = compile_problem(week(days), rules, aggregate=aggregate)
    return run(ExactModel(compiled).problem, LIMITS)


@pytest.mark.parametrize("aggregate", [True, False])
def test_two_lessons_forced_to_one_day_cost_one_pair_in_each_week(aggregate):
    assert solved((1,), Level.SOFT, aggregate).objective == 2


@pytest.mark.parametrize("aggregate", [True, False])
def test_two_lessons_forced_to_one_day_break_the_hard_rule(aggregate):
    assert solved((1,), Level.HARD, aggregate).status is Status.INFEASIBLE


@pytest.mark.parametrize("aggregate", [True, False])
def test_two_lessons_on_two_days_cost_nothing(aggregate):
    assert solved((1, 2), Level.SOFT, aggregate).objective == 0
