"""Answers about timetables: the plan for rain, proofs of peaks; each computed once.

Whoever answers requests asks for a job and shows how far it is; nothing is computed
here.
"""

import threading
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from scheduler.formats.archive import typed
from scheduler.model.timetable import Timetable
from scheduler.model.weather import RainPlan
from scheduler.services.jobs.contract import JobKind, Work
from scheduler.services.jobs.peak_proofs import PeakProofs
from scheduler.services.jobs.queue import Queue
from scheduler.services.jobs.rows import Job

_FACTS: dict[JobKind, tuple[str, Any]] = {
    JobKind.RAIN: ("plan", RainPlan),
    JobKind.PEAKS: ("peaks", PeakProofs),
}
_KEPT = 4
"""Works in memory: two kinds, of today's timetable and of one of days to come."""


T = TypeVar("T")


@dataclass(frozen=True)
class Answer(Generic[T]):
    """What is known, and the newest job that was to find it out; each may be None."""

    value: T | None
    job: Job | None = None


@dataclass
class _Asked:
    """What is asked, as bytes, which take a while to write; and its answer."""

    kind: JobKind
    timetable: Timetable
    content: bytes
    value: Any = None


class Answers:
    """The answers of an office; what was found once is kept in memory, too."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue
        self._kept: list[_Asked] = []
        self._lock = threading.Lock()

    def rain(self, timetable: Timetable) -> Answer[RainPlan]:
        """The plan for bad weather."""
        return self._known(JobKind.RAIN, timetable)

    def peaks(self, timetable: Timetable) -> Answer[PeakProofs]:
        """How low the peaks of shared venues can be."""
        return self._known(JobKind.PEAKS, timetable)

    def ask(self, kind: JobKind, timetable: Timetable, by: str) -> Job:
        """The job that finds it out: one that is there already, else a new one."""
        return self._queue.ask_once(Work(kind, (timetable,)), by)

    def keep(self, kind: JobKind, timetable: Timetable, value: Any) -> None:
        """Keep in memory what was computed elsewhere."""
        self._asked(kind, timetable).value = value

    def _known(self, kind: JobKind, timetable: Timetable) -> Answer[Any]:
        asked = self._asked(kind, timetable)
        if asked.value is not None:
            return Answer(asked.value)
        job = self._queue.like(asked.content, answered=True)
        if job is None:
            return Answer(None, self._queue.like(asked.content))
        result = self._queue.result(job.job_id)
        assert result is not None
        key, type_ = _FACTS[kind]
        asked.value = typed(type_, result.facts[key])
        return Answer(asked.value, job)

    def _asked(self, kind: JobKind, timetable: Timetable) -> _Asked:
        with self._lock:
            for known in self._kept:
                if known.kind is kind and known.timetable == timetable:
                    return known
            made = _Asked(kind, timetable, Work(kind, (timetable,)).to_bytes())
            self._kept = [*self._kept[1 - _KEPT :], made]
            return made
