"""Classes that change place at one bell, by hand."""

from scheduler.audit.moves import Moves, moves
from scheduler.model.times import Week
from tests.small_school import at, need, small_problem, timetable


def test_classes_move_to_places_and_back_to_their_rooms():
    problem = small_problem(
        need("R1", "A", "PE", "2"),
        need("R2", "B", "PE"),
        need("R3", "A;B", "CN"),
    )
    table = timetable(
        problem,
        # A: field, field (stays), home; B: home at first, field in odd weeks, home.
        R1_1=at(1, 1, "L1"),
        R1_2=at(1, 2, "L1"),
        R2_1=at(1, 2, "L2", week=Week.ODD),
        R3_1=at(1, 3),
    )
    assert moves(table) == (
        Moves(1, 500, (1, 1)),
        Moves(1, 555, (1, 0)),
        Moves(1, 625, (2, 1)),
    )
    assert [m.most for m in moves(table)] == [1, 1, 2]


def test_every_day_begins_in_the_own_room():
    problem = small_problem(need("R1", "A", "PE", "2"))
    table = timetable(problem, R1_1=at(1, 4, "L1"), R1_2=at(5, 1, "L1"))
    assert moves(table) == (Moves(1, 780, (1, 1)), Moves(5, 500, (1, 1)))
