"""Jobs in the database: asked for, claimed by one worker, ended once."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update

from scheduler.services.jobs.curve import Point, read_points
from scheduler.services.store.office_check import here, office_of
from scheduler.services.store.schema import JOBS
from scheduler.services.store.upserts import next_number

MOST_TRIES = 3
"""Times that a job is begun whose workers die; then it has failed."""
SILENCE = dt.timedelta(seconds=30)
"""After which a worker that does not beat is taken for dead."""
_LAST_NUMBER = 2**31 - 1
"""The largest that a column of numbers takes; what is asked for may be larger."""
_GIVEN_UP = f"the worker ended {MOST_TRIES} times without a result"


class JobState(StrEnum):
    """How far a job has come.

    ``stopped``: somebody asked it to stop; its result is the best so far, if any.
    """

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """A job in a list, without its bytes; ``progress`` is what it last told."""

    office: str
    job_id: int
    kind: str
    state: JobState
    asked_by: str
    asked_at: dt.datetime
    draft_id: int | None
    draft_seen: int | None
    progress: dict[str, Any]
    error: str
    stop_asked_at: dt.datetime | None
    worker: str
    tries: int
    begun_at: dt.datetime | None
    beat_at: dt.datetime | None
    ended_at: dt.datetime | None

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state not in (JobState.WAITING, JobState.RUNNING)


_LISTED = tuple(JOBS.c[name] for name in Job.__slots__)


def fingerprint(work: bytes) -> str:
    """What tells works apart: equal ones are the same bytes."""
    return hashlib.sha256(work).hexdigest()


def add_job(
    connection: Connection,
    kind: str,
    work: bytes,
    by: str,
    at: dt.datetime,
    draft: tuple[int, int] | None = None,
) -> int:
    """Put a job into the queue; its number.

    Parameters:
        draft: A draft it is for, and the number of its last operation.
    """
    number = next_number(connection, JOBS.c.job_id)
    connection.execute(
        insert(JOBS).values(
            office=office_of(connection),
            job_id=number,
            kind=kind,
            state=JobState.WAITING,
            asked_by=by,
            asked_at=at,
            draft_id=draft and draft[0],
            draft_seen=draft and draft[1],
            work=work,
            fingerprint=fingerprint(work),
            progress="{}",
            curve="[]",
            error="",
            worker="",
            tries=0,
        )
    )
    return number


def load_jobs(connection: Connection) -> tuple[Job, ...]:
    """All jobs of the office, newest first."""
    wanted = select(*_LISTED).where(here(connection, JOBS))
    rows = connection.execute(wanted.order_by(JOBS.c.job_id.desc()))
    return tuple(map(_job, rows))


def load_of_draft(connection: Connection, draft_id: int, most: int) -> tuple[Job, ...]:
    """The newest jobs for a draft, newest first."""
    wanted = select(*_LISTED).where(here(connection, JOBS), JOBS.c.draft_id == draft_id)
    rows = connection.execute(wanted.order_by(JOBS.c.job_id.desc()).limit(most))
    return tuple(map(_job, rows))


def load_job(connection: Connection, job_id: int) -> Job | None:
    """A job by its number."""
    if job_id > _LAST_NUMBER:
        return None
    row = connection.execute(select(*_LISTED).where(_is(connection, job_id)))
    found = row.one_or_none()
    return None if found is None else _job(found)


def load_like(
    connection: Connection, content: bytes, *, answered: bool = False
) -> Job | None:
    """The newest job that computes the same.

    Parameters:
        answered: Of those with a result.
    """
    same = JOBS.c.fingerprint == fingerprint(content)
    return _newest(connection, same, answered)


def load_newest(
    connection: Connection, kind: str, *, answered: bool = False
) -> Job | None:
    """The newest job of a kind that is of no draft.

    Parameters:
        answered: Of those with a result.
    """
    ours = (JOBS.c.kind == kind) & JOBS.c.draft_id.is_(None)
    return _newest(connection, ours, answered)


def _newest(
    connection: Connection, wanted: ColumnElement[bool], answered: bool
) -> Job | None:
    ours = here(connection, JOBS) & wanted
    if answered:
        ours &= JOBS.c.result.is_not(None)
    rows = select(*_LISTED).where(ours).order_by(JOBS.c.job_id.desc())
    found = connection.execute(rows.limit(1)).one_or_none()
    return None if found is None else _job(found)


def load_result(connection: Connection, job_id: int) -> bytes | None:
    """The result of a job, or the best so far; None where there is none."""
    wanted = select(func.coalesce(JOBS.c.result, JOBS.c.best))
    return connection.scalar(wanted.where(_is(connection, job_id)))


def load_work(connection: Connection, job_id: int) -> tuple[bytes, bytes | None]:
    """What a job is to compute, and the best that a worker before left."""
    wanted = select(JOBS.c.work, JOBS.c.best).where(_is(connection, job_id))
    row = connection.execute(wanted).one()
    return row.work, row.best


def load_curve(connection: Connection, job_id: int) -> list[Point]:
    """What a job told on its way; nothing of one that there is not."""
    text = connection.scalar(select(JOBS.c.curve).where(_is(connection, job_id)))
    return read_points(text or "[]")


def ask_to_stop(connection: Connection, job_id: int, at: dt.datetime) -> bool:
    """Ask a job to stop; one that waits has ended by it. Whether it had not ended."""
    waiting = update(JOBS).where(
        _is(connection, job_id), JOBS.c.state == JobState.WAITING
    )
    running = update(JOBS).where(
        _is(connection, job_id),
        JOBS.c.state == JobState.RUNNING,
        JOBS.c.stop_asked_at.is_(None),
    )
    ended = {"state": JobState.STOPPED, "stop_asked_at": at, "ended_at": at}
    stopped = connection.execute(waiting.values(ended)).rowcount
    asked = connection.execute(running.values(stop_asked_at=at)).rowcount
    return bool(stopped + asked)


def is_idle(connection: Connection) -> bool:
    """Whether no job waits or runs; needs the door across offices, only reads."""
    return not any(count_open(connection).values())


def count_open(connection: Connection) -> dict[JobState, int]:
    """How many jobs wait and how many run; needs the door across offices."""
    states = (JobState.WAITING, JobState.RUNNING)
    counted = select(JOBS.c.state, func.count()).group_by(JOBS.c.state)
    rows = connection.execute(counted.where(JOBS.c.state.in_(states))).all()
    return dict.fromkeys(states, 0) | {JobState(state): n for state, n in rows}


def claim(connection: Connection, worker: str, at: dt.datetime) -> Job | None:
    """Take the next job for a worker; needs the door across offices.

    Offices that have fewer jobs running come first, of these the one whose turn was
    longest ago, then who asked first: one office's long jobs do not starve another's.
    A job whose worker is silent waits again.
    """
    _revive(connection, at)
    turns = _turns(connection)
    waiting = connection.execute(
        select(*_LISTED).where(JOBS.c.state == JobState.WAITING)
    ).all()
    for row in sorted(waiting, key=lambda r: (*turns[r.office], r.asked_at, r.job_id)):
        taken = update(JOBS).where(
            JOBS.c.office == row.office,
            JOBS.c.job_id == row.job_id,
            JOBS.c.state == JobState.WAITING,
        )
        values = {
            "state": JobState.RUNNING,
            "worker": worker,
            "tries": JOBS.c.tries + 1,
            "begun_at": at,
            "beat_at": at,
        }
        if connection.execute(taken.values(values)).rowcount:
            return _job(row)
    return None


def _turns(connection: Connection) -> Mapping[str, tuple[int, dt.datetime]]:
    """Of each office how many jobs run, and when one was begun last."""
    running = func.count().filter(JOBS.c.state == JobState.RUNNING)
    wanted = select(JOBS.c.office, running, func.max(JOBS.c.begun_at))
    rows = connection.execute(wanted.group_by(JOBS.c.office)).all()
    never = dt.datetime.min.replace(tzinfo=dt.UTC)
    return {office: (count, last or never) for office, count, last in rows}


def _revive(connection: Connection, at: dt.datetime) -> None:
    """Jobs of silent workers wait again; after too many tries they have failed.

    A beat later than now is a clock set back: such a worker is not silent.
    """
    silent = JOBS.c.state == JobState.RUNNING, JOBS.c.beat_at < at - SILENCE
    jobs = update(JOBS).where(*silent)
    asked = JOBS.c.stop_asked_at.is_not(None)
    stopped = {"state": JobState.STOPPED, "ended_at": at}
    connection.execute(jobs.where(asked).values(stopped))
    failed = {"state": JobState.FAILED, "ended_at": at, "error": _GIVEN_UP}
    connection.execute(jobs.where(JOBS.c.tries >= MOST_TRIES).values(failed))
    connection.execute(jobs.values(state=JobState.WAITING, worker=""))


def beat(
    connection: Connection,
    job_id: int,
    worker: str,
    at: dt.datetime,
    progress: dict[str, Any] | None = None,
    best: bytes | None = None,
    curve: str | None = None,
) -> tuple[bool, bool]:
    """Say that a job is being worked on, and how far it is.

    Returns whether it still is this worker's, and whether it is to stop.
    """
    values: dict[str, Any] = {"beat_at": at}
    if progress is not None:
        values["progress"] = json.dumps(progress)
    if best is not None:
        values["best"] = best
    if curve is not None:
        values["curve"] = curve
    mine = _mine(connection, job_id, worker)
    if not connection.execute(update(JOBS).where(*mine).values(values)).rowcount:
        return False, True
    asked = select(JOBS.c.stop_asked_at).where(_is(connection, job_id))
    return True, connection.scalar(asked) is not None


def end_job(
    connection: Connection,
    job_id: int,
    worker: str,
    at: dt.datetime,
    result: bytes | None = None,
    error: str = "",
) -> bool:
    """End a job, once: whether it was this worker's to end."""
    mine = _mine(connection, job_id, worker)
    asked = select(JOBS.c.stop_asked_at).where(_is(connection, job_id))
    state = JobState.DONE if result is not None else JobState.FAILED
    if connection.scalar(asked) is not None:
        state = JobState.STOPPED
    values: dict[str, Any] = {"state": state, "ended_at": at, "error": error}
    if result is not None:
        values["result"] = result
    return bool(connection.execute(update(JOBS).where(*mine).values(values)).rowcount)


def _is(connection: Connection, job_id: int) -> ColumnElement[bool]:
    return here(connection, JOBS) & (JOBS.c.job_id == job_id)


def _mine(
    connection: Connection, job_id: int, worker: str
) -> tuple[ColumnElement[bool], ...]:
    return (
        here(connection, JOBS),
        JOBS.c.job_id == job_id,
        JOBS.c.state == JobState.RUNNING,
        JOBS.c.worker == worker,
    )


def _job(row: Row[Any]) -> Job:
    job = Job(*row)
    progress = json.loads(row.progress)
    return replace(job, state=JobState(row.state), progress=progress)
