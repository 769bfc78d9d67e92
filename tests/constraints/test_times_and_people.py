"""Clashes by the clock, weeks, walks, availability, travel and limits of people."""

import pytest

from scheduler.constraints.evaluate import evaluate
from scheduler.constraints.rules.availability import RespectAvailability, RespectWishes
from scheduler.constraints.rules.avoid_clashes import (
    AvoidClassClashes,
    AvoidTeacherClashes,
)
from scheduler.constraints.rules.place_every_lesson import PlaceEveryLesson
from scheduler.constraints.rules.places.allow_travel import AllowTravel
from scheduler.constraints.rules.respect_weeks import RespectWeeks
from scheduler.constraints.rules.teachers.limit_teacher_load import LimitTeacherLoad
from scheduler.constraints.rules.teachers.staff_lessons import StaffLessons
from scheduler.model.requirements import WeekRule
from scheduler.model.resources import Level, Teacher
from scheduler.model.text import Text
from scheduler.model.times import Week
from tests.builders import (
    agreement,
    blocks,
    need,
    place,
    problem,
    timetable,
    unavailable,
)


def sentences(rule, table):
    return [rule.explain(table.problem, v) for v in rule.violations(table)]


def two(first="C1", second="C3", **tables):
    """Two Chinese lessons of T1."""
    return problem(need("R1", first, "CN"), need("R2", second, "CN"), **tables)


@pytest.mark.parametrize(
    ("first", "second", "minutes"),
    [
        # A1 08:00–08:40, B1 08:10–08:50: 30 minutes, in both weeks.
        (1, 1, 60),
        # A4 and B3 are both 10:50–11:30: other numbers, the same clock.
        (4, 3, 80),
        # A3 10:00–10:40, B3 10:50–11:30: the same number, other times.
        (3, 3, 0),
        # A2 begins at 08:50, when B1 ends: intervals are half-open.
        (2, 1, 0),
    ],
)
def test_teacher_clash_goes_by_clock_not_by_number(first, second, minutes):
    table = timetable(two(), R1=place(1, first), R2=place(1, second))

    assert AvoidTeacherClashes().amount(table) == minutes


def test_teacher_clash_is_told_with_name_time_and_lessons():
    table = timetable(two(), R1=place(1, 1), R2=place(1, 1))
    (result,) = [r for r in evaluate(table).results if r.name == "AvoidTeacherClashes"]

    assert [result.explain(v) for v in result.violations] == [
        Text(
            "教师王芳周一08:10–08:40同时有2节课：三(1)班语文、一(1)班语文。",
            "王芳 has 2 lessons at once on Monday 08:10–08:40: "
            "Chinese of 三(1)班 (R1#1), Chinese of 一(1)班 (R2#1).",
        )
    ]


def test_odd_and_even_weeks_do_not_clash():
    table = timetable(
        two("C1", "C1"), R1=place(1, 1, week=Week.ODD), R2=place(1, 1, week=Week.EVEN)
    )

    assert AvoidClassClashes().amount(table) == 0
    assert AvoidTeacherClashes().amount(table) == 0


def test_every_week_clashes_with_the_odd_week_once():
    table = timetable(two("C1", "C1"), R1=place(1, 1), R2=place(1, 1, week=Week.ODD))

    assert AvoidClassClashes().amount(table) == 40


def test_joint_lesson_makes_each_of_its_classes_busy():
    table = timetable(two("C1;C2", "C2"), R1=place(1, 1), R2=place(1, 1))

    found = [v.resource_ids for v in AvoidClassClashes().violations(table)]

    # Odd and even weeks.
    assert found == [("C2",), ("C2",)]


@pytest.mark.parametrize(("period", "minutes"), [(2, 0), (3, 0), (4, 20), (5, 0)])
def test_walk_keeps_class_teacher_and_escort_busy(period, minutes):
    """PE 10:00–10:40 in the park: busy 09:50–10:50 by 10 minutes' walk, or 15."""
    walk = 20 if minutes else 10
    given = problem(
        need("R1", "C1", "PE", escort_ids=("T2",)),
        need("R2", "C1", "CN"),
        need("R3", "C2", "CN", teacher_ids=("T2",)),
        agreements=(agreement(walk_minutes=walk),),
    )
    # A walk of 20 lasts to 11:00, 10 minutes into period 4, in two weeks: 20.
    apart = period if period != 3 else 6
    table = timetable(
        given,
        R1=place(1, 3, "LP"),
        R2=place(1, apart),
        R3=place(1, apart, teachers=("T2",)),
    )

    assert AvoidClassClashes().amount(table) == minutes
    # T1 teaches R1 and R2; T2 escorts R1 and gives R3.
    assert AvoidTeacherClashes().amount(table) == 2 * minutes


def test_walk_of_thirty_minutes_reaches_back_before_the_lesson():
    given = problem(
        need("R1", "C1", "PE"),
        need("R2", "C1", "CN"),
        agreements=(agreement(walk_minutes=40),),
    )
    table = timetable(given, R1=place(1, 3, "LP"), R2=place(1, 2))

    # Busy from 09:20; period 2 ends at 09:30: 10 minutes in two weeks.
    assert AvoidClassClashes().amount(table) == 20


def test_park_lessons_back_to_back_have_walks_of_their_own():
    given = problem(
        need("R1", "C1", "PE", "2"), agreements=(agreement(walk_minutes=10),)
    )
    table = timetable(given, R1_1=place(1, 3, "LP"), R1_2=place(1, 4, "LP"))

    # 09:50–10:50 and 10:40–11:40: 10 minutes in two weeks.
    assert AvoidClassClashes().amount(table) == 20


@pytest.mark.parametrize(
    ("row", "amount"),
    [
        (unavailable("teacher", "T1", period=3), 1),
        (unavailable("teacher", "T1", period=4), 0),
        # The walk begins at 09:50.
        (unavailable("teacher", "T1", start=580, end=591), 1),
        (unavailable("teacher", "T1", start=580, end=590), 0),
        (unavailable("class", "C1"), 1),
        (unavailable("class", "C1", day=2), 0),
        (unavailable("teacher", "T2"), 1),
        (unavailable("venue", "PARK", start=640, end=700), 0),
        (unavailable("zone", "PARK", start=639, end=700), 1),
        (unavailable("class", "C1", week=Week.ODD), 1),
        (unavailable("class", "C1", level=Level.SOFT), 0),
    ],
)
def test_unavailability_by_period_clock_or_day(row, amount):
    """PE 10:00–10:40 in the park, ten minutes away, T2 escorting."""
    given = problem(
        need("R1", "C1", "PE", escort_ids=("T2",)),
        agreements=(agreement(),),
        unavailable=(row,),
    )

    table = timetable(given, R1=place(1, 3, "LP"))

    assert RespectAvailability().amount(table) == amount


def test_unavailability_in_odd_weeks_leaves_even_weeks_free():
    row = unavailable("teacher", "T1", week=Week.ODD)
    given = problem(need("R1", "C1", "CN"), unavailable=(row,))

    assert (
        RespectAvailability().amount(timetable(given, R1=place(1, 1, week=Week.EVEN)))
        == 0
    )


def test_wish_is_weighed_and_told_with_its_reason():
    row = unavailable("teacher", "T1", period=1, level=Level.SOFT, reason="送孩子")
    given = problem(need("R1", "C1", "CN"), unavailable=(row,))
    table = timetable(given, R1=place(1, 1))

    assert RespectAvailability().amount(table) == 0
    assert RespectWishes().cost(table) == 5
    assert sentences(RespectWishes(), table) == [
        Text(
            "三(1)班语文排在周一08:00–08:40，但王芳此时不愿安排（送孩子）。",
            "Chinese of 三(1)班 (R1#1) is on Monday 08:00–08:40, "
            "when 王芳 would rather be free (送孩子).",
        )
    ]


@pytest.mark.parametrize(
    ("first", "second", "amount"),
    [
        # S1 to S2 takes 20: 08:40 to 08:50 is too short, 09:30 to 10:00 is enough.
        (1, 2, 2),
        (2, 1, 2),
        (2, 3, 0),
        (3, 2, 0),
        # At the same time it is a clash, not a journey.
        (1, 1, 0),
    ],
)
def test_travel_between_sites_takes_minutes_both_ways(first, second, amount):
    table = timetable(two("C1", "D1"), R1=place(1, first), R2=place(1, second))

    assert AllowTravel().amount(table) == amount


def test_travel_too_short_is_told_with_minutes():
    table = timetable(two("C1", "D1"), R1=place(1, 2), R2=place(1, 1, week=Week.ODD))

    assert sentences(AllowTravel(), table) == [
        Text(
            "王芳周一08:40–08:50（单周）从西校三(1)班语文到三(1)班语文只有10分钟，"
            "路上需要20分钟。",
            "王芳 has 10 minutes on Monday 08:40–08:50 (odd weeks) from Chinese of "
            "西校三(1)班 (R2#1) to Chinese of 三(1)班 (R1#1); the way takes 20.",
        )
    ]


def test_lesson_under_an_agreement_begins_and_ends_at_the_own_site():
    given = problem(
        need("R1", "C1", "PE"), need("R2", "C1", "CN"), agreements=(agreement(),)
    )
    table = timetable(given, R1=place(1, 3, "LP"), R2=place(1, 2))

    # The park's site is not in sites.csv: its walk covers the way.
    assert AllowTravel().amount(table) == 0


def test_lesson_without_place_counts_one():
    table = timetable(problem(need("R1", "C1", "CN", "3")), R1_1=place(1, 1))

    assert PlaceEveryLesson().amount(table) == 2
    assert sentences(PlaceEveryLesson(), table)[0] == Text(
        "三(1)班语文有1节未排。", "Chinese of 三(1)班 (R1#2) is not placed."
    )


@pytest.mark.parametrize(
    ("rule", "weeks", "amount"),
    [
        ("every", (Week.EVERY, Week.ODD), 1),
        ("odd", (Week.ODD, Week.ODD), 0),
        ("odd", (Week.ODD, Week.EVEN), 1),
        ("alternate", (Week.EVEN, Week.EVEN), 0),
        # One of two differs from the commonest choice.
        ("alternate", (Week.ODD, Week.EVEN), 1),
    ],
)
def test_weeks_of_a_requirement(rule, weeks, amount):
    per_week = "2" if rule == "every" else "1"
    given = problem(need("R1", "C1", "CN", per_week, week=WeekRule(rule)))
    table = timetable(
        given, R1_1=place(1, 1, week=weeks[0]), R1_2=place(2, 1, week=weeks[1])
    )

    assert RespectWeeks().amount(table) == amount


def test_half_a_lesson_chooses_odd_or_even_weeks_but_not_both():
    given = problem(need("R1", "C1", "CN", "0.5"))

    amounts = [
        RespectWeeks().amount(timetable(given, R1=place(1, 1, week=week)))
        for week in Week
    ]

    # every, odd, even
    assert amounts == [1, 0, 0]


def test_report_keeps_both_breaches_of_a_lesson_in_a_wrong_and_differing_week():
    given = problem(need("R1", "C1", "CN", "1.5", week=WeekRule.ALTERNATE))
    weeks = (Week.ODD, Week.ODD, Week.EVERY)
    places = {f"R1_{k}": place(k, 1, week=w) for k, w in enumerate(weeks, 1)}
    results = evaluate(timetable(given, **places)).results

    # Lesson 3 meets in no week it may, and not in that of the others.
    assert [r.amount for r in results if r.name == "RespectWeeks"] == [2]


@pytest.mark.parametrize(
    ("present", "amount"),
    [
        ((("T1", "T2"), ("T1", "T2")), 0),
        # The pool must choose once for all lessons.
        ((("T1", "T2"), ("T1", "T3")), 1),
        # T1 missing.
        ((("T2",), ("T1", "T2")), 1),
        # Nobody of the pool (1), and so another choice than the other lesson (1).
        ((("T1",), ("T1", "T2")), 2),
        # Both of the pool (1), likewise (1).
        ((("T1", "T2", "T3"), ("T1", "T2")), 2),
    ],
)
def test_named_teachers_and_one_of_the_pool_are_present(present, amount):
    given = problem(need("R1", "C1", "CN", "2", teacher_pool=("T2", "T3")))
    table = timetable(
        given,
        R1_1=place(1, 1, teachers=present[0]),
        R1_2=place(2, 1, teachers=present[1]),
    )

    assert StaffLessons().amount(table) == amount


def test_missing_teacher_of_a_pool_is_told_in_a_whole_sentence():
    given = problem(need("R1", "C1", "CN", teacher_ids=(), teacher_pool=("T2", "T3")))

    table = timetable(given, R1=place(1, 1, teachers=()))

    assert sentences(StaffLessons(), table) == [
        Text(
            "三(1)班语文由无人任课，应为李强、张敏中的一人。",
            "Chinese of 三(1)班 (R1#1) is given by nobody, due: one of 李强、张敏.",
        )
    ]


def busy_teacher(**limits):
    given = problem(
        need("R1", "C1", "CN", "3", blocks=blocks("2", "1")),
        need("R2", "C1", "PSY", "0.5"),
        teachers=(Teacher("T1", "王芳", "S1", **limits),),
    )
    return timetable(
        given,
        R1_1=place(1, 3, length=2),
        R1_2=place(1, 5),
        R2=place(1, 6, week=Week.ODD),
    )


def test_teacher_periods_a_day_count_length_and_week():
    table = busy_teacher(max_per_day=2)

    # Odd weeks 2+1+1 = 4, two too many; even weeks 3, one too many.
    assert LimitTeacherLoad().amount(table) == 3
    assert sentences(LimitTeacherLoad(), table)[0] == Text(
        "教师王芳周一（单周）有4节课，一天最多2节。",
        "王芳 has 4 periods on Monday (odd weeks), at most 2 a day.",
    )


def test_teacher_periods_a_week_are_those_of_the_fuller_week():
    # Odd weeks have 4, even weeks 3.
    assert LimitTeacherLoad().amount(busy_teacher(max_per_week=3)) == 1
    assert LimitTeacherLoad().amount(busy_teacher(max_per_week=4)) == 0


def test_teacher_whom_the_requirement_does_not_name_clashes_all_the_same():
    given = problem(need("R1", "C1", "CN"), need("R2", "C3", "CN", teacher_ids=("T2",)))
    stranger = place(1, 1)
    table = timetable(given, R1=place(1, 1), R2=stranger)

    # A1 08:00–08:40 and B1 08:10–08:50: 30 minutes in each of two weeks.
    assert AvoidTeacherClashes().amount(table) == 60
