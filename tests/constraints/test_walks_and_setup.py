"""Set-up between layouts, walks by age, the worth of a way; numbers by hand.

By the bell of ``tests.builders`` period 1 is 08:00–08:40, 2 is 08:50–09:30, 3 is
10:00–10:40, 4 is 10:50–11:30.
"""

from dataclasses import replace

import pytest

from scheduler.constraints.rules.availability import RespectAvailability
from scheduler.constraints.rules.avoid_clashes import (
    AvoidClassClashes,
    AvoidTeacherClashes,
)
from scheduler.constraints.rules.places.agreements import HonourAgreements
from scheduler.constraints.rules.places.allow_setup import AllowSetup
from scheduler.constraints.rules.places.walks import LimitWalks, StayLongEnough
from scheduler.model.resources import ResourceKind, Unavailability
from scheduler.model.settings import RuleSetting
from scheduler.model.times import Week
from tests.builders import (
    LAYOUTS,
    TERM,
    agreement,
    need,
    place,
    problem,
    timetable,
)

TWO = (need("R1", "C1", "PE"), need("R2", "C2", "PE", teacher_ids=("T2",)))


def with_setup(**minutes):
    """The layouts of the builders with these set-up minutes."""
    return tuple(replace(x, setup_minutes=minutes.get(x.layout_id, 0)) for x in LAYOUTS)


def setup(first, second, week=Week.EVERY, **minutes):
    """Amount with R1 in period 1 and R2 in period 2, ten minutes between them."""
    given = problem(*TWO, layouts=with_setup(**minutes))
    table = timetable(
        given, R1=place(1, 1, first), R2=place(1, 2, second, week, teachers=("T2",))
    )
    return AllowSetup().amount(table)


@pytest.mark.parametrize(
    ("first", "second", "minutes", "amount"),
    [
        ("L1", "L12", {"L12": 11}, 2),  # one pair, in both weeks
        ("L1", "L12", {"L12": 10}, 0),
        ("L12", "L1", {"L12": 11}, 0),  # the later one is ready at once
        ("L12", "L1", {"L1": 30}, 2),
        ("L1", "L2", {"L1": 30, "L2": 30}, 0),  # no zone in common
        ("L12", "L12", {"L12": 30}, 0),  # the same use needs nothing
        ("L1", "home", {"L12": 30}, 0),
    ],
)
def test_later_layout_of_a_common_zone_needs_its_minutes(
    first, second, minutes, amount
):
    assert setup(first, second, **minutes) == amount


def test_lessons_of_one_week_count_once():
    assert setup("L1", "L12", Week.ODD, L12=11) == 1


def test_set_up_names_lessons_minutes_and_place():
    given = problem(*TWO, layouts=with_setup(L12=15))
    table = timetable(
        given, R1=place(1, 1, "L1"), R2=place(1, 2, "L12", teachers=("T2",))
    )
    first, _ = AllowSetup().violations(table)

    assert AllowSetup().explain(given, first).en == (
        "田径场 has 10 minutes on Monday 08:40–08:50 (odd weeks) to be made "
        "ready, which takes 15: PE of 三(1)班 (R1#1), then PE of 三(2)班 (R2#1)."
    )


def at_the_park(requirement=None, length=1, **changes):
    """One lesson on Monday from period 3 on, in the park."""
    given = problem(
        requirement or need("R1", "C1", "PE"), agreements=(agreement(**changes),)
    )
    return timetable(given, R1=place(1, 3, "LP", length=length))


@pytest.mark.parametrize(
    ("class_id", "metres", "minutes"),
    [
        # Grade 3 walks 48 metres a minute and needs four minutes to line up.
        ("C1", 480, 14),
        ("C1", 481, 15),
        ("C1", 100, 10),  # never less than agreed
        ("C1", None, 10),
    ],
)
def test_walk_is_by_age_and_distance(class_id, metres, minutes):
    table = at_the_park(need("R1", class_id, "PE"), walk_metres=metres)
    (meeting,) = table.meetings

    assert meeting.walk == minutes
    assert meeting.class_busy(class_id) == (600 - minutes, 640 + minutes)


def test_walk_settings_are_the_schools():
    rules = (RuleSetting("agreements", parameters=(("metres_1_3", 60),)),)
    given = replace(at_the_park(walk_metres=600).problem, rules=rules)

    assert given.walk_minutes(given.agreements[0], ("C1",)) == 14


def test_walk_beyond_the_age_counts_its_minutes_in_each_week():
    assert LimitWalks().amount(at_the_park(walk_metres=600)) == 2 * (17 - 15)
    assert LimitWalks(grades_1_3=17).amount(at_the_park(walk_metres=600)) == 0
    assert LimitWalks(grades_4_6=1, grades_7_9=1).amount(at_the_park()) == 0


def test_single_lesson_is_shorter_than_its_way_and_a_double_one_is_not():
    # 40 minutes there against twice 21 on the way; two periods are 90 minutes.
    double = need("R1", "C1", "PE", "2", blocks=(2,))

    assert StayLongEnough().amount(at_the_park(walk_minutes=21)) == 2
    assert StayLongEnough().amount(at_the_park(walk_minutes=20)) == 0
    assert StayLongEnough().amount(at_the_park(double, 2, walk_minutes=21)) == 0


def test_escort_is_busy_on_the_way():
    # T2 teaches C2 until 09:30 and escorts C1 from 09:50 on: the park is 10 minutes
    # away. With 31 minutes to go T2 would have to leave before the bell.
    def clash(walk):
        given = problem(
            need("R1", "C1", "PE", escort_ids=("T2",)),
            need("R2", "C2", "CN", teacher_ids=("T2",)),
            agreements=(agreement(walk_minutes=walk),),
        )
        table = timetable(given, R1=place(1, 3, "LP"), R2=place(1, 2, teachers=("T2",)))
        return AvoidTeacherClashes().amount(table), AvoidClassClashes().amount(table)

    assert clash(30) == (0, 0)
    assert clash(31) == (2, 0)


def test_agreement_that_ends_in_mid_term_counts_where_the_school_is_content():
    # Mondays of the term: 7 September to 26 October, eight; until 12 October six.
    table = at_the_park(valid_to=TERM.last_day.replace(month=10, day=12))

    def content(percent):
        rules = (RuleSetting("agreements", parameters=(("percent", percent),)),)
        given = replace(table.problem, rules=rules)
        return HonourAgreements().amount(timetable(given, R1=place(1, 3, "LP")))

    assert HonourAgreements().amount(table) == 1
    assert (content(75), content(76)) == (0, 1)


def test_time_closed_on_most_dates_is_not_available():
    row = Unavailability(ResourceKind.ZONE, "Z1", 1, None, 480, 500, reason="预订")
    given = problem(need("R1", "C1", "PE"), closed_weekly=(row,))

    def amount(period):
        return RespectAvailability().amount(timetable(given, R1=place(1, period, "L1")))

    assert (amount(1), amount(2)) == (1, 0)
