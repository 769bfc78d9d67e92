"""Grades that may share a zone or a layout; numbers by hand.

C1 and C2 of ``tests.builders`` are of grade 3; here C2 is made one of another grade.
"""

from dataclasses import replace

import pytest

from scheduler.constraints.rules.places.keep_grades_together import KeepGradesTogether
from scheduler.model.times import Week
from tests.builders import CLASSES, LAYOUTS, ZONES, need, place, problem, timetable

TWO = (need("R1", "C1", "PE"), need("R2", "C2", "PE", teacher_ids=("T2",)))


def school(grade, *needs, zones=None, layouts=None):
    """Grades 3 and ``grade`` on the field; limits by zone and by layout."""
    return problem(
        *(needs or TWO),
        classes=tuple(
            replace(c, grade=grade) if c.class_id == "C2" else c for c in CLASSES
        ),
        zones=tuple(
            replace(z, max_grades_apart=(zones or {}).get(z.zone_id)) for z in ZONES
        ),
        layouts=tuple(
            replace(x, max_grades_apart=(layouts or {}).get(x.layout_id))
            for x in LAYOUTS
        ),
    )


def at_once(given, first="L1", second="L1", period=1, week=Week.EVERY):
    """R1 on Monday, period 1, and R2 in the same or another."""
    return timetable(
        given,
        R1=place(1, 1, first),
        R2=place(1, period, second, week, teachers=("T2",)),
    )


@pytest.mark.parametrize(
    ("grade", "apart", "amount"),
    [
        (3, 0, 0),
        (4, 0, 2),  # one pair, in both weeks
        (4, 1, 0),
        (1, 1, 2),
        (1, 2, 0),
        (9, None, 0),
    ],
)
def test_grades_further_apart_than_the_zone_allows_are_a_breach(grade, apart, amount):
    table = at_once(school(grade, zones={"Z1": apart}))

    assert KeepGradesTogether().amount(table) == amount


@pytest.mark.parametrize(
    ("first", "second", "amount"),
    [("L1", "L12", 2), ("L1", "L2", 0), ("L12", "L12", 2), ("L2", "L12", 0)],
)
def test_zone_counts_every_layout_that_holds_it(first, second, amount):
    table = at_once(school(6, zones={"Z1": 0}), first, second)

    assert KeepGradesTogether().amount(table) == amount


@pytest.mark.parametrize(("second", "amount"), [("L12", 2), ("L1", 0)])
def test_layout_counts_its_own_lessons_only(second, amount):
    table = at_once(school(6, layouts={"L12": 1}), "L12", second)

    assert KeepGradesTogether().amount(table) == amount


def test_one_after_the_other_and_weeks_apart_are_no_breach():
    given = school(6, zones={"Z1": 0})

    assert KeepGradesTogether().amount(at_once(given, period=2)) == 0
    assert KeepGradesTogether().amount(at_once(given, week=Week.ODD)) == 1


def test_classes_of_one_lesson_are_together_by_its_own_requirement():
    given = school(6, need("R1", "C1;C2", "PE"), zones={"Z1": 0})

    assert KeepGradesTogether().amount(timetable(given, R1=place(1, 1, "L1"))) == 0


def test_sentence_names_the_place_the_grades_and_the_limit():
    table = at_once(school(6, zones={"Z1": 2}))
    first, _ = KeepGradesTogether().violations(table)
    text = KeepGradesTogether().explain(table.problem, first)

    assert text.zh == (
        "田径场·Z1周一08:00–08:40（单周）同时有3年级和6年级，最多相差2个年级："
        "三(1)班体育与健康、三(2)班体育与健康。"
    )
    assert "holds grades 3 and 6 at once on Monday 08:00–08:40" in text.en
