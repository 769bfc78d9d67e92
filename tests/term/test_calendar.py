"""Dates of a term, counted by hand on the calendar in builders.py."""

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest

from scheduler.model.term import ClosedDays, MakeUpDay
from scheduler.model.times import Week
from scheduler.term.calendar import TeachingDay, teaching_dates, term_code, week_number
from tests.term.builders import TERM, dates


def test_teaching_dates_closed_days_are_left_out():
    closed = set(dates("9-25", "9-26", "9-27", *(f"10-{day}" for day in range(1, 8))))
    all_dates = {TERM.first_day + dt.timedelta(days=k) for k in range(61)}
    found = [day.date for day in teaching_dates(TERM)]
    assert found == sorted(all_dates - closed)


def test_teaching_dates_make_up_sunday_follows_tuesday_in_its_own_week():
    day = next(d for d in teaching_dates(TERM) if d.date == dt.date(2026, 9, 20))
    assert day == TeachingDay(dt.date(2026, 9, 20), 2, Week.ODD, 3, make_up=True)


def test_teaching_dates_week_of_a_make_up_day_is_the_one_given():
    term = replace(
        TERM, make_up=(MakeUpDay(dt.date(2026, 9, 20), 2, Week.EVEN),), closed=()
    )
    day = next(d for d in teaching_dates(term) if d.date == dt.date(2026, 9, 20))
    assert day == TeachingDay(dt.date(2026, 9, 20), 2, Week.EVEN, 3, make_up=True)


def test_teaching_dates_week_every_of_a_make_up_day_decides_nothing():
    given = MakeUpDay(dt.date(2026, 9, 20), 2, Week.EVERY)
    assert teaching_dates(replace(TERM, make_up=(given, TERM.make_up[1]))) == (
        teaching_dates(TERM)
    )


def test_teaching_dates_make_up_inside_closed_days_is_taught():
    closed = (ClosedDays(dt.date(2026, 9, 19), dt.date(2026, 9, 20)),)
    found = [d.date for d in teaching_dates(replace(TERM, closed=closed))]
    assert [d for d in found if d in dates("9-19", "9-20")] == dates("9-20")


def test_teaching_dates_make_up_on_a_weekday_replaces_its_pattern():
    term = replace(TERM, make_up=(MakeUpDay(dt.date(2026, 9, 18), 1),))
    day = next(d for d in teaching_dates(term) if d.date == dt.date(2026, 9, 18))
    assert (day.weekday, day.week) == (1, Week.ODD)


def test_teaching_dates_of_a_whole_term_are_as_many_as_counted_by_hand():
    term = replace(
        TERM,
        last_day=dt.date(2027, 1, 22),
        closed=(*TERM.closed, ClosedDays(dt.date(2027, 1, 1), dt.date(2027, 1, 1))),
    )
    found = Counter(day.weekday for day in teaching_dates(term))
    # On the calendar from 1 September 2026 to 22 January 2027, Monday to Friday: 20,
    # 21, 21, 21 and 21 dates. Closed: Friday 25 September, Thursday 1 and Friday 2,
    # Monday 5, Tuesday 6 and Wednesday 7 October, Friday 1 January. Made up: a
    # Tuesday and a Wednesday.
    assert [found[weekday] for weekday in range(1, 6)] == [19, 21, 21, 20, 18]


@pytest.mark.parametrize(
    ("date", "number"),
    [("9-1", 1), ("9-6", 1), ("9-7", 2), ("9-30", 5), ("10-8", 6), ("10-12", 7)],
)
def test_week_number_runs_on_through_the_holidays(date, number):
    assert week_number(TERM, dates(date)[0]) == number


def test_week_number_week_one_after_the_first_day_counts_back():
    term = replace(TERM, week_one=dt.date(2026, 9, 7))
    # 1 September is in the week before week 1, which is odd: so it is even.
    assert week_number(term, dt.date(2026, 9, 1)) == 0
    assert teaching_dates(term)[0].week is Week.EVEN


def test_teaching_dates_first_week_even_turns_every_week():
    turned = teaching_dates(replace(TERM, first_week=Week.EVEN))
    other = {Week.ODD: Week.EVEN, Week.EVEN: Week.ODD}
    assert [other[d.week] for d in turned] == [d.week for d in teaching_dates(TERM)]


@pytest.mark.parametrize(
    ("first_day", "code"),
    [
        (dt.date(2026, 8, 31), "2026-2027-1"),
        (dt.date(2026, 9, 1), "2026-2027-1"),
        (dt.date(2027, 2, 22), "2026-2027-2"),
    ],
)
def test_term_code_is_the_academic_year_and_its_half(first_day, code):
    assert term_code(replace(TERM, first_day=first_day)) == code
