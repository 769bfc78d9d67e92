"""Solving of a draft: asked for as a job, its result kept, what hinders it mended."""

from collections.abc import Iterable, Mapping
from typing import Any

from scheduler.services.jobs.contract import JobKind, Result, Work
from scheduler.services.jobs.queue import JobUnknown
from scheduler.services.jobs.rows import Job
from scheduler.services.office import Office
from scheduler.services.school.drafts.desk import Asked, Desk, Step
from scheduler.services.school.drafts.refusals import NothingChanges
from scheduler.services.school.drafts.rows import Draft
from scheduler.services.school.drafts.tables import Edit

AIMS = (JobKind.SOLVE, JobKind.LEVEL)


def ask_solve(
    office: Office,
    draft_id: int,
    who: str,
    kind: JobKind = JobKind.SOLVE,
    seconds: float = 60.0,
    prove: bool = True,
) -> Job:
    """Ask for the best timetable of a draft; locked lessons stay.

    Raises:
        DraftUnknown: there is no such draft.
    """
    return _ask(office, draft_id, who, kind, {"seconds": seconds, "prove": prove})


def ask_explanation(
    office: Office, draft_id: int, who: str, seconds: float = 60.0
) -> Job:
    """Ask why a draft has no timetable, and what would help.

    Raises:
        DraftUnknown: there is no such draft.
    """
    return _ask(office, draft_id, who, JobKind.EXPLAIN, {"seconds": seconds})


def job_of(office: Office, draft_id: int, number: int) -> Job:
    """A job of a draft.

    Raises:
        JobUnknown: the draft has none of this number.
    """
    job = office.jobs.get(number)
    if job.draft_id != draft_id:
        raise JobUnknown(number)
    return job


def adopt(office: Office, draft_id: int, number: int, who: str) -> Step:
    """Take what a job has found into its draft, as one step.

    Raises:
        JobUnknown: the draft has no such job, or it has found no timetable.
        Refused: somebody has changed a lesson since; nothing has changed.
    """
    job, found = job_of(office, draft_id, number), _result(office, number).timetable
    if found is None:
        raise JobUnknown(number)

    def act(desk: Desk, asked: Asked) -> Step:
        return desk.adopt(asked, found)

    return office.drafts.do(draft_id, who, act, job.draft_seen)


def branch(office: Office, draft_id: int, number: int, who: str, name: str) -> Draft:
    """A new draft that begins with what a job has found.

    Raises:
        JobUnknown: the draft has no such job, or it has found no timetable.
    """
    job_of(office, draft_id, number)
    found, draft = _result(office, number).timetable, office.drafts.get(draft_id)
    if found is None:
        raise JobUnknown(number)
    locked = office.drafts.look(draft_id, lambda desk: desk.locked)
    return office.drafts.new(name, who, found, draft.base_version, locked)


def remedy(
    office: Office, draft_id: int, number: int, which: tuple[int, int], who: str
) -> Step:
    """Change the rows that a remedy names, as one step.

    Parameters:
        which: The statement of the explanation, and the remedy of it.

    Raises:
        JobUnknown: the draft has no such explanation, or that no such remedy.
        Refused: the rows have been changed since; nothing has changed.
    """
    job_of(office, draft_id, number)
    facts = _result(office, number).facts
    try:
        rows = facts["statements"][which[0]]["remedies"][which[1]]["rows"]
    except (KeyError, IndexError) as error:
        raise JobUnknown(number) from error

    def act(desk: Desk, asked: Asked) -> Step:
        return desk.edit(asked, list(_edits(desk, rows)))

    return office.drafts.do(draft_id, who, act)


def _edits(desk: Desk, rows: Iterable[Mapping[str, Any]]) -> Iterable[Edit]:
    """Changed rows by their numbers; one that is gone is refused."""
    grid = desk.tables.in_force()
    for row in rows:
        table, before = row["table"], row["before"]
        known = (n for n, x in grid[table].items() if dict(x) == before)
        number = next(known, None) if before else None
        if before and number is None:
            raise NothingChanges
        yield Edit(table, number, row["after"])


def _ask(
    office: Office, draft_id: int, who: str, kind: JobKind, settings: dict[str, Any]
) -> Job:
    table, locked, last = office.drafts.look(
        draft_id, lambda desk: (desk.timetable, desk.locked, desk.history.last)
    )
    work = Work(kind, (table,), settings=settings | {"locked": list(locked)})
    return office.jobs.ask(work, who, (draft_id, last))


def _result(office: Office, number: int) -> Result:
    found = office.jobs.result(number)
    if found is None:
        raise JobUnknown(number)
    return found
