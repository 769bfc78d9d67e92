"""One line of search: rounds of annealing from a seed of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat
from time import monotonic

import numpy as np

from scheduler.model.timetable import Timetable
from scheduler.solver.incumbent import Incumbent
from scheduler.solver.kernel.search import Kernel, Search
from scheduler.solver.lowering.layout import Ints
from scheduler.solver.walkers import Walker

HOT, COLD = 1.0, 0.12
"""Temperatures at which a round begins and ends, in typical steps of soft cost."""
REHEATED = 0.4
"""Share of the first heat with which later rounds begin, from the best so far."""
WARM = 0.25
"""The same for a start that is near the best but for some conflicts."""
HARD_WEIGHT = 0.5
"""What a unit of hard cost weighs then, in typical steps of soft cost."""
FAR_HOT, FAR_COLD = 5.0, 1.0
"""Temperatures while there is no timetable yet, in units of hard cost."""
FAR_HOTTER = 4.0
"""Every second round then is so many times hotter: some schools are solved at the one
heat, not at the other. Lines that begin otherwise have them the other way round."""
FAR_WEIGHT = 4.0
"""What a unit of hard cost weighs then: soft cost is little more than a tie-break."""
_INSERT_STEPS = 50
"""Insertions between two looks at the clock."""
_FIRST_SHARE, _FIRST_LEAST, _FIRST_MOST = 0.1, 1.0, 4.0
"""A short first round gives a first timetable: share of the time, and the least and
most seconds; the first insertion has the least."""
_LONGER = 1.6
"""How much longer the next round is after one that found no timetable."""
_ROUND_SECONDS = 300.0
_SMALL, _SMALL_SECONDS, _SMALL_MOVES = 1000, 10.0, 5_000_000
"""Lessons of a small school, and the length of its rounds. Where a line begins decides
what it reaches there, however hot or long a round is: several beginnings find more."""
_SOON = 0.05
"""Share of all time in which a line must find a timetable to begin so again."""
_APART = 104729
"""Between seeds of a line's beginnings."""
_MEETINGS = 25
"""How often lines of search meet in a round."""
_CHUNK_SECONDS = 0.05
_MOST = 1_000_000
_CHUNK = 20_000
"""Moves between two looks at the clock; always so many where moves are counted."""


def is_small(lessons: int) -> bool:
    """Whether lines of search begin anew rather than cool slowly."""
    return lessons < _SMALL


@dataclass(frozen=True)
class Round:
    """Part of the time, its temperatures and a hard unit's weight, in typical steps."""

    share: float
    hot: float
    cold: float
    weight: float = HARD_WEIGHT


class Annealer:
    """Anneals until the incumbent says that it is done.

    Parameters:
        insert_first: Look for a first timetable by inserting; otherwise all lessons are
            placed and annealed before anything is inserted.
    """

    def __init__(
        self, kernel: Kernel, incumbent: Incumbent, seed: int, insert_first: bool = True
    ) -> None:
        self._kernel, self._incumbent = kernel, incumbent
        self._insert_first = insert_first
        self._seed, self._before = seed, (0, 0)
        self._anew, self._met = False, 0
        self._search = Search(kernel, seed)
        self._step = kernel.typical_step
        self._chunk = _CHUNK // 4
        self._offered: int | None = None
        self._partial = self._search.options
        self._nearest = self._search.best_cost, self._search.best

    def run(self, start: Ints | None = None, heat: float = HOT) -> None:
        """Search until done; new best timetables are offered on the way.

        Parameters:
            heat: Temperature at which the first round begins.
        """
        if start is not None:
            self._search.place(start)
        began = self._used()
        self._find_first()
        small = is_small(len(self._kernel.arrays.lesson_group))
        self._anew = small and self._used() - began <= _SOON
        self._go_on(heat)

    def join(self, other: Walker) -> None:
        """Search until done beside another line, from where that one is."""
        self._search.place(other.options)
        self._go_on(other.heat)

    def _go_on(self, heat: float) -> None:
        for number, part in enumerate(self._rounds(heat)):
            if self._over:
                return
            if number and self._anew:
                self._begin_anew()
            self._anneal(part)
            self._search.restart()

    def leads_from(self, start: Ints, seconds: float) -> bool:
        """Anneal for a while from what is near the best but for conflicts.

        These are left to annealing: making room for lessons first would cost more than
        is to be gained.

        Returns:
            Whether that has led to a timetable as good as the best known.
        """
        self._search.place(start)
        self._search.start()
        self._offer()
        share = seconds / self._incumbent.seconds
        self._anneal(Round(share, WARM, COLD), whole=True)
        self._search.restart()
        (hard, soft), known = self._search.best_cost, self._incumbent.soft
        return not hard and (known is None or soft <= known)

    @property
    def _over(self) -> bool:
        return self._incumbent.done() or not len(self._kernel.free)

    def _begin_anew(self) -> None:
        self._before = self._tried, self.spent - self._tried
        self._seed += _APART
        self._search = Search(self._kernel, self._seed)
        self._find_first()

    def _find_first(self) -> None:
        """Insert and anneal by turns until there is a timetable.

        Insertion goes on with the timetable that it had; annealing begins with that
        one, all the rest placed.
        """
        for number, (inserted, share) in enumerate(self._first_shares()):
            if number:
                self._search.replace(self._partial)
            if number or self._insert_first:
                self._insert(inserted)
            self._partial = self._search.options
            if not number:
                self._search.restart()
            self._search.start()
            self._offer()
            if self._over or not self._search.best_cost[0]:
                return
            hotter = number % 2 == self._insert_first
            heat = FAR_WEIGHT * (FAR_HOTTER if hotter else 1.0)
            self._anneal(Round(share, FAR_HOT * heat, FAR_COLD * heat, FAR_WEIGHT))
            self._search.restart()

    def _insert(self, share: float) -> None:
        """Insert and throw out until all are placed or a share of the time is over."""
        until = self._used() + share
        while self._search.best_cost[0] and not self._incumbent.done():
            self._search.insert(_INSERT_STEPS)
            self._stop_after_iterations()
            if self._used() > until:
                break
        found = self._search.best_cost, self._search.best
        self._nearest = min(self._nearest, found, key=lambda x: x[0])

    @property
    def best_cost(self) -> tuple[int, int]:
        """(hard, soft) of the best timetable, the hard part in the search's unit."""
        return min(self._search.best_cost, self._nearest[0])

    @property
    def spent(self) -> int:
        """Moves tried and places that chains looked for: ``iterations`` bound both."""
        return self._tried + self._before[1] + self._search.nodes

    @property
    def _tried(self) -> int:
        return self._before[0] + self._search.tried

    def timetables(self) -> tuple[Timetable | None, ...]:
        """The best timetables, conflicts included, of annealing and of inserting, where
        less is missing, but a gap that the missing would fill is a conflict, too."""
        one, other = self._search.best, self._nearest[1]
        found = [one] if (one == other).all() else [one, other]
        return tuple(map(self._kernel.timetable, found))

    def _first_shares(self) -> Iterator[tuple[float, float]]:
        """For rounds with no timetable yet: shares for inserting and for annealing."""
        known = self._incumbent
        # Where moves are counted the clock must not decide how hot it is when.
        usual = _FIRST_MOST / _FIRST_SHARE
        seconds = max(1e-3, known.left if self._by_clock else usual)
        least = _FIRST_LEAST / seconds
        share = min(max(_FIRST_SHARE, least), _FIRST_MOST / seconds, 0.5)
        yield min(share, least), share
        while True:
            share = min(_LONGER * share, 1.0)
            yield share, share

    def _rounds(self, heat: float) -> Iterator[Round]:
        """Rounds of the time that is left, without end.

        One long slow round is worth more than several short ones, small schools aside.
        Long ones end at the same times for all lines, whenever these have begun.
        """
        limits, all_rounds = self._incumbent.limits, 1.0
        if limits.iterations is None:
            seconds = _SMALL_SECONDS if self._anew else _ROUND_SECONDS
            all_rounds = limits.seconds / seconds
        elif self._anew:
            all_rounds = limits.iterations / _SMALL_MOVES
        used = self._used()
        if self._anew:
            rest = max(1e-3, 1.0 - used)
            first = share = rest / max(1, round(rest * all_rounds))
        else:
            share = 1.0 / max(1, round(all_rounds))
            first = max(1e-3, share - used % share)
        yield Round(first, heat, COLD)
        again = HOT if self._anew else REHEATED * HOT
        yield from repeat(Round(share, again, COLD))

    def _anneal(self, part: Round, whole: bool = False) -> None:
        """One round, chunk by chunk; over as soon as there is a first timetable, unless
        it is to be a whole one."""
        begin, far = self._used(), self._search.best_cost[0] > 0 and not whole
        self._met = -1
        while not self._incumbent.done():
            done = (self._used() - begin) / part.share
            if done >= 1.0 or (far and not self._search.best_cost[0]):
                return
            heat = part.hot * (part.cold / part.hot) ** done * self._step
            at = monotonic()
            self._search.anneal(self._chunk, heat, heat, part.weight * self._step)
            self._offer()
            if not far and not whole:
                self._meet(heat / self._step, int(_MEETINGS * done))
            self._pace(monotonic() - at)

    def _meet(self, heat: float, number: int) -> None:
        """Go on from another line where that is further.

        Not where lines begin anew, each at its own times, nor where moves are counted,
        for then the clock must not decide.
        """
        if number > self._met and not self._anew and self._by_clock:
            self._met = number
            here = Walker(self._search.now, heat, self._search.options)
            other = self._incumbent.meet(id(self), here)
            if other is not None:
                self._search.go_to(other.options)

    @property
    def _by_clock(self) -> bool:
        return self._incumbent.limits.iterations is None

    def _used(self) -> float:
        """Share of the time or of the moves that is used up."""
        most = self._incumbent.limits.iterations
        if most is None:
            return self._incumbent.elapsed / self._incumbent.seconds
        return self.spent / max(1, most)

    def _pace(self, seconds: float) -> None:
        """Chunks as long as the clock may be left alone."""
        if self._by_clock:
            wanted = self._chunk * _CHUNK_SECONDS / max(seconds, 1e-4)
            self._chunk = int(min(4 * self._chunk, max(500, wanted), _MOST))
        self._stop_after_iterations()

    def _stop_after_iterations(self) -> None:
        most = self._incumbent.limits.iterations
        if most is not None and self.spent >= most:
            self._incumbent.stopped = True

    def _offer(self) -> None:
        """Tell of what the search has found."""
        (hard, soft), incumbent = self._search.best_cost, self._incumbent
        incumbent.count_moves(id(self), self._tried)
        if hard:
            incumbent.note_hard(hard)
        elif self._offered is None or soft < self._offered:
            self._offered = soft
            options: Ints = np.array(self._search.best)
            incumbent.offer(soft, lambda: self._kernel.timetable(options))
