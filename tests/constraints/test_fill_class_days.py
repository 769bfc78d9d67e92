"""No holes in a class's day: which empty rows count, in which weeks, and how many."""

from dataclasses import replace

import pytest

from scheduler.constraints.rules.fill_class_days import FillClassDays, most_holes
from scheduler.model.resources import Level
from scheduler.model.text import Text
from scheduler.model.times import RowKind, Week
from tests.builders import (
    agreement,
    blocks,
    need,
    place,
    problem,
    timetable,
    unavailable,
)

RULE = FillClassDays()


def holes(table, rule=RULE):
    """(day, period, week) of each hole."""
    return [(v.day, v.numbers[0], v.layer) for v in rule.violations(table)]


def day_of(*periods, tables=None, **more):
    """Class C1 with a lesson in each of these periods of Monday."""
    given = problem(need("R1", "C1", "CN", str(len(periods)), **more), **(tables or {}))
    where = {f"R1_{k}": place(1, period) for k, period in enumerate(periods, 1)}
    return timetable(given, **where)


@pytest.mark.parametrize(
    ("periods", "empty"),
    [
        ((1, 2, 3), []),
        ((1, 3), [2]),  # between
        ((3,), [1, 2]),  # before the first
        ((1, 2, 7), [3, 4, 5, 6]),  # lunch is no row
        ((), []),
    ],
)
def test_rows_before_a_later_lesson_are_holes_in_both_weeks(periods, empty):
    table = day_of(*periods)
    assert holes(table) == [(1, p, layer) for layer in (0, 1) for p in empty]
    assert RULE.amount(table) == 2 * len(empty)


def test_a_double_lesson_fills_its_rows():
    given = problem(need("R1", "C1", "CN", "2", blocks=blocks("2")))
    assert holes(timetable(given, R1=place(1, 1, length=2))) == []
    assert RULE.amount(timetable(given, R1=place(1, 3, length=2))) == 4


def test_an_odd_week_lesson_leaves_a_hole_in_even_weeks_unless_its_partner_fills_it():
    given = problem(
        need("R1", "C1", "PSY", "0.5"),
        need("R2", "C1", "LAB", "0.5"),
        need("R3", "C1", "CN"),
    )
    alone = {"R1": place(1, 1, week=Week.ODD), "R3": place(1, 2)}
    assert holes(timetable(given, **alone)) == [(1, 1, 1)]
    pair = {**alone, "R2": place(1, 1, week=Week.EVEN)}
    assert holes(timetable(given, **pair)) == []


@pytest.mark.parametrize(
    ("row", "empty"),
    [
        ({"period": 2}, []),
        ({"start": 530, "end": 540}, []),  # 08:50-09:00 of 08:50-09:30
        ({"period": 1}, [2]),
        ({"period": 2, "level": Level.SOFT}, [2]),
    ],
)
def test_rows_closed_to_the_class_are_no_holes(row, empty):
    closed = {"unavailable": (unavailable("class", "C1", 1, **row),)}
    assert holes(day_of(1, 3, tables=closed)) == [
        (1, p, x) for x in (0, 1) for p in empty
    ]


def test_a_row_closed_in_odd_weeks_is_a_hole_in_even_ones():
    closed = (unavailable("class", "C1", 1, period=2, week=Week.ODD),)
    assert holes(day_of(1, 3, tables={"unavailable": closed})) == [(1, 2, 1)]


def test_a_day_closed_to_the_teacher_alone_excuses_nothing():
    closed = (unavailable("teacher", "T1", 1, period=2),)
    assert RULE.amount(day_of(1, 3, tables={"unavailable": closed})) == 2


@pytest.mark.parametrize(("walk", "empty"), [(10, [1, 2]), (35, [1])])
def test_a_row_that_a_walk_takes_is_no_hole(walk, empty):
    # PE in the park 10:00-10:40; 35 minutes before are 09:25, within 08:50-09:30.
    given = problem(need("R1", "C1", "PE"), agreements=(agreement(walk_minutes=walk),))
    found = holes(timetable(given, R1=place(1, 3, "LP")))
    assert found == [(1, p, x) for x in (0, 1) for p in empty]


def test_a_club_of_some_pupils_fills_a_row_and_asks_for_those_before():
    given = problem(need("R1", "C1", "CN"), need("R2", "C1", "MUS", pupils=12))
    assert holes(timetable(given, R1=place(1, 2), R2=place(1, 1))) == []
    assert RULE.amount(timetable(given, R1=place(1, 1), R2=place(1, 3))) == 2


def test_after_school_asks_for_no_lesson_before():
    given = problem(need("R1", "C1", "CN", row_kinds=(RowKind.AFTER_SCHOOL,)))
    assert RULE.amount(timetable(given, R1=place(1, 20))) == 0


def test_a_joint_lesson_counts_by_the_clock_in_each_bell():
    # Bell A's 4 (10:50-11:30) is bell B's 3, before which B has two rows, A three.
    given = problem(need("R1", "C1;C3", "CN"))
    table = timetable(given, R1=place(1, 4))
    assert [(v.resource_ids[0], v.numbers[0]) for v in RULE.violations(table)] == [
        *(("C1", p) for _ in (0, 1) for p in (1, 2, 3)),
        *(("C3", p) for _ in (0, 1) for p in (1, 2)),
    ]


@pytest.mark.parametrize(
    ("allowed", "amount"), [(0, 6), (1, 4), (2, 2), (3, 0), (4, 0)]
)
def test_holes_up_to_those_allowed_in_a_week_cost_nothing(allowed, amount):
    given = problem(need("R1", "C1", "CN", "3"))
    table = timetable(given, R1_1=place(1, 2), R1_2=place(3, 1), R1_3=place(4, 3))
    assert RULE.amount(table) == 6  # Monday 1, Thursday 1 and 2
    assert FillClassDays(allowed=allowed).amount(table) == amount
    assert most_holes(table) == 3


def test_of_holes_beyond_those_allowed_the_last_of_the_week_are_told():
    given = problem(need("R1", "C1", "CN", "2"))
    table = timetable(given, R1_1=place(1, 2), R1_2=place(4, 2))
    assert holes(table, FillClassDays(allowed=1)) == [(4, 1, 0), (4, 1, 1)]


def test_the_sentence_names_class_period_clock_and_weeks():
    table = day_of(1, 3)
    odd, _ = RULE.violations(table)
    assert RULE.explain(table.problem, odd) == Text(
        "三(1)班周一第2节（08:50–09:30）（单周）空着，后面还有课。",
        "三(1)班 has nothing on Monday period 2 (08:50–09:30) (odd weeks), "
        "and lessons after it.",
    )
    assert RULE.explain(table.problem, replace(odd, layer=None)).zh == (
        "三(1)班周一第2节（08:50–09:30）空着，后面还有课。"
    )


def test_the_last_lesson_of_the_day_is_the_one_to_move():
    table = day_of(1, 3, 4)
    (hole, _) = RULE.violations(table)
    assert RULE.culprits(table, hole) == ("R1#3",)
