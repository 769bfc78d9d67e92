"""Rows of relations.csv, kind by kind, with numbers by hand; see tests/builders.py.

Lessons that meet every week count twice. Bell A has a break between periods 1 and 2,
3 and 4, 5 and 6; big break and lunch part the others; 6 and 7 touch.
"""

import pytest

from scheduler.constraints.rules.relations.kinds import KINDS
from scheduler.constraints.rules.relations.rules import KeepRelations, PreferRelations
from scheduler.model.relations import Relation, RelationKind
from scheduler.model.requirements import HOME
from scheduler.model.resources import Level
from scheduler.model.times import Week
from tests.builders import blocks, need, place, problem, timetable

TWO, THREE = ("R1#1", "R1#2"), ("R1#1", "R1#2", "R1#3")


def relation(kind, lessons=THREE, value=None, **more):
    return Relation("G1", RelationKind(kind), lessons, value, **more)


def table(row, *places, **others):
    """R1: four lessons of C1 by T1. R2: of C1 by T2. R3: of C2 by T1 (see the name)."""
    given = problem(
        need("R1", "C1", "CN", "4"),
        need("R2", "C1", "PE", "4", teacher_ids=("T2",), blocks=blocks("2", "1", "1")),
        need("R3", "C2", "CN", "2"),
        relations=(row,),
    )
    own = {f"R1_{k}": place(*where) for k, where in enumerate(places, start=1)}
    return timetable(given, **own, **others)


def amount(row, *places, **others):
    """The row's amount, which its terms say too."""
    given = table(row, *places, **others)
    by_terms = [
        t.amount(given.meeting) for t in KeepRelations().primitives(given.problem)
    ]
    assert sum(by_terms) == KeepRelations().amount(given)
    return sum(by_terms)


def pe(day, period, length=1, layout="L1"):
    return place(day, period, layout, length=length, teachers=("T2",))


def test_every_kind_has_a_class_of_its_own():
    assert set(KINDS) == set(RelationKind)


@pytest.mark.parametrize(
    ("value", "days", "expected"),
    [
        (1, (1, 1, 1), 2 * 3),  # three pairs on one day
        (1, (1, 2, 3), 0),
        (2, (1, 2, 4), 2 * 1),  # Monday and Tuesday are one apart
        (2, (1, 1, 2), 2 * (2 + 1 + 1)),
    ],
)
def test_min_days_between_counts_days_missing_pair_by_pair(value, days, expected):
    row = relation("min_days_between", value=value)

    assert amount(row, *((day, k) for k, day in enumerate(days, 1))) == expected


def test_min_days_between_or_adjacent_adds_one_for_two_apart_on_one_day():
    row = relation("min_days_between_or_adjacent", TWO, 1)

    assert amount(row, (1, 1), (1, 2)) == 2 * 1
    assert amount(row, (1, 2), (1, 3)) == 2 * (1 + 1)
    assert amount(row, (1, 1), (2, 1)) == 0


def test_adjacent_if_same_day_lets_other_days_be():
    row = relation("adjacent_if_same_day", TWO)

    assert amount(row, (1, 1), (1, 2)) == 0
    assert amount(row, (1, 2), (1, 3)) == 2  # the big break lies between
    assert amount(row, (1, 2), (2, 3)) == 0


def test_max_days_between_counts_days_too_many():
    # Monday and Friday are four apart, Tuesday and Friday three.
    row = relation("max_days_between", value=2)

    assert amount(row, (1, 1), (2, 1), (5, 1)) == 2 * (2 + 1)


def test_min_gap_counts_rows_missing_on_one_day():
    row = relation("min_gap", TWO, 2)

    assert amount(row, (1, 1), (1, 3)) == 2 * 1  # period 2 between
    assert amount(row, (1, 1), (1, 4)) == 0
    assert amount(row, (1, 1), (2, 2)) == 0
    assert amount(row, (1, 1), (1, 1)) == 2 * 2  # at the same time: none between


def test_max_gap_counts_rows_too_many_on_one_day():
    row = relation("max_gap", TWO, 1)

    assert amount(row, (1, 1), (1, 5)) == 2 * 2  # periods 2, 3 and 4; lunch is none
    assert amount(row, (1, 1), (1, 3)) == 0
    assert amount(row, (1, 1), (2, 7)) == 0


def test_same_start_day_and_time_count_pairs_that_differ():
    places = [(1, 1), (1, 1), (2, 1)]

    assert amount(relation("same_start"), *places) == 2 * 2
    assert amount(relation("same_day"), *places) == 2 * 2
    assert amount(relation("same_time"), *places) == 0
    assert amount(relation("same_time"), (1, 1), (1, 2), (2, 1)) == 2 * 2


def test_same_start_goes_by_the_clock_across_bells():
    # Period 3 of bell B begins at 10:50, as period 4 of bell A.
    given = problem(
        need("R1", "C1", "CN"),
        need("R2", "C3", "CN", teacher_ids=("T2",)),
        relations=(relation("same_start", ("R1", "R2")),),
    )

    def judged(period):
        placed = {"R1": place(1, 4), "R2": place(1, period, teachers=("T2",))}
        return KeepRelations().amount(timetable(given, **placed))

    assert (judged(3), judged(4)) == (0, 2)


def test_pair_is_compared_only_in_weeks_in_which_both_meet():
    row = relation("same_day", ("R1#1", "R2#2"))
    odd = place(2, 1, "L1", Week.ODD, teachers=("T2",))

    assert amount(row, (1, 1), R2_2=odd) == 1


def test_not_overlapping_counts_minutes_beyond_one_lesson():
    row = relation("not_overlapping", ("R1", "R2"))

    # Three lessons at 8:00–8:40 are two too many.
    assert amount(row, (1, 1), (1, 1), R2_2=pe(1, 1)) == 2 * 2 * 40
    assert amount(row, (1, 1), (1, 2), R2_2=pe(2, 1)) == 0


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([(1, 1), (1, 2)], 0),
        ([(1, 2), (1, 1)], 2),
        ([(1, 2), (1, 3)], 2),
        ([(1, 1), (2, 2)], 2),
    ],
    ids=["right after", "before", "across the big break", "next day"],
)
def test_consecutive_wants_the_second_right_after_the_first(places, expected):
    assert amount(relation("consecutive", TWO), *places) == expected


def test_adjacent_takes_two_or_three_in_any_order():
    three = ("R1#1", "R1#2", "R2#2")

    assert amount(relation("adjacent", TWO), (1, 6), (1, 5)) == 0
    assert amount(relation("adjacent", TWO), (1, 5), (1, 7)) == 2
    # 5, 6, 7 touch; the outer two have the third between them.
    assert amount(relation("adjacent", three), (1, 7), (1, 5), R2_2=pe(1, 6)) == 0
    # 4, then lunch, 5 and 6: more than the third lesson lies between 4 and 6.
    assert amount(relation("adjacent", three), (1, 5), (1, 6), R2_2=pe(1, 4)) == 2


def test_adjacent_lets_a_block_lie_between():
    row = relation("adjacent", ("R2#1", "R1#1"))

    # The block takes 5 and 6.
    assert amount(row, (1, 7), R2_1=pe(1, 5, 2)) == 0
    assert amount(row, (1, 4), R2_1=pe(1, 5, 2)) == 2


def test_ordered_wants_the_second_later_in_the_week():
    row = relation("ordered", TWO)

    assert amount(row, (1, 7), (2, 1)) == 0
    assert amount(row, (2, 1), (1, 7)) == 2
    assert amount(row, (1, 1), (1, 1)) == 2


def test_ordered_if_same_day_lets_other_days_be():
    row = relation("ordered_if_same_day", TWO)

    assert amount(row, (2, 1), (1, 7)) == 0
    assert amount(row, (1, 7), (1, 1)) == 2


def test_ends_day_counts_later_lessons_of_its_classes():
    row = relation("ends_day", ("R2#2",))

    # R1 at periods 4 and 5 of Monday follow, Tuesday's does not.
    assert amount(row, (1, 1), (1, 4), (1, 5), (2, 7), R2_2=pe(1, 3)) == 2 * 2
    # A lesson of another class by another teacher does not matter.
    assert amount(row, R2_2=pe(1, 3), R3_1=place(1, 5)) == 0


def test_ends_day_of_two_lessons_on_one_day_counts_the_earlier():
    row = relation("ends_day", TWO)

    assert amount(row, (1, 5), (1, 6)) == 2


def test_begins_day_counts_earlier_lessons_of_its_classes():
    row = relation("begins_day", ("R2#2",))

    assert amount(row, (1, 1), (1, 2), (1, 5), R2_2=pe(1, 3)) == 2 * 2


def test_teacher_kinds_count_lessons_of_the_teacher():
    # T1 gives R1 to C1 and R3 to C2; R2 of C1 is T2's.
    after = {"R3_1": place(1, 5), "R2_2": pe(1, 6)}

    assert amount(relation("ends_teacher_day", ("R1#1",)), (1, 3), **after) == 2
    assert amount(relation("begins_teacher_day", ("R3#1",)), (1, 3), **after) == 2


def test_starts_in_looks_at_the_first_period_and_stays_in_at_all():
    slots = ((1, 1), (1, 2), (1, 3))
    block = {"R2_1": pe(1, 3, 2)}

    assert amount(relation("starts_in", ("R2#1",), slots=slots), **block) == 0
    # Period 4 is outside.
    assert amount(relation("stays_in", ("R2#1",), slots=slots), **block) == 2
    assert amount(relation("starts_in", ("R1",), slots=slots), (1, 4), (1, 1)) == 2


def test_in_layouts_counts_lessons_elsewhere():
    row = relation("in_layouts", ("R2",), layouts=("L1", HOME))

    assert amount(row, R2_2=pe(1, 1), R2_3=pe(2, 1, layout="L2")) == 2


def test_used_slots_count_each_slot_once():
    slots = ((1, 1), (1, 2), (2, 1))
    places = [(1, 1), (1, 1), (1, 2), (3, 1)]

    # Of the three slots the lessons take two.
    assert amount(relation("max_used_slots", ("R1",), 1, slots=slots), *places) == 2
    assert amount(relation("min_used_slots", ("R1",), 3, slots=slots), *places) == 2
    assert amount(relation("max_used_slots", ("R1",), 2, slots=slots), *places) == 0


def test_at_once_counts_lessons_slot_by_slot():
    slots = ((1, 1), (1, 2))
    places = [(1, 1), (1, 1), (1, 1), (1, 2)]

    assert amount(relation("max_at_once", ("R1",), 1, slots=slots), *places) == 2 * 2
    assert amount(relation("min_at_once", ("R1",), 2, slots=slots), *places) == 2


def test_max_in_counts_lessons_that_touch_the_slots():
    slots = ((1, 4), (1, 5))
    row = relation("max_in", ("R1", "R2"), 1, slots=slots)

    # The block at 3 and 4 touches, and so does the lesson at 5.
    assert amount(row, (1, 5), (1, 1), R2_1=pe(1, 3, 2)) == 2


def test_max_layouts_counts_different_ones():
    row = relation("max_layouts", ("R2",), 1)
    placed = {"R2_1": pe(1, 1, 2), "R2_2": pe(2, 1, 1, "L2"), "R2_3": pe(3, 1, 1, "L2")}

    assert amount(row, **placed) == 2


def test_same_layout_if_adjacent_lets_lessons_apart_be():
    row = relation("same_layout_if_adjacent", ("R2#2", "R2#3"))

    assert amount(row, R2_2=pe(1, 1), R2_3=pe(1, 2, 1, "L2")) == 2
    assert amount(row, R2_2=pe(1, 1), R2_3=pe(1, 3, 1, "L2")) == 0


def test_lessons_named_twice_count_once():
    row = relation("min_days_between", ("R1", "R1#2"), 1)

    # The lessons on Monday are one pair.
    assert amount(row, (1, 1), (1, 3), (2, 1), (3, 1)) == 2


def test_soft_rows_are_weighed_and_left_to_the_other_rule():
    row = relation("same_day", TWO, level=Level.SOFT, weight=5)
    given = table(row, (1, 1), (2, 1))

    assert KeepRelations().amount(given) == 0
    assert PreferRelations().amount(given) == 5 * 2


@pytest.mark.parametrize(
    ("row", "zh", "en"),
    [
        (
            relation("min_days_between", TWO, 2, reason="分散"),
            "三(1)班语文、三(1)班语文只相隔1天，至少应隔2天（单周）（关系G1：分散）。",
            "Chinese of 三(1)班 (R1#1), Chinese of 三(1)班 (R1#2) are 1 day(s) apart, "
            "at least 2 are asked (odd weeks) (relation G1: 分散).",
        ),
        (
            relation("starts_in", ("R1#1",), slots=((2, 1), (2, 3))),
            "三(1)班语文没有在周二第1节、周二第3节开始，周一08:00–08:40（关系G1）。",
            "Chinese of 三(1)班 (R1#1) does not begin on Tuesday period 1, Tuesday "
            "period 3, Monday 08:00–08:40 (relation G1).",
        ),
        (
            relation("ends_day", ("R1#1",)),
            "三(1)班语文之后，三(1)班当天还有1节课，周一（单周）（关系G1）。",
            "Chinese of 三(1)班 (R1#1) should end the day, but 三(1)班 has 1 lesson(s) "
            "after it, Monday (odd weeks) (relation G1).",
        ),
        (
            relation("min_at_once", ("R1",), 2, slots=((5, 1),)),
            "三(1)班语文、三(1)班语文、三(1)班语文、三(1)班语文周五第1节有0节同时进行，"
            "至少2节，周五（单周）（关系G1）。",
            "",
        ),
    ],
)
def test_sentence_names_lessons_numbers_and_row(row, zh, en):
    given = table(row, (1, 1), (2, 1), R2_2=pe(1, 3))
    rule = KeepRelations()

    text = rule.explain(given.problem, next(iter(rule.violations(given))))

    assert text.zh == zh
    assert en in ("", text.en)
