"""Whole costs out of sums that are not exact."""

import math

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
