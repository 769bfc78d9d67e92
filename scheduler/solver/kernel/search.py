"""A search over one compiled problem: timetables in, better timetables out."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scheduler.model.meeting import Meeting, Placement
from scheduler.model.timetable import Timetable
from scheduler.solver.kernel.anneal import anneal, construct, keep_best, restore
from scheduler.solver.kernel.arrays import (
    BEST,
    NODES,
    NOW,
    TRIED,
    Arrays,
    State,
    fresh_state,
)
from scheduler.solver.kernel.ejection import demands, fresh_chain
from scheduler.solver.kernel.filling import fill
from scheduler.solver.kernel.insertion import fresh_insertion, insert
from scheduler.solver.kernel.tally import begin, put
from scheduler.solver.lowering.layout import HARD, Ints
from scheduler.solver.lowering.making import Made, make_arrays
from scheduler.solver.options import Compiled
from scheduler.solver.reading import as_timetable

LONGEST_CHAIN = 10
"""Most lessons of one chain; longer ones are seldom worth their time."""
TIED_CHAIN = 30
"""The same where lessons take others along that must begin together."""
_CONSTRUCT_WEIGHT = 100.0
_CHAIN_SHARE, _CHAIN_LEAST = 0.1, 20
"""Lessons that an ejection chain may find places for: a share of all, or so many."""


@dataclass(frozen=True)
class Kernel:
    """A compiled problem in arrays; searches share it."""

    compiled: Compiled
    arrays: Arrays
    neighbours: tuple[Ints, Ints]
    """(first by lesson, lessons it may be in conflict with)."""
    typical_step: float
    """A usual difference of soft cost."""

    @staticmethod
    def of(compiled: Compiled, exact: bool = False) -> "Kernel":
        """Lower and pack; ``exact`` as in :class:`Lowered`."""
        return Kernel.made_of(compiled, make_arrays(compiled, exact))

    @staticmethod
    def made_of(compiled: Compiled, made: Made) -> "Kernel":
        """A kernel of what was lowered already."""
        arrays = Arrays(**made.arrays)
        return Kernel(compiled, arrays, made.neighbours, made.typical_step)

    @property
    def found(self) -> tuple[Arrays, tuple[Ints, Ints], float]:
        """All but the problem: a kernel of the same one can be made of it."""
        return self.arrays, self.neighbours, self.typical_step

    @cached_property
    def free(self) -> Ints:
        """Lessons that have a choice."""
        first = self.arrays.option_first
        sizes = (first[1:] - first[:-1])[self.arrays.lesson_group]
        return np.flatnonzero(sizes > 1).astype(np.int32)

    @cached_property
    def hardest_first(self) -> Ints:
        """All lessons, long ones and those with few options first."""
        first = self.arrays.option_first
        sizes = (first[1:] - first[:-1])[self.arrays.lesson_group]
        return np.lexsort((sizes, -self.arrays.lesson_length)).astype(np.int32)

    @cached_property
    def longest_chain(self) -> int:
        """Most lessons of one chain."""
        return TIED_CHAIN if len(self.arrays.tie_lesson) else LONGEST_CHAIN

    @cached_property
    def demand(self) -> Ints:
        """By lesson: hard cost of its missing from an empty timetable."""
        state = fresh_state(self.arrays, 0)
        begin(self.arrays, state)
        return demands(self.arrays, state)

    @cached_property
    def number_of(self) -> list[dict[Placement, int]]:
        """By group: the number of the option with a placement."""
        first = self.arrays.option_first
        return [
            {m.placement: int(first[g]) + k for k, m in enumerate(group.options)}
            for g, group in enumerate(self.compiled.groups)
        ]

    def options_of(self, timetable: Timetable) -> Ints:
        """A timetable as the option of every lesson, -1 where it has none."""
        pools, found = self.compiled.pools, []
        for g, group in enumerate(self.compiled.groups):
            for lesson in group.lessons:
                placement = timetable.placements.get(lesson.lesson_id)
                known = placement and pools.as_pooled(placement)
                found.append(self.number_of[g].get(known, -1) if known else -1)
        return np.array(found, np.int32)

    def timetable(self, options: Ints) -> Timetable | None:
        """A timetable from the options of all lessons; None as in reading.py."""
        taken: dict[str, list[Meeting]] = defaultdict(list)
        number = 0
        for g, group in enumerate(self.compiled.groups):
            first = int(self.arrays.option_first[g])
            for _ in group.lessons:
                if options[number] >= 0:
                    meeting = group.options[int(options[number]) - first]
                    taken[group.lessons[0].lesson_id].append(meeting)
                number += 1
        return as_timetable(self.compiled, taken)


class Search:
    """One line of search with a random seed of its own."""

    def __init__(self, kernel: Kernel, seed: int) -> None:
        self.kernel = kernel
        self.state: State = fresh_state(kernel.arrays, seed)
        self.state.cost[NOW] = begin(kernel.arrays, self.state)
        keep_best(self.state)
        lessons, options = len(self.state.option), len(kernel.arrays.option)
        self._troubled = np.zeros(lessons, np.int32)
        self.chain = fresh_chain(kernel.demand, kernel.neighbours)
        self._insertion = fresh_insertion(self.chain, kernel.hardest_first, options)

    def place(self, options: Ints) -> None:
        """Place unplaced lessons as told; -1 leaves one unplaced."""
        for lesson, option in enumerate(options.tolist()):
            if option >= 0:
                change = put(self.kernel.arrays, self.state, lesson, option)
                self.state.cost[NOW] += change
        keep_best(self.state)

    def insert(self, steps: int) -> None:
        """Place unplaced lessons, throwing out what is in their way."""
        insert(
            self.kernel.arrays,
            self.state,
            self._insertion,
            max(_CHAIN_LEAST, int(_CHAIN_SHARE * len(self.state.option))),
            steps,
        )

    def replace(self, options: Ints) -> None:
        """Place all lessons as told; -1 leaves one unplaced."""
        restore(self.kernel.arrays, self.state, options)

    @property
    def options(self) -> Ints:
        """Options of the timetable as it is."""
        return self.state.option.copy()

    @property
    def unplaced(self) -> int:
        """Lessons without a place that have an option."""
        first = self.kernel.arrays.option_first
        some = (first[1:] > first[:-1])[self.kernel.arrays.lesson_group]
        return int(np.count_nonzero((self.state.option < 0) & some))

    def start(self) -> None:
        """Place all unplaced lessons where they cost least.

        The result counts as the best where that one has lessons unplaced.
        """
        order = self.kernel.hardest_first
        construct(self.kernel.arrays, self.state, order, _CONSTRUCT_WEIGHT)
        partial = bool(((self.state.best < 0) & (self.state.option >= 0)).any())
        if partial or self.state.cost[NOW] < self.state.cost[BEST]:
            keep_best(self.state)

    def fill(self) -> None:
        """Place unplaced lessons while some can be without anything hard worse."""
        arrays, before = self.kernel.arrays, self.state.copy()
        while fill(arrays, self.state, before, self.kernel.hardest_first):
            pass

    def anneal(self, steps: int, hot: float, cold: float, weight: float) -> None:
        """Try so many moves; temperatures in units of soft cost."""
        if len(self.kernel.free):
            anneal(
                self.kernel.arrays,
                self.state,
                self.kernel.free,
                steps,
                hot,
                cold,
                weight,
                self.kernel.longest_chain,
                self._troubled,
            )

    def restart(self) -> None:
        """Go back to the best timetable."""
        self.replace(self.state.best)

    def go_to(self, options: Ints) -> None:
        """Take another search's timetable, which counts as the best where it is."""
        self.replace(options)
        if self.state.cost[NOW] < self.state.cost[BEST]:
            keep_best(self.state)

    @property
    def now(self) -> int:
        """Cost now as one number, in the kernel's unit."""
        return int(self.state.cost[NOW])

    @property
    def cost(self) -> tuple[int, int]:
        """(hard, soft) now, the hard part in the search's own unit."""
        return divmod(self.now, HARD)

    @property
    def best_cost(self) -> tuple[int, int]:
        """(hard, soft) of the best timetable."""
        return divmod(int(self.state.cost[BEST]), HARD)

    @property
    def tried(self) -> int:
        """Moves and insertions tried so far."""
        return int(self.state.tally[TRIED])

    @property
    def nodes(self) -> int:
        """Places that ejection chains have looked for so far."""
        return int(self.state.tally[NODES])

    @property
    def best(self) -> Ints:
        """Options of the best timetable."""
        return self.state.best.copy()
