"""Who and what is free: the school of `school.py` on a Tuesday, by its own table."""

from dataclasses import replace

import pytest

from scheduler.model.closures import Closure, ClosureKind
from scheduler.model.resources import ResourceKind, Unavailability
from scheduler.model.venues import Agreement, Layout, Venue, Zone
from scheduler.term.changes import DatedChange
from scheduler.term.cover.free import Span, empty_rooms, free_teachers, free_zones
from scheduler.term.cover.leaves import Leave
from scheduler.term.held import held_lessons
from scheduler.term.versions import Versions
from tests.term.cover.school import THURSDAY, TUESDAY, school

FIRST = Span(TUESDAY, 8 * 60, 8 * 60 + 40)


def held(table, *changes, date=TUESDAY):
    return held_lessons(Versions.of(table), changes, {date})


def free(table, *changes, leaves=(), span=FIRST):
    lessons = held(table, *changes, date=span.date)
    return free_teachers(table.problem, lessons, leaves, span)


def test_teachers_without_a_lesson_then_are_free():
    # Period 1: CN of both classes by T2 and T1.
    assert free(school()) == ("T3", "T4")
    # A minute of a lesson is enough; none on Thursdays.
    assert free(school(), span=Span(TUESDAY, 8 * 60 + 39, 8 * 60 + 50)) == ("T3", "T4")
    assert free(school(), span=replace(FIRST, date=THURSDAY)) == (
        *("T1", "T2", "T3", "T4"),
    )


def test_dated_changes_and_leaves_count():
    instead = DatedChange(TUESDAY, "B1#1", teacher_ids=("T4",))
    assert free(school(), instead) == ("T1", "T3")
    gone = DatedChange(TUESDAY, "B1#1", cancelled=True)
    assert free(school(), gone) == ("T1", "T3", "T4")
    away = (Leave("T3", TUESDAY, TUESDAY, end=8 * 60 + 1),)
    assert free(school(), leaves=away) == ("T4",)


def row(**times):
    return Unavailability(ResourceKind.TEACHER, "T3", 2, **times)


@pytest.mark.parametrize(
    ("times", "is_free"),
    [
        ({}, False),
        ({"period": 1}, False),
        ({"period": 2}, True),
        ({"start": 500, "end": 600}, False),
        ({"start": 520, "end": 600}, True),
    ],
)
def test_unavailable_teachers_are_not_free(times, is_free):
    table = school(unavailable=(row(**times),))
    assert ("T3" in free(table)) is is_free


VENUES = {
    "venues": (
        Venue("V", "操场", "", "field", False, "S"),
        Venue("P", "公园", "", "field", False, ""),
    ),
    "zones": (Zone("V1", "V", 1), Zone("V2", "V", 1), Zone("P", "P", 4)),
    "layouts": (Layout("L1", "V", ("V1",), ("PE",), 1),),
}


def places(*changes, span=FIRST, **tables):
    table = school(**VENUES, **tables)
    lessons = held(table, *changes, date=span.date)
    rooms = empty_rooms(table.problem, lessons, span)
    return free_zones(table.problem, lessons, span), rooms


def test_zones_are_free_that_nothing_uses_closes_or_keeps_from_us():
    third = Span(TUESDAY, 9 * 60 + 40, 10 * 60 + 20)
    outside = DatedChange(TUESDAY, "A3#1", layout_id="L1")
    assert places(span=third) == ({"V": ("V1", "V2")}, ())
    assert places(outside, span=third) == ({"V": ("V2",)}, ("C1",))
    shut = Closure("X", ClosureKind.ZONE, "V2", TUESDAY, end=9 * 60)
    assert places(closures=(shut,))[0] == {"V": ("V1",)}
    assert places(span=third, closures=(shut,))[0] == {"V": ("V1", "V2")}


def test_places_of_others_are_free_in_the_windows_of_agreements():
    days = TUESDAY.replace(day=1), TUESDAY.replace(day=30)
    given = Agreement("G", "P", "S", *days, 2, 480, 540, 2, 5)
    assert places(agreements=(given,))[0]["P"] == ("P",)
    closed = replace(given, closed_dates=(TUESDAY,))
    assert "P" not in places(agreements=(closed,))[0]
    late = Span(TUESDAY, 8 * 60 + 30, 9 * 60 + 10)
    assert "P" not in places(span=late, agreements=(given,))[0]
