"""What rows of the exact model know of the term they come from."""

from dataclasses import dataclass

import pulp

from scheduler.solver.exact.rows import ModelRows
from scheduler.solver.options import Posted


@dataclass(frozen=True, slots=True)
class Origin:
    """The term a row comes from, and the weekday it speaks of, if one alone."""

    posted: Posted
    day: int | None = None


def amount_of(rows: ModelRows, posted: Posted, name: str, most: int) -> pulp.LpVariable:
    """A variable for a term's amount: priced, or 0 where the rule is hard.

    ``most`` is all it can need; a bound by multipliers rests on such limits.
    """
    high = 0 if posted.hard else most
    amount = rows.variable(f"{posted.rule.name}_{name}", high)
    if not posted.hard:
        rows.charge(amount, posted.rule.weight)
    return amount
