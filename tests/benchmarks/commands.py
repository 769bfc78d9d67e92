"""How long people wait: validate, check, a feed and its 304."""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from scheduler.constraints.catalogue import rules_in_force
from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.files.workbook_writing import write_workbook
from scheduler.formats.tables.timetable_writing import write_timetable
from scheduler.model.problem import Problem
from scheduler.model.timetable import Timetable
from scheduler.services.offices import Store
from scheduler.services.views.site import SiteState
from scheduler.solver.exact.highs import RunLimits
from scheduler.solver.partial import place_most
from tests.benchmarks.instances import DEMOS
from tests.benchmarks.measure import say
from web.app import create_app

REPEATS = 7


def table() -> None:
    """Median and slowest of several runs; commands with their start-up."""
    problem = read_problem(DEMOS[0]).problem
    timetable = place_most(problem, rules_in_force(problem), RunLimits(30.0))
    say("| what (demo-school) | median s | slowest s | target s |")
    say("|---|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        workbook, rows = folder / "demo.xlsx", folder / "timetable.csv"
        write_workbook(problem, workbook)
        write_timetable(timetable, rows)
        _row("validate, folder", "1", lambda: _cuofeng("validate", DEMOS[0]))
        _row("validate, workbook", "1", lambda: _cuofeng("validate", workbook))
        _row("check", "1", lambda: _cuofeng("check", DEMOS[0], rows))
    _feeds(problem, timetable)
    say("")


def _feeds(problem: Problem, timetable: Timetable) -> None:
    """Through the web application, without a network."""
    store = Store.open("sqlite://")
    office = store.add_office("s1", "benchmark")
    office.publish(problem, timetable, "benchmark", "{}")
    client = create_app(SiteState(store)).test_client()
    busiest = max(timetable.by_teacher, key=lambda t: len(timetable.by_teacher[t]))
    address = f"/o/s1/feeds/{office.create_link('teacher', busiest)}.ics"
    _row("feed, first request", "0.05", lambda: client.get(address), 1)
    _row("feed, again", "0.05", lambda: client.get(address))
    known = {"If-None-Match": client.get(address).headers["ETag"]}
    _row("feed, 304", "0.005", lambda: client.get(address, headers=known))


def _cuofeng(*arguments: object) -> None:
    command = [sys.executable, "-m", "scheduler", *map(str, arguments)]
    subprocess.run(command, capture_output=True, check=False)


def _row(
    name: str, target: str, act: Callable[[], object], repeats: int = REPEATS
) -> None:
    taken = []
    for _ in range(repeats):
        began = perf_counter()
        act()
        taken.append(perf_counter() - began)
    say(f"| {name} | {median(taken):.4f} | {max(taken):.4f} | {target} |")
