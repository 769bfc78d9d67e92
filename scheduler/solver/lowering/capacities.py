"""Capacities as counters: they share nothing with other terms but the options."""

from math import gcd

from scheduler.constraints.primitives import Capacity
from scheduler.solver.lowering.columns import Column, Counters, Groups
from scheduler.solver.lowering.crowds import Crowds
from scheduler.solver.lowering.layout import BREACH, HARD
from scheduler.solver.options import Compiled, Posted

_CLASH_MINUTES = 40


class Capacities:
    """The capacities of a compiled problem; parameters as of ``Lowered``."""

    def __init__(self, compiled: Compiled, exact: bool = False) -> None:
        self._compiled, self._exact = compiled, exact
        self.groups = Groups(compiled)
        self.counters = Counters()
        self._crowds = Crowds(self.groups)
        for number, posted in enumerate(compiled.terms):
            if isinstance(posted.term, Capacity):
                self.counters.term = number
                self._post(posted, posted.term)

    def _post(self, posted: Posted, term: Capacity) -> None:
        limit = self._compiled.limit(posted)
        for crowd, minutes, weeks in self._crowds.of(term):
            self._cap(posted, crowd, limit, weeks * self._minutes(posted, minutes))

    def _minutes(self, posted: Posted, minutes: int) -> int:
        """Cost of one too many for so many minutes."""
        if not posted.hard:
            return posted.rule.weight * minutes
        guide = max(1, BREACH * minutes // _CLASH_MINUTES)
        return HARD * (posted.rule.weight * minutes if self._exact else guide)

    def _cap(self, posted: Posted, column: Column, limit: int, scale: int) -> None:
        # Where only lessons of whole classes meet, each takes as much as the class has.
        share = gcd(*{part.values[0] for part in column})
        shared = column if share == 1 else self._divided(column, share)
        guided = posted.hard and not self._exact and limit % share == 0
        unit, most = (1, limit // share) if guided else (share, limit)
        number = self.counters.charge(shared, *_excess(unit, most), scale)
        if number is not None and posted.hard and limit // share == 1:
            ones = all(part.values[0] == 1 for part in shared)
            self.counters.found[number].unit |= ones

    def _divided(self, column: Column, by: int) -> Column:
        """A column of values that a number divides, divided by it."""
        return tuple(
            self.groups.part(p.group, p.options, tuple(v // by for v in p.values))
            for p in column
        )


def _excess(unit: int, limit: int) -> tuple[tuple[int, ...], int]:
    """What n units exceed a limit by: a convex table, and where it begins."""
    most = limit // unit
    return (0, 0, unit * (most + 1) - limit, unit * (most + 2) - limit), most - 1
