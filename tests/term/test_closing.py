"""Dated closures that close a time of the week.

By the calendar of ``tests.term.builders``, nine dates follow Tuesday's timetable: six
in odd weeks (1, 15, 20, 29 September, 13, 27 October), three in even ones (8, 22
September, 20 October).
"""

from dataclasses import replace

import pytest

from scheduler.model.closures import Booking, Calendar, Closure, ClosureKind
from scheduler.model.resources import ResourceKind
from scheduler.model.settings import RuleSetting
from scheduler.model.times import Week
from scheduler.term.closing import weekly_closures, with_weekly_closures
from tests.term.builders import dates, problem

ODD = dates("9-1", "9-15", "9-20", "9-29", "10-13", "10-27")
EVEN = dates("9-8", "9-22", "10-20")
PARK = (Calendar("CAL", "PARK", "park.ics"),)


def booked(*days, start=480, end=540, name=""):
    """The park is booked on these dates."""
    return tuple(Booking("CAL", day, start, end, name) for day in days)


def weekly(bookings, calendars=PARK, **tables):
    """Rows that a problem with these bookings derives."""
    return weekly_closures(problem(calendars=calendars, bookings=bookings, **tables))


def test_booked_on_every_date_closes_the_venue_every_week():
    (row,) = weekly(booked(*ODD, *EVEN, name="社区舞蹈"))

    assert (row.kind, row.resource_id, row.day) == (ResourceKind.VENUE, "PARK", 2)
    assert (row.start, row.end, row.week) == (480, 540, Week.EVERY)
    assert row.reason == "社区舞蹈：9个日期中有9个"


@pytest.mark.parametrize(
    ("days", "weeks"),
    [
        (ODD[:3], [Week.ODD]),
        (ODD[:2], []),
        (EVEN[:2], [Week.EVEN]),
        (EVEN[:1], []),
        ((*ODD[:2], *EVEN[:1]), []),
    ],
)
def test_half_of_the_dates_of_a_week_close_it_and_fewer_do_not(days, weeks):
    assert [row.week for row in weekly(booked(*days))] == weeks


def test_share_is_a_setting():
    rules = (RuleSetting("calendars", parameters=(("share", 100),)),)

    assert weekly(booked(*ODD[:5]), rules=rules) == ()
    assert len(weekly(booked(*ODD), rules=rules)) == 1


def test_the_same_date_twice_counts_once():
    assert weekly(booked(EVEN[0], EVEN[0])) == ()


def test_only_the_stretch_that_is_closed_on_enough_dates_is_closed():
    # Even weeks: 08:00–09:00 on one date, 08:30–09:30 on another: together 08:30–09:00.
    rows = weekly(
        (*booked(EVEN[0]), *booked(EVEN[1], start=510, end=570)),
    )

    assert [(row.start, row.end) for row in rows] == [(510, 540)]


def test_calendar_of_a_zone_closes_the_zone():
    calendars = (Calendar("CAL", "FIELD", "f.ics", "北半场"),)
    (row,) = weekly(booked(*EVEN), calendars)

    assert (row.kind, row.resource_id) == (ResourceKind.ZONE, "北半场")


def test_event_of_a_school_closes_the_day_to_its_classes():
    closures = tuple(
        Closure(f"X{k}", ClosureKind.SCHOOL, "S", day) for k, day in enumerate(EVEN)
    )
    rows = weekly((), closures=closures)

    assert {(row.resource_id, row.start, row.end) for row in rows} == {
        ("C1", 0, 1440),
        ("C2", 0, 1440),
    }


def test_range_of_dates_is_cut_to_the_term():
    days = dates("9-1", "10-31")
    closure = Closure(
        "X", ClosureKind.VENUE, "PARK", days[0].replace(year=1990), days[1]
    )
    given = problem(closures=(closure,))

    assert min(given.shut_on) == days[0]
    assert len(given.shut_on) == 61
    # The bell has no rows at weekends, whose dates teach another weekday if any.
    assert {row.day for row in weekly_closures(given)} == {1, 2, 3, 4, 5}


def test_no_date_closed_changes_nothing():
    given = problem()

    assert with_weekly_closures(given) == given


def test_weekly_rows_are_unavailable_times_like_any_other():
    given = with_weekly_closures(problem(calendars=PARK, bookings=booked(*ODD, *EVEN)))

    key = (ResourceKind.VENUE, "PARK")
    assert given.unavailability_of[key] == given.closed_weekly
    assert replace(given, closed_weekly=()).unavailability_of == {}
