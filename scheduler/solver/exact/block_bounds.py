"""Ever better bounds from a model in blocks: relaxed, then solved exactly.

First without prices, which is quick; then, where the relaxation of the whole is known,
at its multipliers: every block adds what whole numbers cost more than fractions do.
What the blocks choose is kept: put together it is near the best timetables, but for
the classes, which may be in two places.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from time import thread_time
from typing import Any

import highspy
import numpy as np

from scheduler.solver.exact.block_proof import BlockProof
from scheduler.solver.exact.blocks import Cut, Floats, least
from scheduler.solver.exact.departments import departments
from scheduler.solver.exact.exact_model import ExactModel
from scheduler.solver.exact.prices import Priced, rounded
from scheduler.solver.exact.relaxation import Relaxation
from scheduler.solver.exact.solved_blocks import Cost, least_cost, priced_cost

_LEAST_SECONDS = 0.1
_LARGE = 5000
"""Columns of a department that is solved day by day where it has a price."""
_DEAR = 0.05
"""Share of all departments' costs from which one's days come first."""
_FIRST, _LONGER = 4.0, 4.0
"""Processor's seconds for a block at first, and how many times as many in each later
round."""
_BRIEF = 1.5
"""The same for blocks that seldom gain."""
_DEPARTMENT = 12.0
"""The same at first for a department without prices: a week of it."""
_PATIENCE = 3.0
"""Processor's seconds of such blocks without any gain."""


@dataclass
class _Waiting:
    """Blocks that are not closed yet, and seconds for each of them next time."""

    blocks: list[int]
    seconds: float = _FIRST
    fruitless: bool = True
    """Whether those are solved again that have gained nothing."""
    patience: float = math.inf
    """The processor's seconds without any gain after which no more are solved."""


class BlockBounds:
    """A model in blocks, bounded while there is time.

    Parameters:
        left: Seconds that remain, asked before each block.
        stop: Whether to stop, asked often.
    """

    def __init__(
        self,
        model: ExactModel,
        lp: highspy.HighsLp,
        left: Callable[[], float],
        stop: Callable[[], bool],
    ) -> None:
        self._lp, self._left, self._stop = lp, left, stop
        self._choices = model.choices
        self._number = {v.name: k for k, v in enumerate(model.rows.columns)}
        self.proofs: list[BlockProof] = []
        self._cut = Cut.of(lp, self._labels())
        self._departments: _Waiting | None = None
        self.chosen = np.zeros(lp.num_col_)
        """By column: its value in what its block chose last."""

    def _labels(self, by_day: frozenset[int] = frozenset()) -> Any:
        return departments(self._choices, self._number, by_day)

    @property
    def several(self) -> bool:
        """Whether the model falls apart at all."""
        return len(self._cut.blocks) > 1

    def relaxed(self) -> Iterator[float]:
        """The bound of all departments relaxed, without prices; none if too late."""
        priced = Priced.free(self._cut)
        proof = BlockProof(priced, {})
        for block in self._cut.blocks:
            if self._over():
                return
            part = priced.model(block)
            relaxation = Relaxation(part)
            duals = relaxation.multipliers_of_part(self._left())
            duals = None if duals is None else rounded(duals)
            known = -math.inf if duals is None else relaxation.bound_by(duals)
            proof.worth[block] = max(least(part), known)
            if duals is not None and known >= proof.worth[block]:
                proof.multipliers[block] = duals
        self.proofs.append(proof)
        yield from _finite(proof.total)

    def exact(self, once: bool = False) -> Iterator[float]:
        """Departments exactly, without prices, those that cost most first.

        Parameters:
            once: One round only; the next call goes on with those that are still open.
        """
        if not self.proofs:
            return
        worth = self.proofs[0].worth
        if self._departments is None:
            order = sorted(worth, key=lambda b: -round(worth[b]))
            self._departments = _Waiting(order, _DEPARTMENT)
        yield from self._solve(self._departments, once, self.proofs[0], least_cost)

    @property
    def are_closed(self) -> bool:
        """Whether all departments are solved to their end without prices."""
        return self._departments is not None and not self._departments.blocks

    @property
    def have_days(self) -> bool:
        """Whether large departments fall into days at the prices taken."""
        return self.proofs[-1].priced.cut is not self._cut

    @property
    def best(self) -> BlockProof | None:
        """What proves most."""
        known = (p for p in self.proofs if math.isfinite(p.total))
        return max(known, key=lambda p: p.total, default=None)

    def take_prices(self, multipliers: Floats) -> Iterator[float]:
        """Bound by the multipliers of the whole; what follows is at these prices."""
        sizes = Counter(self._cut.columns.tolist())
        large = frozenset(b for b in self._cut.blocks if sizes[b] > _LARGE)
        cut = self._cut
        if large:
            cut = Cut.of(self._lp, self._labels(large), self._cut.rows)
        proof = BlockProof.of(Priced.of(cut, multipliers), multipliers)
        self.proofs.append(proof)
        yield from _finite(proof.total)

    def take_own_prices(self) -> Iterator[float]:
        """The same by the multipliers of the departments relaxed, each by itself.

        Departments are no dearer then, but large ones fall into days.
        """
        own = np.zeros(len(self._cut.kept))
        for block, duals in self.proofs[0].multipliers.items():
            own[self._cut.kept == block] = duals
        yield from self.take_prices(own)

    def dear_days(self) -> Iterator[float]:
        """The days that gain most at the prices taken, each once, closed or not."""
        yield from self._solve(self._dear_days(), once=True)

    def at_prices(self, briefly: bool = False) -> Iterator[float]:
        """Blocks exactly at the prices taken, until all are closed.

        Parameters:
            briefly: Without what has hardly ever gained anything: days of departments
                that cost little, weeks that take long, and further rounds of days
                that gained nothing in the last.
        """
        dear = self._dear_days()
        cut = self.proofs[-1].priced.cut
        rest = sorted(set(cut.blocks) - set(dear.blocks), key=cut.blocks.index)
        rest.sort(key=self._is_day)
        if briefly:
            weeks = [b for b in rest if not self._is_day(b)]
            yield from self._solve(dear, once=True)
            some = _Waiting(weeks, _BRIEF, patience=_PATIENCE)
            yield from self._solve(some, once=True)
            yield from self._solve(replace(dear, fruitless=False))
        else:
            yield from self._solve(_Waiting(dear.blocks + rest))

    def _dear_days(self) -> "_Waiting":
        cut = self.proofs[-1].priced.cut
        return _Waiting([b for b in cut.blocks if self._is_dear_day(cut, b)])

    def _is_day(self, block: int) -> bool:
        """Whether a block is a day of a department, not its week."""
        return block > int(self._cut.columns.max())

    def _is_dear_day(self, cut: Cut, block: int) -> bool:
        """Whether a block is a day of a department that bears much of the cost.

        Those gain most; days of other large departments have gained nothing yet.
        """
        if not self._is_day(block):
            return False
        worth = self.proofs[0].worth
        department = int(self._cut.columns[cut.columns == block].max())
        return worth.get(department, 0.0) >= _DEAR * sum(worth.values())

    def _solve(
        self,
        waiting: "_Waiting",
        once: bool = False,
        proof: BlockProof | None = None,
        least: Cost | None = None,
    ) -> Iterator[float]:
        """Blocks that are still open, each round with more time for each of them."""
        proof, least = proof or self.proofs[-1], least or priced_cost
        gained_at = thread_time()
        while waiting.blocks:
            for block in tuple(waiting.blocks):
                if self._over() or thread_time() - gained_at > waiting.patience:
                    return
                part = proof.priced.model(block)
                charged = proof.reduce_costs(block, part)
                seconds = min(waiting.seconds, self._left())
                found = least(part, seconds, self._stop).above(charged)
                gained = proof.improve(block, found.bound)
                if gained:
                    gained_at = thread_time()
                if found.values is not None:
                    self.chosen[proof.priced.cut.columns == block] = found.values
                if found.closed or not (gained or waiting.fruitless):
                    waiting.blocks.remove(block)
                yield from _finite(proof.total)
            waiting.seconds *= _LONGER
            if once:
                return

    def _over(self) -> bool:
        return self._stop() or self._left() < _LEAST_SECONDS


def _finite(bound: float) -> Iterator[float]:
    """The bound, if it is one."""
    if math.isfinite(bound):
        yield bound
