"""Workers that are killed at any moment, one after another; what must be left."""

import datetime as dt
import multiprocessing
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from scheduler.model.timetable import Timetable
from scheduler.services.jobs.contract import JobKind, Work
from scheduler.services.jobs.queue import Queue
from scheduler.services.jobs.rows import MOST_TRIES, SILENCE, Job
from scheduler.services.jobs.worker import Worker
from scheduler.services.offices import Store

KEY = "s"
_WAITING = 3
"""Jobs that have not ended, at the least, while workers are killed."""


def late(rounds: int) -> Callable[[], dt.datetime]:
    """A clock that is on by as many silences, so that nobody has to wait for them."""
    ahead = rounds * (SILENCE + dt.timedelta(seconds=1))
    return lambda: dt.datetime.now(dt.UTC) + ahead


def work(url: str, rounds: int) -> None:
    """Be a worker until killed."""
    store = Store.open(url, late(rounds))
    Worker(store.database, f"worker-{rounds}").run()


@dataclass
class Killed:
    """How many jobs ended how, and how many went on with a best of before."""

    kills: int = 0
    running: int = 0
    jobs: int = 0
    done: int = 0
    failed: int = 0
    resumed: int = 0


def kill_workers(
    url: str, table: Timetable, kills: int, longest: float, settings: dict[str, object]
) -> Killed:
    """Kill workers within so many seconds of their start; then let one finish.

    Raises:
        AssertionError: a job ended twice or never, or a best timetable is lost.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    dice, found = random.Random(1), Killed(kills)
    ended: dict[int, Job] = {}
    best: dict[int, tuple[int, int]] = {}
    for round_ in range(kills):
        store = Store.open(url, late(round_))
        queue = store.add_office(KEY, "学校").jobs
        waiting = sum(not job.ended for job in queue.all())
        for seed in range(_WAITING - waiting):
            given = {**settings, "seed": round_ + seed}
            queue.ask(Work(JobKind.SOLVE, (table,), settings=given), "王")
        worker = context.Process(target=work, args=(url, round_))
        worker.start()
        time.sleep(dice.random() * longest)
        worker.kill()
        worker.join()
        found.running += any(job.state == "running" for job in queue.all())
        found.resumed += _look(queue, ended, best)
        store.close()
    store = Store.open(url, late(kills))
    queue = store.office(KEY).jobs
    while Worker(store.database).work_once():
        pass
    _look(queue, ended, best)
    jobs = queue.all()
    assert all(job.ended and job.tries <= MOST_TRIES for job in jobs)
    found.jobs = len(jobs)
    found.done = sum(job.state == "done" for job in jobs)
    found.failed = sum(job.state == "failed" for job in jobs)
    store.close()
    return found


def _look(queue: Queue, ended: dict[int, Job], best: dict[int, tuple[int, int]]) -> int:
    """Hold all jobs against what was seen before; how many had a best already."""
    resumed = 0
    for job in queue.all():
        assert ended.get(job.job_id, job) == job, "it ended, and changed all the same"
        if job.ended:
            ended[job.job_id] = job
        result = queue.result(job.job_id)
        if job.job_id in best:
            assert result is not None, "the best is lost"
            resumed += job.state == "running" and job.tries > 1
        if result is not None:
            cost = result.facts["hard"], result.facts["soft"]
            assert cost <= best.get(job.job_id, cost), "a worse one took its place"
            best[job.job_id] = cost
    return resumed
