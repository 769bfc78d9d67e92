"""The optimum of tiny problems is the best of all their timetables."""

from collections.abc import Iterator
from math import prod

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scheduler.constraints.base import Constraint
from scheduler.constraints.catalogue import rules_in_force
from scheduler.constraints.evaluate import evaluate
from scheduler.model.meeting import Placement
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.timetable import Timetable
from scheduler.solver.limits import SolveLimits
from scheduler.solver.options import candidates
from scheduler.solver.solve import solve
from scheduler.solver.status import Status
from tests.row_strategies import with_rows
from tests.strategies import TINY_BELLS, problems

DEMANDING = ("PlaceEveryLesson", "GiveDailyPE", "KeepLimits", "KeepRelations")
"""Hard rules that a part of a timetable may break though the whole keeps them."""
LIMITS = SolveLimits(seconds=30, workers=1)


def hard_rules(problem: Problem) -> list[Constraint]:
    """Hard rules that no further lesson can mend."""
    rules = rules_in_force(problem)
    return [r for r in rules if r.level is Level.HARD and r.name not in DEMANDING]


def options(problem: Problem) -> list[list[Placement]]:
    """What each lesson may choose if it were alone."""
    rules = hard_rules(problem)
    found = []
    for lesson in problem.lessons:
        alone = [
            (p, Timetable(problem, {lesson.lesson_id: p}))
            for p in candidates(problem, lesson)
        ]
        found.append([p for p, t in alone if not any(r.amount(t) for r in rules)])
    return found


def complete(problem: Problem, choices: list[list[Placement]]) -> Iterator[Timetable]:
    """All timetables that keep the hard rules, lesson by lesson."""
    rules = hard_rules(problem)
    ids = [x.lesson_id for x in problem.lessons]
    open_parts: list[dict[str, Placement]] = [{}]
    while open_parts:
        part = open_parts.pop()
        timetable = Timetable(problem, part)
        if any(rule.amount(timetable) for rule in rules):
            continue
        if len(part) == len(ids):
            yield timetable
        else:
            open_parts += [part | {ids[len(part)]: p} for p in choices[len(part)]]


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_solve_finds_the_best_of_all_timetables(data):
    assert_solve_finds_the_best(
        data.draw(problems(most=3, longest=2, bells=TINY_BELLS))
    )


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_solve_finds_the_best_where_rows_tell_lessons_and_layouts_apart(data):
    problem = data.draw(problems(most=2, longest=2, bells=TINY_BELLS))
    assert_solve_finds_the_best(data.draw(with_rows(problem)))


def assert_solve_finds_the_best(problem: Problem) -> None:
    """The solver's optimum is that of all timetables, if there are but few."""
    choices = options(problem)
    assume(len(choices) <= 4)
    assume(prod(map(len, choices)) <= 600)
    reports = [evaluate(t) for t in complete(problem, choices)]
    best = min((r.soft for r in reports if r.hard == 0), default=None)

    solution = solve(problem, LIMITS)

    if best is None:
        assert solution.status is Status.INFEASIBLE
    else:
        assert solution.status is Status.OPTIMAL
        assert (solution.report.soft, solution.bound) == (best, best)
        assert evaluate(solution.timetable).hard == 0


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(problems(most=4, longest=3))
def test_timetable_of_a_solve_keeps_the_hard_rules_it_claims_to_keep(problem):
    solution = solve(problem, LIMITS)

    claimed = solution.status in (Status.OPTIMAL, Status.FEASIBLE)
    assert (evaluate(solution.timetable).hard == 0) == claimed
    assert solution.status is not Status.UNKNOWN
