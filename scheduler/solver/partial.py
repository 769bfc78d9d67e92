"""As much of a timetable as can be, where a whole one cannot."""

from collections.abc import Callable
from dataclasses import replace

from scheduler.constraints.avoid_clashes import AvoidClassClashes
from scheduler.constraints.base import Constraint
from scheduler.constraints.give_daily_pe import GiveDailyPE
from scheduler.constraints.place_every_lesson import PlaceEveryLesson
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.timetable import Timetable
from scheduler.solver.conflicts import without_conflicts
from scheduler.solver.exact_model import ExactModel
from scheduler.solver.highs import LoadedModel, RunLimits, Tick
from scheduler.solver.options import compile_problem
from scheduler.solver.polish import polish
from scheduler.solver.reading import read_timetable, start_values
from scheduler.solver.status import Status

_STRAIGHT_SHARE = 0.3
UNPLACED_WEIGHT = 1000
"""Price of an unplaced lesson where a complete timetable is impossible."""


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
        start: A timetable to begin with; lessons in conflict are taken out first.
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
    alike = any(isinstance(r, AvoidClassClashes) for r in kept)
    asked = without_demands(problem)
    model = ExactModel(compile_problem(asked, kept + relaxed, aggregate=alike))
    loaded = LoadedModel(model.problem)
    straight = replace(limits, seconds=_STRAIGHT_SHARE * limits.seconds)
    known = Timetable(asked, {})
    if start is not None:
        known = without_conflicts(Timetable(asked, start.placements), kept)
    values = start_values(model, known) if known.placements else None
    outcome = loaded.solve(straight, values, on_tick)
    found = read_timetable(model) if outcome.objective is not None else None
    best = found or known
    if outcome.status is not Status.OPTIMAL:
        rest = replace(limits, seconds=limits.seconds - straight.seconds)
        for timetable in polish(model, loaded, best, rest, on_tick):
            best = timetable
    return Timetable(problem, best.placements)


def without_demands(problem: Problem) -> Problem:
    """The problem without rows that an empty timetable breaks."""
    return replace(
        problem,
        limits=tuple(x for x in problem.limits if not x.kind.demands_lessons),
        relations=tuple(x for x in problem.relations if not x.kind.demands_lessons),
    )
