"""Costs are multiples of a unit, and bounds are rounded up to one."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.constraints.catalogue import rules_in_force
from scheduler.constraints.evaluate import evaluate
from scheduler.model.resources import Level
from scheduler.model.settings import RuleSetting
from scheduler.solver.exact.whole_costs import cost_unit
from scheduler.solver.incumbent import Incumbent
from scheduler.solver.limits import SolveLimits
from scheduler.solver.solve import solve
from scheduler.solver.status import Status
from tests.builders import bell, need, unavailable
from tests.builders import problem as problem_of
from tests.row_strategies import with_rows
from tests.strategies import any_timetables, problems


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_cost_of_every_timetable_is_a_multiple_of_the_unit(data):
    drawn = data.draw(with_rows(data.draw(problems(most=3))))
    in_force = (r for r in rules_in_force(drawn) if not r.needs)
    soft = [r.name for r in in_force if r.level is Level.SOFT]
    given = {s.name: s for s in drawn.rules}
    # Multiples of six for every rule make units above 1 likely.
    for name in soft:
        weight = data.draw(st.sampled_from((0, 6, 12, 30)))
        given[name] = replace(given.get(name, RuleSetting(name)), weight=weight)
    problem = replace(drawn, rules=tuple(given.values()))
    unit = cost_unit(problem, rules_in_force(problem))
    assert unit == 1 or unit % 6 == 0
    assert evaluate(data.draw(any_timetables(problem))).soft % unit == 0


@pytest.mark.parametrize(
    ("bound", "unit", "told"),
    [(267198.2, 200, 267200), (267200.0, 200, 267200), (267200.4, 200, 267400),
     (-3.0, 200, 0), (7.0, 1, 7)],
)  # fmt: skip
def test_a_bound_is_rounded_up_to_what_a_cost_can_be(bound, unit, told):
    incumbent = Incumbent(SolveLimits(), unit=unit)
    incumbent.raise_bound(bound)
    assert incumbent.bound == told


def test_a_bound_between_two_costs_proves_the_upper_one():
    """One lesson, one row, which somebody would rather not have: 50."""
    rules = (RuleSetting("RespectWishes", weight=50),)
    rules += tuple(
        RuleSetting(r.name, enabled=False)
        for r in rules_in_force(problem_of(need("R", "C1", "CN")))
        if r.level is Level.SOFT and r.name != "RespectWishes"
    )
    rows = "1 lesson 08:00-08:40"
    problem = problem_of(
        need("R", "C1", "CN"),
        bells=(bell("A", rows, (1,)), bell("B", rows, (1,))),
        unavailable=(unavailable("class", "C1", period=1, level=Level.SOFT),),
        rules=rules,
    )
    assert cost_unit(problem, rules_in_force(problem)) == 50
    solution = solve(problem, SolveLimits(10, workers=1))
    assert (solution.status, solution.bound) == (Status.OPTIMAL, solution.report.soft)
    assert solution.report.soft == 50


def test_a_timetable_that_costs_nothing_is_optimal_without_another_proof():
    given = problem_of(need("R", "C1", "CN"))
    solution = solve(given, SolveLimits(20, workers=1, prove=False))
    assert (solution.status, solution.report.soft) == (Status.OPTIMAL, 0)
    assert (solution.bound, solution.gap) == (0, 0.0)
