"""What was given stays what was published for its date, whatever is published later."""

import datetime as dt
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.timetable_reading import read_timetable
from scheduler.model.timetable import Timetable
from scheduler.model.weather import HalfDay, Weather
from scheduler.services.school.usage import Confirmed, NothingToConfirm
from scheduler.services.views.places.load import venue_loads
from scheduler.services.views.places.weekly_use import weekly_use
from scheduler.term.ledgers.bad_weather import bad_weather_hours
from tests.services.builders import Clock, opened
from tests.term.builders import dates, placement
from tests.term.rain_school import outdoors

SCHOOL = Path(__file__).parents[1] / "examples" / "primary-12"
FRIDAY, TUESDAY, THURSDAY, NEXT = dates("9-11", "9-15", "9-17", "9-18")


def confirm_all(office, clock, days):
    """Tap at every venue whenever a lesson begins there; how many were confirmed."""
    zone, done = ZoneInfo("Asia/Shanghai"), 0
    held = {
        (x.date, x.facts.start, x.facts.place.venue.id)
        for x in office.entries()
        if x.date in days and not x.cancelled
        if x.facts.place is not None and x.facts.place.available
    }
    for date, start, venue_id in sorted(held):
        at = dt.time(start // 60, start % 60)
        clock.time = dt.datetime.combine(date, at, zone)
        with suppress(NothingToConfirm):  # confirmed with the lesson just before
            done += len(office.usage.confirm(venue_id, "office"))
    return done


def counted(office):
    """Lessons of bad weather; confirmed and planned ones; planned ones by week."""
    entries = office.entries()
    rows = bad_weather_hours(entries)
    by_venue = office.usage.by_venue().values()
    table = office.publication(1).timetable
    weeks = Counter()
    for use in weekly_use(table, venue_loads(table), entries):
        weeks[use.number] += use.planned
    return (
        sum(row.indoors + row.theory for row in rows),
        sum(x.confirmed for x in by_venue),
        sum(x.planned for x in by_venue),
        (weeks[1], weeks[2]),
    )


def test_rain_and_check_in_of_a_whole_school_outlast_a_new_timetable():
    """Rain on two dates, all check-ins made from the 11th to the 17th."""
    clock = Clock()
    given = read_problem(SCHOOL).problem
    table = read_timetable(given, SCHOOL / "timetable.csv").timetable
    with opened("sqlite://", clock) as office:
        office.publish(given, table, "A", "{}")
        for date in (TUESDAY, THURSDAY):
            office.bad_days.apply(date, HalfDay.DAY, Weather.RAIN)
        days = {FRIDAY + dt.timedelta(k) for k in range(7)}
        assert confirm_all(office, clock, days) == 108
        before = counted(office)
        assert before[:3] == (22, 108, 108)
        moved = {
            name: replace(place, day=place.day % 5 + 1)
            for name, place in table.placements.items()
        }
        later = Timetable(given, moved)
        office.publish(given, later, "A2", "{}", begins=NEXT)
        assert counted(office) == before


@pytest.mark.parametrize("day", [2, 3, 5])
def test_rain_and_check_in_of_two_classes_outlast_a_new_timetable(day):
    """One class in the gym on the 7th, the other in its room; a tap at the gym."""
    clock = Clock()
    table = outdoors()
    with opened("sqlite://", clock) as office:
        office.publish(table.problem, table, "", "{}")
        (monday,) = dates("9-7")
        office.bad_days.apply(monday, HalfDay.DAY, Weather.RAIN)
        assert confirm_all(office, clock, {monday}) == 1
        before = counted(office)
        assert before[:3] == (2, 1, 1)
        clock.set(9, 8)
        moved = outdoors(
            R1=placement(day, 2, layout_id="L-NORTH"),
            R2=placement(day, 2, layout_id="L-SOUTH", teacher_ids=("T2",)),
        )
        office.publish(moved.problem, moved, "", "{}")
        assert counted(office)[:2] == before[:2]
        assert office.usage.by_venue()["GYM"] == Confirmed(1, 1)
