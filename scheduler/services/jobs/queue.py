"""The queue of an office: jobs asked for, watched, stopped, their results."""

from scheduler.services.access.deeds import Act, note_deed
from scheduler.services.access.permissions import Action
from scheduler.services.jobs.contract import Result, Work
from scheduler.services.jobs.curve import Point
from scheduler.services.jobs.rows import (
    Job,
    JobState,
    add_job,
    ask_to_stop,
    load_curve,
    load_job,
    load_jobs,
    load_like,
    load_newest,
    load_of_draft,
    load_result,
)
from scheduler.services.store.database import OfficeDatabase


class JobUnknown(LookupError):
    """The office has no job of this number."""


_IN_VAIN = (JobState.STOPPED, JobState.FAILED)


class Queue:
    """The jobs of an office; they are done by workers, never by who asks."""

    def __init__(self, database: OfficeDatabase) -> None:
        self._database = database

    def ask(self, work: Work, by: str, draft: tuple[int, int] | None = None) -> Job:
        """Put a job into the queue.

        Parameters:
            draft: A draft it is for, and the number of its last operation.
        """
        content, at = work.to_bytes(), self._database.now()
        with self._database.write(Action.RUN_JOBS) as connection:
            number = add_job(connection, work.kind, content, by, at, draft)
            note_deed(connection, at, by, Act.JOB, f"{number} {work.kind}")
        return self.get(number)

    def ask_once(self, work: Work, by: str) -> Job:
        """The job of this work: one that waits, runs or is done, else a new one."""
        content, at = work.to_bytes(), self._database.now()
        with self._database.write(Action.RUN_JOBS) as connection:
            known = load_like(connection, content)
            if known is not None and known.state not in _IN_VAIN:
                return known
            number = add_job(connection, work.kind, content, by, at)
            note_deed(connection, at, by, Act.JOB, f"{number} {work.kind}")
        return self.get(number)

    def like(self, content: bytes, *, answered: bool = False) -> Job | None:
        """The newest job of a work in bytes, or the newest with a result."""
        with self._database.read() as connection:
            return load_like(connection, content, answered=answered)

    def newest(self, kind: str, *, answered: bool = False) -> Job | None:
        """The newest job of a kind that is of no draft, or the newest with a result."""
        with self._database.read() as connection:
            return load_newest(connection, kind, answered=answered)

    def get(self, job_id: int) -> Job:
        """A job as it is now.

        Raises:
            JobUnknown: there is none.
        """
        with self._database.read() as connection:
            found = load_job(connection, job_id)
        if found is None:
            raise JobUnknown(job_id)
        return found

    def all(self) -> tuple[Job, ...]:
        """All jobs, newest first."""
        with self._database.read() as connection:
            return load_jobs(connection)

    def of_draft(self, draft_id: int, most: int) -> tuple[Job, ...]:
        """The newest jobs for a draft, newest first."""
        with self._database.read() as connection:
            return load_of_draft(connection, draft_id, most)

    def stop(self, job_id: int, by: str = "") -> bool:
        """Ask a job to end with the best so far; whether it had not ended yet.

        Raises:
            JobUnknown: there is none.
        """
        self.get(job_id)
        with self._database.write(Action.RUN_JOBS) as connection:
            at = self._database.now()
            stopped = ask_to_stop(connection, job_id, at)
            if stopped:
                note_deed(connection, at, by, Act.STOP_JOB, str(job_id))
            return stopped

    def curve(self, job_id: int) -> list[Point]:
        """What a solve has told on its way, a bounded number of points."""
        with self._database.read() as connection:
            return load_curve(connection, job_id)

    def result(self, job_id: int) -> Result | None:
        """What came of a job, or the best so far; None where there is nothing yet.

        Raises:
            JobUnknown: there is none.
        """
        self.get(job_id)
        with self._database.read() as connection:
            content = load_result(connection, job_id)
        return None if content is None else Result.of_bytes(content)
