"""The plan on dates: which turn, which half, what is refused, what is counted."""

import datetime as dt
from dataclasses import replace

import pytest

from scheduler.model.closures import Closure, ClosureKind
from scheduler.model.requirements import HOME
from scheduler.model.resources import Teacher
from scheduler.model.settings import RuleSetting
from scheduler.model.term import MakeUpDay
from scheduler.model.times import Week
from scheduler.model.venues import Layout, Venue
from scheduler.model.weather import HalfDay, RainPlan, RainSlot, RainTurn, Weather
from scheduler.term.changes import DatedChange
from scheduler.term.history import first_entries
from scheduler.term.ledgers.bad_weather import BadWeatherHours, bad_weather_hours
from scheduler.term.rain import CannotApply, diversions_on
from scheduler.term.versions import Versions
from tests.term.builders import TERM, agreement, dates, held, placement, requirement
from tests.term.rain_school import outdoors, school

DAY, AM, PM = HalfDay
MONDAY = RainSlot(
    1,
    Week.EVERY,
    480,
    520,
    ("R1#1", "R2#1"),
    (("L-GYM",), ("L-GYM",)),
    ((0, 1),),
    (RainTurn(("L-GYM", HOME), True), RainTurn((HOME, "L-GYM"), True)),
)
TUESDAY = RainSlot(
    *(2, Week.EVERY, 630, 670, ("R3#1",), (("L-GYM",),), ((0,),)),
    (RainTurn(("L-GYM",), True),),
)
PLAN = RainPlan((MONDAY, TUESDAY))


def applied(
    date, half=DAY, table=None, plan=PLAN, weather=Weather.RAIN, before=0, changes=()
):
    """Changes of a bad day; ``before`` were so many bad Mondays."""
    (day,) = dates(date)
    versions, earlier = Versions.of(table or outdoors()), tuple(changes)
    for number in range(before):
        monday = dt.date(2026, 9, 28) + dt.timedelta(weeks=2 + number)
        earlier += diversions_on(versions, plan, monday, half, weather, earlier)
    return diversions_on(versions, plan, day, half, weather, earlier)


def places(diversions):
    return {d.lesson_id: (d.layout_id, d.turn) for d in diversions}


@pytest.mark.parametrize(
    ("bad_days", "gym", "turn"), [(0, "R1#1", 1), (1, "R2#1", 2), (2, "R1#1", 3)]
)
def test_each_bad_day_of_a_slot_takes_its_next_turn(bad_days, gym, turn):
    found = places(applied("9-7", before=bad_days))
    assert found[gym] == ("L-GYM", turn)
    assert {place for place, _ in found.values()} == {"L-GYM", HOME}


def test_make_up_day_takes_the_slots_of_the_day_it_acts_as():
    # Sunday 20 September is taught like a Tuesday.
    assert places(applied("9-20")) == {"R3#1": ("L-GYM", 1)}


def test_half_day_takes_lessons_by_noon():
    late = replace(
        TUESDAY, start=715, end=760, lesson_ids=("R3#1",), layouts=(("L-GYM",),)
    )
    assert places(applied("9-8", AM)) == {"R3#1": ("L-GYM", 1)}
    with pytest.raises(CannotApply, match="afternoon"):
        applied("9-8", PM, plan=RainPlan((late,)))


def test_slot_of_odd_weeks_is_not_used_in_even_weeks():
    odd = replace(MONDAY, week=Week.ODD)
    # 7 September is in week 2, 14 September in week 3.
    assert places(applied("9-14", plan=RainPlan((odd,))))["R1#1"] == ("L-GYM", 1)
    assert places(applied("9-7", plan=RainPlan((odd,))))["R1#1"] == (HOME, 0)


@pytest.mark.parametrize(
    ("date", "sentence"),
    [
        ("11-2", "2026-11-02 is outside the term (2026-09-01 to 2026-10-31)."),
        ("9-25", "There are no lessons on 2026-09-25 (中秋节)."),
        ("9-12", "There are no lessons on 2026-09-12."),
        ("9-9", "There are no lessons on 2026-09-09."),
    ],
)
def test_dates_that_cannot_be_are_refused_in_one_sentence(date, sentence):
    with pytest.raises(CannotApply) as refused:
        applied(date)
    assert refused.value.text.en == sentence
    assert "2026-" in refused.value.text.zh


def test_day_with_lessons_but_none_outdoors_is_refused():
    with pytest.raises(CannotApply, match="no lesson is outdoors"):
        applied("9-7", table=outdoors(R1=placement(1), R2=placement(1)))


def test_place_that_is_shut_on_the_very_date_is_not_used():
    centre = Venue("CENTRE", "社区体育馆", "C", "public", True)
    shut = agreement(1, venue_id="CENTRE", closed_dates=tuple(dates("9-14")))
    made = school()
    given = replace(
        made,
        venues=(*made.venues, centre),
        layouts=(*made.layouts, Layout("L-C", "CENTRE", ("CENTRE",), ("PE",), 1)),
        agreements=(shut,),
    )
    plan = RainPlan((replace(MONDAY, turns=(RainTurn(("L-C", HOME), True),)),))
    table = outdoors(given)

    assert places(applied("9-7", table=table, plan=plan))["R1#1"] == ("L-C", 1)
    assert places(applied("9-14", table=table, plan=plan))["R1#1"] == (HOME, 1)


def test_diverted_lessons_are_elsewhere_on_that_date_alone():
    table = outdoors()
    lessons = held(table, *applied("9-7"))
    there = {
        (x.lesson_id, x.date): (x.meeting.placement.layout_id, x.weather)
        for x in lessons
    }
    first, second = dates("9-7", "9-14")
    assert there["R1#1", first] == ("L-GYM", Weather.RAIN)
    assert there["R2#1", first] == (HOME, Weather.RAIN)
    assert there["R1#1", second] == ("L-NORTH", None)
    assert len(lessons) == len(held(table))


def test_lesson_that_was_moved_since_takes_place_as_it_now_is():
    moved = outdoors(R1=placement(1, 2, layout_id="L-NORTH"))
    lessons = held(moved, *applied("9-7"))
    there = {x.lesson_id: x.weather for x in lessons if x.date == dt.date(2026, 9, 7)}
    assert there == {"R1#1": None, "R2#1": Weather.RAIN}


def test_place_that_has_left_the_tables_becomes_theory():
    made = school()
    without = replace(made, layouts=made.layouts[:-1])
    table = outdoors(without)
    lessons = held(table, *applied("9-7"))
    assert {x.meeting.layout for x in lessons if x.weather} == {None}


def hours(given=None, weather=Weather.RAIN):
    """Two rainy Mondays: each class is once in the gym, once in its room."""
    table = outdoors(given)
    first = applied("9-7", table=table, weather=weather)
    both = first + applied("9-14", table=table, changes=first)
    versions, at = Versions.of(table), dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
    return bad_weather_hours(first_entries(versions, 1, at, both))


def test_lessons_indoors_and_theory_count_as_delivered():
    # Seven Mondays for both; C2 has nine Tuesdays beside them, one on a Sunday.
    assert hours() == (
        BadWeatherHours("C1", "PE", planned=7, indoors=1, theory=1, counted=2),
        BadWeatherHours("C2", "PE", planned=16, indoors=1, theory=1, counted=2),
    )
    assert [x.delivered for x in hours()] == [7, 16]


def test_theory_does_not_count_where_the_settings_say_so():
    rules = (RuleSetting("bad_weather", parameters=(("theory_counts", False),)),)
    found = hours(school(rules=rules))
    assert [(x.counted, x.delivered) for x in found] == [(1, 6), (1, 15)]


def test_lesson_of_a_teacher_of_other_subjects_does_not_count():
    teachers = (
        Teacher("T1", "王芳", "S", ("PE",)),
        Teacher("T2", "李明", "S", ("CN",)),
    )
    found = hours(school(teachers=teachers))
    assert [(x.class_id, x.counted) for x in found] == [("C1", 0), ("C2", 2)]


def test_make_up_monday_counts_as_a_bad_day_of_monday():
    term = replace(TERM, make_up=(MakeUpDay(dt.date(2026, 10, 10), 1),))
    table = outdoors(school(term=term))
    assert places(applied("10-10", table=table, before=1))["R2#1"] == ("L-GYM", 2)


def test_place_closed_on_the_date_is_not_used():
    closed = (Closure("K1", ClosureKind.VENUE, "GYM", dt.date(2026, 9, 7)),)
    table = outdoors(school(closures=closed))

    assert places(applied("9-7", table=table)) == {"R1#1": (HOME, 1), "R2#1": (HOME, 1)}
    assert places(applied("9-14", table=table))["R1#1"] == ("L-GYM", 1)


def test_lesson_that_an_event_takes_is_left_alone():
    event = (Closure("K1", ClosureKind.CLASS, "C1", dt.date(2026, 9, 7)),)
    table = outdoors(school(closures=event))

    assert places(applied("9-7", table=table)) == {"R1#1": ("L-GYM", 1)}


def test_place_given_to_another_lesson_on_the_date_is_not_used():
    """Chinese of class 3(1) is in the gym on 7 September, for once, at 08:00."""
    visit = (DatedChange(dt.date(2026, 9, 7), "R4#1", layout_id="L-GYM"),)
    made = school()
    extra = requirement("R4", class_ids=("C1",), subject_id="CN")
    given = replace(made, requirements=(*made.requirements, extra))
    table = outdoors(given, R4=placement(1))

    there = places(applied("9-7", table=table, changes=visit))
    assert there["R1#1"] == (HOME, 1)
    there = places(applied("9-14", table=table, changes=visit))
    assert there["R1#1"] == ("L-GYM", 1)


def test_lesson_sent_outdoors_for_the_date_alone_goes_to_its_room():
    """And one sent indoors for the date alone stays there."""
    day = dt.date(2026, 9, 8)
    there = (
        DatedChange(day, "R4#1", layout_id="L-SOUTH"),
        DatedChange(day, "R3#1", layout_id="L-GYM"),
    )
    made = school()
    extra = requirement("R4", class_ids=("C1",), teacher_ids=("T2",))
    given = replace(made, requirements=(*made.requirements, extra))
    table = outdoors(given, R4=placement(2, 4, layout_id="L-GYM"))

    (found,) = applied("9-8", table=table, changes=there)
    assert (found.lesson_id, found.layout_id, found.slot_id) == ("R4#1", HOME, "")
