"""Some pupils of several classes: who clashes with whom, and how places count them."""

from dataclasses import replace

from scheduler.constraints.rules.avoid_clashes import AvoidClassClashes
from scheduler.constraints.rules.limits.rules import KeepLimits
from scheduler.constraints.rules.places.agreements import FitAgreementCaps
from scheduler.constraints.rules.places.allow_travel import AllowTravel
from scheduler.constraints.rules.places.capacities import (
    FitLayoutCapacity,
    FitZoneCapacity,
)
from scheduler.constraints.rules.places.stagger_venue_load import StaggerVenueLoad
from scheduler.model.limits import Limit, LimitKind, LimitOn
from scheduler.model.times import RowKind
from scheduler.model.venues import Zone
from tests.builders import agreement, need, place, problem, timetable

AFTER = 20
CLUB_ROWS = (RowKind.AFTER_SCHOOL,)


def club(name, classes="C1;C2", pupils=12, per_week="1", teacher="T1", **more):
    return need(
        *(name, classes, "PE", per_week),
        teacher_ids=(teacher,),
        pupils=pupils,
        row_kinds=CLUB_ROWS,
        **more,
    )


def whole(name, classes="C1", teacher="T3"):
    return need(name, classes, "CN", teacher_ids=(teacher,), row_kinds=CLUB_ROWS)


def test_two_clubs_of_the_same_classes_may_run_at_once():
    table = timetable(
        problem(club("R1"), club("R2", teacher="T2")),
        R1=place(1, AFTER),
        R2=place(1, AFTER, teachers=("T2",)),
    )

    assert AvoidClassClashes().amount(table) == 0


def test_lesson_of_the_whole_class_clashes_with_a_club_beside_it():
    """Sixty minutes in two weeks; the lesson takes the room of the only club."""
    table = timetable(
        problem(club("R1"), whole("R2")),
        R1=place(1, AFTER),
        R2=place(1, AFTER, teachers=("T3",)),
    )

    (odd, even) = AvoidClassClashes().violations(table)
    assert (odd.resource_ids, odd.amount, even.amount) == (("C1",), 60, 60)


def test_whole_lesson_beside_two_clubs_counts_once_for_each():
    table = timetable(
        problem(club("R1"), club("R2", teacher="T2"), whole("R3")),
        R1=place(1, AFTER),
        R2=place(1, AFTER, teachers=("T2",)),
        R3=place(1, AFTER, teachers=("T3",)),
    )

    assert AvoidClassClashes().amount(table) == 2 * 60 * 2


def test_pupils_of_a_club_are_not_at_two_of_its_meetings_at_once():
    table = timetable(
        problem(club("R1", per_week="2")), R1_1=place(1, AFTER), R1_2=place(1, AFTER)
    )

    (odd, even) = AvoidClassClashes().violations(table)
    assert (odd.resource_ids, odd.amount + even.amount) == (("R1", "pupils"), 120)


def test_club_is_one_class_and_its_own_pupils_in_a_zone():
    """Zone Z2 holds two classes and 60 pupils; both clubs name classes of 70."""
    clubs = problem(club("R1", pupils=30), club("R2", pupils=35, teacher="T2"))
    table = timetable(
        clubs,
        R1=place(1, AFTER, "L2"),
        R2=place(1, AFTER, "L2", teachers=("T2",)),
    )

    (odd, _) = FitZoneCapacity().violations(table)
    assert FitLayoutCapacity().amount(table) == 0
    assert (odd.resource_ids, odd.numbers) == (("Z2", "pupils"), (65, 60))
    roomier = replace(clubs, zones=(Zone("Z1", "FIELD", 1), Zone("Z2", "FIELD", 2)))
    assert FitZoneCapacity().amount(replace(table, problem=roomier)) == 0


def test_club_is_one_class_under_an_agreement():
    late = agreement(start=930, end=990, max_classes=1, max_pupils=20)
    given = problem(club("R1", pupils=25), agreements=(late,))

    table = timetable(given, R1=place(1, AFTER, "LP"))

    (odd, _) = FitAgreementCaps().violations(table)
    assert (odd.resource_ids, odd.numbers) == (("XY1", "pupils"), (25, 20))


def test_class_needs_no_time_to_travel_from_club_to_club():
    """Others may be at the other: at LF, ten minutes away, at once after period 6."""
    rows = (RowKind.LESSON, RowKind.AFTER_SCHOOL)
    first = need("R1", "C1", "CN", pupils=12, row_kinds=rows)
    second = need("R2", "C1", "PE", pupils=12, row_kinds=rows, teacher_ids=("T2",))
    where = {"R1": place(1, 6), "R2": place(1, 7, "LF", teachers=("T2",))}

    clubs = timetable(problem(first, second), **where)
    lesson = timetable(problem(replace(first, pupils=None), second), **where)

    assert AllowTravel().amount(clubs) == 0
    assert AllowTravel().amount(lesson) == 2


def test_limits_of_a_class_count_what_it_attends_as_a_whole():
    day = Limit("X1", LimitKind.MAX_PERIODS_A_DAY, LimitOn.CLASS, 1, ("C1",))
    lesson = need("R1", "C1", "CN")
    given = problem(lesson, club("R2", teacher="T2"), limits=(day,))

    table = timetable(given, R1=place(1, 1), R2=place(1, AFTER, teachers=("T2",)))

    assert KeepLimits().amount(table) == 0


def test_club_is_one_class_in_the_load_of_a_venue():
    """Two clubs of two classes each are a pair: one unit in each week."""
    table = timetable(
        problem(club("R1"), club("R2", teacher="T2")),
        R1=place(1, AFTER, "L2"),
        R2=place(1, AFTER, "L2", teachers=("T2",)),
    )

    assert StaggerVenueLoad().amount(table) == 2
