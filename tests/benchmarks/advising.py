"""How long advice on one lesson takes, and the naive way: evaluate for each slot."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time

from scheduler.constraints.evaluate import evaluate
from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.timetable_reading import read_timetable
from scheduler.model.timetable import Timetable
from scheduler.solver.advice.adviser import Adviser
from tests.benchmarks.instances import PLANTED, generated
from tests.benchmarks.measure import Table
from tests.benchmarks.tables import Settings, chosen

SAMPLE = 3
"""Lessons asked about the naive way, spread over the school."""


def table(settings: Settings) -> None:
    """(h) CPU time per lesson, over all lessons of a school."""
    found = Table(
        "Advice on one lesson",
        "school | lessons | build s | median ms | 95 % ms | max ms | move ms "
        "| naive ms, slots alone",
    )
    for name in chosen(settings, "primary-12", "primary-36", "junior-60"):
        found.row(name, *_row(generated(name, 1)))
    found.end()


def _row(folder: Path) -> tuple[float, ...]:
    problem = read_problem(folder).problem
    timetable = read_timetable(problem, folder / PLANTED).timetable
    ids = [x.lesson_id for x in problem.lessons]
    Adviser(problem, timetable).advise(ids[0])  # Compiled code is read in.
    built = _seconds(lambda: Adviser(problem, timetable))
    adviser, placed = Adviser(problem, timetable), timetable.placements

    def each(act: Callable[[str], object], asked: list[str]) -> list[float]:
        return sorted(1000 * _seconds(partial(act, x)) for x in asked)

    taken = each(adviser.advise, ids)
    moved = each(lambda x: adviser.move({x: placed[x]}), ids[::10])
    sample = ids[:: len(ids) // SAMPLE][:SAMPLE]
    naive = each(lambda x: _naively(adviser, timetable, x), sample)
    high = taken[int(0.95 * len(taken))]
    counted = (built, median(taken), high, taken[-1], median(moved), median(naive))
    return len(ids), *counted


def _naively(adviser: Adviser, timetable: Timetable, lesson_id: str) -> None:
    """The costs of all slots to which the lesson may go, each by a full evaluation."""
    evaluate(timetable)
    for mark in adviser.advise(lesson_id).marks:
        if mark.placement is not None:
            changed = {**timetable.placements, lesson_id: mark.placement}
            evaluate(Timetable(timetable.problem, changed))


def _seconds(act: Callable[[], object]) -> float:
    began = process_time()
    act()
    return process_time() - began
