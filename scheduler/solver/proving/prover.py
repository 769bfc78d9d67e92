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
from scheduler.solver.exact.tightening import tighten
from scheduler.solver.exact.whole_costs import whole_bound
from scheduler.solver.incumbent import Incumbent
from scheduler.solver.mismatch import SolverMismatch
from scheduler.solver.options import Compiled
from scheduler.solver.proving.messages import PATIENCE
from scheduler.solver.reading import read_timetable, start_values
from scheduler.solver.status import Status

log = logging.getLogger(__name__)

Judge = Callable[[Timetable], int]
"""The soft cost of a timetable by the rules; raises where it breaks a hard one."""

_FIRST_SHARE = 0.3
"""Share of the time in which exact search looks for a first timetable, before a line of
search helps the other one."""
_STRAIGHT_SHARE, _STRAIGHT_MOST = 0.2, 10.0
"""Exact search is worth while where relaxing took at most so much of the time, and so
many seconds."""
_RELAXING = 22e-6
"""Processor's seconds for each entry of the matrix that relaxing takes, about."""
_USABLE = 0.9
"""Share of what departments relaxed prove that prices of the whole must prove; those of
a relaxation that was ended early prove little."""
_QUICK_SHARE, _SOON_SHARE, _RELAXING_SHARE = 0.2, 0.3, 0.75
"""The whole is relaxed where that is likely to take at most so much of what is left,
the last; departments are solved before where it takes less than the first, by day where
it takes more than the second, and where it takes more than the last until closed, or
until a line of search gains more."""


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
        between: Called when there is a suggestion, and more is to be proven.
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
        between: Callable[[], None] = lambda: None,
    ) -> None:
        self._alone, self._between = alone, between
        self._patience = patience if incumbent.limits.search else 0.0
        self._compiled, self._incumbent, self._writing = compiled, incumbent, writing
        self._judge, self._threads = judge, threads
        self.nodes = 0
        self.model: ExactModel | None = None
        """The exact model, once it is written."""
        self._whole: int | None = None
        """What exact search of the whole has proven."""
        self._blocks: BlockBounds | None = None
        self.meanwhile: Callable[[], None] | None = None
        """What finds a first timetable where exact search has not in its share."""
        self.is_small = False
        """Whether exact search of the whole is worth while."""
        self._is_late = False
        """Whether there is hardly time to relax the whole."""
        self._name, self._columns = "", 0
        """The model's fingerprint, and its columns."""

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
        began = self._incumbent.left
        if self._alone and self._patience:
            self.model = self._model(self._compiled)
        writing = began - self._incumbent.left
        if (
            not self._incumbent.wait_for_first(self._patience - writing)
            and not self._first()
        ):
            return
        if self.model is None:
            self.model = self._model(self._compiled)
        lp = self.model.rows.arrays()
        self._name, self._columns = fingerprint(lp), lp.num_col_
        tighten(lp)
        self._bound(self.model, lp)
        if not self._alone or not self._incumbent.limits.searches_freely:
            self.search_exactly(1.0)
        self.certify()

    def _bound(self, model: ExactModel, lp: highspy.HighsLp) -> None:
        """All bounds there is time for."""
        known = self._incumbent
        blocks = BlockBounds(model, lp, lambda: known.left, self._over)
        self._blocks = blocks
        if blocks.several:
            self._bound_departments(blocks, _RELAXING * int(lp.a_matrix_.start_[-1]))
        if self._over() or (self._is_late and self._helps):
            return
        left = known.left
        duals = Relaxation(lp).multipliers(left, self._over)
        relaxing = left - known.left
        self.is_small = relaxing <= min(_STRAIGHT_SHARE * left, _STRAIGHT_MOST)
        if duals is None:
            return
        self._raise("relaxation", blocks.take_prices(duals))
        if blocks.several:
            good = blocks.proofs[-1].total >= _USABLE * blocks.proofs[0].total
            exactly = blocks.at_prices(self._helps) if good else blocks.exact()
            self._raise("blocks", exactly)

    @property
    def _helps(self) -> bool:
        """Whether a line of search waits for the end of the bounds."""
        return self._alone and self._incumbent.limits.searches_freely

    def _bound_departments(self, blocks: BlockBounds, relaxing: float) -> None:
        """Departments relaxed, day by day at prices of their own, then whole.

        Parameters:
            relaxing: Seconds that relaxing the whole is likely to take, by its size: a
                busy machine proves the same, if later.
        """
        known = self._incumbent
        self._raise("departments relaxed", blocks.relaxed())
        if not blocks.proofs:
            return
        late = self._is_late = relaxing > _RELAXING_SHARE * known.left
        if relaxing > _SOON_SHARE * known.left:
            self._raise("departments' prices", blocks.take_own_prices())
            days = blocks.at_prices(self._helps) if late else blocks.dear_days()
            self._raise("departments by day", days)
        if relaxing < _QUICK_SHARE * known.left:
            self._raise("departments", blocks.exact(once=True))
            if blocks.are_closed:
                self._between()
        elif late and not (self._helps and blocks.have_days):
            self._raise("departments", blocks.exact())

    @property
    def suggestion(self) -> Timetable | None:
        """What the blocks choose: near the best, but for classes in two places."""
        if self._blocks is None or self.model is None:
            return None
        chosen = self._blocks.chosen.tolist()
        for variable, value in zip(self.model.rows.columns, chosen, strict=True):
            variable.varValue = value
        return read_timetable(self.model)

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
        if self.meanwhile is not None:
            limits = replace(limits, seconds=_FIRST_SHARE * limits.seconds)
        outcome = LoadedModel(model.problem).solve(
            limits, on_tick=lambda _: self._incumbent.soft is not None or self._over()
        )
        self.nodes += outcome.nodes
        if outcome.status is Status.INFEASIBLE:
            self._incumbent.infeasible = True
            return False
        self._read(model, outcome)
        if self.meanwhile is not None and self._incumbent.soft is None:
            self.meanwhile()
        return self._incumbent.soft is not None or self._incumbent.wait_for_first(
            math.inf
        )

    def certify(self) -> None:
        """Say what the bound rests on: blocks, or the whole solved exactly."""
        known, best = self._incumbent, self._blocks.best if self._blocks else None
        if best is not None:
            bound = known.rounded_up(best.total)
            if self._whole is None or bound >= self._whole:
                known.certify(best.certificate(bound, known.unit, self._name))
                return
        if self._whole is not None:
            whole, columns = {0: float(self._whole)}, ((0, self._columns),)
            known.certify(
                Certificate(
                    self._whole, known.unit, self._name, 1, columns, {}, {}, whole
                )
            )

    def _raise(self, name: str, bounds: Iterable[float]) -> None:
        """Raise the bound step by step while it is being proven."""
        for bound in bounds:
            self._incumbent.raise_bound(bound)
        now = self._incumbent
        log.info("%s: %s after %.1f s", name, now.bound, now.elapsed)

    def search_exactly(self, share: float) -> None:
        """The whole exact model from the best timetable, for a share of the time left,
        where the model is small enough.

        Raises:
            SolverMismatch: the rules find a higher cost than the model.
        """
        if self._over() or self.model is None or not self.is_small:
            return
        best, loaded = self._incumbent.timetable(), LoadedModel(self.model.problem)
        known = start_values(self.model, best) if best else None
        limits = replace(self._limits(), seconds=share * self._incumbent.left)
        outcome = loaded.solve(limits, loaded.completed(limits, known), self._on_tick)
        self.nodes += outcome.nodes
        log.info("exact: %s after %.1f s", outcome, self._incumbent.elapsed)
        if outcome.bound is not None:
            self._incumbent.raise_bound(outcome.bound)
            self._whole = self._incumbent.rounded_up(outcome.bound)
        soft = self._read(self.model, outcome)
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
