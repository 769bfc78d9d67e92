"""What is checked before a change is made, by the clock on the very dates."""

from dataclasses import replace

import pytest

from scheduler.model.closures import Booking, Calendar, Closure, ClosureKind
from scheduler.term.changes import BellDay, DatedChange, ExtraLesson
from scheduler.term.checking import refusals
from scheduler.term.versions import Versions
from tests.term.builders import (
    agreement,
    dates,
    placement,
    problem,
    requirement,
    timetable,
)
from tests.term.rain_school import late_bell

TUESDAY, WEDNESDAY, THURSDAY, HOLIDAY = dates("9-8", "9-9", "9-10", "10-5")
SCHOOL = problem(
    requirement(),
    requirement("R2", class_ids=("C1",), teacher_ids=("T2",)),
    requirement("R3", subject_id="CN", teacher_ids=("T2",)),
    bells=(*problem().bells, late_bell()),
    agreements=(agreement(2), agreement(3)),
)


def refused(*new, known=(), **tables):
    """Chinese sentences; PE of both classes on Tuesdays, Chinese on Wednesdays."""
    table = timetable(
        replace(SCHOOL, **tables),
        R1=placement(layout_id="L-NORTH"),
        R2=placement(layout_id="L-SOUTH", teacher_ids=("T2",)),
        R3=placement(3, 2, teacher_ids=("T2",)),
    )
    return [text.zh for text in refusals(Versions.of(table), known, new)]


def change(date=TUESDAY, lesson_id="R1#1", **more):
    return DatedChange(date, lesson_id, **more)


@pytest.mark.parametrize(
    "free",
    [
        change(cancelled=True),
        change(layout_id="home"),
        change(layout_id="L-PARK"),
        change(start=530, end=570),
        change(to_date=WEDNESDAY, start=480),
        change(start=530, teacher_ids=("T2",)),
        change(subject_id="CN"),
        BellDay(TUESDAY, "LATE"),
        ExtraLesson(THURSDAY, "+1#1", ("C1",), "CN", ("T1",), 480, 520),
    ],
)
def test_free_target_is_not_refused(free):
    assert refused(free) == []


@pytest.mark.parametrize(
    ("taken", "sentence"),
    [
        (
            change(WEDNESDAY, layout_id="home"),
            "2026-09-09（周三）：当天不上三(2)班体育与健康这节课。",
        ),
        (change(lesson_id="R9#1"), "没有课“R9#1”。是否应为“R3#1”？"),
        (change(teacher_ids=("T9",)), "【教师】表中没有“T9”。是否改过名？"),
        (change(layout_id="L-X"), "【场地用法】表中没有“L-X”。是否改过名？"),
        (BellDay(TUESDAY, "B9"), "【作息时间表】表中没有“B9”。是否应为“B”？"),
        (
            change(to_date=HOLIDAY, start=480),
            "2026-10-05（周一）：当天不上课（国庆节放假）。",
        ),
        (
            ExtraLesson(HOLIDAY, "+1#1", ("C1",), "CN", ("T1",), 480, 520),
            "2026-10-05（周一）：当天不上课（国庆节放假）。",
        ),
    ],
)
def test_change_of_what_is_not_there_is_refused_in_a_sentence(taken, sentence):
    assert refused(taken) == [sentence]


@pytest.mark.parametrize(
    ("taken", "words"),
    [
        # The other half of the field holds one class.
        (change(layout_id="L-SOUTH"), "田径场·南半场周二08:00–08:40有2个班，上限1"),
        # T2 teaches the other class then.
        (change(teacher_ids=("T2",)), "教师李明周二08:00–08:40同时有2节课"),
        # The class has Chinese then.
        (change(to_date=WEDNESDAY, start=530), "三(2)班周三08:50–09:30同时有2节课"),
        # By the clock, for no bell has these times: 09:00 is within the second period.
        (
            change(to_date=WEDNESDAY, start=540, end=580),
            "三(2)班周三09:00–09:30同时有2节课",
        ),
        (
            ExtraLesson(WEDNESDAY, "+1#1", ("C2",), "CN", ("T1",), 530, 570),
            "三(2)班周三08:50–09:30同时有2节课",
        ),
    ],
)
def test_taken_class_teacher_or_place_is_told_by_the_rule_it_breaks(taken, words):
    (sentence,) = refused(taken)
    assert words in sentence


def test_two_lessons_may_change_places_and_two_extra_ones_not_share_one():
    swap = (
        change(layout_id="L-SOUTH"),
        change(lesson_id="R2#1", layout_id="L-NORTH"),
    )
    assert refused(*swap) == []
    first = ExtraLesson(THURSDAY, "+8#1", ("C1",), "PE", ("T1",), 480, 520, "L-NORTH")
    second = replace(first, lesson_id="+9#1", class_ids=("C2",), teacher_ids=("T2",))
    assert refused(first) == []
    assert len(refused(first, second)) >= 1
    assert len(refused(second, known=(first,))) == 1


def test_other_changes_of_the_date_count():
    gone = change(WEDNESDAY, "R3#1", cancelled=True)
    assert refused(change(to_date=WEDNESDAY, start=530), known=(gone,)) == []
    there = change(WEDNESDAY, "R3#1", start=580)
    (sentence,) = refused(change(to_date=WEDNESDAY, start=580), known=(there,))
    assert "同时有2节课" in sentence


def test_lesson_that_is_off_can_be_moved_and_not_changed_otherwise():
    off = (change(cancelled=True),)
    assert refused(change(to_date=WEDNESDAY, start=480), known=off) == []
    assert len(refused(change(layout_id="home"), known=off)) == 1
    assert len(refused(change(cancelled=True), known=off)) == 1


def test_closures_bookings_and_agreements_of_the_date_count():
    shut = Closure("K1", ClosureKind.ZONE, "南半场", WEDNESDAY)
    moved = change(to_date=WEDNESDAY, start=480, layout_id="L-SOUTH")
    assert refused(moved, closures=(shut,)) == [
        "2026-09-09（周三）三(2)班体育与健康：场地此时停用。"
    ]
    booked = Booking("CAL", WEDNESDAY, 500, 560)
    calendar = Calendar("CAL", "FIELD", "f.ics")
    assert refused(moved, calendars=(calendar,), bookings=(booked,)) == [
        "2026-09-09（周三）三(2)班体育与健康：场地此时已被预订。"
    ]
    trip = Closure("K2", ClosureKind.CLASS, "C2", WEDNESDAY)
    assert refused(moved, closures=(trip,)) == [
        "2026-09-09（周三）三(2)班体育与健康：班级有活动。"
    ]
    park = change(to_date=THURSDAY, start=480, layout_id="L-PARK")
    assert refused(park) == [
        "2026-09-10（周四）三(2)班体育与健康：协议时段不含这一天。"
    ]


def test_bell_that_puts_two_lessons_of_a_teacher_together_is_refused():
    """Chinese for class 3(2) begins at 10:50 by the late bell; T2 has PE then."""
    extra = ExtraLesson(WEDNESDAY, "+1#1", ("C1",), "PE", ("T2",), 650, 690)
    (sentence,) = refused(BellDay(WEDNESDAY, "LATE", ("C2",)), known=(extra,))
    assert "教师李明周三10:50–11:30同时有2节课" in sentence


def test_all_that_is_wrong_is_said_at_once():
    found = refused(change(teacher_ids=("T2",)), change(WEDNESDAY, layout_id="home"))
    assert len(found) == 2
