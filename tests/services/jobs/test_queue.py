"""The queue of jobs and its workers: each ends once, the best is never lost."""

import threading
import time

import pytest

from scheduler.constraints.evaluate import evaluate
from scheduler.model.timetable import Timetable
from scheduler.services.access.permissions import Action
from scheduler.services.jobs.computations import compute
from scheduler.services.jobs.contract import JobKind, Result, Work
from scheduler.services.jobs.queue import JobUnknown
from scheduler.services.jobs.rows import (
    MOST_TRIES,
    JobState,
    beat,
    claim,
    end_job,
)
from scheduler.services.jobs.worker import Worker
from scheduler.services.store.schema import JOBS
from tests.services.builders import only
from tests.services.jobs.killing import kill_workers
from tests.small_school import at, need, small_problem, timetable

LONG = {"seconds": 600.0, "workers": 1}


@pytest.fixture
def empty():
    """Three lessons of Chinese and one of PE, none placed."""
    problem = small_problem(
        need("R1", "A", "CN", "3"), need("R2", "A", "PE", teacher_ids=("T2",))
    )
    return Timetable(problem, {})


def solving(table, **settings):
    return Work(JobKind.SOLVE, (table,), settings={"iterations": 2000, **settings})


def claimed(store, worker, clock):
    with store.database.across_offices(JOBS.name, write=True) as connection:
        return claim(connection, worker, clock())


def ignore(facts, best):
    return False


def test_work_and_result_are_the_same_after_bytes(empty):
    work = Work(JobKind.REPAIR, (empty, empty), ("a", "b"), {"changes": 3})
    assert Work.of_bytes(work.to_bytes()) == work
    placed = timetable(empty.problem, R1_1=at(1, 1))
    result = Result({"hard": 0}, placed)
    assert Result.of_bytes(result.to_bytes()) == result


def test_solve_as_bytes_finds_a_whole_timetable_and_keeps_locks(empty):
    start = timetable(empty.problem, R1_1=at(5, 2))
    content = solving(start, locked=["R1#1"], workers=1).to_bytes()
    found = Result.of_bytes(compute(content, ignore))
    assert found.facts["unplaced"] == []
    assert found.timetable.problem == empty.problem
    assert found.timetable.placements["R1#1"] == at(5, 2)
    assert evaluate(found.timetable).hard == found.facts["hard"] == 0
    assert found.facts["certificate"]["zh"].startswith("以1节课不动为前提，")


@pytest.mark.parametrize(
    ("kind", "key"),
    [(JobKind.PEAKS, "peaks"), (JobKind.RAIN, "plan"), (JobKind.REPAIR, "verdict")],
)
def test_other_kinds_answer_with_facts(empty, kind, key):
    whole = Result.of_bytes(compute(solving(empty).to_bytes(), ignore)).timetable
    work = Work(kind, (whole,), settings={"seconds": 5.0})
    assert key in Result.of_bytes(compute(work.to_bytes(), ignore)).facts


def test_what_if_compares_named_problems(empty):
    work = Work(JobKind.WHAT_IF, (empty, empty), ("now", "then"), {"seconds": 3.0})
    facts = Result.of_bytes(compute(work.to_bytes(), ignore)).facts
    assert '"now"' in facts["record"]
    assert '"then"' in facts["record"]


def test_worker_does_the_job_in_a_process_of_its_own(store, office, empty):
    job = office.jobs.ask(solving(empty), "王")
    assert job.state is JobState.WAITING
    assert Worker(store.database).work_once()
    done = office.jobs.get(job.job_id)
    assert (done.state, done.error) == (JobState.DONE, "")
    assert office.jobs.result(job.job_id).facts["unplaced"] == []
    assert not Worker(store.database).work_once()


def test_fault_of_the_work_is_told_and_the_job_has_failed(store, office, empty):
    elsewhere = timetable(empty.problem, R1_1=at(5, 2))
    work = Work(JobKind.WHAT_IF, (elsewhere,), ("one", "two"))
    job = office.jobs.ask(work, "王")
    Worker(store.database).work_once()
    failed = office.jobs.get(job.job_id)
    assert failed.state is JobState.FAILED
    assert "ValueError" in failed.error


def test_job_stopped_while_it_runs_keeps_its_best(store, office, empty):
    job = office.jobs.ask(Work(JobKind.SOLVE, (empty,), settings=LONG), "王")
    worker = Worker(store.database)
    thread = threading.Thread(target=worker.work_once)
    thread.start()
    _until(
        lambda: (
            office.jobs.get(job.job_id).progress.get("soft") is not None
            or office.jobs.get(job.job_id).ended
        )
    )
    office.jobs.stop(job.job_id)
    thread.join(60)
    ended = office.jobs.get(job.job_id)
    assert ended.state in (JobState.STOPPED, JobState.DONE)
    assert office.jobs.result(job.job_id).facts["unplaced"] == []
    assert not office.jobs.stop(job.job_id)


def _until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.1)


def test_job_that_waits_is_stopped_at_once(store, office, empty):
    job = office.jobs.ask(solving(empty), "王")
    assert office.jobs.stop(job.job_id)
    assert office.jobs.get(job.job_id).state is JobState.STOPPED
    assert not Worker(store.database).work_once()


def test_two_workers_never_take_one_job(store, office, empty, clock):
    office.jobs.ask(solving(empty), "王")
    assert claimed(store, "one", clock) is not None
    assert claimed(store, "two", clock) is None


def test_offices_take_turns_however_many_jobs_one_has(store, office, empty, clock):
    other = store.add_office("other", "另一所")
    for _ in range(3):
        office.jobs.ask(solving(empty), "王")
    other.jobs.ask(solving(empty), "李")
    taken = [claimed(store, f"w{k}", clock).office for k in range(4)]
    assert taken == ["s", "other", "s", "s"]


def test_of_offices_with_as_many_running_the_one_that_waited_longer_is_next(
    store, office, empty, clock
):
    """Who asked for more, and earlier, has no more of the workers."""
    other = store.add_office("other", "另一所")
    for asks in (office, office, office, office, other, other):
        asks.jobs.ask(solving(empty), "王")
        clock.wait(1)
    taken = []
    for _ in range(6):
        job = claimed(store, "one", clock)
        taken.append(job.office)
        with store.office(job.office).database.write(Action.OPEN) as connection:
            end_job(connection, job.job_id, "one", clock(), error="over")
        clock.wait(1)
    assert taken == ["s", "other", "s", "other", "s", "s"]


@only("sqlite")
def test_workers_killed_at_random_moments_lose_no_job_and_no_best(url, empty):
    settings = {"seconds": 0.3, "workers": 1}
    found = kill_workers(url, empty, 3, 2.5, settings)
    assert found.jobs == found.done + found.failed


def test_job_of_a_dead_worker_begins_anew_with_its_best(store, office, empty, clock):
    job = office.jobs.ask(solving(empty), "王")
    best = timetable(empty.problem, R1_1=at(1, 1))
    for attempt in range(MOST_TRIES):
        assert claimed(store, f"w{attempt}", clock).job_id == job.job_id
        with office.database.write(Action.OPEN) as connection:
            kept = Result({}, best).to_bytes()
            beat(connection, job.job_id, f"w{attempt}", clock(), {}, kept)
        clock.wait(31)
    assert claimed(store, "last", clock) is None
    assert office.jobs.get(job.job_id).state is JobState.FAILED
    assert office.jobs.result(job.job_id).timetable == best


def test_worker_taken_for_dead_cannot_end_the_job_of_another(
    store, office, empty, clock
):
    job = office.jobs.ask(solving(empty), "王")
    claimed(store, "slow", clock)
    clock.wait(31)
    claimed(store, "next", clock)
    with office.database.write(Action.OPEN) as connection:
        assert beat(connection, job.job_id, "slow", clock()) == (False, True)
        assert not end_job(connection, job.job_id, "slow", clock(), b"x")
        assert end_job(connection, job.job_id, "next", clock(), error="broken")
        assert not end_job(connection, job.job_id, "next", clock(), b"x")
    assert office.jobs.get(job.job_id).state is JobState.FAILED


def test_clock_set_back_takes_no_job_from_a_worker(store, office, empty, clock):
    office.jobs.ask(solving(empty), "王")
    claimed(store, "one", clock)
    clock.wait(-3600)
    assert claimed(store, "two", clock) is None


def test_job_of_another_office_is_unknown(store, office, empty):
    job = office.jobs.ask(solving(empty), "王")
    other = store.add_office("other", "另一所")
    for ask in (other.jobs.get, other.jobs.stop, other.jobs.result):
        with pytest.raises(JobUnknown):
            ask(job.job_id)
    assert other.jobs.all() == ()
