"""Activities are solved together with lessons."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.constraints.evaluate import evaluate
from scheduler.constraints.rules.avoid_clashes import AvoidClassClashes
from scheduler.constraints.rules.exercise.give_activity_minutes import (
    GiveActivityMinutes,
)
from scheduler.constraints.rules.exercise.give_daily_pe import GiveDailyPE
from scheduler.constraints.rules.places.allow_travel import AllowTravel
from scheduler.constraints.rules.places.capacities import (
    FitLayoutCapacity,
    FitZoneCapacity,
)
from scheduler.constraints.rules.places.stagger_venue_load import StaggerVenueLoad
from scheduler.model.activities import Activity, ActivityKind, Waves
from scheduler.model.expansion import with_activities
from scheduler.model.requirements import FixedLesson
from scheduler.model.resources import Level
from scheduler.model.times import RowKind
from scheduler.model.venues import Layout, Zone
from scheduler.solver.explain.explaining import explain
from scheduler.solver.explain.sentences.explanation import Verdict
from scheduler.solver.limits import SolveLimits
from scheduler.solver.solve import solve
from scheduler.solver.status import Status
from tests.activity_strategies import problems_with_activities
from tests.builders import need, place, problem, timetable, unavailable
from tests.solver.test_agreement import examples, said_by_model
from tests.solver.test_kernel import kernel_of, placed
from tests.strategies import model_timetables

OF_ACTIVITIES = (
    AvoidClassClashes(),
    AllowTravel(),
    FitZoneCapacity(),
    FitLayoutCapacity(),
    GiveDailyPE(),
    StaggerVenueLoad(),
    GiveActivityMinutes(),
    GiveActivityMinutes(within_plan=0),
)

LIMITS = SolveLimits(seconds=8, workers=1, iterations=20_000)
BREAK = Activity(
    *("BB", "大课间", ActivityKind.BIG_BREAK, ("school:S1",), Fraction(5)),
    subject_id="RUN",
    waves=Waves.CLASS,
)
CLUBS = tuple(
    Activity(
        *(name, f"{name}社团", ActivityKind.CLUB, ("C1", "C2"), Fraction(5), 15),
        teacher_ids=(coach,),
    )
    for name, coach in (("BALL", "T1"), ("CHESS", "T2"))
)


def school(*activities, **tables):
    lessons = (need("R1", "C1", "PE", "3"), need("R2", "C2", "CN", "3"))
    return with_activities(problem(*lessons, activities=activities, **tables))


def solved(given):
    found = solve(given, LIMITS)
    assert found.status in (Status.OPTIMAL, Status.FEASIBLE)
    assert evaluate(found.timetable).hard == 0
    assert len(found.timetable.placements) == len(given.lessons)
    return found.timetable


def test_clubs_of_the_same_classes_share_the_only_row_of_each_day():
    """Five meetings of each in five after-school rows: they run at once."""
    table = solved(school(*CLUBS))

    for name in ("BALL", "CHESS"):
        days = [
            m.day for m in table.meetings if m.lesson.requirement.subject_id == name
        ]
        assert sorted(days) == [1, 2, 3, 4, 5]


def test_big_break_comes_in_waves_that_its_places_hold():
    """C1 and C2 begin at 9:30, C3 at 9:40; where two fit, there is no timetable."""
    room = {
        "zones": (Zone("Z1", "FIELD", 3),),
        "layouts": (Layout("L1", "FIELD", ("Z1",), ("RUN",), 3),),
    }
    table = solved(school(BREAK, **room))

    starts = {m.lesson.lesson_id: m.start for m in table.meetings}
    assert {starts[f"BB.{c}#1"] for c in ("C1", "C2")} == {570}
    assert starts["BB.C3#1"] == 580

    tight = replace(school(BREAK, **room), zones=(Zone("Z1", "FIELD", 2),))
    told = explain(tight, seconds=20)
    assert told.verdict is Verdict.INFEASIBLE


def test_coach_who_is_away_after_school_is_told():
    away = tuple(unavailable("teacher", "T1", d, start=900) for d in range(1, 6))
    given = school(CLUBS[0], unavailable=tuple(replace(x, end=1000) for x in away))

    told = explain(given, seconds=20)

    assert told.verdict is Verdict.INFEASIBLE
    assert "BALL" in " ".join(s.text.zh for s in told.statements)


def test_coach_who_teaches_then_is_told():
    """T1's own lessons stand in every after-school row."""
    lesson = need("R9", "C2", "CN", "5", row_kinds=(RowKind.AFTER_SCHOOL,))
    club = replace(CLUBS[0], class_ids=("C1",), per_week=Fraction(1))
    fixed = tuple(FixedLesson("R9", d, d, 20) for d in range(1, 6))
    given = with_activities(problem(lesson, activities=(club,), fixed=fixed))

    told = explain(given, seconds=20)

    assert told.verdict is Verdict.INFEASIBLE
    assert "王芳" in " ".join(s.text.zh for s in told.statements)


@examples(15)
@given(st.data())
def test_definition_terms_model_and_kernel_agree_on_activities(data):
    problem = data.draw(problems_with_activities())
    timetable = data.draw(model_timetables(problem))

    for rule in (replace(r, level=Level.SOFT, weight=1) for r in OF_ACTIVITIES):
        amount = rule.amount(timetable)
        terms = sum(t.amount(timetable.meeting) for t in rule.primitives(problem))
        search = placed(kernel_of(timetable, rule), timetable)
        assert terms == amount
        assert said_by_model(timetable, rule) == amount
        assert search.cost == (0, amount)


@pytest.mark.parametrize("level", list(Level))
def test_kernel_charges_two_lessons_at_once_of_a_class_that_has_clubs(level):
    """Where only whole lessons can meet, the kernel counts them one by one."""
    lessons = (need("R1", "C1", "CN"), need("R2", "C1", "CN", teacher_ids=("T2",)))
    given = with_activities(problem(*lessons, activities=CLUBS))
    table = timetable(given, R1=place(1, 1), R2=place(1, 1, teachers=("T2",)))
    rule = AvoidClassClashes(level=level)

    search = placed(kernel_of(table, rule), table)

    # Ten meetings of clubs, 40 minutes, two weeks.
    assert rule.amount(table) == 10 * 40 * 2
    assert sum(search.cost) == rule.amount(table)
