"""Check-in: what runs now can be confirmed once; planned against confirmed."""

import datetime as dt

import pytest

from scheduler.model.weather import HalfDay, Weather
from scheduler.services.school.usage import Confirmed, NothingToConfirm
from scheduler.services.views.places.load import venue_loads
from scheduler.services.views.places.weekly_use import weekly_use
from tests.services.builders import Clock, opened
from tests.small_school import at, need, small_problem, timetable
from tests.term.builders import entries
from tests.term.rain_school import outdoors


@pytest.fixture
def office():
    """A's PE every Monday at 08:20 on the field; Monday 7 September at 08:30."""
    clock = Clock()
    problem = small_problem(need("R1", "A", "PE"))
    table = timetable(problem, R1_1=at(1, 1, "L1"))
    with opened("sqlite://", clock) as office:
        office.publish(problem, table, "", "{}")
        clock.time = dt.datetime(2026, 9, 7, 0, 30, tzinfo=dt.UTC)
        yield office, clock


def test_running_lesson_is_confirmed_once(office):
    log = office[0].usage
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
    office, hour, minute, runs
):
    office[1].time = dt.datetime(2026, 9, 7, hour, minute, tzinfo=dt.UTC)
    assert len(office[0].usage.running("V-F")) == runs


def test_lesson_nobody_confirms_is_planned_only(office):
    log, clock = office[0].usage, office[1]
    log.confirm("V-F", "office")
    clock.set(9, 15)
    assert log.by_venue() == {"V-F": Confirmed(2, 1)}
    assert log.running("V-M") == ()


@pytest.fixture
def rainy_monday():
    """Class 3(2) is sent from the field to the gym; 7 September, 08:10."""
    clock = Clock()
    table = outdoors()
    with opened("sqlite://", clock) as office:
        office.publish(table.problem, table, "", "{}")
        office.bad_days.apply(dt.date(2026, 9, 7), HalfDay.DAY, Weather.RAIN)
        clock.time = dt.datetime(2026, 9, 7, 0, 10, tzinfo=dt.UTC)
        yield office


def test_lesson_sent_indoors_is_confirmed_where_it_is_held(rainy_monday):
    log = rainy_monday.usage
    assert log.running("FIELD") == ()
    assert [d.lesson_id for d in log.running("GYM")] == ["R1#1"]
    log.confirm("GYM", "office")
    # Two classes were to be on the field: one is in the gym, one in its own room.
    assert log.by_venue() == {"GYM": Confirmed(1, 1)}


def test_week_counts_lessons_sent_indoors_where_they_are_held(rainy_monday):
    office = rainy_monday
    office.usage.confirm("GYM", "office")
    table, log = office.current().timetable, office.usage.check_ins()
    dry = weekly_use(table, venue_loads(table), entries(table))
    found = weekly_use(table, venue_loads(table), office.entries(), log)
    in_week_2 = {x.venue_id: (x.planned, x.confirmed) for x in found if x.number == 2}
    # Of the field's three zone-periods only Tuesday's is left.
    assert in_week_2["FIELD"] == (1, 0)
    assert in_week_2["GYM"] == (1, 1)
    assert {x.venue_id: x.planned for x in dry if x.number == 2}["FIELD"] == 3


def test_check_in_outlasts_a_timetable_that_has_the_lesson_elsewhere(office):
    log = office[0].usage
    log.confirm("V-F", "office")
    problem = small_problem(need("R1", "A", "PE"))
    moved = timetable(problem, R1_1=at(5, 1, "L1"))
    office[0].publish(problem, moved, "", "{}")
    office[1].set(9, 11, 9)
    # Monday's, which was confirmed, and Friday's, which was not.
    assert log.by_venue() == {"V-F": Confirmed(2, 1)}


def test_second_of_two_taps_at_once_is_told_that_nothing_is_left(office, monkeypatch):
    log = office[0].usage
    running = log.running("V-F")
    log.confirm("V-F", "office")
    # The second tap looked before the first was noted.
    monkeypatch.setattr(log, "running", lambda _: running)
    with pytest.raises(NothingToConfirm):
        log.confirm("V-F", "office")
