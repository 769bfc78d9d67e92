"""The exact solver: a first timetable, then the best, then the proof."""

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic

from scheduler.constraints.base import Constraint
from scheduler.constraints.catalogue import rules_in_force
from scheduler.constraints.evaluate import Report, evaluate
from scheduler.constraints.give_daily_pe import GiveDailyPE
from scheduler.constraints.place_every_lesson import PlaceEveryLesson
from scheduler.constraints.teacher_days import LimitIdlePeriods
from scheduler.model.meeting import Meeting, Placement
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.timetable import Timetable
from scheduler.solver.exact_model import ExactModel
from scheduler.solver.highs import Outcome, RunLimits, Tick, run
from scheduler.solver.options import Compiled, compile_problem
from scheduler.solver.seats import Choice
from scheduler.solver.solution import Solution
from scheduler.solver.status import Status

log = logging.getLogger(__name__)

UNPLACED_WEIGHT = 1000
"""Price of an unplaced lesson where a complete timetable is impossible."""


class SolverMismatch(Exception):
    """The model's cost differs from the rules' own: a bug, never a bad input."""


@dataclass(frozen=True, slots=True)
class SolveLimits:
    """When to stop: seconds of wall time, or a relative gap."""

    seconds: float = 60.0
    gap: float = 0.0
    seed: int = 0
    workers: int = 2


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a solve has come; costs are None until known."""

    phase: str
    seconds: float
    soft: int | None = None
    bound: int | None = None


OnProgress = Callable[[Progress], bool]
"""Told of progress; returns True to stop with the best timetable so far."""


def _silent(progress: Progress) -> bool:
    return False


def solve(
    problem: Problem,
    limits: SolveLimits | None = None,
    start: Timetable | None = None,
    on_progress: OnProgress = _silent,
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
            outcome = self._first(compiled)
            if self.best is None:
                return self._without_timetable(outcome.status)
        easy = [r for r in self.rules if not isinstance(r, LimitIdlePeriods)]
        if len(easy) < len(self.rules):
            self._improve(compiled.only(easy), "improve", 0.4 * self.left)
        if not self._done():
            self._improve(compiled, "prove", self.left)
        return self._solution(Status.OPTIMAL if self._closed() else Status.FEASIBLE)

    def _classes_clash_free(self) -> bool:
        names = {r.name for r in self.rules if r.level is Level.HARD}
        return {"AvoidClassClashes", "PlaceEveryLesson"} <= names

    def _first(self, compiled: Compiled) -> Outcome:
        """Any timetable that keeps the hard rules."""
        self._tell("first")
        if compiled.lessons_without_option():
            return Outcome(Status.INFEASIBLE, None, None, 0)
        hard = [r for r in self.rules if r.level is Level.HARD]
        outcome, _ = self._run(compiled.only(hard), self.left, first_solution=True)
        return outcome

    def _improve(self, compiled: Compiled, phase: str, seconds: float) -> None:
        """Lower the soft cost of the rules compiled, and raise the bound."""
        self._tell(phase)
        if seconds > 0 and not self.stopped:
            outcome, _ = self._run(compiled, seconds, phase=phase)
            if outcome.bound is not None:
                self._raise_bound(outcome.bound)

    def _run(
        self,
        compiled: Compiled,
        seconds: float,
        phase: str = "first",
        first_solution: bool = False,
    ) -> tuple[Outcome, Timetable | None]:
        model = ExactModel(compiled)
        limits = RunLimits(
            min(seconds, self.left),
            self.limits.gap,
            first_solution,
            self.limits.workers,
            self.limits.seed,
        )
        known = self._start_values(model) if self.best else None
        outcome = run(model.problem, limits, known, lambda t: self._on_tick(phase, t))
        self.nodes += outcome.nodes
        log.info("%s: %s after %.1f s", phase, outcome, self.elapsed)
        if outcome.objective is None:
            return outcome, None
        timetable = read_timetable(model)
        if timetable is None:
            return self._run(compiled.unpooled(), seconds, phase, first_solution)
        _verify(timetable, compiled, outcome)
        self._take(timetable)
        return outcome, timetable

    def _start_values(self, model: ExactModel) -> dict[str, float]:
        """The best timetable as values of the 0/1 variables."""
        assert self.best is not None
        return start_values(model, self.best)

    def _take(self, timetable: Timetable) -> None:
        """Keep a timetable if it is complete, allowed and better."""
        report = evaluate(timetable)
        if report.hard:
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

    def _tell(self, phase: str) -> None:
        soft = self.best_report.soft if self.best_report else None
        progress = Progress(phase, self.elapsed, soft, self.bound)
        self.stopped = self.on_progress(progress) or self.stopped

    def _on_tick(self, phase: str, tick: Tick) -> bool:
        soft = self.best_report.soft if self.best_report else None
        if phase == "prove" and tick.best is not None:
            soft = min(soft, round(tick.best)) if soft is not None else None
        bound = self.bound
        if phase != "first" and tick.bound is not None:
            bound = max(bound or 0, math.ceil(tick.bound - 1e-6))
        progress = Progress(phase, self.elapsed, soft, bound)
        self.stopped = self.on_progress(progress) or self.stopped
        return self.stopped

    def _without_timetable(self, status: Status) -> Solution:
        """As many lessons placed as can be, with nothing forbidden done."""
        self.best = place_most(self.problem, self.rules, max(10.0, self.left))
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
        )


def place_most(
    problem: Problem, rules: tuple[Constraint, ...], seconds: float
) -> Timetable:
    """Place as many lessons as can be without breaking a hard rule.

    Rules that demand lessons are weighed instead, all soft rules are left out.
    """
    demanding = (PlaceEveryLesson, GiveDailyPE)
    relaxed = tuple(
        replace(r, level=Level.SOFT, weight=UNPLACED_WEIGHT // 10**k)
        for k, kind in enumerate(demanding)
        for r in rules
        if isinstance(r, kind)
    )
    kept = tuple(
        r for r in rules if r.level is Level.HARD and not isinstance(r, demanding)
    )
    model = ExactModel(compile_problem(problem, kept + relaxed, aggregate=False))
    outcome = run(model.problem, RunLimits(seconds))
    found = read_timetable(model) if outcome.objective is not None else None
    return found or Timetable(problem, {})


def start_values(model: ExactModel, timetable: Timetable) -> dict[str, float]:
    """A timetable as values of a model's 0/1 variables by name.

    Layouts of a pool are told apart in a timetable but not in the model.
    """
    stands_for = {
        member: name
        for name, members in model.compiled.pools.members.items()
        for member in members
    }
    wanted: set[tuple[str, Placement]] = set()
    for lesson in timetable.problem.lessons:
        placement = timetable.placements.get(lesson.lesson_id)
        if placement is not None:
            layout_id = stands_for.get(placement.layout_id, placement.layout_id)
            same = replace(placement, layout_id=layout_id)
            wanted.add((lesson.lesson_id, same))
    values: dict[str, float] = {}
    for choice in model.choices:
        seats = choice.seats or (choice.variable,)
        values |= {seat.name: values.get(seat.name, 0.0) for seat in seats}
        values[choice.variable.name] = 0.0
        for seat, meeting in zip(seats, choice.meetings, strict=True):
            if any(
                (x.lesson_id, meeting.placement) in wanted for x in choice.group.lessons
            ):
                values[choice.variable.name] = 1.0
                values[seat.name] = values[seat.name] + (seat is not choice.variable)
    return values


def read_timetable(model: ExactModel) -> Timetable | None:
    """The solved model's timetable, or None where a pool cannot be told apart.

    Alike lessons are numbered by day and time; those who share seats sit down in
    the order of the groups.
    """
    problem = model.compiled.problem
    taken: dict[str, list[Meeting]] = {}
    free = {
        seat.name: round(seat.varValue or 0)
        for choice in model.choices
        for seat in choice.seats
    }
    for choice in model.choices:
        if (choice.variable.varValue or 0) > 0.5:
            meeting = _sit_down(choice, free)
            taken.setdefault(choice.group.lessons[0].lesson_id, []).append(meeting)
    placements: dict[str, Placement] = {}
    for group in model.compiled.groups:
        meetings = taken.get(group.lessons[0].lesson_id, [])
        meetings.sort(key=lambda m: (m.day, m.start, m.layers))
        for lesson, meeting in zip(group.lessons, meetings, strict=False):
            placements[lesson.lesson_id] = meeting.placement
    pooled = model.compiled.pools.assign(Timetable(problem, placements).meetings)
    if pooled is None:
        return None
    for lesson_id, layout_id in pooled.items():
        placements[lesson_id] = replace(placements[lesson_id], layout_id=layout_id)
    return Timetable(problem, placements)


def _sit_down(choice: Choice, free: dict[str, int]) -> Meeting:
    """Take the first free seat; the model made as many as lessons come."""
    if not choice.seats:
        return choice.meeting
    names = [seat.name for seat in choice.seats]
    k = next(k for k, name in enumerate(names) if free[name])
    free[names[k]] -= 1
    return choice.meetings[k]


def _verify(timetable: Timetable, compiled: Compiled, outcome: Outcome) -> None:
    """The rules must say of a timetable what the model says.

    A run that was stopped may hold cost variables above what they need to be; one
    that was proven optimal may not.

    Raises:
        SolverMismatch: they disagree.
    """
    rules = dict.fromkeys(posted.rule for posted in compiled.terms)
    soft = sum(r.cost(timetable) for r in rules if r.level is Level.SOFT)
    broken = [r.name for r in rules if r.level is Level.HARD and r.amount(timetable)]
    high = outcome.objective if outcome.objective is not None else math.inf
    low = high if outcome.status is Status.OPTIMAL else outcome.bound or 0
    if broken or not low - 1 < soft < high + 0.5:
        raise SolverMismatch(
            f"the model says cost {high}, bound {outcome.bound}; "
            f"the rules say {soft}, broken: {broken}"
        )
