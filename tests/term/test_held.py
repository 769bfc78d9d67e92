"""What is where on a date, by hand, on the calendar in builders.py."""

import datetime as dt
from dataclasses import replace

import pytest

from scheduler.model.closures import Closure, ClosureKind
from scheduler.term.changes import BellDay, DatedChange, ExtraLesson, Was
from scheduler.term.dated import Off
from scheduler.term.held import held_lessons, term_lessons
from scheduler.term.versions import Versions
from tests.term.builders import agreement, dates, placement, problem, timetable
from tests.term.rain_school import late_bell

FIRST, SECOND, THIRD, FOURTH = dates("9-1", "9-8", "9-15", "9-22")
WEDNESDAY, HOLIDAY = dates("9-9", "10-5")
SCHOOL = problem(bells=(*problem().bells, late_bell()))
TABLE = timetable(SCHOOL, R1=placement(layout_id="L-NORTH"))


def on(*asked, changes=(), versions=None, table=TABLE):
    """(date, start, place, teachers, subject) of the lessons held on some dates."""
    held = held_lessons(versions or Versions.of(table), changes, asked)
    return [
        (
            x.date,
            x.start,
            x.meeting.placement.layout_id,
            x.meeting.teacher_ids,
            x.meeting.lesson.requirement.subject_id,
        )
        for x in held
    ]


def change(date=SECOND, **more):
    return DatedChange(date, "R1#1", **more)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, (SECOND, 480, "L-NORTH", ("T1",), "PE")),
        ({"layout_id": "home"}, (SECOND, 480, "home", ("T1",), "PE")),
        ({"start": 580, "end": 620}, (SECOND, 580, "L-NORTH", ("T1",), "PE")),
        ({"teacher_ids": ("T2",)}, (SECOND, 480, "L-NORTH", ("T2",), "PE")),
        ({"subject_id": "CN"}, (SECOND, 480, "home", ("T1",), "CN")),
        (
            {"start": 530, "layout_id": "home", "teacher_ids": ("T2",)},
            (SECOND, 530, "home", ("T2",), "PE"),
        ),
    ],
)
def test_change_says_what_a_lesson_is_on_its_date_alone(more, expected):
    found = on(FIRST, SECOND, THIRD, changes=(change(**more),))
    assert found[1] == expected
    assert [x[:2] for x in (found[0], found[2])] == [(FIRST, 480), (THIRD, 480)]


def test_lesson_that_is_cancelled_is_off_and_not_held():
    cancelled = (change(cancelled=True),)
    assert on(SECOND, changes=cancelled) == []
    (off,) = term_lessons(Versions.of(TABLE), cancelled, (SECOND,))
    assert (off.off, off.date) == (Off.CANCELLED, SECOND)


def test_lesson_on_another_date_has_that_dates_bell_and_leaves_its_own():
    """Wednesday's first period has the same clock time, the third begins at 09:40."""
    moved = (change(to_date=WEDNESDAY, start=580, end=620),)
    assert on(SECOND, changes=moved) == []
    assert on(WEDNESDAY, changes=moved) == [
        (WEDNESDAY, 580, "L-NORTH", ("T1",), "PE"),
    ]
    (lesson,) = held_lessons(Versions.of(TABLE), moved, (WEDNESDAY,))
    assert (lesson.original_date, lesson.meeting.rows[0].number) == (SECOND, 3)


def test_lesson_sent_to_a_holiday_does_not_take_place():
    moved = (change(to_date=HOLIDAY, start=480),)
    assert on(HOLIDAY, changes=moved) == []
    (off,) = term_lessons(Versions.of(TABLE), moved, (SECOND,))
    assert off.off is Off.CLOSED


def test_changes_hold_in_the_order_in_which_they_were_made():
    moved = change(to_date=WEDNESDAY, start=580)
    covered = change(teacher_ids=("T2",))
    assert on(WEDNESDAY, changes=(moved, covered)) == [
        (WEDNESDAY, 580, "L-NORTH", ("T2",), "PE")
    ]
    south, north = (change(layout_id=name) for name in ("L-SOUTH", "L-NORTH"))
    assert on(SECOND, changes=(south, north))[0][2] == "L-NORTH"
    assert on(SECOND, changes=(north, south))[0][2] == "L-SOUTH"


def test_cancelled_lesson_that_gets_another_time_is_held_then():
    made_up = (change(cancelled=True), change(to_date=WEDNESDAY, start=530))
    assert [x[:2] for x in on(SECOND, WEDNESDAY, changes=made_up)] == [(WEDNESDAY, 530)]
    # Another place alone does not bring it back.
    elsewhere = (change(cancelled=True), change(layout_id="home"))
    assert on(SECOND, changes=elsewhere) == []


@pytest.mark.parametrize(
    ("was", "holds"),
    [
        (Was(), True),
        (Was(480, "L-NORTH", ("T1",)), True),
        (Was(530), False),
        (Was(layout_id="home"), False),
        (Was(teacher_ids=("T2",)), False),
    ],
)
def test_change_holds_for_the_lesson_as_it_was_when_it_was_made(was, holds):
    found = on(SECOND, changes=(change(layout_id="L-SOUTH", was=was),))
    assert (found[0][2] == "L-SOUTH") is holds


@pytest.mark.parametrize(
    "more",
    [{"layout_id": "GONE"}, {"teacher_ids": ("T9",)}, {"subject_id": "XX"}],
)
def test_change_that_names_what_is_in_no_table_any_more_has_no_effect(more):
    assert on(SECOND, changes=(change(**more),)) == on(SECOND)


def test_extra_lesson_is_held_once_and_can_be_changed_like_any_other():
    extra = ExtraLesson(WEDNESDAY, "+4#1", ("C2",), "CN", ("T2",), 530, 570)
    assert on(SECOND, WEDNESDAY, THIRD, changes=(extra,))[1:2] == [
        (WEDNESDAY, 530, "home", ("T2",), "CN")
    ]
    later = DatedChange(WEDNESDAY, "+4#1", to_date=FOURTH, start=580)
    assert on(WEDNESDAY, changes=(extra, later)) == []
    assert (FOURTH, 580, "home", ("T2",), "CN") in on(FOURTH, changes=(extra, later))


def test_another_bell_moves_the_clock_and_drops_what_it_has_no_period_for():
    table = timetable(SCHOOL, R1=placement(2, 4))
    late = (BellDay(SECOND, "LATE", ("C2",)),)
    assert on(SECOND, changes=late) == [(SECOND, 600, "L-NORTH", ("T1",), "PE")]
    assert on(SECOND, changes=(BellDay(SECOND, "LATE", ("C1",)),)) == on(SECOND)
    assert on(SECOND, table=table, changes=late) == []
    (off,) = term_lessons(Versions.of(table), late, (SECOND,))
    assert off.off is Off.BELL


def test_make_up_day_takes_changes_like_any_other():
    (sunday,) = dates("9-20")
    assert on(sunday, changes=(change(sunday, layout_id="home"),))[0][2] == "home"


def test_event_takes_a_lesson_unless_it_has_gone_elsewhere():
    trip = Closure("K1", ClosureKind.CLASS, "C2", SECOND)
    table = timetable(replace(SCHOOL, closures=(trip,)), R1=placement())
    assert on(SECOND, table=table) == []
    moved = (change(to_date=WEDNESDAY, start=480),)
    assert len(on(WEDNESDAY, table=table, changes=moved)) == 1


def test_agreement_of_the_place_is_that_of_the_date_it_goes_to():
    """Tuesdays and Fridays have windows from 08:00 to 12:00, Wednesdays have none."""
    given = replace(SCHOOL, agreements=(agreement(2), agreement(5)))
    table = timetable(given, R1=placement(layout_id="L-PARK"))
    (friday,) = dates("9-11")
    for day, free in ((friday, True), (WEDNESDAY, False)):
        moved = (change(to_date=day, start=480),)
        (lesson,) = held_lessons(Versions.of(table), moved, (day,))
        assert lesson.place_available is free


def two_versions():
    """The lesson is on Tuesdays, and from 14 September on Thursdays."""
    (monday,) = dates("9-14")
    later = timetable(SCHOOL, R1=placement(4, 2))
    return Versions.of(TABLE).then(monday, later)


def test_every_date_has_the_version_in_force_on_it():
    held = held_lessons(two_versions())
    assert [x.date for x in held if x.date.month == 9] == dates(
        "9-1", "9-8", "9-17", "9-24"
    )


def test_version_that_begins_earlier_takes_all_that_begin_later():
    (tenth,) = dates("9-10")
    versions = two_versions().then(tenth, timetable(SCHOOL, R1=placement(5)))
    assert [v.first for v in versions.all] == [dt.date.min, tenth]


def test_lesson_given_ahead_of_a_new_version_stays_given():
    """That of Tuesday 15 September, on Wednesday the 9th; the week drops it later."""
    ahead = (change(THIRD, to_date=WEDNESDAY, start=530),)
    versions = two_versions()
    assert on(WEDNESDAY, versions=Versions.of(TABLE), changes=ahead) == on(
        WEDNESDAY, versions=versions, changes=ahead
    )
    assert on(THIRD, versions=versions, changes=ahead) == []


def test_lesson_put_off_beyond_a_new_version_is_held_as_it_was():
    (eighteenth,) = dates("9-18")
    put_off = (change(SECOND, to_date=eighteenth, start=580),)
    assert on(eighteenth, versions=two_versions(), changes=put_off) == [
        (eighteenth, 580, "L-NORTH", ("T1",), "PE")
    ]


def test_narrowing_the_dates_changes_nothing_of_them():
    changes = (
        change(to_date=WEDNESDAY, start=580),
        change(FOURTH, to_date=WEDNESDAY, start=630),
        ExtraLesson(WEDNESDAY, "+4#1", ("C1",), "CN", ("T2",), 530, 570),
        BellDay(THIRD, "LATE"),
    )
    versions = two_versions()
    whole = term_lessons(versions, changes)
    for date in {x.date for x in whole}:
        narrow = term_lessons(versions, changes, (date,))
        assert narrow == tuple(x for x in whole if x.date == date)
