"""Whole costs out of sums that are not exact."""

import math
from collections.abc import Iterable

from scheduler.constraints.base import Constraint
from scheduler.model.problem import Problem
from scheduler.model.resources import Level

_MOST_SLACK = 5e-4


def whole_bound(bound: float) -> int:
    """The least whole number that an objective of whole numbers can be above a bound.

    HiGHS keeps rows to about a millionth only, so a bound so little above a whole
    number is that number. What is passed over is less than what ``mip_abs_gap`` leaves
    of 1, so that the bound of a closed run still is its objective.
    """
    return math.ceil(bound - min(_MOST_SLACK, slack(bound)))


def slack(cost: float) -> float:
    """How far two sums of the same costs may lie apart for their rounding."""
    return 1e-6 * (1.0 + abs(cost))


def cost_unit(problem: Problem, rules: Iterable[Constraint]) -> int:
    """The greatest number of which every timetable's soft cost is a multiple.

    Costs are weights times whole amounts, so it divides the weights, those of rows of
    tables included. A bound between two multiples is as good as the upper one.
    """
    soft = (r for r in rules if r.level is Level.SOFT and _speaks(r))
    return math.gcd(*(w for r in soft for w in r.weights(problem))) or 1


def _speaks(rule: Constraint) -> bool:
    return all(getattr(rule, name) for name in rule.needs)
