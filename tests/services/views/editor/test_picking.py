"""A lesson picked up: what is said of every slot, by hand-computed numbers."""

import pytest

from scheduler.model.resources import ResourceKind, Unavailability
from scheduler.model.times import Week
from scheduler.services.school.drafts.refusals import Unknown
from tests.small_school import at, need, small_problem, timetable


def by_slot(told):
    return {(x["day"], x["period"]): x for x in told["marks"]}


def test_every_slot_says_what_would_follow(desk):
    told = desk.pick("R1#1")
    marks = by_slot(told)
    assert {slot: x["kind"] for slot, x in marks.items()} == {
        (1, 1): "here",
        (1, 2): "clash",  # with R3, which A and B have together
        (1, 3): "free",
        (1, 4): "free",
        (5, 1): "free",
        (5, 2): "clash",  # with the other PE lesson
        (5, 3): "free",
    }
    # Wherever it goes, 40 minutes in odd weeks in which T1 is in two places are gone.
    assert marks[1, 3]["effect"]["hard"] == -40
    # With R3, 40 minutes in both weeks: T1 80 - 40 more, class A 80 more.
    assert marks[1, 2]["effect"]["hard"] == 120
    assert marks[1, 2]["whom"] == ["R3#1"]
    assert marks[1, 2]["why"][0].startswith("教师王芳周一09:15–09:55同时有2节课")
    assert marks[1, 3]["where"] == ["every", 1, 3, "L1", ["T1"], 1]


def test_english_is_told_in_english(desk):
    why = by_slot(desk.pick("R1#1", "en"))[1, 2]["why"]
    assert why[0].startswith("王芳 has 2 lessons at once on Monday")


def test_slot_has_all_places_with_prices_rule_by_rule(desk):
    found = desk.editing.slot(
        desk.office, desk.number, "R1#1", (1, 3, Week.EVERY), "zh"
    )
    assert {x["name"].split(" ")[0] for x in found} == {
        "田径场(Z1)",
        "田径场(Z2)",
        "田径场",
    }
    assert all(x["kind"] == "free" for x in found)
    # PE ends 35 minutes too near to lunch at 11:05, in both weeks: 2 units of weight 4.
    rules = {x[0]: x[2:] for x in found[0]["effect"]["rules"]}
    assert rules["教师冲突"] == [-40, -40]
    assert rules["体育课离午饭太近"] == [2, 8]


def test_forbidden_slot_says_why_and_what_it_would_be(desk_of):
    away = Unavailability(ResourceKind.TEACHER, "T1", 5, reason="培训")
    problem = small_problem(need("R1", "A", "CN"), unavailable=(away,))
    desk = desk_of(timetable(problem, R1_1=at(1, 1)))
    mark = by_slot(desk.pick("R1#1"))[5, 1]
    assert mark["kind"] == "forbidden"
    assert "王芳" in mark["why"][0]
    assert mark["where"] == ["every", 5, 1, "", ["T1"], 1]


def test_lesson_of_one_week_has_a_mark_for_each(desk):
    slots = [x for x in desk.pick("R2#1")["marks"] if (x["day"], x["period"]) == (1, 3)]
    assert {x["week"] for x in slots} == {"odd", "even"}


def test_swap_is_proposed_with_both_moves(desk_of):
    # T2 cannot come on Friday first thing; with T1's lesson exchanged, all fits.
    problem = small_problem(
        need("R1", "A", "CN"), need("R2", "A", "CLS", teacher_ids=("T2",))
    )
    desk = desk_of(timetable(problem, R1_1=at(1, 1), R2_1=at(1, 2, teachers=("T2",))))
    swaps = desk.pick("R1#1")["swaps"]
    assert [[x[0] for x in found["moves"]] for found in swaps] == [["R1#1", "R2#1"]]
    (mine, others) = swaps[0]["moves"]
    assert mine[2][:3] == ["every", 1, 2]
    assert others[2][:3] == ["every", 1, 1]


def test_room_counts_free_slots_of_what_is_not_placed(desk_of):
    problem = small_problem(need("R1", "A", "CN", "2"), need("R2", "A", "CLS"))
    desk = desk_of(timetable(problem, R1_1=at(1, 1)))
    # Seven lesson rows, one of them taken by the class itself; one entry for what is
    # alike.
    room = desk.editing.room(desk.office, desk.number)
    assert room == {"R1#2": 6, "R2#1": 6}


def test_lesson_or_row_that_is_not_there_is_unknown(desk):
    with pytest.raises(Unknown):
        desk.pick("R9#1")
    for slot in ((1, 99, Week.EVERY), (9, 1, Week.EVERY)):
        with pytest.raises(Unknown):
            desk.editing.slot(desk.office, desk.number, "R1#1", slot, "zh")
