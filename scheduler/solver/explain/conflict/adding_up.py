"""Rows of a model that contradict each other when added up: a proof in whole numbers.

Farkas: a linear system has no solution if some multiples of its rows add up to a row
that no values within the variables' bounds can reach. HiGHS finds the multiples in
floating point; here they are made whole numbers and the sum is worked out exactly, so
the claim does not hang on any tolerance.
"""

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from math import lcm

import pulp

from scheduler.solver.exact.highs import LoadedModel

_DENOMINATOR = 360
"""Multipliers of counting arguments are small fractions of each other."""
_NOTHING = 1e-7


def contradiction(model: pulp.LpProblem, seconds: float) -> dict[int, int] | None:
    """Numbers of rows with multiples whose sum is impossible; None if not proven."""
    ray = LoadedModel(model).ray(seconds)
    if ray is None:
        return None
    whole = _whole(ray)
    rows = list(model.constraints())
    for sign in (1, -1):
        signed = {k: sign * n for k, n in whole.items()}
        if is_impossible(rows, signed):
            return signed
    return None


def _whole(ray: Sequence[float]) -> dict[int, int]:
    """The multipliers as whole numbers in the same proportion, as near as can be."""
    used = {k: y for k, y in enumerate(ray) if abs(y) > _NOTHING}
    if not used:
        return {}
    least = min(map(abs, used.values()))
    parts = {
        k: Fraction(y / least).limit_denominator(_DENOMINATOR) for k, y in used.items()
    }
    scale = lcm(*(f.denominator for f in parts.values()))
    return {k: int(f * scale) for k, f in parts.items()}


def is_impossible(rows: Sequence[pulp.LpConstraint], multiples: dict[int, int]) -> bool:
    """Tell whether the rows times these numbers add up to what cannot be.

    A positive multiple takes the row as "at least", a negative one as "at most".
    """
    total: dict[pulp.LpVariable, Fraction] = defaultdict(Fraction)
    needed = Fraction(0)
    for k, times in multiples.items():
        bound = rows[k].getLb() if times > 0 else rows[k].getUb()
        if bound is None:
            return False
        needed += times * Fraction(bound)
        for variable, value in rows[k].items():
            total[variable] += times * Fraction(value)
    most = Fraction(0)
    for variable, times_in_all in total.items():
        reach = _most(variable, times_in_all)
        if reach is None:
            return False
        most += reach
    return most < needed


def _most(variable: pulp.LpVariable, times: Fraction) -> Fraction | None:
    """The most that so many times the variable can be; None where nothing ends it."""
    if not times:
        return Fraction(0)
    bound = variable.upBound if times > 0 else variable.lowBound
    return None if bound is None else times * Fraction(bound)
