"""Rounds of asking: schools take what they like at prices, shares follow wishes."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from scheduler.district.parts import Part
from scheduler.district.prices import Moment, bound, capacities, priced, stepped, uses
from scheduler.district.sharing.shares import Shares, share
from scheduler.model.problem import Problem
from scheduler.services.jobs.contract import Result

_FIRST_STEP = 8
"""The first price step, of the order of a wish; it is halved from round to round."""


@dataclass(frozen=True)
class Round:
    """One round: who lacked what, the bound of its prices, whether it helped.

    ``bound`` is a proven lower bound on the soft cost of all schools together;
    ``crowded`` how many moments were wanted by more than there is room for.
    """

    number: int
    lacking: tuple[str, ...]
    bound: int
    crowded: int
    better: bool


class Asking:
    """Prices from round to round, and the best bound so far."""

    def __init__(self, shares: Shares, seconds: float) -> None:
        self._seconds = seconds
        self._parts: dict[str, Part] = {p.key: p for p in shares.parts}
        self._held = capacities(shares)
        self._sharing = _sharing(shares)
        self._prices: dict[Moment, int] = {}
        self._step = _FIRST_STEP
        self._bound = self._crowded = 0

    @property
    def has_something_shared(self) -> bool:
        """Whether there is anything to ask for."""
        return bool(self._held)

    def problems(self, lacking: Collection[str]) -> dict[str, Problem]:
        """What parts may use in all, at the prices of now.

        Parameters:
            lacking: Of these parts, and of those that share something with them; where
                nobody lacks anything, of all.
        """
        asked = set(lacking or self._parts)
        for together in self._sharing:
            if not together.isdisjoint(lacking):
                asked |= together
        return {
            k: priced(p.problem, self._prices)
            for k, p in self._parts.items()
            if k in asked
        }

    def answered(self, results: Mapping[str, Result | None], shares: Shares) -> Shares:
        """New prices and other shares, nearer to what was used."""
        used: Counter[Moment] = Counter()
        liked: dict[str, set[Moment]] = {}
        bounds: list[int | None] = []
        for key, result in results.items():
            bounds.append(None if result is None else result.facts.get("bound"))
            if result is None or result.timetable is None:
                continue
            mine = uses(self._held, result.timetable)
            liked[key] = {m for m, n in mine.items() if n}
            used.update(mine)
        self._bound = max(self._bound, bound(bounds, self._prices, self._held))
        over = {m for m, n in used.items() if n > 2 * self._held[m]}
        self._crowded = len(over)
        self._prices = stepped(self._prices, used, self._held, self._step)
        self._step = max(1, self._step // 2)
        asked = {
            key: [(m.name, m.day, m.minute) for m in sorted(moments)]
            for key, moments in liked.items()
        }
        return share(shares.district, self._seconds, asked)

    def record(self, number: int, lacking: list[str], better: bool) -> Round:
        """The round that was just played."""
        return Round(number, tuple(lacking), self._bound, self._crowded, better)


def _sharing(shares: Shares) -> list[set[str]]:
    """Parts that share a contested venue, or a teacher."""
    at: dict[str, set[str]] = defaultdict(set)
    for need in shares.venues.needs:
        for agreement in need.part.problem.agreements:
            if agreement.venue_id in shares.contested:
                at[agreement.venue_id].add(need.part.key)
    return [*at.values(), *(set(t.parts) for t in shares.teachers)]
