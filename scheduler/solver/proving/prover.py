"""The other half of a solve: bounds on what any timetable costs, and exact search.

Departments solved by themselves and the relaxation of the whole give bounds; the exact
model goes on from the best timetable for the time that is left. Where a search finds
nothing, the hard rules alone may prove that there is nothing to find.
"""

import logging
import math
from collections.abc import Callable, Iterable
from dataclasses import replace

import highspy

from scheduler.model.timetable import Timetable
from scheduler.solver.certificates.certificate import Certificate
from scheduler.solver.exact.block_bounds import BlockBounds
from scheduler.solver.exact.exact_model import ExactModel
from scheduler.solver.exact.handing_over import fingerprint
from scheduler.solver.exact.highs import LoadedModel, Outcome, RunLimits, Tick
from scheduler.solver.exact.relaxation import Relaxation
from scheduler.solver.exact.whole_costs import whole_bound
from scheduler.solver.incumbent import Incumbent
from scheduler.solver.mismatch import SolverMismatch
from scheduler.solver.options import Compiled
from scheduler.solver.reading import read_timetable, start_values
from scheduler.solver.status import Status

log = logging.getLogger(__name__)

Judge = Callable[[Timetable], int]
"""The soft cost of a timetable by the rules; raises where it breaks a hard one."""

PATIENCE = 5.0
"""Seconds for a search to find a timetable before exact search helps."""
_STRAIGHT_SHARE, _STRAIGHT_MOST, _STRAIGHT_TIME = 0.2, 10.0, 0.5
"""Exact search follows where relaxing took at most so much of the time, and so many
seconds; in a process of its own, which searches too, it has a share of the rest."""
_RELAXING, _RELAXING_SIZE = 3.8, 460_000
"""How many times as long as writing a model relaxing it takes, by experience, at so
many entries of the matrix; with their square root more at more of them."""
_RELAXING_SHARE = 0.75
"""The whole is relaxed where that is likely to take at most so much of what is left."""


class Stopped(Exception):
    """The solve ended while a model was being written."""


class Prover:
    """Proves until the incumbent says that it is done.

    Parameters:
        writing: Seconds that writing a model takes at the least; it is not begun with
            less time left.
        alone: It has a process of its own, and need not wait with writing until the
            search has found something.
        patience: Seconds for a search to find a timetable before it looks for one.
    """

    def __init__(
        self,
        compiled: Compiled,
        incumbent: Incumbent,
        judge: Judge,
        threads: int,
        writing: float = 0.0,
        alone: bool = False,
        patience: float = PATIENCE,
    ) -> None:
        self._alone = alone
        self._patience = patience if incumbent.limits.search else 0.0
        self._compiled, self._incumbent, self._writing = compiled, incumbent, writing
        self._judge, self._threads = judge, threads
        self.nodes = 0
        self.model: ExactModel | None = None
        """The exact model, once it is written."""
        self._whole: int | None = None
        """What exact search of the whole has proven."""

    def end(self) -> None:
        """Nothing: it looks itself whether the incumbent is done."""

    def run(self) -> None:
        """Bound, then search exactly while that may help."""
        try:
            self._run()
        except Stopped:
            log.info("stopped while writing a model")

    def _run(self) -> None:
        # Writing a model keeps the interpreter busy, which a search needs too.
        began, writing = self._incumbent.left, 0.0
        if self._alone and self._patience:
            self.model = self._model(self._compiled)
            writing = began - self._incumbent.left
        if (
            not self._incumbent.wait_for_first(self._patience - writing)
            and not self._first()
        ):
            return
        if self.model is None:
            began = self._incumbent.left
            self.model = self._model(self._compiled)
            writing = began - self._incumbent.left
        lp = self.model.rows.arrays()
        name = fingerprint(lp)
        blocks = self._bound(self.model, lp, writing)
        self._certify(blocks, lp.num_col_, name)

    def _bound(
        self, model: ExactModel, lp: highspy.HighsLp, writing: float
    ) -> BlockBounds:
        """All bounds there is time for.

        Parameters:
            writing: Seconds that writing the model took.
        """
        written = self._incumbent.left
        blocks = BlockBounds(model, lp, lambda: self._incumbent.left, self._over)
        priced = self._relax(Relaxation(lp), blocks, writing)
        relaxing = written - self._incumbent.left
        if blocks.several:
            self._raise("blocks", blocks.at_prices() if priced else blocks.exact())
        if relaxing <= min(_STRAIGHT_SHARE * written, _STRAIGHT_MOST):
            self._search(model, _STRAIGHT_TIME if self._alone else 1.0)
        return blocks

    def _model(self, compiled: Compiled) -> ExactModel:
        def check() -> None:
            if self._incumbent.done():
                raise Stopped

        if self._incumbent.left < self._writing:
            raise Stopped
        return ExactModel(compiled, check=check)

    def _first(self) -> bool:
        """Any timetable that keeps the hard rules, or the proof that there is none."""
        rules = dict.fromkeys(t.rule for t in self._compiled.terms if t.hard)
        model = self._model(self._compiled.only(rules))
        limits = replace(self._limits(), first_solution=True)
        outcome = LoadedModel(model.problem).solve(
            limits, on_tick=lambda _: self._incumbent.soft is not None or self._over()
        )
        self.nodes += outcome.nodes
        if outcome.status is Status.INFEASIBLE:
            self._incumbent.infeasible = True
            return False
        self._read(model, outcome)
        return self._incumbent.soft is not None or self._incumbent.wait_for_first(
            math.inf
        )

    def _relax(self, whole: Relaxation, blocks: BlockBounds, writing: float) -> bool:
        """Bounds by departments relaxed, then by the whole; whether there are prices.

        Parameters:
            writing: Seconds that writing the model took.
        """
        if self._incumbent.done():
            return False
        if blocks.several:
            self._raise("departments relaxed", blocks.relaxed())
        size, seconds = len(whole.values) / _RELAXING_SIZE, self._incumbent.left
        if writing * _RELAXING * max(1.0, size**0.5) > _RELAXING_SHARE * seconds:
            return False
        duals = whole.multipliers(seconds, self._over)
        if duals is not None:
            self._raise("relaxation", blocks.take_prices(duals))
        return duals is not None

    def _certify(self, blocks: BlockBounds, count: int, name: str) -> None:
        """Say what the bound rests on: blocks, or the whole solved exactly.

        Parameters:
            count: Columns of the model.
            name: Its fingerprint.
        """
        known, best = self._incumbent, blocks.best
        if best is not None:
            bound = known.rounded_up(best.total)
            certificate = best.certificate(bound, known.unit, name)
            if self._whole is None or bound >= self._whole:
                known.certify(certificate)
                return
        if self._whole is not None:
            whole = {0: float(self._whole)}
            known.certify(
                Certificate(
                    self._whole, known.unit, name, 1, ((0, count),), {}, {}, whole
                )
            )

    def _raise(self, name: str, bounds: Iterable[float]) -> None:
        """Raise the bound step by step while it is being proven."""
        for bound in bounds:
            self._incumbent.raise_bound(bound)
        now = self._incumbent
        log.info("%s: %s after %.1f s", name, now.bound, now.elapsed)

    def _search(self, model: ExactModel, share: float) -> None:
        """The whole exact model from the best timetable, for a share of the time left.

        Raises:
            SolverMismatch: the rules find a higher cost than the model.
        """
        if self._incumbent.done():
            return
        best = self._incumbent.timetable()
        known = start_values(model, best) if best else None
        limits = replace(self._limits(), seconds=share * self._incumbent.left)
        outcome = LoadedModel(model.problem).solve(limits, known, self._on_tick)
        self.nodes += outcome.nodes
        log.info("exact: %s after %.1f s", outcome, self._incumbent.elapsed)
        if outcome.bound is not None:
            self._incumbent.raise_bound(outcome.bound)
            self._whole = self._incumbent.rounded_up(outcome.bound)
        soft = self._read(model, outcome)
        if soft is not None and soft > whole_bound(outcome.objective or 0.0):
            raise SolverMismatch(
                f"the model says {outcome.objective}, the rules {soft}"
            )

    def _read(self, model: ExactModel, outcome: Outcome) -> int | None:
        """Offer what exact search has found; its soft cost by the rules."""
        if outcome.objective is None:
            return None
        timetable = read_timetable(model)
        if timetable is None:
            return None  # odd and even weeks interlock in a pool; the search goes on
        soft = self._judge(timetable)
        limits = self._incumbent.limits
        # Where moves are counted the clock must not decide which timetable is kept.
        if limits.iterations is None or not limits.search:
            self._incumbent.offer(soft, lambda: timetable)
        return soft

    def _on_tick(self, tick: Tick) -> bool:
        if tick.bound is not None:
            self._incumbent.raise_bound(tick.bound)
        return self._over()

    def _over(self) -> bool:
        return self._incumbent.done()

    def _limits(self) -> RunLimits:
        return RunLimits(
            self._incumbent.left,
            self._incumbent.limits.gap,
            threads=self._threads,
            seed=self._incumbent.limits.seed,
        )
