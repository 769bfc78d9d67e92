"""As much of a timetable as can be, where a whole one cannot."""

from dataclasses import replace

from scheduler.constraints.base import Constraint
from scheduler.constraints.give_daily_pe import GiveDailyPE
from scheduler.constraints.place_every_lesson import PlaceEveryLesson
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.timetable import Timetable
from scheduler.solver.exact_model import ExactModel
from scheduler.solver.highs import RunLimits, run
from scheduler.solver.options import compile_problem
from scheduler.solver.reading import read_timetable

UNPLACED_WEIGHT = 1000
"""Price of an unplaced lesson where a complete timetable is impossible."""


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
