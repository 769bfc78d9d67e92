"""solve: search finds, the exact model proves, at the same time.

Source: design.md section 4.
"""

import logging
from collections.abc import Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from threading import Lock
from typing import TYPE_CHECKING

from scheduler.constraints.base import Missing
from scheduler.constraints.catalogue import rules_in_force
from scheduler.constraints.evaluate import Report, evaluate
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.timetable import Timetable
from scheduler.solver.beginning import begin_search
from scheduler.solver.exact.whole_costs import cost_unit
from scheduler.solver.explain.sentences.explanation import Statement
from scheduler.solver.hard_view import HardView
from scheduler.solver.incumbent import Incumbent
from scheduler.solver.limits import SolveLimits
from scheduler.solver.lowering.layout import Ints
from scheduler.solver.mismatch import SolverMismatch, judged
from scheduler.solver.options import Compiled, compiled_in_force
from scheduler.solver.progress import OnProgress, Progress, silent
from scheduler.solver.proving.messages import PATIENCE
from scheduler.solver.proving.process import ProverProcess
from scheduler.solver.solution import Solution, at_least_as_good
from scheduler.solver.status import Status

# What not every solve needs is imported where it is needed: it starts sooner. So is
# Numba, and what is compiled with it: another process lowers meanwhile.
if TYPE_CHECKING:
    from scheduler.solver.annealing import Annealer
    from scheduler.solver.exact.highs import Tick
    from scheduler.solver.kernel.search import Kernel
    from scheduler.solver.proving.prover import Prover

log = logging.getLogger(__name__)

_LOOK_SECONDS = 0.1
_LARGE = 8000
"""Options of all lessons from which on the proof has a process of its own."""
_COUNT_AFTER = 6.0
_COUNT_SHARE = 0.3
"""Seconds, or a share of them, of searching in vain after which it is counted."""
_PARTIAL_AT_MOST = 60.0
"""Most seconds to place as many lessons as can be, of those that are left."""
_COUNTING, _WRITING, _LATE = 2.0, 5.0, 1.0
"""How much longer counting takes than compiling and lowering, beside a proof, and
writing a model to place exactly, by experience; they are begun where they are likely to
end no more than these seconds late."""


def solve(
    problem: Problem,
    limits: SolveLimits | None = None,
    start: Timetable | None = None,
    on_progress: OnProgress = silent,
) -> Solution:
    """Find the best timetable and prove how good it is.

    Parameters:
        start: A timetable to begin with; the result is never worse.
        on_progress: Told of progress; returns True to stop with the best so far.

    Raises:
        InputError: the rule settings are wrong.
        SolverMismatch: solver and rules disagree.
    """
    found = _Run(problem, limits or SolveLimits(), on_progress).solve(start)
    return at_least_as_good(found, start)


class _Run:
    """One solve: its lines of search, its proof, and the clock."""

    def __init__(
        self, problem: Problem, limits: SolveLimits, on_progress: OnProgress
    ) -> None:
        self.problem, self.limits, self.on_progress = problem, limits, on_progress
        self.rules = rules_in_force(problem)
        unit = cost_unit(problem, self.rules)
        self.incumbent = Incumbent(limits, unit=unit)
        self.reasons: tuple[Statement, ...] = ()
        self.counted = False
        self.asked_to_stop = False
        self.lines: list[Annealer] = []
        self.prepare_seconds = 0.0
        self.compiling, self.is_compiled = Lock(), not limits.search
        self.first_run, self.functions = False, 0

    def solve(self, start: Timetable | None) -> Solution:
        self._tell("compile")
        self.rules, compiled = compiled_in_force(self.problem)
        if start is not None:
            self._take(start)
        if self._must_place_all() and compiled.lessons_without_option():
            self.incumbent.infeasible = True
            return self._without_timetable(begin_search(compiled))
        kernel = self._begin_search(compiled)
        self.prepare_seconds = self.incumbent.elapsed
        self.incumbent.leave_time_to_search()
        nodes = self._work(compiled, kernel, start)
        best = self.incumbent.timetable()
        if best is None:
            return self._without_timetable(kernel or begin_search(compiled))
        report = judged(best)
        status = Status.OPTIMAL if self.incumbent.closed else Status.FEASIBLE
        return self._solution(status, best, report, nodes)

    def _begin_search(self, compiled: Compiled) -> "Kernel | None":
        if not self.limits.search:
            return None
        kernel = begin_search(compiled)
        from scheduler.solver.first_run import ready

        self.first_run = not ready.is_ready()
        return kernel

    def _work(
        self, compiled: Compiled, kernel: "Kernel | None", start: Timetable | None
    ) -> int:
        """Search and prove at once until done; exact nodes."""
        provers = [self._prover(compiled, kernel)] if self.limits.prove else []
        lines = max(1, self.limits.workers - len(provers)) if kernel else 0
        with ThreadPoolExecutor(lines + len(provers)) as pool:
            work: list[Future[None]] = [pool.submit(p.run) for p in provers]
            for number in range(lines):
                assert kernel is not None
                options = kernel.options_of(start) if start and not number else None
                work.append(pool.submit(self._search, kernel, number, options))
            try:
                self._watch(work)
            finally:
                self.incumbent.stopped = True
                for prover in provers:
                    prover.end()
        for future in work:
            future.result()
        return sum(p.nodes for p in provers)

    def _search(self, kernel: "Kernel", number: int, start: Ints | None) -> None:
        """One line of search; the first to come compiles for all, which is no time of
        the solve's."""
        from scheduler.solver.annealing import Annealer
        from scheduler.solver.first_run import ready

        with self.compiling:
            if not self.is_compiled:
                with self.incumbent.clock_stopped():
                    self.is_compiled = ready.get_ready(on_compiled=self._on_compiled)
                self.incumbent.leave_time_to_search()
        if not self.is_compiled:
            return  # meanwhile the exact half was done, or somebody stopped it
        line = Annealer(kernel, self.incumbent, self.limits.seed + number)
        self.lines.append(line)
        line.run(start)

    def _on_compiled(self, functions: int) -> bool:
        self.functions = functions
        return self.incumbent.done()

    def _prover(
        self, compiled: Compiled, kernel: "Kernel | None"
    ) -> "Prover | ProverProcess":
        """The other half; of a large problem in a process of its own, for writing its
        model takes seconds of the interpreter, which a search needs too.

        It looks for a timetable at once while the search is being compiled.
        """
        patience = 0.0 if self.first_run else PATIENCE
        if sum(len(g.options) for g in compiled.groups) > _LARGE:
            return ProverProcess(
                self.problem, self.incumbent, kernel, self.prepare_seconds, patience
            )
        from scheduler.solver.proving.prover import Prover

        return Prover(
            compiled,
            self.incumbent,
            lambda timetable: judged(timetable).soft,
            1,
            self.prepare_seconds,
            patience=patience,
        )

    def _watch(self, work: Sequence[Future[None]]) -> None:
        """Tell of progress, count when nothing is found, until all is done."""
        began = self.incumbent.elapsed
        patience = min(_COUNT_AFTER, _COUNT_SHARE * self.incumbent.left)
        while not self.incumbent.done():
            done, going = wait(work, _LOOK_SECONDS, FIRST_EXCEPTION)
            if not going or any(f.exception() for f in done):
                return
            self._tell(self._phase())
            waited = self.incumbent.elapsed - began > patience
            wanted = self.incumbent.soft is None and not self.counted
            if wanted and waited and self._is_time_for(_COUNTING):
                self._tell("count")
                self._count()

    def _phase(self) -> str:
        if self.is_compiled:
            return "search"
        return "first run" if self.first_run else "ready"

    def _is_time_for(self, times: float) -> bool:
        """Whether the time suffices for what takes so many times what preparing did."""
        return times * self.prepare_seconds < self._time_left()

    def _time_left(self) -> float:
        """Seconds to the latest end that is tolerated."""
        return self.incumbent.left + _LATE

    def _count(self) -> None:
        """Look for reasons by counting; each is a proof that there is no timetable."""
        from scheduler.solver.explain.counting.checks import count

        self.counted = True
        self.reasons = count(HardView.of(self.problem), self._time_left)
        if self.reasons:
            self.incumbent.infeasible = True

    def _must_place_all(self) -> bool:
        return any(
            r.missing is Missing.LESSON and r.level is Level.HARD for r in self.rules
        )

    def _take(self, start: Timetable) -> None:
        """Keep the given timetable if it breaks no hard rule."""
        report = evaluate(start)
        if not report.conflicts:
            self.incumbent.offer(report.soft, lambda: start)

    def _without_timetable(self, kernel: "Kernel") -> Solution:
        """As many lessons placed as can be in time, with nothing forbidden done."""
        from scheduler.solver.greedy import place_greedily

        if self.incumbent.infeasible and not self.counted and self._is_time_for(0):
            self._count()
        self._tell("partial")
        near = min(self.lines, key=lambda x: x.best_cost, default=None)
        known = near.timetables() if near else (None,)
        tried = (place_greedily(kernel, self.rules, x) for x in known)
        found = max(tried, key=lambda x: len(x.placements))
        seconds = min(self.incumbent.left, _PARTIAL_AT_MOST)
        if seconds > 0 and not self.asked_to_stop and self._is_time_for(_WRITING):
            found = self._placed_exactly(found, seconds)
        report = evaluate(found)
        status = Status.INFEASIBLE if self.incumbent.infeasible else Status.UNKNOWN
        if status is Status.UNKNOWN and not report.conflicts:
            # Where lessons may be left out at a price, that is a timetable.
            status = Status.FEASIBLE
            self.incumbent.offer(report.soft, lambda: found)
        return self._solution(status, found, report, 0)

    def _placed_exactly(self, start: Timetable, seconds: float) -> Timetable:
        from scheduler.solver.exact.highs import RunLimits
        from scheduler.solver.partial import place_most

        limits = RunLimits(seconds, threads=self.limits.workers, seed=self.limits.seed)

        def on_tick(tick: "Tick") -> bool:
            return self._tell("partial")

        return place_most(self.problem, self.rules, limits, on_tick, start)

    def _tell(self, phase: str) -> bool:
        now = self.incumbent
        progress = Progress(
            phase,
            now.elapsed,
            now.soft,
            now.bound,
            now.hard,
            now.moves,
            self.functions,
            now.timetable,
        )
        if self.on_progress(progress):
            self.asked_to_stop = now.stopped = True
        return self.asked_to_stop

    def _compare(self, status: Status, report: Report) -> None:
        """Hold every claim against the rules' report.

        Raises:
            SolverMismatch: cost, bound or infeasibility is contradicted.
        """
        soft, bound = self.incumbent.soft, self.incumbent.bound
        known = soft is not None or not report.conflicts
        if status is Status.INFEASIBLE and known:
            cost = report.soft if soft is None else soft
            raise SolverMismatch(f"proven impossible, yet a timetable of cost {cost}")
        if status not in (Status.OPTIMAL, Status.FEASIBLE):
            return
        if report.soft != soft:
            raise SolverMismatch(
                f"the search says cost {soft}, the rules {report.soft}"
            )
        if bound is not None and bound > report.soft:
            raise SolverMismatch(f"bound {bound}, yet a timetable of cost {soft}")

    def _solution(
        self, status: Status, timetable: Timetable, report: Report, nodes: int
    ) -> Solution:
        self._compare(status, report)
        proven = status in (Status.OPTIMAL, Status.FEASIBLE)
        return Solution(
            status,
            timetable,
            report,
            self.incumbent.bound if proven else None,
            self.incumbent.elapsed,
            self.incumbent.first_seconds,
            self.limits.seed,
            self.incumbent.moves + nodes,
            tuple(statement.text for statement in self.reasons),
            self.incumbent.certificate if proven else None,
            stopped=self.asked_to_stop,
        )
