"""A problem checked as if its tables had been read."""

from scheduler.formats.problem.reading import Judged
from scheduler.formats.problem.typed import judge_rows, rows_at_start
from scheduler.model.errors import InputError
from scheduler.model.problem import Problem


def checked(problem: Problem) -> Judged:
    """What judging its rows says; raises InputError where it has faults."""
    judged = judge_rows(rows_at_start(problem), lambda settings: ()).judged
    if judged.problem is None:
        raise InputError(judged.errors)
    return judged
