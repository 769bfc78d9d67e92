"""No proof against a problem with a timetable; a verdict on every tiny one."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scheduler.constraints.catalogue import rules_in_force
from scheduler.constraints.evaluate import evaluate
from scheduler.model.problem import Problem
from scheduler.model.requirements import Requirement, WeekRule
from scheduler.model.resources import Level, ResourceKind, Teacher, Unavailability
from scheduler.model.timetable import Timetable
from scheduler.solver.exact.exact_model import ExactModel
from scheduler.solver.exact.highs import RunLimits, run
from scheduler.solver.explain.counting.checks import count
from scheduler.solver.explain.explaining import explain
from scheduler.solver.explain.sentences.explanation import Verdict
from scheduler.solver.hard_view import HardView
from scheduler.solver.options import candidates, compile_problem
from scheduler.solver.status import Status
from tests.small_school import small_problem
from tests.thorough import times

TEACHERS = ("T1", "T2", "T3")


@st.composite
def requirements(draw: st.DrawFn, index: int) -> Requirement:
    pooled = draw(st.booleans())
    staff = tuple(draw(st.lists(st.sampled_from(TEACHERS), min_size=1, unique=True)))
    length = draw(st.sampled_from((1, 1, 2)))
    per_week = Fraction(draw(st.integers(1, 4)), draw(st.sampled_from((1, 1, 2))))
    plain = length == 1 or per_week != 2
    return Requirement(
        f"R{index}",
        tuple(draw(st.sampled_from((("A",), ("B",), ("C",), ("A", "B"))))),
        draw(st.sampled_from(("CN", "PE", "MUS"))),
        per_week,
        () if pooled else staff[:2],
        staff if pooled else (),
        () if plain else (Fraction(2),),
        draw(st.sampled_from((WeekRule.EVERY, WeekRule.EVERY, WeekRule.ALTERNATE)))
        if plain
        else WeekRule.EVERY,
        max_per_day=draw(st.sampled_from((None, 1, 2))),
        pupils=draw(st.sampled_from((None, None, 10))),
    )


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    count_ = draw(st.integers(1, 6))
    rows = tuple(draw(requirements(k)) for k in range(count_))
    kinds = st.sampled_from(
        (
            *((ResourceKind.TEACHER, t) for t in TEACHERS),
            *((ResourceKind.CLASS, c) for c in "ABC"),
            (ResourceKind.ZONE, "Z1"),
            (ResourceKind.VENUE, "V-M"),
        )
    )
    closed = tuple(
        Unavailability(*draw(kinds), draw(st.sampled_from((1, 5))), period)
        for period in draw(st.lists(st.sampled_from((None, 1, 2, 3)), max_size=4))
    )
    limits = st.sampled_from((None, 2, 4))
    teachers = tuple(
        Teacher(t, t, "S1", (), draw(limits), draw(limits)) for t in TEACHERS
    )
    return small_problem(*rows, unavailable=closed, teachers=teachers)


def exact_status(problem: Problem) -> Status:
    """What the exact model says, without pools and without alike lessons merged."""
    hard = [r for r in rules_in_force(problem) if r.level is Level.HARD]
    compiled = compile_problem(problem, hard, aggregate=False)
    if compiled.lessons_without_option():
        return Status.INFEASIBLE
    return run(ExactModel(compiled).problem, RunLimits(30)).status


@settings(max_examples=times(20))
@given(problems())
def test_explain_agrees_with_the_exact_model(problem: Problem) -> None:
    expected = {
        Status.INFEASIBLE: Verdict.INFEASIBLE,
        Status.OPTIMAL: Verdict.FEASIBLE,
    }[exact_status(problem)]
    explanation = explain(problem, 30.0)
    assert explanation.verdict is expected
    assert all(s.proven and s.need >= s.supply for s in explanation.statements)


@settings(max_examples=times(20))
@given(problems(), st.randoms(use_true_random=False))
def test_count_of_problem_with_planted_timetable_finds_nothing(
    problem: Problem, random
) -> None:
    placements = {}
    for lesson in problem.lessons:
        options = list(candidates(problem, lesson))
        random.shuffle(options)
        for placement in options[:40]:
            trial = Timetable(problem, placements | {lesson.lesson_id: placement})
            report = evaluate(trial)
            broken = [r for r in report.results if r.level is Level.HARD and r.amount]
            if all(r.name == "PlaceEveryLesson" for r in broken):
                placements[lesson.lesson_id] = placement
                break
    kept = {i.partition("#")[0] for i in placements}
    whole = tuple(
        r
        for r in problem.requirements
        if r.requirement_id in kept
        and all(x.lesson_id in placements for x in r.lessons)
    )
    planted = replace(problem, requirements=whole)
    ids = {x.lesson_id for x in planted.lessons}
    found = {i: p for i, p in placements.items() if i in ids}
    assume(evaluate(Timetable(planted, found)).hard == 0)
    assert count(HardView.of(planted)) == ()
