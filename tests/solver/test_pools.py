"""Interchangeable places are solved as one, and nothing else is."""

from dataclasses import replace

import pytest

from scheduler.model.relations import Relation, RelationKind
from scheduler.model.requirements import WeekRule
from scheduler.model.resources import ClassGroup, Level, Teacher
from scheduler.model.settings import RuleSetting
from scheduler.model.venues import Layout, Venue, Zone
from scheduler.solver.limits import SolveLimits
from scheduler.solver.solve import solve
from scheduler.solver.status import Status
from tests.builders import bell, need, problem, unavailable

PAIRS = ((1, "C1"), (2, "C2"))
LIMITS = SolveLimits(seconds=20, workers=1)
ONE_LESSON = bell("A", "1 lesson 08:00-08:40", (1,))


def rooms(*names, zones=(), **more):
    """Music rooms of school S1, alike, each a layout of its own id."""
    return {
        "venues": tuple(Venue(x, f"教室{x}", "S1", "room", True, "S1") for x in names),
        "zones": zones,
        "layouts": tuple(Layout(x, x, (x,), ("MUS",), 1) for x in names),
        **more,
    }


def test_class_named_like_a_pooled_room_is_still_one_class():
    given = problem(
        need("R1", "101", "MUS"),
        need("R2", "101", "MUS", teacher_ids=("T2",)),
        bells=(ONE_LESSON,),
        classes=(ClassGroup("101", "S1", 3, "三(1)班", 40, "A"),),
        **rooms("101", "102"),
    )

    # Two lessons, one period: impossible, however many rooms there are.
    assert solve(given, LIMITS).status is Status.INFEASIBLE


def test_rooms_with_larger_zones_are_levelled_each_by_itself():
    given = problem(
        need("R1", "C1", "MUS"),
        need("R2", "C2", "MUS", teacher_ids=("T2",)),
        bells=(ONE_LESSON, bell("B", "1 lesson 08:00-08:40", (1,))),
        **rooms("M1", "M2", zones=(Zone("M1", "M1", 2), Zone("M2", "M2", 2))),
    )

    solution = solve(given, LIMITS)

    # One class in each room: nothing to stagger.
    assert (solution.status, solution.report.soft) == (Status.OPTIMAL, 0)


@pytest.mark.parametrize("pupils", [30, 40])
def test_pupils_above_a_weighed_cap_are_not_hidden_by_the_pool(pupils):
    given = problem(
        need("R1", "C1", "MUS"),
        bells=(ONE_LESSON, bell("B", "1 lesson 08:00-08:40", (1,))),
        rules=(RuleSetting("FitZoneCapacity", level=Level.SOFT),),
        **rooms(
            "M1", "M2", zones=(Zone("M1", "M1", 1, pupils), Zone("M2", "M2", 1, pupils))
        ),
    )

    solution = solve(given, LIMITS)

    # 40 pupils for 40 minutes in two weeks.
    assert solution.status is Status.OPTIMAL
    assert solution.report.soft == (40 - pupils) * 80


def test_relation_that_tells_rooms_apart_is_kept_by_the_rooms_given():
    given = problem(
        *(need(f"R{k}", c, "MUS", teacher_ids=(f"T{k}",)) for k, c in PAIRS),
        bells=(ONE_LESSON, bell("B", "1 lesson 08:00-08:40", (1,))),
        relations=(Relation("G1", RelationKind.IN_LAYOUTS, ("R2",), layouts=("M1",)),),
        **rooms("M1", "M2"),
    )

    solution = solve(given, LIMITS)

    assert solution.status is Status.OPTIMAL
    assert solution.timetable.placements["R2#1"].layout_id == "M1"
    assert solution.timetable.placements["R1#1"].layout_id == "M2"


def test_ordered_lessons_of_one_requirement_are_told_apart():
    given = problem(
        need("R1", "C1", "CN", "2"),
        relations=(Relation("G1", RelationKind.ORDERED, ("R1#2", "R1#1")),),
    )

    solution = solve(given, LIMITS)

    assert solution.status is Status.OPTIMAL
    placed = solution.timetable.placements
    second, first = placed["R1#1"], placed["R1#2"]
    assert (first.day, first.period) < (second.day, second.period)


def test_rooms_on_which_weeks_would_interlock_are_told_apart():
    """Five lessons in a ring, each beside the next: 0 every week, 1 and 2 in odd weeks,
    3 every week, 4 in even weeks from 1 to 2 and so beside 0 and 3. At no moment are
    there more than two, but two rooms are not enough. So 4 must go to 10:00, which its
    class does not like (5)."""
    times = ("08:00-08:30", "08:20-08:50", "08:40-09:10", "09:00-09:30", "08:20-09:10")
    weeks = {1: WeekRule.ODD, 2: WeekRule.ODD, 4: WeekRule.EVEN}
    day = [f"1 lesson {time}" for time in times]
    day[4] += "\n2 lesson 10:00-10:40"
    lessons = (
        need(f"R{k}", f"K{k}", "MUS", "0.5", teacher_ids=(f"T{k}",), week=weeks[k])
        if k in weeks
        else need(f"R{k}", f"K{k}", "MUS", teacher_ids=(f"T{k}",))
        for k in range(5)
    )
    given = problem(
        *lessons,
        bells=tuple(bell(f"B{k}", day[k], (1,)) for k in range(5)),
        classes=tuple(
            ClassGroup(f"K{k}", "S1", 3, f"{k}班", 20, f"B{k}") for k in range(5)
        ),
        teachers=tuple(Teacher(f"T{k}", f"{k}老师", "S1") for k in range(5)),
        unavailable=(unavailable("class", "K4", period=2, level=Level.SOFT),),
        **rooms("M1", "M2"),
    )

    for search in (True, False):
        solution = solve(given, replace(LIMITS, search=search))
        assert (solution.status, solution.report.soft) == (Status.OPTIMAL, 5)
