"""Rows of limits.csv, kind by kind, with numbers by hand; see tests/builders.py.

Lessons that meet every week count twice. Bell A has a break between periods 1 and 2,
3 and 4, 5 and 6; big break and lunch part the others; 6 and 7 touch.
"""

import pytest

from scheduler.constraints.rules.limits.kinds import KINDS
from scheduler.constraints.rules.limits.rules import KeepLimits, PreferLimits
from scheduler.model.limits import Limit, LimitKind, LimitOn
from scheduler.model.resources import Level
from scheduler.model.times import Week, parse_clock
from tests.builders import need, place, problem, timetable, unavailable


def limit(kind, value, on="teacher", ids=("T1",), **more):
    return Limit("X1", LimitKind(kind), LimitOn(on), value, ids, **more)


def table(row, *places, unavailable=(), **placed):
    """Lessons of C1 by T1 at these (day, period), beside others by name."""
    given = problem(
        need("R1", "C1", "CN", "7"),
        need("R2", "C2", "PE", "2", teacher_ids=("T2",), tags=("out",)),
        limits=(row,),
        unavailable=unavailable,
    )
    own = {f"R1_{k}": place(*where) for k, where in enumerate(places, start=1)}
    return timetable(given, **own, **placed)


def amount(row, *places, **more):
    """The row's amount, which its terms say too."""
    given = table(row, *places, **more)
    by_terms = [t.amount(given.meeting) for t in KeepLimits().primitives(given.problem)]
    assert sum(by_terms) == KeepLimits().amount(given)
    return sum(by_terms)


def sentences(row, *places, **more):
    given = table(row, *places, **more)
    rule = KeepLimits()
    texts = [rule.explain(given.problem, v) for v in rule.violations(given)]
    return texts[0]


def test_every_kind_has_a_class_of_its_own():
    assert set(KINDS) == set(LimitKind)


@pytest.mark.parametrize(("value", "expected"), [(3, 0), (2, 2), (1, 4)])
def test_max_days_counts_days_too_many_in_both_weeks(value, expected):
    # Monday twice, Tuesday, Friday: three days.
    row = limit("max_days", value)

    assert amount(row, (1, 1), (1, 5), (2, 1), (5, 1)) == expected


@pytest.mark.parametrize(("value", "expected"), [(3, 0), (5, 4)])
def test_min_days_counts_days_missing(value, expected):
    row = limit("min_days", value)

    assert amount(row, (1, 1), (1, 5), (2, 1), (5, 1)) == expected


def test_max_days_within_counts_days_with_a_lesson_that_touches_the_time():
    # 11:00–13:10 touches period 4 (to 11:30) and 5 (from 13:00), not 3 (to 10:40).
    times = {"start": parse_clock("11:00"), "end": parse_clock("13:10")}
    row = limit("max_days_within", 1, **times)

    assert amount(row, (1, 4), (2, 5), (3, 3)) == 2
    assert amount(row, (1, 4), (1, 5), (3, 3)) == 0


def test_max_periods_a_day_counts_periods_too_many():
    row = limit("max_periods_a_day", 2)

    assert amount(row, (1, 1), (1, 2), (1, 5), (1, 6), (2, 1)) == 2 * 2


def test_max_periods_a_day_counts_only_lessons_with_a_tag():
    row = limit("max_periods_a_day", 1, "class", ("C2",), tags=("out",))
    pe = {
        "R2_1": place(1, 1, teachers=("T2",)),
        "R2_2": place(1, 3, teachers=("T2",), week=Week.ODD),
    }

    # Two of them in odd weeks only.
    assert amount(row, **pe) == 1
    assert amount(limit("max_periods_a_day", 0, "class", ("C2",), tags=("x",))) == 0


def test_min_periods_a_day_leaves_free_days_free():
    row = limit("min_periods_a_day", 3)

    # Monday has one (two missing), Tuesday three.
    assert amount(row, (1, 1), (2, 1), (2, 3), (2, 5)) == 2 * 2


def test_min_periods_every_day_counts_free_days_but_those_unavailable():
    row = limit("min_periods_every_day", 1)
    friday = (unavailable("teacher", "T1", 5),)

    # Wednesday, Thursday and Friday are free.
    assert amount(row, (1, 1), (2, 1)) == 2 * 3
    assert amount(row, (1, 1), (2, 1), unavailable=friday) == 2 * 2


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([(1, 1), (1, 2)], 0),
        ([(1, 2), (1, 3)], 0),  # the big break parts them
        ([(1, 5), (1, 6), (1, 7)], 2),
        ([(1, 1), (1, 2), (1, 3), (1, 4), (1, 5), (1, 6), (1, 7)], 2),
    ],
    ids=["two", "big break", "three", "all day"],
)
def test_max_run_counts_periods_of_a_run_beyond_two(places, expected):
    assert amount(limit("max_run", 2), *places) == expected


def test_max_idle_counts_usable_lesson_rows_between():
    places = [(1, 1), (1, 4), (2, 1), (2, 3)]
    second = (unavailable("teacher", "T1", 1, period=2),)

    # Monday: periods 2 and 3 idle; Tuesday: 2.
    assert amount(limit("max_idle_a_day", 1), *places) == 2
    assert amount(limit("max_idle_a_week", 1), *places) == 2 * 2
    assert amount(limit("max_idle_a_week", 1), *places, unavailable=second) == 2


def test_max_idle_counts_a_row_unavailable_in_odd_weeks_in_even_ones():
    odd = (unavailable("teacher", "T1", 1, period=2, week=Week.ODD),)

    assert amount(limit("max_idle_a_day", 0), (1, 1), (1, 3), unavailable=odd) == 1


def test_max_span_counts_rows_from_first_to_last_unavailable_ones_too():
    second = (unavailable("teacher", "T1", 1, period=2),)

    # Periods 1 to 4.
    assert amount(limit("max_span_a_day", 3), (1, 1), (1, 4)) == 2
    assert amount(limit("max_span_a_day", 3), (1, 1), (1, 4), unavailable=second) == 2
    assert amount(limit("max_span_a_day", 4), (1, 1), (1, 4)) == 0


def test_max_late_starts_counts_late_days_and_rows_beyond_the_second():
    row = limit("max_late_starts", 1, "class", ("C1",))

    # Tuesday and Wednesday begin with period 2: one too many.
    assert amount(row, (1, 1), (2, 2), (3, 2)) == 2
    # Tuesday begins with period 4: within the number, but two rows later still.
    assert amount(row, (1, 1), (2, 4)) == 2 * 2
    # Where period 1 is unavailable, 2 is the first usable one.
    closed = tuple(unavailable("class", "C1", day, period=1) for day in (2, 3))
    assert amount(row, (1, 1), (2, 2), (3, 2), unavailable=closed) == 0


def test_row_without_ids_speaks_of_everybody_with_a_lesson():
    row = limit("min_days", 2, ids=())
    pe = {"R2_1": place(1, 1, teachers=("T2",))}

    # T1 and T2 have one day each; T3 has no lesson at all.
    assert amount(row, (1, 1), **pe) == 2 * 2


def test_soft_rows_are_weighed_and_left_to_the_other_rule():
    row = limit("max_days", 1, level=Level.SOFT, weight=7)
    given = table(row, (1, 1), (2, 1))

    assert KeepLimits().amount(given) == 0
    assert PreferLimits().amount(given) == 7 * 2
    assert PreferLimits().cost(given) == 7 * 2


@pytest.mark.parametrize(
    ("kind", "value", "places", "zh", "en"),
    [
        (
            "max_days",
            1,
            [(1, 1), (2, 1)],
            "教师王芳（单周）一周有2天有课，最多1天（限制X1：教研）。",
            "王芳 has lessons on 2 days a week, at most 1 (odd weeks) "
            "(limit X1: 教研).",
        ),
        (
            "max_run",
            1,
            [(1, 1), (1, 2)],
            "教师王芳周一（单周）连上2节课，最多连上1节（限制X1：教研）。",
            "王芳 has 2 periods in a row, at most 1 on Monday (odd weeks) "
            "(limit X1: 教研).",
        ),
        (
            "max_late_starts",
            1,
            [(1, 3)],
            "教师王芳周一（单周）第一节课前空了2节，最多空1节（限制X1：教研）。",
            "王芳 begins after 2 free periods, at most 1 on Monday (odd weeks) "
            "(limit X1: 教研).",
        ),
    ],
)
def test_sentence_names_person_time_numbers_and_row(kind, value, places, zh, en):
    text = sentences(limit(kind, value, reason="教研"), *places)

    assert (text.zh, text.en) == (zh, en)
