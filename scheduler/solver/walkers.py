"""Walkers: lines of search that cool together, and go on from whoever is further.

Each is lost now and then where others are not; at every meeting a line that is behind
takes the timetable of the best one. Two lines so come as far as one of twice as many
moves. Source: Aldous and Vazirani, "Go with the winners algorithms", 1994.
"""

from dataclasses import dataclass, field
from threading import Lock

from scheduler.solver.lowering.layout import Ints

_NO_COLDER = 0.95
"""Share of its own heat that a line asks of another: a colder one is further only
because it has stopped to look around."""


@dataclass(frozen=True, slots=True)
class Walker:
    """Where a line of search is: its cost now, in the kernel's unit, its temperature in
    typical steps, and the option of every lesson."""

    cost: int
    heat: float
    options: Ints


@dataclass
class Company:
    """The lines that cool together, each where it was last met."""

    _walkers: dict[int, Walker] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def meet(self, line: int, walker: Walker) -> Walker | None:
        """Tell where a line is; another one that is further, if there is one."""
        with self._lock:
            self._walkers[line] = walker
            others = [w for other, w in self._walkers.items() if other != line]
        best = min(
            (w for w in others if w.heat >= _NO_COLDER * walker.heat),
            key=lambda w: w.cost,
            default=walker,
        )
        return best if best.cost < walker.cost else None

    def leader(self) -> Walker | None:
        """The one that is furthest, if there is any."""
        with self._lock:
            return min(self._walkers.values(), key=lambda w: w.cost, default=None)
