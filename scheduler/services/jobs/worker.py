"""The worker: takes jobs of all offices from the queue, each in its own process."""

import json
import logging
import secrets
import threading
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from scheduler.model.timetable import Timetable
from scheduler.services.access.permissions import Action
from scheduler.services.jobs.contract import JobKind, Result, Work
from scheduler.services.jobs.curve import Curve
from scheduler.services.jobs.messages import (
    BEST,
    FAULT,
    PROGRESS,
    RESULT,
    STOP,
    WORK,
    receive,
    send,
)
from scheduler.services.jobs.rows import (
    Job,
    beat,
    claim,
    end_job,
    is_idle,
    load_curve,
    load_work,
)
from scheduler.services.store.database import Database
from scheduler.services.store.schema import JOBS
from scheduler.solver.processes import start_child

_PROGRAM = ("-m", "scheduler.services.jobs.child")
_LOOK_SECONDS = 0.5
"""Between two looks into an empty queue, and two beats of a job."""
_GRACE = 20.0
"""Seconds in which a job that is to stop must end by itself."""
_ALL_OR_NOTHING = (JobKind.PEAKS, JobKind.RAIN, JobKind.COVER, JobKind.AUDIT)
"""Half of these is worth nothing: they end at once."""
log = logging.getLogger(__name__)


class Worker:
    """Takes one job after another until it is told to end.

    Several may run on one database, in one process or many.
    """

    def __init__(self, database: Database, name: str = "") -> None:
        self._database = database
        self.name = name or f"worker-{secrets.token_hex(6)}"
        self._ended = threading.Event()

    def run(self) -> None:
        """Work until :meth:`end`."""
        while not self._ended.is_set():
            if not self.work_once():
                self._ended.wait(_LOOK_SECONDS)

    def end(self) -> None:
        """Take no more jobs; one that runs goes back to the queue with its best."""
        self._ended.set()

    def work_once(self) -> bool:
        """Do the next job; whether there was one."""
        # A look takes no lock that who edits would wait for.
        with self._database.across_offices(JOBS.name) as connection:
            if is_idle(connection):
                return False
        with self._database.across_offices(JOBS.name, write=True) as connection:
            job = claim(connection, self.name, self._database.now())
        if job is None:
            return False
        _Run(self._database, self.name, job, self._ended).run()
        return True


@dataclass
class _Run:
    """One job in a process of its own, and its row kept up to date."""

    database: Database
    worker: str
    job: Job
    ended: threading.Event
    progress: dict[str, Any] | None = None
    curve: Curve = field(default_factory=lambda: Curve([]))
    best: bytes | None = None
    result: bytes | None = None
    error: str = ""
    over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self) -> None:
        """Start the process, beat until it ends, write down what came of it."""
        office = self.database.office(self.job.office)
        with office.read() as connection:
            content, best = load_work(connection, self.job.job_id)
            self.curve = Curve(load_curve(connection, self.job.job_id))
        with start_child(_PROGRAM) as child:
            assert child.stdin is not None
            with suppress(BrokenPipeError):
                send(child.stdin, WORK, _resumed(content, best))
            reader = threading.Thread(target=self._read, args=(child.stdout,))
            reader.start()
            try:
                self._watch(child.stdin)
            finally:
                child.kill()
                reader.join()
        if self.ended.is_set() and self.result is None:
            return  # Whoever takes it next begins with its best.
        with office.write(Action.RUN_JOBS) as connection:
            number, now = self.job.job_id, self.database.now()
            error = self.error
            if self.result is None and not error:
                error = "the process of the job ended without a word"
            end_job(connection, number, self.worker, now, self.result, error)

    def _watch(self, pipe: Any) -> None:
        """Beat while the process works, and pass a wish to stop on."""
        told = False
        grace = 0.0 if self.job.kind in _ALL_OR_NOTHING else _GRACE
        while not self.over.wait(_LOOK_SECONDS):
            mine, stop = self._beat()
            if not mine or (told and grace <= 0):
                return
            if (stop or self.ended.is_set()) and not told:
                told = True
                with suppress(BrokenPipeError):
                    send(pipe, STOP)
            grace -= _LOOK_SECONDS * told
        self._beat()

    def _beat(self) -> tuple[bool, bool]:
        with self.lock:
            progress, best = self.progress, self.best
            self.progress = self.best = None
            drawn = progress is not None and self.curve.add(progress)
            curve = self.curve.text() if drawn else None
        office = self.database.office(self.job.office)
        with office.write(Action.RUN_JOBS) as connection:
            now = self.database.now()
            number = self.job.job_id
            return beat(connection, number, self.worker, now, progress, best, curve)

    def _read(self, pipe: Any) -> None:
        try:
            while True:
                letter, content = receive(pipe)
                with self.lock:
                    self._take(letter, content)
        except EOFError:
            self.over.set()

    def _take(self, letter: bytes, content: bytes) -> None:
        match letter:
            case _ if letter == PROGRESS:
                self.progress = json.loads(content)
            case _ if letter == BEST:
                self.best = content
            case _ if letter == RESULT:
                self.result = content
            case _ if letter == FAULT:
                self.error = content.decode()


def _resumed(content: bytes, best: bytes | None) -> bytes:
    """The work, begun with the best timetable that a worker before has left."""
    work = Work.of_bytes(content)
    if best is None or work.kind not in (JobKind.SOLVE, JobKind.LEVEL):
        return content
    found = Result.of_bytes(best).timetable
    assert found is not None
    begun = Timetable(work.timetables[0].problem, found.placements)
    return replace(work, timetables=(begun,)).to_bytes()
