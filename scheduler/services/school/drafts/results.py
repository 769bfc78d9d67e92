"""Results of jobs for drafts: asked of a draft as it is, taken over as one step."""

from collections.abc import Mapping
from typing import Any

from scheduler.services.jobs.contract import JobKind, Work
from scheduler.services.jobs.queue import Queue
from scheduler.services.jobs.rows import Job
from scheduler.services.school.drafts.desk import Step
from scheduler.services.school.drafts.drafts import Drafts
from scheduler.services.school.drafts.refusals import DraftClosed, NothingToAdopt

ADOPTED = (JobKind.SOLVE, JobKind.LEVEL, JobKind.REPAIR)
"""Whose result is a timetable."""
_OPEN_JOBS = 100
"""The newest jobs of a draft, among which all that have not ended are."""


class DraftJobs:
    """What workers compute for the drafts of an office."""

    def __init__(self, drafts: Drafts, queue: Queue) -> None:
        self._drafts, self._queue = drafts, queue

    def ask(
        self,
        kind: JobKind,
        draft_id: int,
        who: str,
        settings: Mapping[str, Any] | None = None,
    ) -> Job:
        """Ask for a computation of a draft as it is now; its locked lessons stay.

        Raises:
            DraftUnknown, DraftClosed: there is no such open draft.
        """
        self._check_open(draft_id)
        table, locked, last = self._drafts.look(
            draft_id, lambda desk: (desk.timetable, desk.locked, desk.history.last)
        )
        given = {**(settings or {}), "locked": list(locked)}
        return self._queue.ask(Work(kind, (table,), (), given), who, (draft_id, last))

    def adopt(self, job_id: int, who: str) -> Step:
        """Take the timetable a job has found into its draft, or its best so far.

        Raises:
            JobUnknown: there is none.
            NothingToAdopt: it has none, or is of no draft.
            DraftClosed: the draft was published or discarded meanwhile.
            Refused: somebody has moved or locked lessons since the job was asked for.
        """
        job, result = self._queue.get(job_id), self._queue.result(job_id)
        if job.draft_id is None or job.kind not in ADOPTED:
            raise NothingToAdopt(job_id, ended=True)
        self._check_open(job.draft_id)
        found = result.timetable if result else None
        if found is None:
            raise NothingToAdopt(job_id, job.ended)
        return self._drafts.do(
            *(job.draft_id, who, lambda desk, asked: desk.adopt(asked, found)),
            seen=job.draft_seen,
        )

    def discard(self, draft_id: int, who: str) -> None:
        """Close a draft unpublished; jobs that still work for it are stopped.

        Raises:
            DraftUnknown, DraftClosed: it cannot be.
        """
        self._drafts.discard(draft_id, who)
        for job in self._queue.of_draft(draft_id, _OPEN_JOBS):
            if not job.ended:
                self._queue.stop(job.job_id, who)

    def _check_open(self, draft_id: int) -> None:
        draft = self._drafts.get(draft_id)
        if draft.closed_at is not None:
            raise DraftClosed(draft_id, draft.published_version)
