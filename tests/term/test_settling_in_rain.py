"""Single dates that are bad days too: who is where, what is proposed, what is told."""

import datetime as dt
from dataclasses import replace

from scheduler.model.closures import Closure, ClosureKind
from scheduler.model.requirements import HOME
from scheduler.model.venues import Layout, Venue
from scheduler.model.weather import Weather
from scheduler.term.changes import DatedChange, Was
from scheduler.term.checking import change_faults
from scheduler.term.held import held_lessons
from scheduler.term.settling import date_clashes
from scheduler.term.versions import Versions
from tests.term.builders import placement
from tests.term.rain_school import outdoors, school

DAY = dt.date(2026, 9, 7)
RAIN = (
    DatedChange(
        *(DAY, "R1#1"),
        layout_id="L-GYM",
        was=Was(480, "L-NORTH"),
        weather=Weather.RAIN,
        slot_id="1-0800",
        turn=1,
    ),
)
"""Class 3(2) goes from the field to the gym at 08:00."""


def in_the_hall(**tables):
    """R2, PE of class 3(1), is in a hall of its own at 08:00 on Mondays."""
    made = school()
    given = replace(
        made,
        venues=(*made.venues, Venue("HALL", "小体育馆", "S", "gym", True, "S")),
        layouts=(*made.layouts, Layout("L-HALL", "HALL", ("HALL",), ("PE",), 1)),
        agreements=(),
        **tables,
    )
    return outdoors(given, R2=placement(1, layout_id="L-HALL", teacher_ids=("T2",)))


def shut(venue_id):
    return (Closure("K1", ClosureKind.VENUE, venue_id, DAY),)


def proposed(table, changes=()):
    clashes = date_clashes(Versions.of(table), changes, DAY)
    return [(c.lesson.lesson_id, c.layout_id) for c in clashes]


def test_gym_is_proposed_to_one_class_only_and_nothing_outdoors_in_the_rain():
    table = in_the_hall(closures=shut("HALL"))
    assert proposed(table) == [("R2#1", "L-SOUTH")]
    assert proposed(table, RAIN) == [("R2#1", HOME)]


def test_diversion_of_a_lesson_that_has_moved_since_makes_no_bad_day():
    table = in_the_hall(closures=shut("HALL"))
    assert proposed(table, (replace(RAIN[0], was=Was(530, "L-NORTH")),)) == [
        ("R2#1", "L-SOUTH")
    ]


def test_lesson_whose_own_place_is_closed_needs_none_when_it_is_sent_indoors():
    table = in_the_hall(closures=shut("FIELD"))
    assert [name for name, _ in proposed(table)] == ["R1#1"]
    assert proposed(table, RAIN) == []


def test_lesson_is_in_its_own_room_once_its_place_indoors_is_closed():
    table = in_the_hall(closures=shut("GYM"))
    held = {x.lesson_id: x for x in held_lessons(Versions.of(table), RAIN, {DAY})}
    assert held["R1#1"].meeting.layout is None
    assert held["R1#1"].weather is Weather.RAIN
    assert proposed(table, RAIN) == []


def test_move_to_where_the_rain_has_sent_another_is_told():
    moved = DatedChange(DAY, "R2#1", layout_id="L-GYM")
    versions = Versions.of(in_the_hall())
    assert change_faults(versions, (moved,)) == ()
    (fault,) = change_faults(versions, (moved, *RAIN))
    assert fault.change == moved
    assert fault.why is not None
