"""A prover in a process of its own: its Python does not hold up the search's.

The process ends with the solve: it is told to, is killed where it does not listen, and
ends by itself where the solve is gone.
"""

import logging
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING

from scheduler.model.problem import Problem
from scheduler.model.timetable import Timetable
from scheduler.solver.incumbent import Incumbent
from scheduler.solver.mismatch import SolverMismatch
from scheduler.solver.processes import start_child
from scheduler.solver.proving import messages

if TYPE_CHECKING:
    from scheduler.solver.kernel.search import Kernel

log = logging.getLogger(__name__)

_GRACE = 1.0
"""Seconds to end in after being told to."""


class ProverProcess:
    """The solve's side: starts the other one and answers it."""

    PROGRAM = ("-m", "scheduler.solver.proving.child")

    def __init__(
        self,
        problem: Problem,
        incumbent: Incumbent,
        kernel: "Kernel | None",
        writing: float = 0.0,
        patience: float = messages.PATIENCE,
    ) -> None:
        self._problem, self._incumbent, self._kernel = problem, incumbent, kernel
        self.nodes = 0
        self._process = start_child(self.PROGRAM)
        self._task = messages.Task(problem, incumbent.limits, writing, patience)

    @property
    def pid(self) -> int:
        """Number of the other process."""
        return self._process.pid

    def run(self) -> None:
        """Answer until the other side ends.

        Raises:
            Exception: whatever was raised there.
        """
        try:
            self._answer_all()
        finally:
            self.end()
            for pipe in (self._process.stdin, self._process.stdout):
                with suppress(BrokenPipeError):  # of what could not be sent
                    assert pipe is not None
                    pipe.close()

    def end(self) -> None:
        """Let the process end, and see that it does."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_GRACE)
        self._process.kill()
        self._process.wait()

    def _answer_all(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            messages.send(self._process.stdin, self._task)
            while True:
                message = messages.receive(self._process.stdout)
                if isinstance(message, messages.Ended):
                    break
                messages.send(self._process.stdin, self._answer(message))
        except (EOFError, BrokenPipeError):
            self._say_why()
            return
        self.nodes = message.nodes
        self._incumbent.infeasible |= message.infeasible
        if message.fault is not None:
            raise message.fault

    def _say_why(self) -> None:
        """The process ended without a word; the timetable found is not lost by it.

        Raises:
            SolverMismatch: by a fault of ours, which it wrote to standard error.
        """
        if self._incumbent.done():
            return
        code = self._process.wait()
        if code > 0:
            raise SolverMismatch(f"the proof's process failed with exit code {code}")
        log.info("the proof's process was ended by signal %s", -code)

    def _answer(self, message: object) -> messages.State:
        now, placements, kernel, walker = self._incumbent, None, None, None
        match message:
            case messages.Bound(bound):
                now.raise_bound(bound)
            case messages.Certified(certificate):
                now.certify(certificate)
            case messages.Found(soft, found):
                timetable = Timetable(self._problem, found)
                now.offer(soft, lambda: timetable)
            case messages.Joining():
                walker = now.leader()
            case messages.Met(met):
                walker = now.meet(id(self), met)
            case messages.Tried(moves):
                now.count_moves(id(self), moves)
            case messages.Said(text):
                log.info("%s", text)
            case messages.Ask(timetable=True):
                best = now.timetable()
                placements = dict(best.placements) if best else None
            case messages.Ask(kernel=True):
                assert self._kernel is not None
                kernel = self._kernel.found
        return messages.State(
            now.soft, now.bound, now.left, now.done(), placements, kernel, walker
        )
