"""Check-in: what runs now can be confirmed once; planned against confirmed."""

import datetime as dt

import pytest

from scheduler.services.store import Store
from scheduler.services.usage import Confirmed, NothingToConfirm
from tests.services.builders import Clock
from tests.small_school import at, need, small_problem, timetable


@pytest.fixture
def store():
    """A's PE every Monday at 08:20 on the field; Monday 7 September at 08:30."""
    clock = Clock()
    store = Store.open("sqlite://", now=clock)
    problem = small_problem(need("R1", "A", "PE"))
    table = timetable(problem, R1_1=at(1, 1, "L1"))
    store.publish(problem, table, "", "{}")
    clock.time = dt.datetime(2026, 9, 7, 0, 30, tzinfo=dt.UTC)
    yield store, clock
    store.close()


def test_running_lesson_is_confirmed_once(store):
    log = store[0].usage
    assert [d.lesson_id for d in log.running("V-F")] == ["R1#1"]
    assert log.by_venue() == {}
    log.confirm("V-F", "office")
    assert log.running("V-F") == ()
    with pytest.raises(NothingToConfirm):
        log.confirm("V-F", "office")
    assert log.by_venue() == {"V-F": Confirmed(1, 1)}


@pytest.mark.parametrize(
    ("hour", "minute", "runs"),
    [(0, 9, 0), (0, 10, 1), (1, 9, 1), (1, 10, 0)],
)
def test_lesson_may_be_confirmed_ten_minutes_before_and_after(
    store, hour, minute, runs
):
    store[1].time = dt.datetime(2026, 9, 7, hour, minute, tzinfo=dt.UTC)
    assert len(store[0].usage.running("V-F")) == runs


def test_lesson_nobody_confirms_is_planned_only(store):
    log, clock = store[0].usage, store[1]
    log.confirm("V-F", "office")
    clock.set(9, 15)
    assert log.by_venue() == {"V-F": Confirmed(2, 1)}
    assert log.running("V-M") == ()
