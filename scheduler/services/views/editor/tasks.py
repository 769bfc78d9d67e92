"""Long work for a draft: solve the rest, repair, improve; its state and its result."""

from typing import Any

from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.services.jobs.contract import JobKind, Work
from scheduler.services.jobs.queue import JobUnknown, Queue
from scheduler.services.jobs.rows import Job
from scheduler.services.school.drafts.desk import Desk
from scheduler.services.school.drafts.drafts import Drafts
from scheduler.services.views.editor.placing import Unreadable
from scheduler.services.views.editor.verdict import Verdict
from scheduler.services.views.jobs import KINDS, STATES, progress_text, result_lines

SECONDS = (20, 60, 300)
"""How long a solve may take, to choose from."""
_KINDS = {"rest": JobKind.SOLVE, "improve": JobKind.SOLVE, "repair": JobKind.REPAIR}
_SHOWN = 3


def ask(
    queue: Queue, drafts: Drafts, draft_id: int, who: str, sent: dict[str, Any]
) -> Job:
    """Put work on a draft into the queue.

    ``rest`` leaves every lesson where it is that breaks no hard rule, ``improve`` and
    ``repair`` those that are locked.

    Raises:
        Unreadable: it is no such work.
        DraftUnknown: there is no such draft.
    """
    wish, seconds = sent.get("work"), sent.get("seconds")
    if not isinstance(wish, str) or wish not in _KINDS or seconds not in SECONDS:
        raise Unreadable("work")

    def see(desk: Desk) -> tuple[Timetable, list[str], int]:
        held = _at_peace(desk) if wish == "rest" else list(desk.locked)
        return desk.timetable, held, desk.history.last

    table, held, last = drafts.look(draft_id, see)
    settings = {"seconds": float(seconds), "locked": held}
    work = Work(_KINDS[wish], (table,), settings=settings)
    return queue.ask(work, who, (draft_id, last))


def _at_peace(desk: Desk) -> list[str]:
    """Lessons that are locked, or placed and in no conflict."""
    fighting = Verdict(desk).lesson_ids
    held = [x for x in desk.timetable.placements if x not in fighting]
    return list(dict.fromkeys((*desk.locked, *held)))


def tasks(queue: Queue, draft_id: int, language: str) -> list[dict[str, Any]]:
    """The newest works on a draft, newest first."""
    jobs = queue.of_draft(draft_id, _SHOWN)
    return [task_facts(x, language) for x in jobs]


def task_facts(job: Job, language: str) -> dict[str, Any]:
    """How far a work is."""
    told = KINDS[job.kind] + Text("：", ": ") + STATES[job.state] + progress_text(job)
    return {
        "job": job.job_id,
        "kind": job.kind,
        "ended": job.ended,
        "state": job.state,
        "who": job.asked_by,
        "seen": job.draft_seen,
        "text": told.in_language(language),
        "error": job.error,
    }


def result_facts(
    queue: Queue, drafts: Drafts, draft_id: int, number: int, language: str
) -> dict[str, Any]:
    """What a work has found, against the draft as it is now.

    Raises:
        JobUnknown: the draft has no such work.
    """
    job = of_draft(queue, draft_id, number)
    result = queue.result(number)
    if result is None or result.timetable is None:
        lines = () if result is None else tuple(result_lines(result))
        return {"lines": [x.in_language(language) for x in lines], "changed": None}
    found, now = result.timetable.placements, drafts.look(draft_id, _placements)
    changed = [x for x in now.keys() | found.keys() if now.get(x) != found.get(x)]
    return {
        "job": job.job_id,
        "lines": [x.in_language(language) for x in result_lines(result)],
        "changed": len(changed),
    }


def result_of(queue: Queue, draft_id: int, number: int) -> tuple[Job, Timetable]:
    """The timetable that a work has found.

    Raises:
        JobUnknown: the draft has no such work, or it has found none.
    """
    job, result = of_draft(queue, draft_id, number), queue.result(number)
    if result is None or result.timetable is None:
        raise JobUnknown(number)
    return job, result.timetable


def of_draft(queue: Queue, draft_id: int, number: int) -> Job:
    """A work on a draft.

    Raises:
        JobUnknown: the draft has no such work.
    """
    job = queue.get(number)
    if job.draft_id != draft_id:
        raise JobUnknown(number)
    return job


def _placements(desk: Desk) -> dict[str, Any]:
    return dict(desk.timetable.placements)
