"""Classes that change place at one bell, by hand, and the rule that limits them."""

import pytest

from scheduler.audit.moves import Moves, moves
from scheduler.constraints.rules.places.limit_moves_at_once import LimitMovesAtOnce
from scheduler.model.requirements import HOME
from scheduler.model.text import Text
from scheduler.model.times import Week
from tests.builders import need, place, problem, timetable

NEEDS = (
    need("R1", "C1", "PE", "2"),
    need("R2", "C2", "PE", teacher_ids=("T2",)),
    need("R3", "C1;C2", "CN", teacher_ids=("T3",)),
    need("R4", "D1", "MUS", teacher_ids=("T3",)),
)


def on_the_move(**more):
    """C1 on the field at 08:00 and 08:50, C2 at 08:50 in odd weeks, both home after."""
    return timetable(
        problem(*NEEDS),
        R1_1=place(1, 1, "L1"),
        R1_2=place(1, 2, "L1"),
        R2_1=place(1, 2, "L2", week=Week.ODD),
        R3_1=place(1, 3),
        **more,
    )


def test_classes_go_to_lessons_elsewhere_and_come_back_before_any_break_row():
    # At 08:50 C1 comes and goes, which counts once; after 09:30 is the big break.
    assert moves(on_the_move()) == (
        Moves("S1", 1, 480, (1, 1)),
        Moves("S1", 1, 530, (2, 1)),
    )


def test_class_is_back_at_the_next_lesson_row_after_a_break():
    table = timetable(problem(*NEEDS), R1_1=place(1, 3, "L1"))
    # Lesson 3 ends at 10:40, 4 begins at 10:50.
    assert moves(table) == (Moves("S1", 1, 600, (1, 1)), Moves("S1", 1, 650, (1, 1)))


def test_nobody_is_counted_on_the_way_to_lunch_or_home():
    table = timetable(problem(*NEEDS), R1_1=place(1, 4, "L1"), R1_2=place(5, 7, "L1"))
    assert [(m.day, m.minute) for m in moves(table)] == [(1, 650), (5, 870)]


def test_schools_are_counted_each_for_itself():
    found = moves(on_the_move(R4_1=place(1, 1, "LM")))
    assert found[2:] == (Moves("S2", 1, 480, (1, 1)), Moves("S2", 1, 530, (1, 1)))


@pytest.mark.parametrize(("most", "amount"), [(0, 0), (1, 1), (2, 0)])
def test_rule_counts_classes_beyond_the_ceiling_at_each_bell_and_week(most, amount):
    rule = LimitMovesAtOnce(classes_at_most=most)
    # Odd weeks, 08:50: C1 and C2.
    assert rule.amount(on_the_move()) == amount


def test_rule_names_school_bell_classes_and_ceiling():
    table, rule = on_the_move(), LimitMovesAtOnce(classes_at_most=1)
    (found,) = rule.violations(table)
    assert rule.explain(table.problem, found) == Text(
        "东校周一（单周）08:50有2个班同时换场地，最多1个班。",
        "2 classes of 东校 change place on Monday (odd weeks) at 08:50, at most 1 "
        "should.",
    )
    assert set(found.lesson_ids) == {"R1#1", "R1#2", "R2#1"}


def test_lesson_that_may_be_in_the_own_room_moves_nobody_there():
    either = need("R1", "C1", "MUS", layouts=(HOME, "LM"))
    rule = LimitMovesAtOnce(classes_at_most=1)
    given = problem(either, need("R2", "C2", "PE", teacher_ids=("T2",)))

    for layout, amount in ((HOME, 0), ("LM", 2 * 2)):
        table = timetable(given, R1=place(1, 1, layout), R2=place(1, 1, "L1"))
        assert rule.amount(table) == amount
        assert sum(t.amount(table.meeting) for t in rule.primitives(given)) == amount
