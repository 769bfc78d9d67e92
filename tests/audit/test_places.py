"""Rules on venues and travelling teachers, on tiny problems worked out by hand."""

from scheduler.audit.inputs.from_timetable import schools_of
from scheduler.audit.running.audit import audit
from scheduler.audit.running.catalogue import RULE
from scheduler.model.meeting import Placement
from scheduler.model.times import Week
from scheduler.model.timetable import Timetable
from tests.audit.clean_school import PROFILE
from tests.builders import need, problem


def found(rule, *lessons):
    """Findings of a rule at the eastern school, and how often it is met."""
    given = problem(*(x[0] for x in lessons))
    placed = {
        f"{n.requirement_id}#1": Placement(Week.EVERY, d, p, layout, n.teacher_ids, 1)
        for n, d, p, layout in lessons
    }
    (school, *_others) = schools_of(Timetable(given, placed), PROFILE)
    (result,) = audit([school], PROFILE, [RULE[rule]]).results
    return [(f.measured, f.demanded) for f in result.found], result.met


def test_two_classes_in_a_zone_for_one_are_over_capacity():
    two = (need("A", "C1", "PE"), 1, 1, "L1"), (need("B", "C2", "PE"), 1, 1, "L1")
    assert found("D02", *two) == ([("2", "1")], 0)
    apart = two[0], (need("B", "C2", "PE"), 1, 2, "L1")
    assert found("D02", *apart)[0] == []


def test_a_park_without_an_agreement_is_found():
    assert found("D03", (need("A", "C1", "PE"), 1, 1, "LP"))[0] == [("0", "1")]
    assert found("D03", (need("A", "C1", "PE"), 1, 1, "L1")) == ([], 0)


def test_music_at_home_beside_a_free_music_room_is_found():
    home = need("A", "C1", "MUS"), 1, 1, "home"
    assert found("D04", home)[0] == [("home", "音乐教室")]
    busy = need("B", "C2", "MUS"), 1, 1, "LM"
    assert found("D04", home, busy) == ([], 2)


def test_one_lesson_of_35_is_little_use_of_a_room():
    assert found("D05", (need("A", "C1", "MUS"), 1, 1, "LM"))[0] == [("2.9", "40")]


def test_ten_minutes_between_two_schools_are_too_few_for_twenty_and_a_buffer():
    here, there = need("A", "C1", "CN"), need("B", "D1", "CN")
    assert found("D06", (here, 1, 1, "home"), (there, 1, 2, "home"))[0] == [
        ("10", "35")
    ]
    assert found("D06", (here, 1, 1, "home"), (there, 1, 3, "home")) == ([], 1)


def test_a_school_without_an_art_room_lacks_one():
    assert found("F03", (need("A", "C1", "CN"), 1, 1, "home"))[0] == [("0", "1")]
