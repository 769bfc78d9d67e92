"""The optimum of tiny problems is the best of all their timetables."""

from collections.abc import Iterator
from dataclasses import replace
from math import prod

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scheduler.constraints.base import Constraint
from scheduler.constraints.catalogue import RULES, rules_in_force
from scheduler.constraints.evaluate import evaluate
from scheduler.model.meeting import Placement
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.settings import RuleSetting
from scheduler.model.timetable import Timetable
from scheduler.solver.limits import SolveLimits
from scheduler.solver.options import candidates
from scheduler.solver.solve import solve
from scheduler.solver.status import Status
from tests.builders import bell, need, unavailable
from tests.builders import problem as problem_of
from tests.row_strategies import with_rows
from tests.strategies import TINY_BELLS, problems

DEMANDING = (
    "PlaceEveryLesson",
    "GiveDailyPE",
    "FillClassDays",
    "KeepLimits",
    "KeepRelations",
)
"""Hard rules that a part of a timetable may break though the whole keeps them."""
HARD_RULES = tuple(r.__name__ for r in RULES if r().level is Level.HARD and not r.needs)
LIMITS = SolveLimits(seconds=30, workers=1)


def hard_rules(problem: Problem) -> list[Constraint]:
    """Hard rules that no further lesson can mend."""
    rules = rules_in_force(problem)
    return [r for r in rules if r.level is Level.HARD and r.name not in DEMANDING]


def options(problem: Problem) -> list[list[Placement | None]]:
    """What each lesson may choose if it were alone; None: no place, where it may."""
    rules = hard_rules(problem)
    found: list[list[Placement | None]] = []
    in_force = {r.name: r.level for r in rules_in_force(problem)}
    optional = in_force.get("PlaceEveryLesson") is not Level.HARD
    for lesson in problem.lessons:
        alone = [
            (p, Timetable(problem, {lesson.lesson_id: p}))
            for p in candidates(problem, lesson)
        ]
        found.append([p for p, t in alone if not any(r.amount(t) for r in rules)])
        found[-1] += [None] * optional
    return found


def complete(
    problem: Problem, choices: list[list[Placement | None]]
) -> Iterator[Timetable]:
    """All timetables that keep the hard rules, lesson by lesson."""
    rules = hard_rules(problem)
    ids = [x.lesson_id for x in problem.lessons]
    open_parts: list[tuple[int, dict[str, Placement]]] = [(0, {})]
    while open_parts:
        decided, part = open_parts.pop()
        timetable = Timetable(problem, part)
        if any(rule.amount(timetable) for rule in rules):
            continue
        if decided == len(ids):
            yield timetable
            continue
        for p in choices[decided]:
            more = part if p is None else part | {ids[decided]: p}
            open_parts.append((decided + 1, more))


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


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_solve_finds_the_best_whatever_rules_are_only_weighed(data):
    problem = data.draw(problems(most=3, longest=2, bells=TINY_BELLS))
    softened = data.draw(st.lists(st.sampled_from(HARD_RULES), unique=True, max_size=5))
    weights = st.sampled_from((1, 3, 50))
    kept = tuple(s for s in problem.rules if s.name not in softened)
    weighed = tuple(
        RuleSetting(name, level=Level.SOFT, weight=data.draw(weights))
        for name in softened
    )
    assert_solve_finds_the_best(replace(problem, rules=kept + weighed))


def test_two_alike_lessons_may_meet_at_once_where_that_only_costs():
    """Either both in row 1, 40 minutes of clash in each of two weeks for the teacher
    and for the class, or one of them in row 2, which costs 1000."""
    wish = unavailable("class", "C1", period=2, level=Level.SOFT)
    rules = (
        RuleSetting("AvoidClassClashes", level=Level.SOFT, weight=1),
        RuleSetting("AvoidTeacherClashes", level=Level.SOFT, weight=1),
        RuleSetting("RespectWishes", weight=1000),
        RuleSetting("LimitLessonsPerDay", enabled=False),
    )
    rows = "1 lesson 08:00-08:40\n2 lesson 09:00-09:40"
    bells = (bell("A", rows, (1,)), bell("B", rows, (1,)))
    two = need("R", "C1", "CN", "2")

    solution = solve(
        problem_of(two, bells=bells, rules=rules, unavailable=(wish,)),
        replace(LIMITS, search=False),
    )

    assert (solution.status, solution.report.soft) == (Status.OPTIMAL, 4 * 40)


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


def test_a_problem_without_lessons_to_place_is_bounded():
    """No lesson, no row of a model: its cost is 0, and that is proven."""
    solution = solve(problem_of(), replace(LIMITS, search=False))

    assert (solution.status, solution.bound) == (Status.OPTIMAL, 0)
