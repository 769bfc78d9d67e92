"""Adults who go along: those asked for, those named, and that they are free."""

import pytest

from scheduler.constraints.rules.avoid_clashes import AvoidTeacherClashes
from scheduler.constraints.rules.places.bring_escorts import BringEscorts
from scheduler.model.resources import ClassGroup, Teacher
from scheduler.model.settings import RuleSetting
from scheduler.model.text import Text
from scheduler.model.times import Week
from scheduler.solver.limits import SolveLimits
from scheduler.solver.solve import solve
from tests.builders import (
    ANYWHERE,
    CLASSES,
    TEACHERS,
    agreement,
    need,
    place,
    problem,
    timetable,
)

CROWDED = ClassGroup("C2", "S1", 3, "三(2)班", 46, "A")


def at_the_park(classes="C1", week=Week.EVERY, who=None, **changes):
    """Classes in the park on Monday 10:00–10:40, ten minutes away."""
    given = problem(
        need("R1", classes, "PE", **(who or {})),
        agreements=(agreement(**changes),),
        classes=(CLASSES[0], CROWDED, *CLASSES[2:]),
    )
    people = given.requirements[0].teacher_ids
    return timetable(given, R1=place(1, 3, "LP", week, teachers=people))


@pytest.mark.parametrize(
    ("classes", "changes", "needed"),
    [
        ("C1", {}, 1),
        ("C1", {"escorts": 2}, 2),
        ("C1", {"road_crossings": 1}, 2),
        ("C2", {}, 2),  # 46 pupils
        ("C2", {"road_crossings": 1}, 2),  # one more, not two
        ("C1;C2", {}, 3),
    ],
)
def test_each_class_needs_its_adults_in_both_weeks(classes, changes, needed):
    assert BringEscorts().amount(at_the_park(classes, **changes)) == 2 * needed


def test_lesson_of_one_week_counts_once():
    assert BringEscorts().amount(at_the_park(week=Week.ODD)) == 1


@pytest.mark.parametrize(
    ("who", "missing"),
    [
        ({"escort_ids": ("T2",)}, 0),
        ({"escort_ids": ("T1",)}, 1),  # teaches
        ({"teacher_ids": ("T1", "T2")}, 0),
        ({"teacher_ids": (), "escort_ids": ("T2",)}, 0),
        ({"pupils": 12}, 1),
    ],
)
def test_named_are_escorts_and_teachers_beyond_the_first(who, missing):
    assert BringEscorts().amount(at_the_park(who=who)) == 2 * missing


def test_some_pupils_of_two_classes_walk_as_one_class():
    assert BringEscorts().amount(at_the_park("C1;C2", who={"pupils": 30})) == 2


def test_where_an_agreement_asks_for_nobody_the_rule_says_how_many():
    assert BringEscorts(at_least=0).amount(at_the_park()) == 0
    assert BringEscorts(at_least=2).amount(at_the_park()) == 4


def test_own_places_need_nobody():
    table = timetable(problem(need("R1", "C1", "PE")), R1=place(1, 3, "LF"))
    assert BringEscorts().amount(table) == 0


def test_rule_names_lesson_place_and_adults():
    table = at_the_park(escorts=2, who={"escort_ids": ("T2",)})
    rule = BringEscorts()
    (found,) = rule.violations(table)
    assert rule.explain(table.problem, found) == Text(
        "三(1)班体育与健康周一10:00–10:40去社区公园，需2位大人随行，只指定了1位。",
        "PE of 三(1)班 (R1#1) goes to 社区公园 on Monday 10:00–10:40: 2 adults beside "
        "the teacher are needed, 1 named.",
    )


@pytest.mark.parametrize(("second", "minutes"), [("T4", 0), ("T3", 2 * 60)])
def test_two_classes_on_the_way_at_once_need_two_adults(second, minutes):
    given = problem(
        need("R1", "C1", "PE", escort_ids=("T3",)),
        need("R2", "C2", "PE", teacher_ids=("T2",), escort_ids=(second,)),
        agreements=(agreement(),),
        teachers=(*TEACHERS, Teacher("T4", "赵平", "S1")),
    )
    # Both are on the way or there from 09:50 to 10:50.
    table = timetable(
        given, R1=place(1, 3, "LP"), R2=place(1, 3, "LP", teachers=("T2",))
    )
    assert AvoidTeacherClashes().amount(table) == minutes
    assert BringEscorts().amount(table) == 0


def test_without_escorts_a_lesson_stays_at_school_where_they_are_demanded():
    given = problem(
        need("R1", "C1", "PE", "2", layouts=("LP", "L2")),
        need("R2", "C2", "PE", "1", layouts=("LP",), escort_ids=("T3",)),
        agreements=(agreement(),),
        rules=(
            ANYWHERE,
            RuleSetting("BringEscorts", level=BringEscorts().level.HARD),
        ),
    )
    limits = SolveLimits(seconds=3, workers=1, iterations=5_000)
    found = solve(given, limits).timetable

    assert {m.placement.layout_id for m in found.meetings if m.walk} == {"LP"}
    assert {m.lesson.requirement.requirement_id for m in found.meetings if m.walk} == {
        "R2"
    }
    assert len(found.meetings) == 3
