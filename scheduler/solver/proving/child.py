"""The process that proves: ``python -m scheduler.solver.proving.child``, told by pipes.

When the bound is as good as it gets and time is left, it searches too, beside the line
of the solve. For a small school it has beginnings of its own, tries exact search, and
polishes the best timetable known in the end.
"""

import logging
import os
import signal
from collections.abc import Callable
from functools import cached_property
from queue import SimpleQueue
from time import sleep
from typing import IO, Any

from scheduler.constraints.catalogue import rules_in_force
from scheduler.model.timetable import Timetable
from scheduler.solver.annealing import WARM, Annealer, is_small
from scheduler.solver.certificates.certificate import Certificate
from scheduler.solver.exact.highs import LoadedModel, RunLimits
from scheduler.solver.exact.whole_costs import cost_unit
from scheduler.solver.first_run.ready import get_ready
from scheduler.solver.incumbent import Incumbent
from scheduler.solver.kernel.search import Kernel
from scheduler.solver.mismatch import SolverMismatch, judged
from scheduler.solver.options import classes_clash_free, compile_problem
from scheduler.solver.polish import polish
from scheduler.solver.processes import listen
from scheduler.solver.proving import messages
from scheduler.solver.proving.prover import Prover
from scheduler.solver.walkers import Walker

log = logging.getLogger("scheduler.solver.proving")

_ASK_EVERY = 0.05
_SEED = 7919
"""Added to the solve's seed for the line of search here."""
_SEARCH_LEAST = 5.0
"""Seconds that must be left for a line of search to be worth its beginning."""
_POLISH_SHARE, _POLISH_LEAST, _POLISH_MOST = 0.1, 1.0, 30.0
"""Share of the proof's time for polishing at the end; the least and most seconds."""
_TRY_SHARE, _TRY_MOST = 0.4, 15.0
"""Share of the time left, and most seconds, for a search from what blocks choose."""
_EXACT_SHARE, _EXACT_TIME = 0.4, 0.7
"""Share of the time after the bounds for exact search of a small model and polishing,
and exact search's share of that."""


class RemoteIncumbent(Incumbent):
    """What is known in the solve's process, asked for every now and then."""

    def __init__(
        self,
        task: messages.Task,
        answers: "SimpleQueue[messages.State]",
        target: IO[bytes],
    ) -> None:
        self.task, self._answers, self._target = task, answers, target
        self._asked_at = -1.0
        self.reserve = 0.0
        """Seconds at the end that are not for what is being done."""
        self.until_first = False
        """Whether what is being done ends with the first timetable."""
        rules = rules_in_force(task.problem)
        super().__init__(task.limits, unit=cost_unit(task.problem, rules))
        self.ask(messages.Ask())

    def ask(self, message: object) -> messages.State:
        """Say something, and take over what is known there."""
        messages.send(self._target, message)
        state = self._answers.get()
        self._asked_at = self.clock()
        if state.soft is not None:
            self.soft = state.soft
        if state.bound is not None:
            self.bound = state.bound
        self.seconds = self.elapsed + state.left - self.reserve
        self.stopped |= state.stopped
        return state

    def done(self) -> bool:
        """Whether there is a reason to stop here, or there."""
        if self.clock() - self._asked_at > _ASK_EVERY:
            self.ask(messages.Ask())
        return super().done() or (self.until_first and self.soft is not None)

    def raise_bound(self, bound: float) -> None:
        """Tell of a bound."""
        self.ask(messages.Bound(bound))

    def certify(self, certificate: Certificate) -> None:
        """Tell what the best bound rests on."""
        self.ask(messages.Certified(certificate))

    def offer(self, soft: int, make: Callable[[], Timetable | None]) -> bool:
        """Tell of a timetable where it is better."""
        if self.soft is not None and self.soft <= soft:
            return False
        timetable = make()
        if timetable is not None:
            self.tell(soft, timetable)
        return timetable is not None

    def tell(self, soft: int, timetable: Timetable) -> None:
        """Tell of a timetable, and its soft cost by the rules."""
        self.ask(messages.Found(soft, dict(timetable.placements)))

    def timetable(self) -> Timetable | None:
        """The best timetable known there."""
        placements = self.ask(messages.Ask(timetable=True)).placements
        return Timetable(self.task.problem, placements) if placements else None

    def kernel(self) -> tuple[Any, ...]:
        """What the solve's search has worked out of the same problem."""
        found = self.ask(messages.Ask(kernel=True)).kernel
        assert found is not None
        return found

    def meet(self, line: int, walker: Walker) -> Walker | None:
        """Tell where the line of search is; another one that is further, if any is."""
        return self.ask(messages.Met(walker)).walker

    def leader(self) -> Walker | None:
        """The line of search there that is furthest, if there is any."""
        return self.ask(messages.Joining()).walker

    def wait_for_first(self, seconds: float) -> bool:
        """Wait until there is a timetable; tell whether there is one."""
        end = self.elapsed + seconds
        while self.soft is None and self.elapsed < end and not self.done():
            sleep(_ASK_EVERY)
        return self.soft is not None

    def count_moves(self, line: int, moves: int) -> None:
        """Tell of moves tried here."""
        self.ask(messages.Tried(moves))


def _soft(timetable: Timetable) -> int:
    return judged(timetable).soft


class _Forwarding(logging.Handler):
    """The log goes to the solve's process."""

    def __init__(self, known: RemoteIncumbent) -> None:
        super().__init__(logging.INFO)
        self._known = known

    def emit(self, record: logging.LogRecord) -> None:
        self._known.ask(messages.Said(record.getMessage()))


class _Proof:
    """The work of the process."""

    def __init__(self, known: RemoteIncumbent) -> None:
        self._known, problem = known, known.task.problem
        rules = rules_in_force(problem)
        self._compiled = compile_problem(problem, rules, classes_clash_free(rules))
        self.prover = Prover(
            self._compiled,
            known,
            _soft,
            1,
            known.task.writing,
            alone=True,
            patience=known.task.patience,
            between=self._try_suggestion,
        )
        self._line: Annealer | None = None
        if known.limits.searches_freely:
            self.prover.meanwhile = self._find_first

    def run(self) -> None:
        """Prove; then help to search, where moves are not counted."""
        began = self._known.left
        self.prover.run()
        if not self._known.limits.searches_freely or self._known.done():
            return
        leader = self._known.leader()
        if leader is not None and not is_small(self._compiled.lesson_count):
            self._join(leader)
            return
        small = self.prover.is_small
        reserve = min(_POLISH_SHARE * began, _POLISH_MOST)
        if small:
            reserve = max(reserve, _EXACT_SHARE * self._known.left)
        if self._line is None and small:
            self._try_suggestion()
        if self._known.left > _SEARCH_LEAST + reserve:
            self._anneal(reserve)
        if not self._known.stopped and small:
            self.prover.search_exactly(_EXACT_TIME)
            self.prover.certify()
        if not self._known.stopped and not self._known.closed:
            self._polish()

    @cached_property
    def _kernel(self) -> Kernel:
        # Lowering anew would take seconds, and more memory than all of the search.
        return Kernel(self._compiled, *self._known.kernel())

    def _new_line(self, insert_first: bool = True) -> Annealer:
        seed = self._known.limits.seed + _SEED
        return Annealer(self._kernel, self._known, seed, insert_first)

    def _try_suggestion(self) -> None:
        """Search from what the proof's blocks choose; keep the line where it leads."""
        near = self.prover.suggestion
        if near is None or not self._known.limits.searches_freely:
            return
        if not get_ready(on_compiled=lambda _: self._known.done()):
            return
        seconds = min(_TRY_SHARE * self._known.left, _TRY_MOST)
        line = self._new_line()
        if line.leads_from(self._kernel.options_of(near), seconds):
            self._line = line
        log.info("from departments: %s", self._known.soft)

    def _find_first(self) -> None:
        """A line of search that begins otherwise than the solve's, until any finds."""
        if get_ready(on_compiled=lambda _: self._known.done()):
            self._known.until_first = True
            self._new_line(insert_first=False).run()
            self._known.until_first = False

    def _join(self, leader: Walker) -> None:
        """A line of search beside those that cool slowly, or on from what has led.

        What they come to is the best only at the end: nothing to polish before, and of
        so large a school nothing for exact search.
        """
        if not get_ready(on_compiled=lambda _: self._known.done()):
            return
        if self._line is not None:
            self._line.run(heat=WARM)
        else:
            self._new_line().join(leader)

    def _anneal(self, reserve: float) -> None:
        """A line of search with beginnings of its own, or on from what has led.

        Parameters:
            reserve: Seconds to leave in the end.
        """
        if not get_ready(on_compiled=lambda _: self._known.done()):
            return
        self._known.reserve = reserve
        if self._line is None:
            self._new_line().run()
        else:
            self._line.run(heat=WARM)
        self._known.reserve = 0.0
        self._known.ask(messages.Ask())

    def _polish(self) -> None:
        best, model = self._known.timetable(), self.prover.model
        if best is None or model is None or self._known.left < _POLISH_LEAST:
            return
        limits = RunLimits(self._known.left, threads=1, seed=self._known.limits.seed)
        loaded = LoadedModel(model.problem)
        for found in polish(model, loaded, best, limits, lambda _: self._known.done()):
            self._known.tell(judged(found).soft, found)


def main() -> None:
    """Prove what comes in on standard input."""
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # the solve's process says when to stop
    target = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what solvers print is no message
    heard: SimpleQueue[Any] = SimpleQueue()
    listen(messages.receive, heard.put)
    known = RemoteIncumbent(heard.get(), heard, target)
    log = logging.getLogger("scheduler.solver")
    log.setLevel(logging.INFO)
    log.addHandler(_Forwarding(known))
    fault, proof = None, _Proof(known)
    try:
        proof.run()
    except SolverMismatch as error:
        fault = error
    messages.send(target, messages.Ended(proof.prover.nodes, known.infeasible, fault))


if __name__ == "__main__":
    main()
