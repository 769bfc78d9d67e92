"""Changes that say nothing, or put two lessons in each other's way."""

import datetime as dt

from scheduler.model.closures import Closure, ClosureKind
from scheduler.term.changes import DatedChange
from scheduler.term.checking import change_faults
from scheduler.term.versions import Versions
from tests.term.builders import dates, placement, problem, requirement, timetable

TUESDAY, WEDNESDAY, MAKE_UP = dates("9-8", "9-9", "9-20")
OTHER = requirement("R2", class_ids=("C1",), teacher_ids=("T2",))


def move(date, lesson_id, layout_id):
    return DatedChange(date, lesson_id, layout_id=layout_id)


def faults(*moves, today=None, **tables):
    """Date and sentence of each fault; R1 is north and R2 south on Tuesdays."""
    school = problem(requirement(), OTHER, **tables)
    table = timetable(
        school,
        R1=placement(layout_id="L-NORTH"),
        R2=placement(layout_id="L-SOUTH", teacher_ids=("T2",)),
    )
    found = change_faults(Versions.of(table), moves, today)
    return [(f.change.date, f.why and f.why.zh) for f in found]


def test_move_to_a_free_place_has_no_fault():
    assert faults(move(TUESDAY, "R1#1", "L-PARK"), move(TUESDAY, "R2#1", "home")) == []


def test_move_to_a_taken_place_says_what_it_breaks():
    # 40 minutes in which two classes share the south half, which holds one.
    (fault,) = faults(move(TUESDAY, "R1#1", "L-SOUTH"))

    assert fault[0] == TUESDAY
    assert fault[1].startswith("田径场·南半场周二08:00–08:40有2个班，上限1")


def test_two_moves_that_exchange_their_places_are_right():
    assert (
        faults(move(TUESDAY, "R1#1", "L-SOUTH"), move(TUESDAY, "R2#1", "L-NORTH")) == []
    )


def test_move_on_a_date_without_the_lesson_has_no_effect():
    assert faults(move(WEDNESDAY, "R1#1", "home")) == [(WEDNESDAY, None)]


def test_make_up_day_counts_as_the_weekday_it_acts_as():
    # Sunday 20 September is taught as a Tuesday.
    assert faults(move(MAKE_UP, "R1#1", "home")) == []
    assert len(faults(move(MAKE_UP, "R1#1", "L-SOUTH"))) == 1


def test_lesson_that_falls_out_cannot_be_moved():
    event = (Closure("X", ClosureKind.SCHOOL, "S", TUESDAY),)

    assert faults(move(TUESDAY, "R1#1", "home"), closures=event) == [(TUESDAY, None)]


def test_dates_that_are_over_are_left_alone():
    crowded = move(TUESDAY, "R1#1", "L-SOUTH")

    assert faults(crowded, today=TUESDAY + dt.timedelta(days=1)) == []
    assert len(faults(crowded, today=TUESDAY)) == 1


def test_what_was_broken_before_the_move_is_no_fault_of_the_move():
    # Both classes have the same teacher at the same time, at home or in the park.
    school = problem(
        requirement(),
        requirement("R2", class_ids=("C1",)),
    )
    table = timetable(
        school, R1=placement(layout_id="L-NORTH"), R2=placement(layout_id="L-SOUTH")
    )

    change = move(TUESDAY, "R1#1", "home")

    assert change_faults(Versions.of(table), (change,)) == ()
