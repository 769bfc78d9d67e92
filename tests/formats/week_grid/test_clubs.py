"""Clubs of some pupils in the grids of classes, teachers, places and the load."""

from scheduler.formats.week_grid import class_grid, teacher_grid, venue_grid, venue_load
from scheduler.model.times import RowKind
from tests.small_school import at, need, small_problem, timetable

ROWS = (RowKind.AFTER_SCHOOL,)


def two_clubs(second_coach="T2", pupils=18, whole=False):
    more = {"layouts": ("L1",), "row_kinds": ROWS}
    problem = small_problem(
        need("R1", "A;B", "PE", pupils=20, **more),
        need(
            *("R2", "A;B", "PE"),
            pupils=None if whole else pupils,
            teacher_ids=(second_coach,),
            **more,
        ),
    )
    where = at(1, 10, "L1", teachers=(second_coach,))
    return timetable(problem, R1_1=at(1, 10, "L1"), R2_1=where)


def test_class_may_be_in_two_clubs_at_once_but_not_in_a_club_and_a_lesson():
    assert class_grid(two_clubs(), "A").clashes == 0
    assert class_grid(two_clubs(whole=True), "A").clashes == 1


def test_coach_of_two_clubs_at_once_clashes():
    assert teacher_grid(two_clubs("T1"), "T1").clashes == 1


def test_place_for_one_class_and_40_pupils_is_too_small_for_two_clubs():
    assert venue_grid(two_clubs(), "V-F").clashes == 1


def test_load_counts_a_club_as_one_class_with_its_own_pupils():
    heat = venue_load(two_clubs(), "V-F")

    assert (heat.peak_classes, heat.peak_pupils) == (2, 38)


def test_place_of_a_club_is_not_closed_on_the_days_without_it():
    rows = [r for r in venue_grid(two_clubs(), "V-F").rows if r.kind in ROWS]

    # Monday 13:50, where the clubs are, and Friday 11:15, where nobody is.
    assert [c.closed for r in rows for c in r.cells] == [False] * 2
