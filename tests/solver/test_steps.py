"""The typical step of soft cost, in which temperatures are told."""

from dataclasses import replace

import pytest

from scheduler.constraints.rules.avoid_clashes import AvoidTeacherClashes
from scheduler.constraints.rules.prefer_mornings import PreferMornings
from scheduler.constraints.rules.teachers.teacher_days import LimitIdlePeriods
from scheduler.model.resources import Level
from scheduler.solver.kernel.search import Kernel
from scheduler.solver.options import compile_problem
from tests.small_school import need, small_problem


def step(*rules):
    problem = small_problem(need("R1", "A", "CN", "3"), need("R2", "A", "MUS", "2"))
    return Kernel.of(compile_problem(problem, rules)).typical_step


def soft(rule, weight):
    return replace(rule, level=Level.SOFT, weight=weight)


def test_idle_periods_of_days_count():
    """One lesson more ends or begins a gap of at least one period, in both weeks."""
    assert step(AvoidTeacherClashes(), soft(LimitIdlePeriods(), 7)) == 14.0


@pytest.mark.parametrize("times", [3, 30])
def test_step_grows_with_the_weights(times):
    def at(times):
        rules = (soft(LimitIdlePeriods(), 2 * times), soft(PreferMornings(), times))
        return step(AvoidTeacherClashes(), *rules)

    assert at(times) == times * at(1)


def test_hard_rules_alone_leave_a_step_of_one():
    assert step(AvoidTeacherClashes()) == 1.0
