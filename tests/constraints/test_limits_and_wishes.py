"""Days and weeks in balance: spread, daily PE, mornings, shapes of a teacher's day."""

import pytest

from scheduler.constraints.rules.exercise.give_daily_pe import GiveDailyPE
from scheduler.constraints.rules.exercise.keep_pe_from_lunch import KeepPEFromLunch
from scheduler.constraints.rules.limit_lessons_per_day import LimitLessonsPerDay
from scheduler.constraints.rules.prefer_mornings import PreferMornings
from scheduler.constraints.rules.spread_lessons import SpreadLessons
from scheduler.constraints.rules.spread_single_lessons import SpreadSingleLessons
from scheduler.constraints.rules.teachers.balance_halves import (
    BalanceHalfDays,
    BalanceWeeks,
)
from scheduler.constraints.rules.teachers.keep_parallel_pace import KeepParallelPace
from scheduler.constraints.rules.teachers.teacher_days import (
    LimitIdlePeriods,
    LimitRuns,
)
from scheduler.model.requirements import WeekRule
from scheduler.model.text import Text
from scheduler.model.times import Week
from tests.builders import bell, blocks, need, place, problem, timetable


def sentences(rule, table):
    return [rule.explain(table.problem, v) for v in rule.violations(table)]


def on_days(given, name, *days, period=1):
    """Lesson k of a requirement on the k-th of the days."""
    rows = {f"{name}_{k}": place(day, period) for k, day in enumerate(days, 1)}
    return timetable(given, **rows)


@pytest.mark.parametrize(
    ("days", "amount"), [((1, 1, 2, 3), 0), ((1, 1, 1, 2), 2), ((1, 1, 1, 1), 4)]
)
def test_limit_of_two_lessons_a_day_counts_the_rest_in_both_weeks(days, amount):
    given = problem(need("R1", "C1", "CN", "4", max_per_day=2))

    assert LimitLessonsPerDay().amount(on_days(given, "R1", *days)) == amount


def test_lessons_beyond_the_daily_limit_are_told_with_both_numbers():
    given = problem(need("R1", "C1", "CN", "2", max_per_day=1))

    assert sentences(LimitLessonsPerDay(), on_days(given, "R1", 3, 3))[0] == Text(
        "三(1)班语文周三（单周）有2节，每天最多1节。",
        "Chinese of 三(1)班 (R1#1): 2 lessons on Wednesday (odd weeks), "
        "at most 1 a day.",
    )


@pytest.mark.parametrize(
    ("days", "amount"), [((1, 2, 3, 4, 5), 0), ((1, 2, 3, 4, 4), 2), ((1,) * 5, 8)]
)
def test_five_pe_lessons_leave_no_school_day_without(days, amount):
    """Amount: days without PE, in two weeks."""
    given = problem(need("R1", "C1", "PE", "5"))

    assert GiveDailyPE().amount(on_days(given, "R1", *days)) == amount


def test_pe_activities_count_as_daily_pe():
    given = problem(need("R1", "C1", "PE", "4"), need("R2", "C1", "RUN"))
    rows = {f"R1_{k}": place(k, 1) for k in range(1, 5)}

    assert GiveDailyPE().amount(timetable(given, **rows)) == 2
    assert GiveDailyPE().amount(timetable(given, **rows, R2=place(5, 1))) == 0


def test_day_without_pe_is_told_by_class_and_day():
    given = problem(need("R1", "C1", "PE", "5"))

    assert sentences(GiveDailyPE(), on_days(given, "R1", 1, 2, 3, 4))[0] == Text(
        "三(1)班周五（单周）没有体育类课程。",
        "三(1)班 has no PE-type lesson on Friday (odd weeks).",
    )


def test_four_and_a_half_pe_lessons_need_not_be_daily():
    given = problem(need("R1", "C1", "PE", "4.5"))

    assert GiveDailyPE().amount(timetable(given)) == 0


@pytest.mark.parametrize(
    ("per_week", "days", "amount"),
    [
        # 3 lessons in 5 days: one a day; the second on Monday in two weeks.
        ("3", (1, 1, 2), 2),
        ("3", (1, 2, 3), 0),
        # 6 lessons in 5 days: two a day may be.
        ("6", (1, 1, 2, 2, 3, 3), 0),
        ("6", (1, 1, 1, 2, 3, 4), 2),
    ],
)
def test_lessons_beyond_the_even_share_of_a_day_count(per_week, days, amount):
    given = problem(need("R1", "C1", "CN", per_week))

    assert SpreadLessons().amount(on_days(given, "R1", *days)) == amount
    assert SpreadLessons().cost(on_days(given, "R1", *days)) == 10 * amount


def test_spread_counts_a_subject_over_its_requirements_but_not_limited_ones():
    given = problem(need("R1", "C1", "CN"), need("R2", "C1", "CN"))
    limited = problem(need("R1", "C1", "CN"), need("R2", "C1", "CN", max_per_day=1))
    rows = {"R1": place(1, 1), "R2": place(1, 2)}

    assert SpreadLessons().amount(timetable(given, **rows)) == 2
    assert SpreadLessons().amount(timetable(limited, **rows)) == 0


def test_once_a_week_subjects_on_one_day_count_beyond_their_share():
    given = problem(*(need(f"R{s}", "C1", s) for s in ("MUS", "PSY", "LAB")))
    rows = {f"R{s}": place(1, k) for k, s in enumerate(("MUS", "PSY", "LAB"), 1)}
    table = timetable(given, **rows)

    # Share 1 a day; two more, two weeks.
    assert SpreadSingleLessons().amount(table) == 4
    assert sentences(SpreadSingleLessons(), table)[1] == Text(
        "三(1)班一周一节的课有3节集中在周一（双周），平均每天1节。",
        "三(1)班 has 3 once-a-week lessons on Monday (even weeks); 1 is the share.",
    )


@pytest.mark.parametrize(
    ("placement", "amount"),
    [
        (place(1, 4), 0),
        (place(1, 5), 2),
        (place(1, 5, week=Week.ODD), 1),
        # A block of two, 13:00 and 13:50.
        (place(1, 5, length=2), 4),
    ],
)
def test_core_periods_after_noon_count_in_each_week(placement, amount):
    given = problem(need("R1", "C1", "CN"), need("R2", "C1", "MUS"))
    table = timetable(given, R1=placement, R2=place(1, 7))

    assert PreferMornings().amount(table) == amount
    assert PreferMornings().cost(table) == 2 * amount


@pytest.mark.parametrize(
    ("rule", "period", "amount"),
    [
        # Lunch 11:30–13:00: 11:00–14:00 is closed; period 4 ends at 11:30.
        (KeepPEFromLunch(), 3, 0),
        (KeepPEFromLunch(), 4, 2),
        (KeepPEFromLunch(), 5, 2),
        (KeepPEFromLunch(), 6, 2),
        (KeepPEFromLunch(), 7, 0),
        # The meal takes half an hour: closed to 13:00 only.
        (KeepPEFromLunch(meal_minutes=30), 5, 0),
        (KeepPEFromLunch(minutes_before=0), 4, 0),
        (KeepPEFromLunch(minutes_after=50), 6, 0),
    ],
)
def test_pe_near_lunch_counts_by_the_clock(rule, period, amount):
    table = timetable(problem(need("R1", "C1", "PE")), R1=place(1, period))

    assert rule.amount(table) == amount


def test_pe_between_two_lunch_rows_counts_once():
    rows = "9 lunch 11:00-12:00\n10 lunch 12:00-13:00\n1 lesson 13:00-13:40"
    given = problem(need("R1", "C1", "PE"), bells=(bell("A", rows), bell("B", rows)))

    assert (
        KeepPEFromLunch().amount(timetable(given, R1=place(1, 1, week=Week.ODD))) == 1
    )


def of_teacher(*periods, weeks=Week.EVERY):
    """Chinese lessons of T1 on Monday."""
    given = problem(need("R1", "C1", "CN", str(len(periods))))
    rows = {f"R1_{k}": place(1, p, week=weeks) for k, p in enumerate(periods, 1)}
    return timetable(given, **rows)


@pytest.mark.parametrize(
    ("periods", "amount"),
    [
        # Pauses of 10 and 30 minutes do not end a run, lunch does.
        ((1, 2, 3), 0),
        ((1, 2, 3, 4), 1),
        ((2, 3, 4, 5, 6), 0),
        # A free period of 40 minutes and its breaks are a rest.
        ((1, 2, 4, 5, 6, 7), 0),
    ],
)
def test_run_of_more_than_three_periods_counts_the_rest(periods, amount):
    assert LimitRuns().amount(of_teacher(*periods, weeks=Week.ODD)) == amount
    assert LimitRuns().cost(of_teacher(*periods)) == 3 * 2 * amount


@pytest.mark.parametrize(
    ("periods", "amount"),
    [((1, 2), 0), ((1, 3), 1), ((1, 4), 2), ((4, 5), 0), ((1, 5, 7), 4), ((3,), 0)],
)
def test_idle_periods_lie_between_two_lessons_lunch_is_none(periods, amount):
    assert LimitIdlePeriods().amount(of_teacher(*periods, weeks=Week.ODD)) == amount
    assert LimitIdlePeriods().amount(of_teacher(*periods)) == 2 * amount


def test_idle_periods_of_two_bells_are_as_many_as_fit():
    given = problem(
        need("R1", "C1", "CN"), need("R2", "C1", "CN"), need("R3", "C3", "CN")
    )
    rows = {"R1": place(1, 1, week=Week.ODD), "R2": place(1, 4, week=Week.ODD)}
    table = timetable(given, **rows)

    # 08:40–10:50 holds A2 and A3, or B2 and A3: two, not three.
    assert LimitIdlePeriods().amount(table) == 2
    assert sentences(LimitIdlePeriods(), table) == [
        Text(
            "教师王芳周一（单周）有2节空堂。",
            "王芳 has 2 idle period(s) on Monday (odd weeks).",
        )
    ]


@pytest.mark.parametrize(
    ("weeks", "amount"),
    [((Week.ODD, Week.EVEN, Week.ODD), 0), ((Week.ODD,) * 3, 2)],
)
def test_odd_and_even_lessons_may_differ_by_one(weeks, amount):
    names = ("C1", "C2", "D1")
    given = problem(*(need(f"R{c}", c, "PSY", "0.5") for c in names))
    rows = {
        f"R{c}": place(1, k, week=w)
        for (k, c), w in zip(enumerate(names, 1), weeks, strict=True)
    }

    assert BalanceWeeks().amount(timetable(given, **rows)) == amount


def test_one_double_lesson_every_other_week_outweighs_by_one():
    course = need("R1", "C1", "LAB", week=WeekRule.ALTERNATE, blocks=blocks("2"))
    table = timetable(problem(course), R1=place(1, 1, week=Week.ODD, length=2))

    terms = sum(
        t.amount(table.meeting) for t in BalanceWeeks().primitives(table.problem)
    )

    # Two periods against none, one is allowed.
    assert (BalanceWeeks().amount(table), terms) == (1, 1)
    assert sentences(BalanceWeeks(), table) == [
        Text(
            "教师王芳隔周课单周2节、双周0节，不均衡。",
            "王芳 has 2 alternate lessons in odd and 0 in even weeks.",
        )
    ]


@pytest.mark.parametrize(("periods", "amount"), [((1, 2, 3, 4), 1), ((1, 2, 3, 5), 0)])
def test_mornings_may_outweigh_afternoons_by_sixty_per_cent(periods, amount):
    # 60 % of 4 periods, rounded up, is 3: 4 to 0 is one more, in each week.
    assert BalanceHalfDays().amount(of_teacher(*periods)) == 2 * amount


@pytest.mark.parametrize(
    ("second", "amount"),
    [
        # Two days, two weeks.
        ((4, 5), 4),
        ((2, 3), 0),
    ],
)
def test_parallel_classes_may_be_one_lesson_apart(second, amount):
    given = problem(need("R1", "C1", "CN", "2"), need("R2", "C2", "CN", "2"))
    rows = {"R1_1": place(1, 1), "R1_2": place(2, 1)}
    rows |= {f"R2_{k}": place(day, 2) for k, day in enumerate(second, 1)}
    table = timetable(given, **rows)

    # (1, 0) on Monday is allowed; (2, 0) on Tuesday and Wednesday costs one each.
    assert KeepParallelPace().amount(table) == amount


def test_class_left_behind_is_told_with_all_counts():
    given = problem(need("R1", "C1", "CN", "2"), need("R2", "C2", "CN", "2"))
    table = timetable(given, R1_1=place(1, 1), R1_2=place(1, 2))

    assert sentences(KeepParallelPace(), table)[0] == Text(
        "教师王芳的语文到周一（单周）为止各班节数不齐：三(1)班2、三(2)班0。",
        "王芳's classes in Chinese are apart by Monday (odd weeks): "
        "三(1)班2、三(2)班0.",
    )
