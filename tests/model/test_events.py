"""Absences and closures as changes of a problem."""

from dataclasses import replace
from fractions import Fraction

import pytest

from scheduler.model.activities import Activity, ActivityKind
from scheduler.model.errors import InputError
from scheduler.model.events import absent, close, colleagues
from scheduler.model.expansion import own_activities, with_activities
from scheduler.model.resources import Teacher
from scheduler.model.targets import Target, TargetKind
from tests.builders import need, place, problem, timetable

TEACHERS = (
    Teacher("T1", "王芳", "S1", ("CN", "PSY"), 2, 10, group="语文"),
    Teacher("T2", "李强", "S1", ("CN",), 2, 10, group="语文"),
    Teacher("T3", "张敏", "S1", ("CN",), group="数学"),
    Teacher("T4", "赵云", "S2", ("CN",), group="语文"),
)


def school():
    """T1 gives Chinese and mental health, T3 music."""
    return problem(
        need("R1", "C1", "CN", "2"),
        need("R2", "C2", "PSY"),
        need("R3", "C2", "MUS", teacher_ids=("T3",)),
        teachers=TEACHERS,
    )


def away(given, day=None, **more):
    """T1 is away."""
    running = timetable(given, R1_1=place(1, 1), R1_2=place(3, 1), R2=place(2, 1))
    return absent(given, running, [Target(TargetKind.TEACHER, "T1", day)], **more)


def test_colleagues_are_of_the_same_school_and_subject_and_group_if_any_is():
    assert colleagues(school(), "T1", "CN") == ("T2",)
    groupless = replace(
        school(), teachers=tuple(replace(t, group="") for t in TEACHERS)
    )
    assert colleagues(groupless, "T1", "CN") == ("T2", "T3")
    assert colleagues(school(), "T1", "PSY") == ()


def test_absence_all_week_gives_requirements_to_whoever_covers():
    changed = away(school(), cover=("T2", "T3"))

    assert [(r.teacher_ids, r.teacher_pool) for r in changed.requirements] == [
        ((), ("T2", "T3")),
        ((), ("T2", "T3")),
        (("T3",), ()),
    ]
    assert changed.lessons_of_teacher["T1"] == ()


def test_requirement_that_nobody_else_gives_is_an_input_error():
    with pytest.raises(InputError) as caught:
        away(school())

    (error,) = caught.value.errors
    assert (error.file, error.value) == ("--absent", "R2")


def test_absence_on_one_day_closes_the_day_and_leaves_requirements_alone():
    changed = away(school(), 3)

    (row,) = changed.unavailable
    assert (row.resource_id, row.day) == ("T1", 3)
    assert changed.requirements == school().requirements


def test_cover_on_one_day_lets_others_take_what_has_a_lesson_on_it():
    changed = away(school(), 3, cover=())

    pools = [(r.teacher_ids, r.teacher_pool) for r in changed.requirements[:2]]
    assert pools == [((), ("T1", "T2")), (("T1",), ())]


def test_overtime_raises_the_limits_of_those_who_cover():
    changed = away(school(), 3, cover=(), overtime=2)

    limits = {t.teacher_id: (t.max_per_day, t.max_per_week) for t in changed.teachers}
    assert limits["T2"] == (4, 12)
    assert limits["T1"] == (2, 10)


def test_closed_venue_is_unavailable_on_its_day_or_every_day():
    wednesday = close(school(), [Target(TargetKind.VENUE, "FIELD", 3)])
    always = close(school(), [Target(TargetKind.ZONE, "Z1")])

    assert [(r.kind, r.day) for r in wednesday.unavailable] == [("venue", 3)]
    assert [r.day for r in always.unavailable] == [1, 2, 3, 4, 5]


def test_coach_is_covered_by_those_who_give_the_activitys_subject():
    club = Activity(
        *("CALLIG", "书法社团", ActivityKind.CLUB, ("C1",), Fraction(1), 10),
        subject_id="CN",
        teacher_ids=("T1",),
    )
    mine = replace(school(), requirements=(), activities=(club,))
    given = with_activities(mine)

    changed = absent(given, timetable(given), [Target(TargetKind.TEACHER, "T1", None)])

    assert changed.requirement["CALLIG"].teacher_pool == ("T2",)
    assert own_activities(changed)[0].teacher_pool == ("T2",)
