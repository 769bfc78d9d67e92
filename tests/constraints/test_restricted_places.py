"""Places that take some grades only, or not what bears certain tags: by hand."""

from dataclasses import replace
from fractions import Fraction

from scheduler.constraints.rules.places.use_allowed_layouts import UseAllowedLayouts
from scheduler.model.activities import Activity, ActivityKind, Waves
from scheduler.model.expansion import with_activities
from scheduler.model.requirements import HOME
from scheduler.model.text import Text
from scheduler.solver.limits import SolveLimits
from scheduler.solver.rain.slots import shelters
from scheduler.solver.solve import solve
from tests.builders import LAYOUTS, VENUES, need, place, problem, timetable

GRADE_3, NO_BALLS = {"grades": (3,)}, {"not_for": ("球类",)}


def open_to(requirement, **restricted):
    """Layouts open to the requirement; the field's first one is restricted."""
    layouts = (replace(LAYOUTS[0], **restricted), *LAYOUTS[1:4])
    return problem(requirement, layouts=layouts).allowed_layouts(requirement)


def test_layout_of_some_grades_is_open_to_no_class_of_another():
    # C1 is in grade 3, C3 in grade 1.
    assert "L1" in open_to(need("R1", "C1", "PE"), **GRADE_3)
    assert "L1" not in open_to(need("R1", "C3", "PE"), **GRADE_3)
    assert "L1" not in open_to(need("R1", "C1;C3", "PE"), **GRADE_3)


def test_layout_is_closed_to_the_tags_it_is_not_for():
    assert "L1" not in open_to(need("R1", "C1", "PE", tags=("球类",)), **NO_BALLS)
    assert "L1" in open_to(need("R1", "C1", "PE", tags=("跳绳",)), **NO_BALLS)
    assert "L1" in open_to(need("R1", "C1", "PE"), **NO_BALLS)


def test_each_wave_takes_the_listed_layouts_that_take_its_grade():
    layouts = (replace(LAYOUTS[0], **GRADE_3), *LAYOUTS[1:])
    break_ = Activity(
        *("BB", "大课间", ActivityKind.BIG_BREAK, ("school:S1",), Fraction(1)),
        layouts=("L1", "L2"),
        waves=Waves.GRADE,
    )
    given = with_activities(problem(layouts=layouts, activities=(break_,)))

    found = {r.class_ids: given.allowed_layouts(r) for r in given.requirements}

    assert found == {("C1", "C2"): ("L1", "L2"), ("C3",): ("L2",)}


def test_rule_says_why_a_place_is_not_open():
    layouts = (replace(LAYOUTS[0], **GRADE_3), *LAYOUTS[1:2])
    table = timetable(
        problem(need("R1", "C3", "PE"), layouts=layouts), R1=place(1, 1, "L1")
    )
    rule = UseAllowedLayouts()

    (found,) = rule.violations(table)

    assert rule.explain(table.problem, found) == Text(
        "一(1)班体育与健康排在田径场(Z1)，该处不供1年级使用，但只能用：田径场(Z2)。",
        "PE of 一(1)班 (R1#1) is at 田径场(Z1), which does not take grade 1, but may "
        "only use: 田径场(Z2).",
    )


def test_solver_keeps_ball_games_off_the_roof():
    layouts = (replace(LAYOUTS[0], **NO_BALLS), replace(LAYOUTS[1], max_classes=1))
    given = problem(
        need("R1", "C1", "PE", "5", tags=("球类",)),
        need("R2", "C2", "PE", "5", teacher_ids=("T2",)),
        layouts=layouts,
    )
    found = solve(given, SolveLimits(seconds=3, workers=1, iterations=20_000)).timetable

    places = {m.lesson.requirement.requirement_id: set() for m in found.meetings}
    for m in found.meetings:
        places[m.lesson.requirement.requirement_id].add(m.placement.layout_id)
    assert len(found.meetings) == 10
    assert places["R1"] == {"L2"}


def test_bad_weather_opens_no_place_to_a_grade_that_it_does_not_take():
    hall = replace(LAYOUTS[5], wet=True, **GRADE_3)
    venues = tuple(v for v in VENUES if v.venue_id in ("FIELD", "MUSIC"))
    given = problem(
        need("R1", "C1", "PE"),
        need("R2", "C3", "PE"),
        venues=venues,
        layouts=(LAYOUTS[0], hall),
    )
    first, second = given.requirements
    assert (shelters(given, first), shelters(given, second)) == (("LM",), ())
    assert HOME not in given.allowed_layouts(first)
