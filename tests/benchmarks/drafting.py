"""How long a step of a draft takes with its verdict, advice, undo, and opening it."""

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

from scheduler.formats.problem.amending import Amendment
from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.timetable_reading import read_timetable
from scheduler.model.timetable import Timetable
from scheduler.services.school.drafts.desk import Asked, Desk
from scheduler.services.school.drafts.refusals import Refused
from scheduler.solver.advice.advice import MarkKind
from tests.benchmarks.instances import PLANTED, generated
from tests.benchmarks.measure import Table
from tests.benchmarks.tables import Settings, chosen

STEPS = 400
ROWS = 20
"""Rows of teachers that are changed, and changed back."""
LONG = 2000
"""Operations of a draft that is opened."""
NOW = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)


def table(settings: Settings) -> None:
    """(i) CPU time of lessons picked up, moved somewhere at random, and put back."""
    found = Table(
        "Steps of a draft",
        "school | board s | pick up and move median ms | 95 % ms | move alone ms "
        "| undo ms | row median ms | 95 % ms | undo of a row ms "
        "| open with 2,000 steps s",
    )
    for name in chosen(settings, "primary-12", "primary-36"):
        found.row(name, *_row(generated(name, 1)))
    found.end()


def _row(folder: Path) -> tuple[float, ...]:
    problem = read_problem(folder).problem
    start = read_timetable(problem, folder / PLANTED).timetable
    desk = Desk(start)
    desk.advise(problem.lessons[0].lesson_id)  # The board is made, code is read in.
    board = _seconds(lambda: Desk(start).advise(problem.lessons[0].lesson_id))
    both, alone, undone = _steps(desk, start, STEPS)
    rows, back = _rows(desk, ROWS)
    _steps(desk, start, LONG - desk.history.last, undo=False)
    operations = desk.history.operations
    long = _seconds(lambda: Desk(start, (), operations))
    return (
        *(board, median(both), _high(both), median(alone), median(undone)),
        *(median(rows), _high(rows), median(back), long),
    )


def _high(times: list[float]) -> float:
    """What 95 of 100 are below."""
    return sorted(times)[int(0.95 * len(times))]


def _rows(desk: Desk, count: int) -> tuple[list[float], list[float]]:
    """Milliseconds of teachers who may teach less or are called otherwise; undone."""
    changed, undone = [], []
    for number in range(count):
        row = desk.tables.in_force()["teachers"][number + 1]
        name = {"name": f"{row['name']}甲"}
        limit = {"max_per_day": "3" if row.get("max_per_day") == "4" else "4"}
        after = row | (limit if number % 2 else name)
        amendment = Amendment("teachers", row, after)
        began = process_time()
        desk.amend(_asked(desk), amendment)
        changed.append(1000 * (process_time() - began))
        undone.append(1000 * _seconds(lambda: desk.undo(_asked(desk))))
    return changed, undone


def _steps(
    desk: Desk, start: Timetable, count: int, undo: bool = True
) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds of lessons judged and moved, moved alone, undone."""
    rng = random.Random(1)
    ids = sorted(start.placements)
    both, alone, undone = [], [], []
    while len(both) < count:
        lesson_id = rng.choice(ids)
        began = process_time()
        marks = desk.advise(lesson_id).marks
        free = [m for m in marks if m.kind in (MarkKind.FREE, MarkKind.CLASH)]
        if not free:
            continue
        moving = process_time()
        desk.move(_asked(desk), {lesson_id: rng.choice(free).placement})
        ended = process_time()
        both.append(1000 * (ended - began))
        alone.append(1000 * (ended - moving))
        if undo and rng.random() < 0.5:
            undone.append(1000 * _seconds(lambda: _undo(desk)))
    return both, alone, undone


def _undo(desk: Desk) -> None:
    try:
        desk.undo(_asked(desk))
    except Refused:
        return


def _asked(desk: Desk) -> Asked:
    return Asked("office", NOW, desk.history.last)


def _seconds(act: Callable[[], object]) -> float:
    began = process_time()
    act()
    return process_time() - began
