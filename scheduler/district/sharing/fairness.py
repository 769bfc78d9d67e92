"""How even a division of venues is, and what first come, first served would give."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scheduler.district.sharing.shares import Shares
from scheduler.district.sharing.venues import first_come


@dataclass(frozen=True, slots=True)
class Fairness:
    """Lessons lacking and met in all, the least share met, Jain's index of the shares.

    The index is 1 where all have the same share of what they lack, and 1/n where one
    of n has everything. Source: Jain, Chiu, Hawe, "A quantitative measure of fairness"
    (DEC-TR-301, 1984).
    """

    lacking: int
    met: int
    least: Fraction
    jain: float


def met_by(shares: Shares) -> tuple[int, ...]:
    """Lessons met of each need."""
    return tuple(shares.venues.met(k) for k in range(len(shares.venues.needs)))


def met_in_turn(shares: Shares, seconds: float) -> tuple[int, ...]:
    """The same if schools came one after the other, and each took all it can."""
    if shares.venues.divided is None:
        return met_by(shares)
    whole, needs = shares.district.problem, shares.venues.needs
    return first_come(whole, needs, shares.contested, seconds)


def fairness(shares: Shares, met: Sequence[int]) -> Fairness:
    """How even it is that needs are met so."""
    lacking = [(k, n.lacking) for k, n in enumerate(shares.venues.needs) if n.lacking]
    values = [Fraction(met[k], need) for k, need in lacking]
    squares = sum(v * v for v in values)
    jain = float(sum(values) ** 2 / (len(values) * squares)) if squares else 1.0
    return Fairness(
        sum(need for _, need in lacking),
        sum(met[k] for k, _ in lacking),
        min(values, default=Fraction(1)),
        jain,
    )
