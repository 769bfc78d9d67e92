"""A division: what may be given in whole numbers, its limits, and who claims what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Row:
    """A sum of choices, each times a whole number, between two bounds."""

    terms: Mapping[int, int]
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody who lacks ``need`` and is given the sum of some choices.

    What goes beyond the need does not count. A ``priority`` of 2 makes half as much
    of the need count as all of it would for others.
    """

    name: str
    parts: tuple[int, ...]
    need: int
    priority: int = 1

    def value(self, met: int) -> Fraction:
        """The share of the need that is met, over the priority."""
        return Fraction(min(met, self.need), self.need * self.priority)

    def least(self, value: Fraction) -> int:
        """The least that must be met for this value."""
        return -int(-value * self.need * self.priority // 1)

    def can_be(self, value: Fraction) -> bool:
        """Whether some whole number met has just this value."""
        times = value * self.need * self.priority
        return times.denominator == 1 and times <= self.need


@dataclass(frozen=True, slots=True)
class Division:
    """What is to be divided.

    ``most`` are upper bounds of the choices, from 0. ``charges`` decide between
    divisions that are equally fair: the least sum is taken.
    """

    most: Sequence[int]
    rows: Sequence[Row]
    claims: Sequence[Claim]
    charges: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a leximin division, and what was proven of it.

    ``value`` is the greatest that everybody above the levels before can have at once;
    ``stuck`` is the least number of claims that then have no more than it.
    ``excluded`` is the next value, which was shown to be out of reach (None: there is
    none). ``proven`` says whether both were shown in time.
    """

    value: Fraction
    stuck: int
    excluded: Fraction | None
    proven: bool


@dataclass(frozen=True, slots=True)
class Divided:
    """A division found: an amount for every choice, what each claim is given."""

    amounts: tuple[int, ...]
    met: tuple[int, ...]
    levels: tuple[Level, ...]

    @property
    def proven(self) -> bool:
        """Whether no division is fairer: every claim is at a level that is proven."""
        settled = sum(level.stuck for level in self.levels)
        return settled == len(self.met) and all(x.proven for x in self.levels)
