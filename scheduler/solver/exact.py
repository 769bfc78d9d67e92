"""The exact solver: a first timetable, then the best, then the proof."""

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from time import monotonic

from scheduler.constraints.catalogue import rules_in_force
from scheduler.constraints.evaluate import Report, evaluate
from scheduler.constraints.place_every_lesson import PlaceEveryLesson
from scheduler.constraints.teacher_days import LimitIdlePeriods
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.timetable import Timetable
from scheduler.solver.exact_model import ExactModel
from scheduler.solver.explain.counting import count
from scheduler.solver.explain.explanation import Statement
from scheduler.solver.explain.hard_view import HardView
from scheduler.solver.highs import LoadedModel, Outcome, RunLimits, Tick
from scheduler.solver.mismatch import SolverMismatch
from scheduler.solver.options import Compiled, compile_problem
from scheduler.solver.partial import place_most
from scheduler.solver.polish import polish
from scheduler.solver.progress import OnProgress, Progress, silent
from scheduler.solver.reading import read_timetable, start_values
from scheduler.solver.solution import Solution
from scheduler.solver.status import Status

log = logging.getLogger(__name__)

_FIRST_SECONDS = 10.0
_FIRST_SHARE = 0.3
"""How long, at least and as a share, to look for a first timetable before counting."""
_PARTIAL_SECONDS = 5.0
_PARTIAL_AT_MOST = 60.0
_PARTIAL_WHEN_STOPPED = 2.0
"""Time to place as many lessons as can be, even where all other time is used up."""
_QUICK_SHARE = 0.4
"""Share of the time left for one straight run at most; enough for small schools."""
_STRAIGHT_ON = 0.03
"""Share of all time for which that run goes on once it has a bound."""
_POLISH_SHARE = 0.9
"""Share of what is then left for freeing parts; the rest may raise the bound."""
_POLISH_SHARE_IDLE = 0.5
"""The same, first without and then with the idle-period rule: its many columns make
every round slow and the bound late."""


@dataclass(frozen=True, slots=True)
class SolveLimits:
    """When to stop: seconds of wall time, or a relative gap."""

    seconds: float = 60.0
    gap: float = 0.0
    seed: int = 0
    workers: int = 2


def solve(
    problem: Problem,
    limits: SolveLimits | None = None,
    start: Timetable | None = None,
    on_progress: OnProgress = silent,
) -> Solution:
    """Find the best timetable and prove how good it is.

    Parameters:
        start: A timetable to begin with; used where it keeps all hard rules.
        on_progress: Told of progress; returns True to stop.

    Raises:
        InputError: the rule settings are wrong.
        SolverMismatch: model and rules disagree.
    """
    return _Run(problem, limits or SolveLimits(), on_progress).solve(start)


class _Run:
    """One solve: the clock, the best timetable and the best bound so far."""

    def __init__(
        self, problem: Problem, limits: SolveLimits, on_progress: OnProgress
    ) -> None:
        self.problem, self.limits, self.on_progress = problem, limits, on_progress
        self.began = monotonic()
        self.rules = rules_in_force(problem)
        self.best: Timetable | None = None
        self.best_report: Report | None = None
        self.bound: int | None = None
        self.first_seconds: float | None = None
        self.nodes = 0
        self.stopped = False
        self.reasons: tuple[Statement, ...] = ()

    @property
    def elapsed(self) -> float:
        return monotonic() - self.began

    @property
    def left(self) -> float:
        return self.limits.seconds - self.elapsed

    def solve(self, start: Timetable | None) -> Solution:
        self._tell("compile")
        compiled = compile_problem(self.problem, self.rules, self._classes_clash_free())
        if start is not None:
            self._take(start)
        if self.best is None:
            status = self._first(compiled)
            if self.best is None:
                known = status is Status.INFEASIBLE
                return self._without_timetable(status if known else Status.UNKNOWN)
        idle = [r for r in self.rules if isinstance(r, LimitIdlePeriods)]
        easy = compiled.only([r for r in self.rules if r not in idle])
        whole = _Stage(compiled)
        first = _Stage(easy) if idle else whole
        self._prove(first, "improve", _QUICK_SHARE)
        if idle:
            self._polish(first, _POLISH_SHARE_IDLE)
            self._polish(whole, _POLISH_SHARE_IDLE)
        else:
            self._polish(first, _POLISH_SHARE)
        self._prove(whole, "prove", 1.0)
        return self._solution(Status.OPTIMAL if self._closed() else Status.FEASIBLE)

    def _must_place_all(self) -> bool:
        return any(
            isinstance(r, PlaceEveryLesson) and r.level is Level.HARD
            for r in self.rules
        )

    def _classes_clash_free(self) -> bool:
        names = {r.name for r in self.rules if r.level is Level.HARD}
        return {"AvoidClassClashes", "PlaceEveryLesson"} <= names

    def _first(self, compiled: Compiled) -> Status:
        """Any timetable that keeps the hard rules; if none is easy, count first.

        Counting proves most impossible inputs in seconds that a search cannot.
        """
        self._tell("first")
        if self._must_place_all() and compiled.lessons_without_option():
            return Status.INFEASIBLE
        hard = [r for r in self.rules if r.level is Level.HARD]
        stage = _Stage(compiled.only(hard))
        seconds = max(_FIRST_SECONDS, _FIRST_SHARE * self.left)
        status = self._run(stage, "first", seconds, first_solution=True).status
        if status is not Status.UNKNOWN or self.stopped:
            return status
        if self._count():
            return Status.INFEASIBLE
        return self._run(stage, "first", self.left, first_solution=True).status

    def _count(self) -> bool:
        """Look for reasons by counting; tell whether there are any."""
        self._tell("count")
        self.reasons = count(HardView.of(self.problem))
        return bool(self.reasons)

    def _prove(self, stage: "_Stage", phase: str, share: float) -> None:
        """Lower the cost of the stage's rules and raise the bound."""
        if self._done():
            return
        self._tell(phase)
        outcome = self._run(stage, phase, share * self.left)
        if outcome.bound is not None:
            self._raise_bound(outcome.bound)

    def _polish(self, stage: "_Stage", share: float) -> None:
        if self._done():
            return
        self._tell("polish")
        assert self.best is not None
        limits = self._limits(share * self.left)
        for timetable in polish(
            stage.model, stage.loaded, self.best, limits, self._watch("polish")
        ):
            self._take_own(timetable)
            if self._done():
                return

    def _run(
        self, stage: "_Stage", phase: str, seconds: float, first_solution: bool = False
    ) -> Outcome:
        limits = replace(self._limits(seconds), first_solution=first_solution)
        known = start_values(stage.model, self.best) if self.best else None
        outcome = stage.loaded.solve(limits, known, self._watch(phase))
        self.nodes += outcome.nodes
        log.info("%s: %s after %.1f s", phase, outcome, self.elapsed)
        if outcome.objective is None:
            return outcome
        timetable = read_timetable(stage.model)
        if timetable is None:
            unpooled = _Stage(stage.compiled.unpooled())
            return self._run(unpooled, phase, seconds, first_solution)
        _verify(timetable, stage.compiled, outcome, exact=not self.limits.gap)
        self._take_own(timetable)
        return outcome

    def _limits(self, seconds: float) -> RunLimits:
        return RunLimits(
            min(seconds, self.left),
            self.limits.gap,
            threads=self.limits.workers,
            seed=self.limits.seed,
        )

    def _take_own(self, timetable: Timetable) -> None:
        """Keep a timetable the solver made; it may not break a hard rule.

        Raises:
            SolverMismatch: it does.
        """
        report = evaluate(timetable)
        if report.conflicts:
            broken = [
                r.name for r in report.results if r.level is Level.HARD and r.amount
            ]
            raise SolverMismatch(f"the rules find broken what the model kept: {broken}")
        self._take(timetable)

    def _take(self, timetable: Timetable) -> None:
        """Keep a timetable if it is complete, allowed and better."""
        report = evaluate(timetable)
        if report.conflicts:
            return
        if self.first_seconds is None:
            self.first_seconds = self.elapsed
        if self.best_report is None or report.soft < self.best_report.soft:
            self.best, self.best_report = timetable, report

    def _raise_bound(self, bound: float) -> None:
        """Costs are whole numbers, so a bound may be rounded up."""
        whole = math.ceil(bound - 1e-6)
        self.bound = whole if self.bound is None else max(self.bound, whole)

    def _closed(self) -> bool:
        return self.best_report is not None and self.bound == self.best_report.soft

    def _done(self) -> bool:
        if self.stopped or self._closed() or self.left <= 0:
            return True
        if self.best_report is None or self.bound is None or not self.limits.gap:
            return False
        soft = self.best_report.soft
        return soft - self.bound <= self.limits.gap * soft

    def _tell(self, phase: str, bound: int | None = None) -> bool:
        soft = self.best_report.soft if self.best_report else None
        known = max((b for b in (bound, self.bound) if b is not None), default=None)
        progress = Progress(phase, self.elapsed, soft, known)
        self.stopped = self.on_progress(progress) or self.stopped
        return self.stopped

    def _watch(self, phase: str) -> Callable[[Tick], bool]:
        """Pass a run's ticks on; its bound is one on our cost unless rules are off."""

        bounded_at: float | None = None

        def watch(tick: Tick) -> bool:
            nonlocal bounded_at
            proven = None if phase == "first" else tick.bound
            whole = None if proven is None else math.ceil(proven - 1e-6)
            if proven is not None and bounded_at is None:
                bounded_at = self.elapsed
            enough = (
                phase == "improve"
                and bounded_at is not None
                and self.elapsed - bounded_at > _STRAIGHT_ON * self.limits.seconds
            )
            return self._tell(phase, whole) or enough

        return watch

    def _without_timetable(self, status: Status) -> Solution:
        """As many lessons placed as can be, with nothing forbidden done."""
        if status is Status.INFEASIBLE and not self.reasons:
            self._count()
        self._tell("partial")
        seconds = min(max(_PARTIAL_SECONDS, self.left), _PARTIAL_AT_MOST)
        if self.stopped:
            seconds = _PARTIAL_WHEN_STOPPED
        limits = replace(self._limits(seconds), seconds=seconds, gap=0.0)
        watch = self._watch("partial")
        self.best = place_most(self.problem, self.rules, limits, watch)
        self.best_report = evaluate(self.best)
        return self._solution(status)

    def _solution(self, status: Status) -> Solution:
        assert self.best is not None
        assert self.best_report is not None
        return Solution(
            status,
            self.best,
            self.best_report,
            self.bound if status in (Status.OPTIMAL, Status.FEASIBLE) else None,
            self.elapsed,
            self.first_seconds,
            self.limits.seed,
            self.nodes,
            tuple(statement.text for statement in self.reasons),
        )


class _Stage:
    """A compiled problem, its model, and the model inside HiGHS; made when needed."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled

    @cached_property
    def model(self) -> ExactModel:
        return ExactModel(self.compiled)

    @cached_property
    def loaded(self) -> LoadedModel:
        return LoadedModel(self.model.problem)


def _verify(
    timetable: Timetable, compiled: Compiled, outcome: Outcome, exact: bool
) -> None:
    """The rules must say of a timetable what the model says.

    A run that was stopped, or may stop at a gap (not ``exact``), may hold cost
    variables above what they need to be; one that was proven optimal may not.

    Raises:
        SolverMismatch: they disagree.
    """
    rules = dict.fromkeys(posted.rule for posted in compiled.terms)
    soft = sum(r.cost(timetable) for r in rules if r.level is Level.SOFT)
    broken = [r.name for r in rules if r.level is Level.HARD and r.amount(timetable)]
    high = outcome.objective if outcome.objective is not None else math.inf
    tight = exact and outcome.status is Status.OPTIMAL
    low = high if tight else outcome.bound or 0
    if broken or not low - 1 < soft < high + 0.5:
        raise SolverMismatch(
            f"the model says cost {high}, bound {outcome.bound}; "
            f"the rules say {soft}, broken: {broken}"
        )
