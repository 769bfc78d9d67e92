"""Ever better bounds from a model in blocks: relaxed, then solved exactly.

First without prices, which is quick; then, where the relaxation of the whole is known,
at its multipliers: every block adds what whole numbers cost more than fractions do.
What the blocks choose is kept: put together it is near the best timetables, but for
the classes, which may be in two places.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from time import thread_time
from typing import Any

import highspy
import numpy as np

from scheduler.solver.certificates.certificate import Certificate
from scheduler.solver.exact.blocks import LOOSE, Cut, Floats, Ints, least
from scheduler.solver.exact.departments import departments
from scheduler.solver.exact.exact_model import ExactModel
from scheduler.solver.exact.handing_over import new_highs
from scheduler.solver.exact.prices import FINENESS, Priced, rounded
from scheduler.solver.exact.relaxation import Relaxation
from scheduler.solver.exact.whole_costs import slack, whole_bound

_LEAST_SECONDS = 0.1
_LARGE = 5000
"""Columns of a department that is solved day by day where it has a price."""
_DEAR = 0.05
"""Share of all departments' costs from which one's days come first."""
_FIRST, _LONGER = 4.0, 4.0
"""Processor's seconds for a block at first, and how many times as many in each later
round."""
_DEPARTMENT = 12.0
"""The same at first for a department without prices: a week of it."""
_WALL = 4.0
"""Seconds by the clock for each of them at the most."""
_ABSOLUTE_GAP, _CLOSED = 0.3, 0.999
"""What may be left of a block that is closed: at prices, and where costs are whole."""
_ROUNDING = 1e-9
_OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "mip_rel_gap": 0.0,
    "mip_lp_solver": "ipx",
}


@dataclass
class BlockProof:
    """What is proven of each block, and how."""

    priced: Priced
    worth: dict[int, float]
    """By block: a bound on its cost at these prices."""
    multipliers: dict[int, Floats] = field(default_factory=dict)
    """Of the rows of blocks whose bound follows from them."""
    solved: set[int] = field(default_factory=set)
    """Blocks whose bound HiGHS proved in whole numbers."""

    @property
    def total(self) -> float:
        """The bound on the whole, less what adding up may be off by."""
        base = self.priced.base
        off = _ROUNDING * (abs(base) + sum(map(abs, self.worth.values())))
        return base + math.fsum(self.worth.values()) - off

    def certificate(self, bound: int, unit: int, model: str) -> Certificate:
        """What the bound rests on."""
        kept, columns = self.priced.cut.kept, self.priced.cut.columns
        ends = np.flatnonzero(np.diff(columns, append=LOOSE - 1)) + 1
        sizes = np.diff(ends, prepend=0)
        return Certificate(
            bound=bound,
            unit=unit,
            model=model,
            fineness=FINENESS,
            columns=tuple(zip(columns[ends - 1].tolist(), sizes.tolist(), strict=True)),
            prices=_sparse(self.priced.prices, np.arange(len(kept))),
            multipliers={
                b: self._multipliers(b) for b in self.worth if b not in self.solved
            },
            trusted={b: self.worth[b] for b in self.solved},
        )

    def _multipliers(self, block: int) -> dict[int, int]:
        """By row; none where each column by itself costs as much."""
        rows = np.flatnonzero(self.priced.cut.kept == block)
        own = self.multipliers.get(block, np.zeros(len(rows)))
        return _sparse(self.priced.usable(block, own), rows)

    def improve(self, block: int, bound: float) -> None:
        """Note a bound in whole numbers, if it is better."""
        if bound > self.worth[block]:
            self.worth[block] = bound
            self.solved.add(block)


@dataclass
class _Waiting:
    """Blocks that are not closed yet, and seconds for each of them next time."""

    blocks: list[int]
    seconds: float = _FIRST


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
        yield from self._solve(self.proofs[0], self._departments, least_cost, once)

    @property
    def are_closed(self) -> bool:
        """Whether all departments are solved to their end without prices."""
        return self._departments is not None and not self._departments.blocks

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
        proof = _from_multipliers(Priced.of(cut, multipliers), multipliers)
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

    def at_prices(self, days: bool = False) -> Iterator[float]:
        """Blocks exactly at the prices taken, until all are closed.

        Parameters:
            days: Only the days that gain most, each once, closed or not.
        """
        cut = self.proofs[-1].priced.cut
        dear = [b for b in cut.blocks if self._is_dear_day(cut, b)]
        rest = sorted((b for b in cut.blocks if b not in dear), key=self._is_day)
        yield from self._solve(
            self.proofs[-1], _Waiting(dear if days else dear + rest), priced_cost, days
        )

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
        self, proof: BlockProof, waiting: "_Waiting", least: "Cost", once: bool = False
    ) -> Iterator[float]:
        """Blocks that are still open, each round with more time for each of them."""
        while waiting.blocks:
            for block in tuple(waiting.blocks):
                if self._over():
                    return
                part = proof.priced.model(block)
                found = least(part, min(waiting.seconds, self._left()), self._stop)
                proof.improve(block, found.bound)
                if found.values is not None:
                    self.chosen[proof.priced.cut.columns == block] = found.values
                if found.closed:
                    waiting.blocks.remove(block)
                yield from _finite(proof.total)
            waiting.seconds *= _LONGER
            if once:
                return

    def _over(self) -> bool:
        return self._stop() or self._left() < _LEAST_SECONDS


def _from_multipliers(priced: Priced, multipliers: Floats) -> BlockProof:
    """What the relaxation's own multipliers prove of each block."""
    proof, multipliers = BlockProof(priced, {}), rounded(multipliers)
    for block in priced.cut.blocks:
        own = multipliers[priced.cut.kept == block]
        proof.worth[block] = Relaxation(priced.model(block)).bound_by(own)
        proof.multipliers[block] = own
    return proof


def _sparse(multipliers: Floats, rows: Ints) -> dict[int, int]:
    """By row: multiples of 1 / FINENESS that are not 0."""
    whole = np.round(multipliers * FINENESS).astype(np.int64)
    return dict(zip(rows[whole != 0].tolist(), whole[whole != 0].tolist(), strict=True))


def _finite(bound: float) -> Iterator[float]:
    """The bound, if it is one."""
    if math.isfinite(bound):
        yield bound


@dataclass(frozen=True, slots=True)
class Solved:
    """What is proven of a block's cost, minus infinity where nothing is."""

    bound: float
    closed: bool
    values: Floats | None
    """Of the columns in the best solution, if there is one."""


Cost = Callable[[highspy.HighsLp, float, Callable[[], bool]], Solved]


def least_cost(
    part: highspy.HighsLp, seconds: float, stop: Callable[[], bool]
) -> Solved:
    """A proven bound on what a department costs.

    Only times and places are whole in the model; every cost follows from them by rows
    of whole numbers, so what a department costs is a whole number.
    """
    found = _solved(part, seconds, _CLOSED, stop)
    if not math.isfinite(found.bound):
        return found
    return replace(found, bound=whole_bound(found.bound))


def priced_cost(
    part: highspy.HighsLp, seconds: float, stop: Callable[[], bool]
) -> Solved:
    """A proven bound on what a block costs at prices.

    Costs are no whole numbers then, so nothing is rounded up; HiGHS keeps rows to about
    a millionth, which is taken off for all that the best solution pays and gets.
    """
    found = _solved(part, seconds, _ABSOLUTE_GAP, stop)
    paid = abs(found.bound)
    if found.values is not None:
        costs = np.array(part.col_cost_)
        paid = max(paid, float(np.abs(costs * found.values).sum()))
    return replace(found, bound=found.bound - slack(paid))


def _solved(
    part: highspy.HighsLp, seconds: float, gap: float, stop: Callable[[], bool]
) -> Solved:
    """Solve in whole numbers for so many of the processor's seconds."""
    highspy.Highs.resetGlobalScheduler(True)
    highs = new_highs()
    for name, value in _OPTIONS.items():
        highs.setOptionValue(name, value)
    highs.setOptionValue("mip_abs_gap", gap)
    highs.setOptionValue("time_limit", _WALL * max(_LEAST_SECONDS, seconds))
    # Whole choices leave whole values for all that follows from them. HiGHS closes a
    # day of PE in a second where it may branch on patterns and cut by them, and not in
    # ten where only times and places are told to be whole.
    part.integrality_ = [highspy.HighsVarType.kInteger] * part.num_col_
    highs.passModel(part)
    end = thread_time() + seconds

    def look(event: Any) -> None:
        event.interrupt(thread_time() > end or stop())

    highs.cbMipInterrupt.subscribe(look)
    highs.run()
    info = highs.getInfo()
    if abs(info.mip_dual_bound) >= highspy.kHighsInf:
        impossible = highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible
        return Solved(-math.inf, impossible, None)
    solved = info.primal_solution_status == highspy.kSolutionStatusFeasible
    return Solved(
        info.mip_dual_bound,
        highs.getModelStatus() == highspy.HighsModelStatus.kOptimal,
        np.array(highs.getSolution().col_value) if solved else None,
    )
