"""Settings of rules.toml, and rules in force."""

import pytest
from hypothesis import HealthCheck, given, settings

from scheduler.constraints.catalogue import RULES, check_settings, rules_in_force
from scheduler.constraints.rules.teachers.teacher_days import LimitRuns
from scheduler.model.errors import InputError
from scheduler.model.resources import Level
from scheduler.model.settings import RuleSetting
from scheduler.model.timetable import Timetable
from tests.builders import need, problem
from tests.strategies import problems


def test_every_rule_is_in_force_by_default_hard_ones_before_soft_ones():
    rules = rules_in_force(problem(rules=()))

    assert [type(rule) for rule in rules] == list(RULES)
    levels = [rule.level for rule in rules]
    assert levels == sorted(levels, key=[Level.HARD, Level.SOFT].index)


def test_setting_changes_level_weight_and_parameters():
    setting = RuleSetting(
        "LimitRuns", level=Level.HARD, weight=7, parameters=(("most", 2),)
    )

    (rule,) = [
        r for r in rules_in_force(problem(rules=(setting,))) if r.name == "LimitRuns"
    ]

    assert rule == LimitRuns(Level.HARD, 7, most=2)


@settings(max_examples=50, suppress_health_check=list(HealthCheck))
@given(problems(most=4))
def test_an_empty_timetable_breaks_only_rules_that_say_they_demand_lessons(problem):
    broken = {r for r in rules_in_force(problem) if r.amount(Timetable(problem, {}))}

    assert all(rule.demands_lessons for rule in broken)


def test_rules_that_demand_lessons_are_broken_where_there_are_none():
    one_class = problem(
        need("R1", "C1", "PE", "5"),
        rules=(RuleSetting("GiveActivityMinutes", parameters=(("always", 1),)),),
    )
    demanding = [r for r in rules_in_force(one_class) if r.demands_lessons]

    assert [bool(r.amount(Timetable(one_class, {}))) for r in demanding] == [True] * 3


def test_rule_that_is_switched_off_is_not_in_force():
    rules = rules_in_force(problem(rules=(RuleSetting("LimitRuns", enabled=False),)))

    assert [type(rule) for rule in rules] == [r for r in RULES if r is not LimitRuns]


@pytest.mark.parametrize(
    ("setting", "problem_en", "advice_en"),
    [
        (
            RuleSetting("LimitRun"),
            "is not the name of a rule",
            "Maybe LimitRuns is meant?",
        ),
        (
            RuleSetting("LimitRuns", parameters=(("moist", 2),)),
            "is not a parameter of LimitRuns",
            "Maybe most is meant?",
        ),
        (
            RuleSetting("LimitRuns", parameters=(("most", -1),)),
            "cannot be the value of most",
            "Maybe a whole number of 0 or more is meant?",
        ),
        (
            RuleSetting("LimitRuns", parameters=(("most", True),)),
            "cannot be the value of most",
            "Maybe a whole number of 0 or more is meant?",
        ),
        (
            RuleSetting("LimitMovesAtOnce", level=Level.HARD),
            "is missing or 0, so the rule says nothing",
            "Maybe fill it in, or leave the rule out?",
        ),
    ],
    ids=["rule", "parameter", "negative", "type", "needed"],
)
def test_wrong_setting_is_refused_with_advice(setting, problem_en, advice_en):
    (error,) = check_settings((setting,))

    assert (error.problem.en, error.advice.en) == (problem_en, advice_en)
    with pytest.raises(InputError):
        rules_in_force(problem(rules=(setting,)))
