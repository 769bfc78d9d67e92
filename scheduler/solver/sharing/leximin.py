"""Leximin: nobody can get more without somebody worse off getting less, level by level.

The greatest least value is found first, then the fewest claims that must be content
with it, then the greatest value the others can have, and so on. Which claims stay
behind is left open from level to level, so that the result is exact for things that
cannot be split. Source: Kurokawa, Procaccia, Shah, "Leximin allocations in the real
world" (EC 2015), with the counting of those who stay behind for whole numbers.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from fractions import Fraction
from time import monotonic

import pulp

from scheduler.solver.exact.highs import RunLimits, run
from scheduler.solver.exact.rows import ModelRows
from scheduler.solver.sharing.division import Claim, Divided, Division, Level
from scheduler.solver.sharing.pieces import joined, pieces_of
from scheduler.solver.status import Status

_MET_WORTH = 1_000_000
"""What one more met is worth against the charges, once all levels are settled."""
_LAST_GAP = 0.002
"""How near to the least charge the last run must come; fairness is settled then."""

_LEAST_SECONDS, _FIRST_SECONDS, _LAST_SECONDS = 0.1, 5.0, 2.0
"""What runs are given even where the time is over: any, the first, the last."""
_FOUND = (Status.OPTIMAL, Status.FEASIBLE)


def leximin(division: Division, seconds: float) -> Divided:
    """The fairest division, or the fairest found in time, which then is not proven."""
    end, pieces = monotonic() + seconds, pieces_of(division)
    found = []
    for done, piece in enumerate(pieces):
        now = monotonic()
        each = (end - now) / (len(pieces) - done)
        found.append(_Run(piece.division, now + each).solve())
    return joined(division, pieces, found)


def in_turn(division: Division, seconds: float) -> tuple[int, ...]:
    """What claims get where each in turn takes all it can: first come, first served.

    Raises:
        ValueError: what must be given contradicts the limits.
    """
    end, taken = monotonic() + seconds, [0] * len(division.claims)
    for piece in pieces_of(division):
        found = _Run(piece.division, end).in_turn()
        for claim, met in zip(piece.claims, found, strict=True):
            taken[claim] = met
    return tuple(taken)


@dataclass(frozen=True, slots=True)
class _Stage:
    """A settled level: its value, who can be just there, how many rise above it."""

    value: Fraction
    tied: tuple[int, ...]
    risen: int


@dataclass
class _Model:
    """The rows of a division with the settled levels."""

    rows: ModelRows
    choices: list[pulp.LpVariable]
    met: list[pulp.LpVariable]
    rises: list[dict[int, pulp.LpVariable]] = field(default_factory=list)
    """For each level, whether a tied claim is above it, by claim."""

    def last_rise(self, claim: int) -> pulp.LpVariable | None:
        """Whether it is above the last level it was tied at; None: surely."""
        found = (rise[claim] for rise in reversed(self.rises) if claim in rise)
        return next(found, None)


class _Run:
    """One division while it is settled."""

    def __init__(self, division: Division, end: float) -> None:
        self._division, self._end = division, end
        self._claims = division.claims
        self._stages: list[_Stage] = []
        self._levels: list[Level] = []
        self._amounts = (0,) * len(division.most)
        self._met = (0,) * len(division.claims)

    def solve(self) -> Divided:
        """Settle all levels, then take the cheapest of the divisions left."""
        self._must_solve(self._model())
        left = len(self._claims)
        while left:
            value, excluded, sure = self._highest()
            stuck, counted = self._fewest(value)
            self._levels.append(Level(value, stuck, excluded, sure and counted))
            left -= stuck
            if monotonic() > self._end:
                break
        self._cheapest()
        return Divided(self._amounts, self._met, tuple(self._levels))

    def in_turn(self) -> tuple[int, ...]:
        """All claims one after the other; what those before took is theirs."""
        taken: list[int] = []
        for _ in self._claims:
            model = self._model()
            for met, kept in zip(model.met, taken, strict=False):
                model.rows.at_least("taken", {met: 1}, kept)
            model.rows.charge(model.met[len(taken)], -1)
            self._must_solve(model)
            taken.append(self._met[len(taken)])
        return tuple(taken)

    def _highest(self) -> tuple[Fraction, Fraction | None, bool]:
        """The greatest value of all who are above the levels so far; what is next."""
        values = self._values()
        low = max(0, bisect_right(values, self._least_value()) - 1)
        high, sure = len(values), True
        while high - low > 1 and monotonic() < self._end:
            tried = (low + high) // 2
            status = self._reached(values[tried])
            if status is Status.UNKNOWN:
                break
            if status is Status.INFEASIBLE:
                high = tried
            else:
                low = max(tried, bisect_right(values, self._least_value()) - 1)
        sure = high - low == 1
        return values[low], values[high] if high < len(values) else None, sure

    def _values(self) -> list[Fraction]:
        """Values above the last level that somebody can have, in order."""
        above = self._stages[-1].value if self._stages else Fraction(-1)
        found = {
            claim.value(n) for claim in self._claims for n in range(claim.need + 1)
        }
        return sorted(v for v in found if v > above)

    def _least_value(self) -> Fraction:
        """The least value above the levels so far in the division found last."""
        above = self._stages[-1].value if self._stages else Fraction(-1)
        values = (c.value(m) for c, m in zip(self._claims, self._met, strict=True))
        return min((v for v in values if v > above), default=above)

    def _reached(self, value: Fraction) -> Status:
        """Whether all who are above the levels so far can have a value at once."""
        model = self._model()
        if not self._demand(model, value):
            return Status.INFEASIBLE
        return self._solve(model)

    def _fewest(self, value: Fraction) -> tuple[int, bool]:
        """The fewest claims that have just this value, and whether it is proven."""
        tied = tuple(k for k, c in enumerate(self._claims) if c.can_be(value))
        model = self._model()
        self._demand(model, value)
        self._stages.append(_Stage(value, tied, 0))
        before = [model.last_rise(k) for k in tied]
        rises = self._add_rises(model, self._stages[-1])
        for rise, was in zip(rises.values(), before, strict=True):
            model.rows.charge(rise, -1)
            if was is not None:
                model.rows.charge(was, 1)
        status = self._solve(model)
        risen = round(sum(v.varValue or 0 for v in rises.values()))
        there = round(sum(1 if w is None else (w.varValue or 0) for w in before))
        self._stages[-1] = _Stage(value, tied, risen - there)
        return there - risen, status is Status.OPTIMAL

    def _cheapest(self) -> None:
        """Of all divisions as fair, one that meets most and is charged least."""
        model = self._model()
        top = self._stages[-1].value if self._stages else Fraction(0)
        self._demand(model, top, strictly=False)
        for met in model.met:
            model.rows.charge(met, -_MET_WORTH)
        for number, charge in self._division.charges.items():
            model.rows.charge(model.choices[number], charge)
        self._solve(model, _LAST_SECONDS, _LAST_GAP)

    def _model(self) -> _Model:
        """Choices, their limits, what is met, and the levels settled."""
        rows = ModelRows("division")
        choices = [
            rows.variable(f"x{k}", most, whole=True)
            for k, most in enumerate(self._division.most)
        ]
        for row in self._division.rows:
            terms = {choices[k]: times for k, times in row.terms.items()}
            if row.most is not None:
                rows.at_most("limit", terms, row.most)
            if row.least is not None:
                rows.at_least("promise", terms, row.least)
        met = []
        for k, claim in enumerate(self._claims):
            variable = rows.variable(f"met{k}", claim.need, whole=True)
            given = dict.fromkeys((choices[p] for p in claim.parts), 1)
            rows.at_least("met", {**given, variable: -1}, 0)
            met.append(variable)
        model = _Model(rows, choices, met)
        for stage in self._stages:
            self._demand(model, stage.value)
            before = [model.last_rise(k) for k in stage.tied]
            rises = self._add_rises(model, stage)
            terms = dict.fromkeys(rises.values(), 1)
            terms |= {w: -1 for w in before if w is not None}
            known = sum(w is None for w in before)
            rows.at_least("risen", terms, stage.risen + known)
        return model

    def _add_rises(self, model: _Model, stage: _Stage) -> dict[int, pulp.LpVariable]:
        """A binary for each tied claim: it is above the level, and was above those
        before."""
        rises: dict[int, pulp.LpVariable] = {}
        for k in stage.tied:
            rise = model.rows.variable(f"rise{len(model.rises)}_{k}", 1, whole=True)
            was, at = model.last_rise(k), self._claims[k].least(stage.value)
            if was is not None:
                model.rows.at_most("before", {rise: 1, was: -1}, 0)
            # Of a claim that has all it needs there is nothing above.
            model.rows.at_least("above", {model.met[k]: 1, rise: -(at + 1)}, 0)
            rises[k] = rise
        model.rises.append(rises)
        return rises

    def _demand(self, model: _Model, value: Fraction, *, strictly: bool = True) -> bool:
        """All above the levels so far have at least a value; False where they cannot.

        Parameters:
            strictly: Also who was never at a level.
        """
        for k, claim in enumerate(self._claims):
            rise, least = model.last_rise(k), claim.least(value)
            if rise is not None:
                model.rows.at_least("level", {model.met[k]: 1, rise: -least}, 0)
            elif least > claim.need:
                if strictly:
                    return False
            else:
                model.rows.at_least("level", {model.met[k]: 1}, least)
        return True

    def _solve(
        self, model: _Model, at_least: float = _LEAST_SECONDS, gap: float = 0.0
    ) -> Status:
        """Solve, and keep what was found as the division so far."""
        left = max(at_least, self._end - monotonic())
        limits = RunLimits(left, gap=gap, threads=1)
        status = run(model.rows.finish(), limits).status
        if status in _FOUND:
            self._amounts = tuple(round(v.varValue or 0) for v in model.choices)
            self._met = tuple(_given(c, self._amounts) for c in self._claims)
        return status

    def _must_solve(self, model: _Model) -> None:
        if self._solve(model, _FIRST_SECONDS) not in _FOUND:
            raise ValueError("what must be given contradicts the limits")


def _given(claim: Claim, amounts: tuple[int, ...]) -> int:
    """What a claim is given of its need."""
    return min(claim.need, sum(amounts[p] for p in claim.parts))
