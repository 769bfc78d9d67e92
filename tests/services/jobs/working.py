"""Doing jobs at once and in this process, where a test is not about the worker."""

from scheduler.services.access.permissions import Action
from scheduler.services.jobs.computations import compute
from scheduler.services.jobs.contract import Result
from scheduler.services.jobs.rows import claim, end_job, load_work
from scheduler.services.store.schema import JOBS


def finish_jobs(store):
    """Do all jobs that wait; their numbers."""
    return [job.job_id for job in iter(lambda: _next(store), None)]


def _next(store):
    now = store.database.now
    with store.database.across_offices(JOBS.name, write=True) as connection:
        job = claim(connection, "test", now())
    if job is None:
        return None
    ours = store.database.office(job.office)
    with ours.read() as connection:
        content, _ = load_work(connection, job.job_id)
    result = compute(content, lambda facts, best: False)
    with ours.write(Action.OPEN) as connection:
        assert end_job(connection, job.job_id, "test", now(), result)
    return job


def end_with(store, office, job_id, table):
    """End the job that waits with this timetable, whatever it was to compute."""
    database = store.database
    with database.across_offices(JOBS.name, write=True) as connection:
        assert claim(connection, "w", database.now()).job_id == job_id
    facts = {"hard": 0, "soft": 3, "unplaced": []}
    result = Result(facts, table).to_bytes()
    with office.database.write(Action.OPEN) as connection:
        assert end_job(connection, job_id, "w", database.now(), result)
