"""Settings of rules.toml, and rules in force."""

import pytest

from scheduler.constraints.catalogue import RULES, check_settings, rules_in_force
from scheduler.constraints.teacher_days import LimitRuns
from scheduler.model.errors import InputError
from scheduler.model.resources import Level
from scheduler.model.settings import RuleSetting
from tests.builders import problem


def test_every_rule_is_in_force_by_default_hard_ones_before_soft_ones():
    rules = rules_in_force(problem())

    assert [type(rule) for rule in rules] == list(RULES)
    levels = [rule.level for rule in rules]
    assert levels == [Level.HARD] * 22 + [Level.SOFT] * 19


def test_setting_changes_level_weight_and_parameters():
    setting = RuleSetting(
        "LimitRuns", level=Level.HARD, weight=7, parameters=(("most", 2),)
    )

    (rule,) = [
        r for r in rules_in_force(problem(rules=(setting,))) if r.name == "LimitRuns"
    ]

    assert rule == LimitRuns(Level.HARD, 7, most=2)


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
