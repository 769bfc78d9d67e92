"""Lessons that lose their place on a date, those that fall out, and proposals."""

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.model.closures import Booking, Calendar, Closure, ClosureKind
from scheduler.model.timetable import Timetable
from scheduler.term.calendar import teaching_dates
from scheduler.term.changes import DatedChange
from scheduler.term.dated import Obstacle
from scheduler.term.held import fallen_among, term_lessons
from scheduler.term.settling import date_clashes
from scheduler.term.versions import Versions
from tests.term.builders import (
    TERM,
    agreement,
    dates,
    held,
    placement,
    problem,
    requirement,
    timetable,
)

(DAY,) = dates("9-8")
OTHER = requirement("R2", class_ids=("C1",), teacher_ids=("T2",))


def closed(kind, what, day=DAY, **more):
    """One row of closures.csv."""
    return (Closure("X1", ClosureKind(kind), what, day, **more),)


def clashes(table, changes=(), today=None):
    return date_clashes(Versions.of(table), changes, today)


def fallen(versions):
    return fallen_among(term_lessons(versions))


def proposals(table):
    """Date, lesson and place proposed of every clash."""
    return [
        (clash.lesson.date, clash.lesson.lesson_id, clash.layout_id)
        for clash in clashes(table)
    ]


def two_on_the_field(**tables):
    """C2 north and C1 south, both on Tuesday, period 1."""
    school = problem(requirement(), OTHER, **tables)
    return timetable(
        school,
        R1=placement(layout_id="L-NORTH"),
        R2=placement(layout_id="L-SOUTH", teacher_ids=("T2",)),
    )


def test_lesson_of_a_closed_zone_goes_to_the_free_half():
    school = problem(closures=closed("zone", "北半场"), agreements=())
    table = timetable(school, R1=placement(layout_id="L-NORTH"))

    assert proposals(table) == [(DAY, "R1#1", "L-SOUTH")]


def test_lesson_goes_to_the_park_where_the_other_half_is_taken():
    # Tuesdays the park is open to the school from 08:00 on, five minutes away.
    assert proposals(two_on_the_field(closures=closed("zone", "北半场"))) == [
        (DAY, "R1#1", "L-PARK")
    ]


def test_lesson_goes_home_where_everything_else_is_taken():
    table = two_on_the_field(closures=closed("zone", "北半场"), agreements=())

    assert proposals(table) == [(DAY, "R1#1", "home")]


def test_two_lessons_of_one_date_are_never_sent_to_the_same_place():
    # The whole field is closed; the park takes one class, the other goes home.
    table = two_on_the_field(closures=closed("venue", "FIELD"))

    assert sorted(p[2] for p in proposals(table)) == ["L-PARK", "home"]


def test_no_walk_is_proposed_to_a_teacher_who_teaches_just_before():
    # T1 teaches class 3(1) until 08:40, the lesson in question begins at 08:50, and
    # the park is five minutes away: enough. With eleven minutes it is not.
    def table(walk):
        school = problem(
            requirement(),
            requirement("R2", class_ids=("C1",), subject_id="CN"),
            closures=closed("venue", "FIELD"),
            agreements=(agreement(2, walk_minutes=walk),),
        )
        return timetable(
            school, R1=placement(period=2, layout_id="L-NORTH"), R2=placement()
        )

    assert proposals(table(10)) == [(DAY, "R1#1", "L-PARK")]
    assert proposals(table(11)) == [(DAY, "R1#1", "home")]


def test_agreement_that_ends_in_mid_term_has_later_lessons_moved():
    ends = dates("10-14")[0]
    school = problem(agreements=(agreement(2, valid_to=ends), agreement(7)))
    table = timetable(school, R1=placement(layout_id="L-PARK"))

    assert proposals(table) == [
        (day, "R1#1", "L-NORTH") for day in dates("10-20", "10-27")
    ]
    assert {c.obstacle for c in clashes(table)} == {Obstacle.NOT_VALID}


def test_notice_of_an_agreement_is_kept_and_the_past_left_alone():
    # Tuesday 8 September; the park wants to know three days before.
    table = two_on_the_field(
        closures=closed("zone", "北半场"), agreements=(agreement(2, notice_days=3),)
    )

    def proposed(today):
        return [clash.layout_id for clash in clashes(table, (), dates(today)[0])]

    assert proposed("9-5") == ["L-PARK"]
    assert proposed("9-6") == ["home"]
    assert proposed("9-9") == []


def test_booking_outside_the_lesson_changes_nothing():
    booking = Booking("CAL", DAY, 520, 600)
    school = problem(
        calendars=(Calendar("CAL", "FIELD", "f.ics"),), bookings=(booking,)
    )
    table = timetable(school, R1=placement(layout_id="L-NORTH"))
    touching = replace(school, bookings=(replace(booking, start=519),))

    assert clashes(table) == ()
    (clash,) = clashes(Timetable(touching, table.placements))
    assert clash.obstacle is Obstacle.BOOKED


def test_lessons_fall_out_on_the_date_of_an_event_and_on_no_other():
    table = two_on_the_field(closures=closed("school", "S", name="运动会"))

    assert DAY not in {d.date for d in held(table)}
    assert len(held(table)) == 2 * (9 - 1)
    assert [(d.lesson_id, e.title) for d, e in fallen(Versions.of(table))] == [
        ("R1#1", "运动会"),
        ("R2#1", "运动会"),
    ]


def test_lesson_of_two_classes_takes_place_where_one_of_them_has_an_event():
    both = requirement(class_ids=("C1", "C2"))
    one = timetable(problem(both, closures=closed("class", "C1")), R1=placement())
    school = timetable(problem(both, closures=closed("school", "S")), R1=placement())

    assert fallen(Versions.of(one)) == ()
    assert len(fallen(Versions.of(school))) == 1


def test_event_in_the_afternoon_leaves_the_morning():
    table = two_on_the_field(closures=closed("school", "S", start=720, end=960))

    assert fallen(Versions.of(table)) == ()


def test_change_moves_the_lesson_on_its_date_only():
    change = DatedChange(DAY, "R1#1", layout_id="L-SOUTH")
    school = problem(closures=closed("zone", "北半场"))
    table = timetable(school, R1=placement(layout_id="L-NORTH"))
    places = {d.date: d.meeting.placement.layout_id for d in held(table, change)}

    assert places[DAY] == "L-SOUTH"
    assert set(places.values()) - {"L-SOUTH"} == {"L-NORTH"}
    assert clashes(table, (change,)) == ()


_CLOSURES = st.lists(
    st.builds(
        Closure,
        st.uuids().map(str),
        st.just(ClosureKind.VENUE),
        st.sampled_from(("FIELD", "PARK")),
        st.dates(TERM.first_day, TERM.last_day),
        start=st.just(480),
        end=st.integers(481, 680),
    ),
    max_size=6,
).map(tuple)
_PLACES = st.sampled_from(("L-NORTH", "L-SOUTH", "L-PARK", "home"))


@settings(max_examples=40, deadline=None)
@given(_CLOSURES, _PLACES, _PLACES)
def test_proposals_applied_leave_no_clash_and_no_crowded_place(closures, one, two):
    school = problem(requirement(), OTHER, closures=closures)
    places = {"R1": one, "R2": two}
    placed = {
        name: placement(layout_id=layout, teacher_ids=(teacher,))
        for (name, layout), teacher in zip(places.items(), ("T1", "T2"), strict=True)
    }
    table = timetable(school, **placed)
    if one == two != "home":
        return  # two lessons in one place are a clash of every week
    made = [x.change for x in clashes(table)]

    assert clashes(table, made) == ()
    taken = [
        (d.date, d.meeting.placement.layout_id)
        for d in held(table, *made)
        if d.meeting.layout is not None
    ]
    assert len(taken) == len(set(taken))
    assert len(held(table, *made)) == 2 * 9


def test_every_teaching_date_is_asked():
    days = {day.date for day in teaching_dates(TERM)}
    table = timetable(
        problem(
            closures=closed("venue", "FIELD", TERM.first_day, to_date=TERM.last_day)
        ),
        R1=placement(layout_id="L-NORTH"),
    )

    found = {clash.lesson.date for clash in clashes(table)}
    assert len(found) == 9
    assert found <= days
    assert dt.date(2026, 10, 6) not in found
