"""Lessons on dates; the expected dates are read off the calendar in builders.py."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.model.times import Week
from scheduler.model.timetable import Timetable
from scheduler.model.venues import Layout, Zone
from scheduler.term.dated import Obstacle
from tests.term.builders import (
    agreement,
    dates,
    held,
    placement,
    problem,
    requirement,
    timetable,
)


def dates_of(**changes):
    return [d.date for d in held(timetable(R1=placement(**changes)))]


def test_dated_lessons_tuesday_includes_the_make_up_sunday():
    # 6 October is a holiday; Sunday 20 September follows Tuesday.
    expected = ("9-1", "9-8", "9-15", "9-20", "9-22", "9-29")
    assert dates_of(day=2) == dates(*expected, "10-13", "10-20", "10-27")


def test_dated_lessons_odd_tuesday_across_the_national_day():
    # Weeks 1, 3 (with its Sunday), 5, 7, 9; the holiday week 6 counts as even.
    expected = ("9-1", "9-15", "9-20", "9-29", "10-13", "10-27")
    assert dates_of(day=2, week=Week.ODD) == dates(*expected)


def test_dated_lessons_even_tuesday_across_the_national_day():
    # Weeks 2, 4 and 8; 6 October falls into the holiday.
    assert dates_of(day=2, week=Week.EVEN) == dates("9-8", "9-22", "10-20")


def test_dated_lessons_even_wednesday_is_made_up_on_saturday():
    # Week 6: Wednesday 7 October is closed, Saturday the 10th follows Wednesday.
    expected = ("9-9", "9-23", "10-10", "10-21")
    assert dates_of(day=3, week=Week.EVEN) == dates(*expected)


def test_dated_lessons_friday_loses_two_dates():
    # 25 September and 2 October are closed.
    expected = ("9-4", "9-11", "9-18", "10-9", "10-16", "10-23", "10-30")
    assert dates_of(day=5) == dates(*expected)


def test_dated_lessons_carry_clock_time_of_the_pattern():
    first = held(timetable(R1=placement(day=2, period=3)))[0]
    # Period 3 begins 2 * 50 minutes after 08:00 and lasts 40.
    assert (first.lesson_id, first.start, first.end) == ("R1#1", 580, 620)


def test_dated_lessons_unplaced_lesson_has_no_date():
    assert held(timetable()) == ()


@given(st.permutations(("R1", "R2", "R3")))
def test_dated_lessons_do_not_depend_on_the_order_of_placements(order):
    school = problem(*(requirement(name) for name in ("R1", "R2", "R3")))
    places = {"R1": placement(2), "R2": placement(2), "R3": placement(1)}
    shuffled = Timetable(school, {f"{name}#1": places[name] for name in order})
    assert held(shuffled) == held(timetable(school, **places))


def test_dated_lessons_of_two_lengths_in_one_requirement_are_all_there():
    school = problem(requirement(per_week=Fraction(3, 2)))
    placed = Timetable(
        school,
        {"R1#1": placement(2), "R1#2": placement(4, week=Week.EVEN)},
    )
    # Tuesday 9 dates; Thursday of even weeks 10 and 24 September, 8 and 22 October.
    assert len(held(placed)) == 9 + 4


def test_place_is_unavailable_on_a_closed_date_and_a_make_up_sunday():
    school = problem(agreements=(agreement(2, closed_dates=(dt.date(2026, 9, 8),)),))
    placed = timetable(school, R1=placement(2, layout_id="L-PARK"))
    missing = [d.date for d in held(placed) if not d.place_available]
    # The window is for real Tuesdays: Sunday 20 September has none.
    assert missing == dates("9-8", "9-20")


def obstacles(table):
    """Date, school and reason wherever a place is not available."""
    return [(d.date, *why) for d in held(table) for why in d.obstacles]


def test_obstacles_name_school_and_reason():
    school = problem(
        agreements=(
            agreement(
                2,
                closed_dates=(dt.date(2026, 9, 8),),
                valid_to=dt.date(2026, 10, 20),
            ),
        )
    )
    placed = timetable(school, R1=placement(2, layout_id="L-PARK"))
    assert obstacles(placed) == [
        (dt.date(2026, 9, 8), "S", Obstacle.CLOSED),
        (dt.date(2026, 9, 20), "S", Obstacle.NO_WINDOW),
        (dt.date(2026, 10, 27), "S", Obstacle.NOT_VALID),
    ]


def test_place_on_a_make_up_sunday_is_available_under_a_sunday_window():
    school = problem(agreements=(agreement(2), agreement(7)))
    placed = timetable(school, R1=placement(2, layout_id="L-PARK"))
    sunday = next(d for d in held(placed) if d.date == dt.date(2026, 9, 20))
    assert sunday.agreement_ids == ("XY7",)
    assert obstacles(placed) == []


def test_window_too_short_for_the_lesson_covers_no_date():
    # The window ends at 08:30, the lesson at 08:40; Tuesday has nine dates.
    school = problem(agreements=(agreement(2, end=510),))
    placed = timetable(school, R1=placement(2, layout_id="L-PARK"))
    assert [why for _, _, why in obstacles(placed)] == [Obstacle.NO_WINDOW] * 9


@pytest.mark.parametrize("layout_id", ["home", "L-NORTH"])
def test_own_places_have_no_obstacle(layout_id):
    placed = timetable(R1=placement(2, layout_id=layout_id))
    assert obstacles(placed) == []


def test_agreement_opens_on_a_date_only_the_zones_it_names():
    zones = (Zone("草坪", "PARK", 1), Zone("球场", "PARK", 1))
    school = problem(
        zones=zones,
        layouts=(Layout("L-LAWN", "PARK", ("草坪",), ("PE",), 1),),
        agreements=(agreement(2, zones=("草坪",)),),
    )
    other = replace(school, agreements=(agreement(2, zones=("球场",)),))
    table = timetable(school, R1=placement(layout_id="L-LAWN"))
    closed = Timetable(other, table.placements)

    # Sunday 20 September is taught as a Tuesday, but the window's day is the real one.
    assert [date for date, _, _ in obstacles(table)] == dates("9-20")
    assert [why for _, _, why in obstacles(closed)] == [Obstacle.NO_WINDOW] * 9
