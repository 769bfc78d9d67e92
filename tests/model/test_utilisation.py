"""Thresholds of use."""

from fractions import Fraction

import pytest

from scheduler.constraints.catalogue import check_settings
from scheduler.model.settings import RuleSetting
from scheduler.model.utilisation import UseLevel, Utilisation
from tests.small_school import need, small_problem


@pytest.mark.parametrize(
    ("use", "level"),
    [
        (Fraction(19, 100), UseLevel.RED),
        (Fraction(1, 5), UseLevel.AMBER),
        (Fraction(2, 5), UseLevel.GOOD),
    ],
)
def test_level_of_a_share(use, level):
    assert Utilisation().level(use) is level


def test_thresholds_come_from_the_rules_file():
    setting = RuleSetting("utilisation", parameters=(("amber", 60), ("red", 30)))
    problem = small_problem(need("R1", "A", "PE"), rules=(setting,))
    assert check_settings((setting,)) == ()
    assert Utilisation.of(problem) == Utilisation(60, 30)


WRONG = [("amber", 101), ("red", -1), ("red", True), ("green", 50), ("red", 50)]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_wrong_threshold_is_refused(name, value):
    setting = RuleSetting("utilisation", parameters=((name, value),))
    (error,) = check_settings((setting,))
    assert (error.column, error.value) == (f"utilisation.{name}", str(value))
