"""Minutes of PE-type activity of a class on a day."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.audit.activity_time import Reached, activity_time
from scheduler.constraints.catalogue import RULES, rules_in_force
from scheduler.constraints.rules.exercise.activity_minutes import (
    class_activities,
    dealt_out,
)
from scheduler.constraints.rules.exercise.give_activity_minutes import (
    GiveActivityMinutes,
)
from scheduler.model.activities import Activity, ActivityKind
from scheduler.model.expansion import with_activities
from scheduler.model.resources import Level
from scheduler.model.settings import RuleSetting
from scheduler.model.times import Week
from scheduler.model.timetable import Timetable
from tests.builders import need, place, problem, timetable

PE = need("R1", "C1", "PE", "2")
BREAK = Activity("BB", "大课间", ActivityKind.BIG_BREAK, ("C1",), Fraction(5))
CLUB = Activity(*("BALL", "篮球", ActivityKind.CLUB, ("C1",), Fraction(1), 10), pe=True)


def with_break(*more, **placements):
    """C1 has two PE lessons of 40 minutes and a big break of 30 on the timetable."""
    given = with_activities(problem(PE, activities=(BREAK, *more)))
    breaks = {f"BB#{d}": place(d, 12, teachers=()) for d in range(1, 6)}
    named = {k.replace("_", "#"): p for k, p in placements.items()}
    return Timetable(given, breaks | named)


def of_class(table, class_id="C1"):
    found = activity_time(table).classes
    (row,) = [c for c in found if c.group.class_id == class_id]
    return row


def amount_of(table, class_id="C1", **changes):
    rule = GiveActivityMinutes(**{"within_plan": 0, **changes})
    return sum(
        v.amount for v in rule.violations(table) if v.resource_ids == (class_id,)
    )


def test_lessons_and_big_break_add_up_day_by_day():
    table = with_break(R1_1=place(1, 1), R1_2=place(1, 3))

    assert [d.whole for d in of_class(table).days] == [(110, 110)] + [(30, 30)] * 4


def test_missing_minutes_are_units_of_five_and_those_to_the_floor_count_twice():
    """Monday lacks 10 of 120: 2 units. Other days lack 90, and 30 of 60: 18 + 6."""
    table = with_break(R1_1=place(1, 1), R1_2=place(1, 3))

    assert amount_of(table) == 2 * (2 + 4 * (18 + 6))


def test_two_days_above_the_floor_are_better_than_one_at_the_target():
    together = with_break(R1_1=place(1, 1), R1_2=place(1, 3))
    apart = with_break(R1_1=place(1, 1), R1_2=place(3, 1))

    assert amount_of(together) - amount_of(apart) == 2 * 6


def test_target_is_no_more_than_every_day_can_have_but_the_floor_stays():
    """Every day can have 30 of breaks; days at 30 lack 6 units to the floor of 60."""
    together = with_break(R1_1=place(1, 1), R1_2=place(1, 3))
    apart = with_break(R1_1=place(1, 1), R1_2=place(3, 1))

    assert amount_of(together, within_plan=1) == 2 * 4 * 6
    assert amount_of(apart, within_plan=1) == 2 * 3 * 6


def test_lessons_dealt_out_longest_first_say_what_every_day_can_have():
    """Six PE lessons: five of 40 and, with five breaks of 30, a full second round."""
    given = problem(need("R1", "C1", "PE", "6"), activities=(BREAK,))
    activity = next(class_activities(with_activities(given), True))

    assert activity.every_day == 40 + 30


@given(st.lists(st.sampled_from((20, 30, 40, 45, 80)), max_size=14), st.integers(1, 6))
def test_some_way_to_deal_lessons_out_gives_every_day_what_it_can_have(minutes, days):
    hands = [sum(sorted(minutes, reverse=True)[day::days]) for day in range(days)]

    assert dealt_out(minutes, days) <= min(hands)
    # With lessons of one length nothing better can be promised.
    alike = [40] * len(minutes)
    assert dealt_out(alike, days) == 40 * (len(alike) // days)


def test_hard_rule_asks_for_what_it_says_whatever_is_planned():
    table = with_break(R1_1=place(1, 1), R1_2=place(1, 3))
    hard = {"level": Level.HARD, "within_plan": 1}

    assert amount_of(table, **hard) == amount_of(table)


def test_sentence_says_when_the_target_is_what_every_day_can_have():
    given = with_activities(problem(need("R1", "C1", "PE", "5"), activities=(BREAK,)))
    breaks = {f"BB#{d}": place(d, 12, teachers=()) for d in range(1, 6)}
    lessons = {f"R1#{d}": place(d, 1) for d in range(1, 5)}
    rule = GiveActivityMinutes(floor_minutes=30)
    table = Timetable(given, breaks | lessons)
    first = next(v for v in rule.violations(table) if v.resource_ids == ("C1",))

    assert rule.explain(given, first).zh == (
        "三(1)班周五（单周）体育活动共30分钟，不足计划每天可有的70分钟。"
    )


def test_lesson_of_odd_weeks_counts_in_odd_weeks():
    given = problem(need("R1", "C1", "PE", "1/2"))
    table = timetable(given, R1=place(2, 1, week=Week.ODD))

    tuesday = of_class(table).days[1]
    assert tuesday.whole == (40 + 30, 30)
    assert tuesday.reached is Reached.BELOW_FLOOR


def test_big_break_of_the_bell_counts_where_no_activity_is_it_unless_switched_off():
    off = RuleSetting("GiveActivityMinutes", parameters=(("bell_breaks", 0),))
    table = timetable(problem(PE), R1_1=place(1, 1))
    without = timetable(problem(PE, rules=(off,)), R1_1=place(1, 1))

    assert of_class(table).days[0].whole == (70, 70)
    assert of_class(without).days[0].whole == (40, 40)


def test_lesson_in_the_bells_big_break_does_not_count_its_minutes_twice():
    run = need("R1", "C1", "RUN", row_kinds=("big_break",))
    table = timetable(problem(run), R1=place(1, 12))

    assert of_class(table).days[0].whole == (30, 30)


def test_clubs_count_only_for_the_pupils_who_are_in_them():
    """Two clubs at once are the same hour; the class keeps its 30 minutes."""
    other = replace(CLUB, activity_id="SWIM")
    table = with_break(
        *(CLUB, other),
        BALL_1=place(1, 20, teachers=()),
        SWIM_1=place(1, 20, teachers=()),
    )

    monday = of_class(table).days[0]
    assert (monday.whole, monday.with_clubs) == ((30, 30), (90, 90))
    assert amount_of(table) == 2 * 5 * (18 + 6)


@pytest.mark.parametrize(
    ("minutes", "reached"),
    [
        (59, Reached.BELOW_TARGET),
        (71, Reached.BELOW_FLOOR),
        (60, Reached.BELOW_TARGET),
        (70, Reached.BELOW_TARGET),
    ],
)
def test_floor_and_target_are_settings_of_the_school(minutes, reached):
    settings = (("floor_minutes", minutes), ("target_minutes", 120))
    rule = RuleSetting("GiveActivityMinutes", parameters=settings)
    table = timetable(problem(PE, rules=(rule,)), R1_1=place(1, 1))

    assert of_class(table).days[0].reached is reached


def test_day_at_the_target_has_reached_it():
    settings = (("floor_minutes", 60), ("target_minutes", 70))
    rule = RuleSetting("GiveActivityMinutes", parameters=settings)
    table = timetable(problem(PE, rules=(rule,)), R1_1=place(1, 1))

    time = activity_time(table)
    assert of_class(table).days[0].reached is Reached.TARGET
    assert [time.count(r) for r in Reached] == [19, 0, 1]


def test_rule_costs_nothing_where_no_activities_are_planned_unless_asked():
    table = timetable(problem(PE), R1_1=place(1, 1))

    assert GiveActivityMinutes in RULES
    assert "GiveActivityMinutes" in {r.name for r in rules_in_force(table.problem)}
    assert GiveActivityMinutes().amount(table) == 0
    assert GiveActivityMinutes(always=1).amount(table) > 0


def test_sentence_names_class_day_minutes_and_the_goal_that_is_missed():
    table = with_break(R1_1=place(1, 1), R1_2=place(1, 3))
    rule = GiveActivityMinutes(within_plan=0)
    mine = [v for v in rule.violations(table) if v.resource_ids == ("C1",)]

    said = [rule.explain(table.problem, v) for v in mine[:2]]

    assert [x.zh for x in said] == [
        "三(1)班周一（单周）体育活动共110分钟，不足目标120分钟。",
        "三(1)班周二（单周）体育活动共30分钟，不足法定60分钟。",
    ]
