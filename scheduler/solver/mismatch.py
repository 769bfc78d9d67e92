"""The fault that is ours: solver and rules disagree."""

from scheduler.constraints.evaluate import Report, evaluate
from scheduler.model.resources import Level
from scheduler.model.timetable import Timetable


class SolverMismatch(Exception):
    """What a solver claims is not what the rules find: a bug, never a bad input."""


def judged(timetable: Timetable) -> Report:
    """The rules' report on a timetable that a solver says is without conflict.

    Raises:
        SolverMismatch: the rules do not agree.
    """
    report = evaluate(timetable)
    if report.conflicts:
        broken = [r.name for r in report.results if r.level is Level.HARD and r.amount]
        raise SolverMismatch(f"the rules find broken what a solver kept: {broken}")
    return report
