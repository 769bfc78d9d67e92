"""A limit of time is handed on and kept; what is placed then breaks nothing."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.constraints.catalogue import rules_in_force
from scheduler.constraints.evaluate import evaluate
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.settings import RuleSetting
from scheduler.model.timetable import Timetable
from scheduler.solver import partial
from scheduler.solver import solve as solving
from scheduler.solver.exact.highs import RunLimits
from scheduler.solver.explain.counting import checks as counting
from scheduler.solver.greedy import place_greedily
from scheduler.solver.hard_view import HardView
from scheduler.solver.incumbent import Incumbent
from scheduler.solver.kernel.search import Kernel, Search
from scheduler.solver.limits import FIRST_SEARCH_SECONDS, SolveLimits
from scheduler.solver.options import classes_clash_free, compile_problem
from scheduler.solver.proving import prover as proving
from scheduler.solver.status import Status
from tests.builders import need
from tests.impossible_five import school
from tests.solver.explain.test_soundness import problems

DEMANDS = {"PlaceEveryLesson", "GiveDailyPE"}


class Clock:
    """Seconds that pass when told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def never(*arguments: object, **more: object) -> None:
    raise AssertionError("called")


def incumbent(seconds: float) -> tuple[Incumbent, Clock]:
    clock = Clock()
    return Incumbent(SolveLimits(seconds), clock), clock


def kernel_of(problem: Problem) -> Kernel:
    rules = rules_in_force(problem)
    return Kernel.of(compile_problem(problem, rules, classes_clash_free(rules)))


def broken(timetable: Timetable) -> set[str]:
    results = evaluate(timetable).results
    return {r.name for r in results if r.level is Level.HARD and r.amount}


def six_lessons_for_five_days() -> Problem:
    """One of the six cannot be placed: at most one a day."""
    return school(need("R1", "C1", "CN", "6", max_per_day=1))


def test_limit_counts_from_the_beginning_of_the_solve():
    now, clock = incumbent(12.0)
    clock.now += 8
    now.leave_time_to_search()
    assert now.left == 4
    clock.now += 4
    assert now.done()


@pytest.mark.parametrize(
    ("limit", "search"), [(12.0, FIRST_SEARCH_SECONDS), (1.0, 1.0)]
)
def test_first_search_has_its_seconds_after_any_compiling(limit, search):
    now, clock = incumbent(limit)
    clock.now += 30
    now.leave_time_to_search()
    assert now.left == search


def test_counting_ends_with_the_time_and_keeps_what_was_proven():
    view = HardView.of(six_lessons_for_five_days())
    assert len(counting.count(view)) == 1
    assert counting.count(view, lambda: 0.0) == ()
    left = iter((9.0, 9.0, 9.0, 0.0))  # the third check is that of daily limits
    assert len(counting.count(view, lambda: next(left))) == 1


def test_placing_exactly_ends_while_its_model_is_written(monkeypatch):
    problem = six_lessons_for_five_days()
    monkeypatch.setattr(partial, "_placed", never)
    found = partial.place_most(problem, rules_in_force(problem), RunLimits(0.0))
    assert found.placements == {}


def test_what_other_hard_rules_demand_does_not_keep_lessons_from_being_placed():
    """Two hours of activity every day cannot be, five of the six lessons can."""
    minutes = RuleSetting(
        "GiveActivityMinutes", level=Level.HARD, parameters=(("always", 1),)
    )
    problem = replace(six_lessons_for_five_days(), rules=(minutes,))
    rules = rules_in_force(problem)

    found = partial.place_most(problem, rules, RunLimits(20.0, threads=1))

    assert len(found.placements) == 5


def test_with_no_time_left_nothing_is_placed_exactly(monkeypatch):
    problem = six_lessons_for_five_days()
    monkeypatch.setattr(partial, "place_most", never)
    monkeypatch.setattr(solving, "_PARTIAL_AT_MOST", 0.0)
    limits = SolveLimits(0.2, workers=1, prove=False)
    solution = solving.solve(problem, limits)
    assert len(solution.unplaced) == 1
    assert broken(solution.timetable) == {"PlaceEveryLesson"}


def test_no_model_is_written_that_cannot_be_ready_in_time(monkeypatch):
    problem = six_lessons_for_five_days()
    rules = rules_in_force(problem)
    compiled = compile_problem(problem, rules, classes_clash_free(rules))
    now, clock = incumbent(5.0)
    now.offer(0, lambda: None)
    clock.now += 3
    monkeypatch.setattr(proving, "ExactModel", never)
    proving.Prover(compiled, now, never, 1, writing=2.5).run()
    with pytest.raises(AssertionError, match="called"):
        proving.Prover(compiled, now, never, 1, writing=1.5).run()


def test_exact_placing_has_what_is_left_of_the_time(monkeypatch):
    problem = six_lessons_for_five_days()
    given: list[float] = []

    def placed(problem, rules, limits, on_tick, start):
        given.append(limits.seconds)
        return start

    monkeypatch.setattr(partial, "place_most", placed)
    solution = solving.solve(problem, SolveLimits(3.0, workers=1, prove=False))
    assert solution.status is Status.INFEASIBLE
    assert [0 < seconds < 3 for seconds in given] == [True]
    assert solution.reasons


@settings(max_examples=40, deadline=None)
@given(problems(), st.integers(0, 3))
def test_greedy_placing_breaks_only_what_demands_lessons(
    problem: Problem, seed: int
) -> None:
    kernel, rules = kernel_of(problem), rules_in_force(problem)
    search = Search(kernel, seed)
    search.start()  # conflicts included
    near = kernel.timetable(search.state.option)
    found = place_greedily(kernel, rules, near)
    assert broken(found) <= DEMANDS


def test_greedy_placing_keeps_a_timetable_that_breaks_nothing():
    problem = school(need("R1", "C1", "CN", "5", max_per_day=1))
    kernel = kernel_of(problem)
    whole = place_greedily(kernel, rules_in_force(problem), None)
    assert len(whole.placements) == 5
    again = place_greedily(kernel, rules_in_force(problem), whole)
    assert again.placements == whole.placements
