"""What is frozen becomes part of the problem."""

import pytest

from scheduler.constraints.evaluate import evaluate
from scheduler.model.errors import InputError
from scheduler.model.freezing import freeze
from scheduler.model.requirements import FixedLesson
from scheduler.model.targets import Target, TargetKind
from scheduler.model.times import Week
from tests.builders import fixed, need, place, problem, timetable


def school(**tables):
    """Two classes of grade 3 and one of grade 1, five lessons."""
    return problem(
        need("R1", "C1", "CN", "2"),
        need("R2", "C2", "CN", teacher_ids=("T2",)),
        need("R3", "C3", "CN", teacher_ids=("T3",)),
        need("R4", "C1", "PSY", teacher_ids=(), teacher_pool=("T2", "T3")),
        **tables,
    )


PLACED = {
    "R1_1": place(1, 1),
    "R1_2": place(2, 2),
    "R2": place(1, 3, teachers=("T2",)),
    "R3": place(1, 2, teachers=("T3",)),
    "R4": place(3, 1, teachers=("T3",)),
}


@pytest.mark.parametrize(
    ("kind", "name", "held"),
    [
        ("grade", "1", ["R3#1"]),
        ("class", "C1", ["R1#1", "R1#2", "R4#1"]),
        ("teacher", "T3", ["R3#1", "R4#1"]),
        ("day", "1", ["R1#1", "R2#1", "R3#1"]),
        ("lesson", "R1#2", ["R1#2"]),
    ],
)
def test_frozen_lessons_are_fixed_where_they_are(kind, name, held):
    given = school()
    target = Target(TargetKind(kind), name)

    frozen = freeze(given, timetable(given, **PLACED), [target])

    assert [f"{f.requirement_id}#{f.index}" for f in frozen.fixed] == held


def test_frozen_lesson_keeps_period_week_layout_and_teacher_of_the_pool():
    given = school()

    frozen = freeze(
        given, timetable(given, **PLACED), [Target(TargetKind.LESSON, "R4#1")]
    )

    assert frozen.fixed == (FixedLesson("R4", 1, 3, 1, Week.EVERY, "home"),)
    assert frozen.requirement["R4"].teacher_pool == ("T3",)


def test_frozen_teacher_is_given_nothing_new_from_a_pool():
    given = school()

    frozen = freeze(
        given, timetable(given, **PLACED), [Target(TargetKind.TEACHER, "T2")]
    )

    assert frozen.requirement["R4"].teacher_pool == ("T3",)


def test_nothing_may_enter_a_frozen_day_and_what_is_there_stays_allowed():
    given = school()
    frozen = freeze(given, timetable(given, **PLACED), [Target(TargetKind.DAY, "1")])
    moved = PLACED | {"R1_2": place(1, 4)}

    def closed(placements):
        report = evaluate(timetable(frozen, **placements))
        broken = {r.name: r.amount for r in report.results if r.amount}
        return broken.get("RespectAvailability", 0)

    assert closed(PLACED) == 0
    assert closed(moved) == 1


def test_lesson_without_a_place_has_nothing_to_keep():
    given = school()

    frozen = freeze(
        given, timetable(given, R1_1=place(1, 1)), [Target(TargetKind.CLASS, "C1")]
    )

    assert [f.index for f in frozen.fixed] == [1]


def test_freezing_against_a_fixed_row_is_an_input_error():
    given = school(fixed=(fixed("R2", 2, 2), fixed("R3", 2, 2)))

    with pytest.raises(InputError) as caught:
        freeze(given, timetable(given, **PLACED), [Target(TargetKind.DAY, "1")])

    assert [e.value for e in caught.value.errors] == ["R2#1", "R3#1"]
