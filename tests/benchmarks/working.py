"""Work that is shared: workers killed, two offices' jobs, twenty people on a draft."""

import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from time import monotonic, process_time, sleep

from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.timetable_reading import read_timetable
from scheduler.model.meeting import Placement
from scheduler.model.timetable import Timetable
from scheduler.services.jobs.contract import JobKind, Work
from scheduler.services.jobs.rows import Job
from scheduler.services.jobs.worker import Worker
from scheduler.services.office import Office
from scheduler.services.offices import Store
from scheduler.services.school.drafts.desk import Asked, Desk, Step
from scheduler.solver.advice.advice import MarkKind
from tests.benchmarks.instances import PLANTED, generated
from tests.benchmarks.measure import Table
from tests.benchmarks.tables import Settings
from tests.services.jobs.killing import kill_workers
from tests.services.postgres import server
from tests.services.school.drafts.together import work_together

KILLS, LONGEST = 200, 8.0
"""Workers killed, each within so many seconds: while it starts, computes, ends."""
PEOPLE, EACH = 20, 50
_CORES = 2
_JOB_SECONDS = 4.0
_LOOK = 0.1
_LESSONS = 60
"""Lessons that all move: few enough that they collide."""


def table(settings: Settings) -> None:
    """The three tables, on a school of 12 classes or the first one named."""
    small = _planted((settings.schools or ("primary-12",))[0])
    for each in (kills, fair, together):
        each(small)


def kills(table: Timetable) -> None:
    """Solves whose workers are killed one after another."""
    found = Table(
        f"Workers killed at random moments within {LONGEST:g} s",
        "killed | at work then | went on with their best | jobs | done "
        "| failed after three workers | never ended or twice",
    )
    empty = Timetable(table.problem, {})
    settings: dict[str, object] = {"seconds": _JOB_SECONDS, "workers": 1}
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'jobs.db'}"
        x = kill_workers(url, empty, KILLS, LONGEST, settings)
    lost = x.jobs - x.done - x.failed
    found.row(x.kills, x.running, x.resumed, x.jobs, x.done, x.failed, lost)
    found.end()


def fair(table: Timetable) -> None:
    """One office asks for six jobs, another one for three a moment later."""
    found = Table(
        f"Two offices, {_CORES} workers, jobs of {_JOB_SECONDS:g} s",
        "office | jobs | first begun after s | mean wait s | workers' time once both "
        "were served s",
    )
    empty = Timetable(table.problem, {})
    settings = {"seconds": _JOB_SECONDS, "workers": 1}
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{Path(folder) / 'jobs.db'}")
        offices = [store.add_office(key, key) for key in ("first", "second")]
        with _workers(store):
            for office, count in zip(offices, (6, 3), strict=True):
                for seed in range(count):
                    work = Work(
                        JobKind.SOLVE, (empty,), settings={**settings, "seed": seed}
                    )
                    office.jobs.ask(work, "bench")
                sleep(2.0)
            shared = _watched(offices)
        for office in offices:
            jobs = office.jobs.all()
            waits = [_wait(job) for job in jobs]
            cells = (min(waits), sum(waits) / len(waits), shared[office.key])
            found.row(office.key, len(jobs), *cells)
        store.close()
    found.end()


def together(table: Timetable) -> None:
    """Twenty people move lessons of one draft, through two stores of one database."""
    found = Table(
        f"{PEOPLE} people, {EACH} steps each, one draft of "
        f"{len(table.problem.classes)} classes",
        "database | steps | done | refused | lost | seconds | CPU s "
        "| a step, median ms | slowest ms",
    )
    with tempfile.TemporaryDirectory() as folder:
        _together(found, "SQLite", f"sqlite:///{Path(folder) / 'draft.db'}", table)
    with server() as postgres:
        _together(found, "PostgreSQL", postgres.new_database(), table)
    found.end()


def _together(found: Table, name: str, url: str, table: Timetable) -> None:
    stores = [Store.open(url) for _ in range(2)]
    office = stores[0].add_office("s", "学校")
    number = office.drafts.new("bench", "bench", table).draft_id
    desk = Desk(table)
    found_for = ((x, _targets(desk, x)) for x in sorted(table.placements))
    targets = dict(islice(((x, some) for x, some in found_for if some), _LESSONS))

    def move(rng: Random) -> Callable[[Desk, Asked], Step]:
        lesson_id = rng.choice(sorted(targets))
        wish = {lesson_id: rng.choice(targets[lesson_id])}
        return lambda desk, asked: desk.move(asked, wish)

    began = process_time()
    x = work_together(stores, number, PEOPLE, EACH, move)
    lost = PEOPLE * EACH - len(x.done) - len(x.refused)
    steps = [1000 * s for s in x.steps]
    found.row(
        *(name, PEOPLE * EACH, len(x.done), len(x.refused), lost, x.seconds),
        *(process_time() - began, median(steps), max(steps)),
    )
    for store in stores:
        store.close()


def _targets(desk: Desk, lesson_id: str) -> list[Placement | None]:
    """Where a lesson may go, over others as well."""
    marks = desk.advise(lesson_id).marks
    return [x.placement for x in marks if x.kind in (MarkKind.FREE, MarkKind.CLASH)]


@contextmanager
def _workers(store: Store) -> Iterator[None]:
    workers = [Worker(store.database) for _ in range(_CORES)]
    threads = [threading.Thread(target=worker.run) for worker in workers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for worker in workers:
            worker.end()
        for thread in threads:
            thread.join()


def _watched(offices: list[Office]) -> dict[str, float]:
    """Seconds of workers each office had while both had jobs that had not ended.

    Counted from when both had begun one: a job that runs is not taken from its worker.
    """
    had = {office.key: 0.0 for office in offices}
    before = monotonic()
    while any(not job.ended for office in offices for job in office.jobs.all()):
        sleep(_LOOK)
        jobs = {office.key: office.jobs.all() for office in offices}
        passed, before = monotonic() - before, monotonic()
        if all(_is_served(each) for each in jobs.values()):
            for key, each in jobs.items():
                had[key] += passed * sum(job.state == "running" for job in each)
    return had


def _is_served(jobs: tuple[Job, ...]) -> bool:
    """Whether an office has had its turn, and has more to do."""
    begun = any(job.begun_at is not None for job in jobs)
    return begun and any(not job.ended for job in jobs)


def _wait(job: Job) -> float:
    assert job.begun_at is not None
    return (job.begun_at - job.asked_at).total_seconds()


def _planted(name: str) -> Timetable:
    folder = generated(name, 1)
    problem = read_problem(folder).problem
    return read_timetable(problem, folder / PLANTED).timetable
