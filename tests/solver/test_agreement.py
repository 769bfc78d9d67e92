"""Definition, terms and exact model say the same of random, mostly bad timetables."""

from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scheduler.constraints.base import CapacityRule, Constraint
from scheduler.constraints.catalogue import RULES
from scheduler.constraints.evaluate import evaluate
from scheduler.constraints.rules.avoid_clashes import (
    AvoidClassClashes,
    AvoidTeacherClashes,
)
from scheduler.constraints.rules.exercise.give_activity_minutes import (
    GiveActivityMinutes,
)
from scheduler.constraints.rules.fill_class_days import FillClassDays
from scheduler.constraints.rules.places.agreements import FitAgreementCaps
from scheduler.constraints.rules.places.allow_setup import AllowSetup
from scheduler.constraints.rules.places.capacities import (
    FitLayoutCapacity,
    FitZoneCapacity,
)
from scheduler.constraints.rules.places.keep_grades_together import KeepGradesTogether
from scheduler.constraints.rules.places.keep_venue_ceilings import KeepVenueCeilings
from scheduler.constraints.rules.places.limit_moves_at_once import LimitMovesAtOnce
from scheduler.constraints.rules.places.walks import LimitWalks, StayLongEnough
from scheduler.constraints.rules.teachers.balance_halves import BalanceHalfDays
from scheduler.constraints.rules.teachers.teacher_days import (
    LimitIdlePeriods,
    LimitRuns,
)
from scheduler.model.resources import Level
from scheduler.model.timetable import Timetable
from scheduler.solver.exact.exact_model import ExactModel
from scheduler.solver.exact.highs import Outcome, RunLimits, run
from scheduler.solver.options import compile_problem
from scheduler.solver.status import Status
from tests.strategies import any_timetables, model_timetables, problems
from tests.thorough import times

# By default some rules rarely bite in so small a week.
EVERY_RULE = (
    *(rule() for rule in RULES),
    LimitRuns(most=1),
    BalanceHalfDays(slack_percent=10),
    LimitWalks(grades_1_3=5, grades_4_6=5, grades_7_9=0),
    StayLongEnough(percent=300),
    FillClassDays(allowed=1),
    LimitMovesAtOnce(classes_at_most=1),
    GiveActivityMinutes(always=1),
    GiveActivityMinutes(always=1, within_plan=0),
    GiveActivityMinutes(always=1, target_minutes=40, floor_minutes=20, bell_breaks=0),
)
DAY_RULES = (LimitRuns(most=1), LimitRuns(most=2), LimitIdlePeriods())
SLOW_DATA = [HealthCheck.too_slow, HealthCheck.data_too_large]


# Their terms speak only of lessons that may use a place; UseAllowedLayouts sees to it.
OF_PLACES = (
    FitZoneCapacity(),
    FitLayoutCapacity(),
    FitAgreementCaps(),
    AllowSetup(),
    KeepGradesTogether(),
    KeepVenueCeilings(),
    LimitMovesAtOnce(classes_at_most=1),
)


def on_allowed_layouts(timetable: Timetable) -> Timetable:
    """The same timetable without lessons on layouts that they may not use."""
    problem = timetable.problem
    kept = {
        lesson_id: placement
        for lesson_id, placement in timetable.placements.items()
        if placement.layout_id
        in problem.allowed_layouts(problem.lesson[lesson_id].requirement)
    }
    return Timetable(problem, kept)


def examples(count: int) -> settings:
    """Settings for tests whose examples are large."""
    return settings(max_examples=times(count), suppress_health_check=SLOW_DATA)


def pinned(timetable: Timetable, *rules: Constraint) -> Outcome | None:
    """Solve the model of these rules with every placement fixed.

    None where a rule has struck a placement from the model's options.
    """
    compiled = compile_problem(timetable.problem, rules, aggregate=False)
    model = ExactModel(compiled)
    left = dict(timetable.placements)
    for choice in model.choices:
        lesson_id = choice.group.lessons[0].lesson_id
        chosen = left.get(lesson_id) == choice.meeting.placement
        choice.variable.bounds(int(chosen), int(chosen))
        if chosen:
            del left[lesson_id]
    limits = RunLimits(seconds=20, threads=1)
    return None if left else run(model.problem, limits)


def said_by_model(timetable: Timetable, *rules: Constraint) -> int | None:
    """The cost of a pinned model, None where it is infeasible."""
    outcome = pinned(timetable, *rules)
    if outcome is None or outcome.status is Status.INFEASIBLE:
        return None
    assert outcome.status is Status.OPTIMAL
    assert outcome.objective is not None
    assert abs(outcome.objective - round(outcome.objective)) < 1e-6
    return round(outcome.objective)


@examples(16)
@given(st.data())
def test_amount_of_any_timetable_is_the_sum_of_its_terms(data):
    problem = data.draw(problems())
    timetable = data.draw(any_timetables(problem))

    judged = {
        rule: on_allowed_layouts(timetable) if rule in OF_PLACES else timetable
        for rule in EVERY_RULE
    }
    by_terms = {
        rule: sum(t.amount(judged[rule].meeting) for t in rule.primitives(problem))
        for rule in EVERY_RULE
    }

    assert by_terms == {rule: rule.amount(judged[rule]) for rule in EVERY_RULE}


@examples(16)
@given(st.data())
def test_every_meeting_that_a_resource_counts_names_it(data):
    timetable = data.draw(problems().flatmap(any_timetables))
    for rule in EVERY_RULE:
        if isinstance(rule, CapacityRule):
            for resource in rule.resources(timetable.problem):
                counted = filter(resource.span, timetable.meetings)
                assert all(resource.resource[0] in rule.users(m) for m in counted)


@examples(8)
@given(st.data())
def test_exact_model_of_hard_rule_is_infeasible_just_when_it_is_broken(data):
    problem = data.draw(problems())
    timetable = data.draw(model_timetables(problem))
    rules = [replace(rule, level=Level.HARD) for rule in EVERY_RULE]

    feasible = {r: said_by_model(timetable, r) is not None for r in rules}

    assert feasible == {r: r.amount(timetable) == 0 for r in rules}


@examples(8)
@given(st.data())
def test_exact_model_of_soft_rule_costs_what_the_rule_says(data):
    problem = data.draw(problems())
    timetable = data.draw(model_timetables(problem))
    rules = [replace(rule, level=Level.SOFT, weight=1) for rule in EVERY_RULE]

    costs = {rule: said_by_model(timetable, rule) for rule in rules}

    assert costs == {rule: rule.amount(timetable) for rule in rules}


@examples(9)
@given(st.data())
def test_day_shapes_of_clash_free_teachers_cost_what_the_rules_say(data):
    """Without clashes the model adds up a row's lessons; with them it may not."""
    problem = data.draw(problems(most=2, longest=3))
    timetable = data.draw(model_timetables(problem))
    clashes = AvoidTeacherClashes()
    assume(clashes.amount(timetable) == 0)
    rules = [replace(rule, level=Level.SOFT, weight=1) for rule in DAY_RULES]

    costs = {rule: said_by_model(timetable, clashes, rule) for rule in rules}

    assert costs == {rule: rule.amount(timetable) for rule in rules}


@examples(9)
@given(st.data())
def test_days_of_clash_free_classes_cost_what_the_rule_says(data):
    """A class's walks, halves and bells are what may take one row twice."""
    problem = data.draw(problems(most=3, longest=3))
    timetable = data.draw(model_timetables(problem))
    clashes = AvoidClassClashes()
    assume(clashes.amount(timetable) == 0)
    rules = [FillClassDays(Level.SOFT, allowed=allowed) for allowed in (0, 1)]

    costs = {rule: said_by_model(timetable, clashes, rule) for rule in rules}

    assert costs == {rule: rule.amount(timetable) for rule in rules}


@examples(9)
@given(st.data())
def test_evaluation_does_not_depend_on_the_order_of_requirements(data):
    problem = data.draw(problems())
    timetable = data.draw(any_timetables(problem))
    shuffled = tuple(data.draw(st.permutations(problem.requirements)))
    other = Timetable(replace(problem, requirements=shuffled), timetable.placements)

    amounts = [(r.name, r.amount) for r in evaluate(timetable).results]

    assert [(r.name, r.amount) for r in evaluate(other).results] == amounts


@examples(16)
@given(st.data())
def test_report_amounts_are_those_of_the_rules(data):
    """Joining what is the same in odd and even weeks loses nothing."""
    problem = data.draw(problems())
    timetable = data.draw(any_timetables(problem))

    results = evaluate(timetable).results

    assert {r.name: r.amount for r in results} == {
        r.name: r.constraint.amount(timetable) for r in results
    }


@examples(16)
@given(st.data())
def test_every_violation_has_a_sentence_in_both_languages(data):
    problem = data.draw(problems())
    timetable = data.draw(any_timetables(problem))

    sentences = [
        result.explain(violation)
        for result in evaluate(timetable).results
        for violation in result.violations
    ]

    assert [s for s in sentences if not s.zh.endswith("。")] == []
    assert [s for s in sentences if not s.en.endswith(".")] == []
