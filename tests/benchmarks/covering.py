"""How long covers take: ten absent teachers of a school, proposals and best choice."""

import datetime as dt
from collections.abc import Callable
from statistics import median
from time import process_time

from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.timetable_reading import read_timetable
from scheduler.services.school.cover.optimum import (
    best_for_all,
    choice_of,
    options_of,
)
from scheduler.solver.assignment.choosing import best_choice
from scheduler.term.checking import refusals
from scheduler.term.cover.board import Board
from scheduler.term.cover.leaves import Leave
from scheduler.term.cover.settings import CoverSettings
from scheduler.term.versions import Versions
from tests.benchmarks.instances import PLANTED, generated
from tests.benchmarks.measure import Table
from tests.benchmarks.tables import Settings

_REPEATS = 3
_AWAY = 10


def covering(settings: Settings) -> None:
    """A row for each part of a morning with ten absent teachers."""
    table = Table(
        "Covers of a day, ten absent teachers (target: 1000 ms of CPU in all)",
        "school | what | lessons | CPU ms",
    )
    for name in settings.schools or ("primary-36",):
        folder = generated(name, 0)
        problem = read_problem(folder).problem
        given = read_timetable(problem, folder / PLANTED).timetable
        versions = Versions.of(given)
        date = problem.term.first_day + dt.timedelta(weeks=7)
        step = max(1, len(problem.teachers) // _AWAY)
        away = [t.teacher_id for t in problem.teachers[::step]][:_AWAY]
        leaves = tuple(Leave(x, date, date) for x in away)

        def board() -> Board:
            rules = CoverSettings()
            return Board(versions, (), leaves, rules, date, date)  # noqa: B023

        known = board()
        options = options_of(known)
        choice = choice_of(known, options)
        best = best_for_all(known)
        changes = [c for x in best for c in x.changes]
        works: tuple[tuple[str, Callable[[], object]], ...] = (
            ("proposals for every lesson", lambda: options_of(board())),
            ("the best choice", lambda: best_choice(choice)),  # noqa: B023
            ("judging it whole", lambda: refusals(versions, (), changes)),  # noqa: B023
            ("all of it", lambda: best_for_all(board())),
        )
        for what, work in works:
            table.row(name, what, len(options), _cpu(work))


def _cpu(work: Callable[[], object]) -> float:
    """Median of CPU milliseconds."""
    spent = []
    for _ in range(_REPEATS):
        began = process_time()
        work()
        spent.append(1000 * (process_time() - began))
    return round(median(spent), 1)
