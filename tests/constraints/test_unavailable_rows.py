"""Rows of unavailable.csv: periods of a class's own bell, groups of teachers."""

from dataclasses import replace

import pytest

from scheduler.constraints.rules.availability import RespectAvailability
from scheduler.formats.problem.reading import read_problem
from scheduler.model.errors import InputError
from scheduler.model.meeting import Placement
from scheduler.model.times import Week
from scheduler.model.timetable import Timetable
from scheduler.solver.explain.explaining import explain
from scheduler.solver.explain.sentences.explanation import Verdict
from tests.builders import TEACHERS, need, place, problem, timetable, unavailable
from tests.cases import FOLDER, case

RULE = RespectAvailability()


def at(given, lesson_id, day, period, teacher):
    """One lesson placed in the class's own room."""
    spot = Placement(Week.EVERY, day, period, "home", (teacher,), 1)
    return Timetable(given, {lesson_id: spot})


@pytest.mark.parametrize(("closed", "hit"), [(3, 1), (4, 0)])
def test_a_period_of_a_class_is_that_of_its_own_bell(closed, hit):
    # The joint lesson counts in bell A: its 4, 10:50-11:30, is bell B's 3.
    given = problem(
        need("R1", "C1;C3", "CN"),
        unavailable=(unavailable("class", "C3", 1, period=closed),),
    )
    assert RULE.amount(timetable(given, R1=place(1, 4))) == hit


def test_a_period_of_a_class_hits_what_overlaps_it_by_the_clock():
    # Bell A's 1 (08:00-08:40) and C3's own 1 (08:10-08:50) overlap, bell A's 3 not.
    given = problem(
        need("R1", "C1;C3", "CN"),
        unavailable=(unavailable("class", "C3", 1, period=1),),
    )
    assert RULE.amount(timetable(given, R1=place(1, 1))) == 1
    assert RULE.amount(timetable(given, R1=place(1, 3))) == 0


def test_a_period_of_a_teacher_stays_that_of_the_lesson():
    given = problem(
        need("R1", "C3", "CN"),
        unavailable=(unavailable("teacher", "T1", 1, period=3),),
    )
    assert RULE.amount(timetable(given, R1=place(1, 3))) == 1
    assert RULE.amount(timetable(given, R1=place(1, 4))) == 0


def test_the_joint_lesson_of_the_case_keeps_off_its_younger_class_closed_times():
    # The bells agree on 08:20 and on 10:20 of the older class, where the younger has
    # its 1 and 4; both are closed to it.
    given = case("joint-closed-period")
    assert explain(given, 20.0).verdict is Verdict.INFEASIBLE
    opened = replace(given, unavailable=given.unavailable[:1])
    assert explain(opened, 20.0).verdict is Verdict.FEASIBLE


def test_a_row_of_a_group_speaks_of_each_of_its_teachers():
    given = case("group-half-day")  # Wednesday 13:00-16:00
    spots = {"MA1#1": ("T1", 3, 5), "MA2#1": ("T2", 3, 6), "MA1#2": ("T1", 3, 1)}
    placed = {
        name: Placement(Week.EVERY, day, period, "home", (teacher,), 1)
        for name, (teacher, day, period) in spots.items()
    }
    table = Timetable(given, placed)
    assert RULE.amount(table) == 2
    (first, _) = RULE.violations(table)
    assert RULE.explain(given, first).zh.endswith("但教师T1此时不可用（教研）。")


def test_a_row_of_a_group_leaves_other_teachers_alone():
    teachers = tuple(
        replace(t, group="语文组" if t.teacher_id == "T2" else "数学组")
        for t in TEACHERS
    )
    given = problem(
        need("R1", "C1", "CN"),
        need("R2", "C2", "CN", teacher_ids=("T2",)),
        teachers=teachers,
        unavailable=(unavailable("group", "语文组", 2),),
    )
    table = timetable(given, R1=place(2, 1), R2=place(2, 1, teachers=("T2",)))
    assert [v.lesson_ids for v in RULE.violations(table)] == [("R2#1",)]


def test_a_group_that_nobody_belongs_to_is_an_error_with_the_name_it_may_stand_for(
    tmp_path,
):
    for file in (FOLDER / "group-half-day").iterdir():
        text = file.read_text(encoding="utf-8").replace("group,数学组", "group,数学")
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_problem(tmp_path)
    (error,) = caught.value.errors
    assert (error.column, error.value) == ("id", "数学")
    assert "数学组" in error.advice.zh
