"""As much of a timetable as can be, where a whole one cannot."""

from collections.abc import Callable
from dataclasses import replace
from time import monotonic

from scheduler.constraints.base import Constraint, Missing
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.timetable import Timetable
from scheduler.solver.exact.exact_model import ExactModel
from scheduler.solver.exact.highs import LoadedModel, RunLimits, Tick
from scheduler.solver.greedy import (
    kept_rules,
    without_conflicts,
    without_demands,
)
from scheduler.solver.options import classes_clash_free, compile_problem
from scheduler.solver.polish import polish
from scheduler.solver.reading import read_timetable, start_values
from scheduler.solver.status import Status

_STRAIGHT_SHARE = 0.3
UNPLACED_WEIGHT = 1000
"""Price of an unplaced lesson where a complete timetable is impossible; what other
rules demand costs a tenth of it, a hundredth and so on, in their order."""


def place_most(
    problem: Problem,
    rules: tuple[Constraint, ...],
    limits: RunLimits,
    on_tick: Callable[[Tick], bool] = lambda tick: False,
    start: Timetable | None = None,
) -> Timetable:
    """Place as many lessons as can be without breaking a hard rule.

    Rules that demand lessons are weighed instead; rows of tables that do and all
    soft rules are left out.

    Parameters:
        limits: Writing the model counts.
        start: A timetable to begin with; lessons in conflict are taken out first.
    """
    end = monotonic() + limits.seconds
    relaxed = tuple(
        replace(r, level=Level.SOFT, weight=max(1, UNPLACED_WEIGHT // 10**k))
        for k, r in enumerate(filter(_is_weighed, rules))
    )
    kept, asked = kept_rules(rules), without_demands(problem)
    known = Timetable(asked, {})
    if start is not None:
        known = without_conflicts(Timetable(asked, start.placements), kept)
    model = _model(asked, kept, relaxed, end, on_tick)
    if model is not None:
        left = replace(limits, seconds=end - monotonic())
        known = _placed(model, known, left, on_tick)
    return Timetable(problem, known.placements)


def _is_weighed(rule: Constraint) -> bool:
    """Rules that demand lessons; only the hard ones, and that all be placed."""
    hard = rule.level is Level.HARD
    return rule.demands_lessons and (hard or rule.missing is Missing.LESSON)


class _TooLate(Exception):
    """The time is over while a model is being written."""


def _model(
    problem: Problem,
    kept: tuple[Constraint, ...],
    relaxed: tuple[Constraint, ...],
    end: float,
    on_tick: Callable[[Tick], bool],
) -> ExactModel | None:
    """The exact model, or None where the time does not suffice to write it."""

    def check() -> None:
        now = monotonic()
        if now >= end or on_tick(Tick(now - begun, None, None)):
            raise _TooLate

    begun = monotonic()
    compiled = compile_problem(problem, kept + relaxed, classes_clash_free(kept))
    try:
        return ExactModel(compiled, check=check)
    except _TooLate:
        return None


def _placed(
    model: ExactModel,
    known: Timetable,
    limits: RunLimits,
    on_tick: Callable[[Tick], bool],
) -> Timetable:
    """The best of the model: straight, then part by part."""
    loaded, end = LoadedModel(model.problem), monotonic() + limits.seconds
    straight = replace(limits, seconds=_STRAIGHT_SHARE * limits.seconds)
    values = start_values(model, known) if known.placements else None
    outcome = loaded.solve(straight, values, on_tick)
    found = read_timetable(model) if outcome.objective is not None else None
    best = found or known
    if outcome.status is not Status.OPTIMAL:
        rest = replace(limits, seconds=end - monotonic())
        for timetable in polish(model, loaded, best, rest, on_tick):
            best = timetable
    return best
