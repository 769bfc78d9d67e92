"""cuofeng advise: the week of a lesson, what it refuses, how it exits."""

import json
from dataclasses import replace

import pytest

from scheduler.cli import main
from scheduler.formats.tables.files.writing import write_folder
from scheduler.formats.tables.timetable_writing import write_timetable
from scheduler.model.resources import ResourceKind, Unavailability
from tests.small_school import TEACHERS, at, need, small_problem, timetable


@pytest.fixture
def running():
    """T1 gives PE to class A and, an hour later, to class B; T3 gives Chinese to A."""
    problem = small_problem(
        need("R1", "A", "PE", layouts=("L1", "L2")),
        need("R2", "B", "PE", layouts=("L1",)),
        need("R3", "A", "CN", teacher_ids=("T3",)),
        teachers=TEACHERS,
    )
    return timetable(
        problem,
        R1_1=at(1, 1, "L1"),
        R2_1=at(1, 2, "L1"),
        R3_1=at(1, 3, teachers=("T3",)),
    )


def advise(capsys, folder, table, lesson_id, *more):
    """Exit code, standard output and standard error."""
    write_folder(table.problem, folder / "school")
    write_timetable(table, folder / "running.csv")
    files = (folder / "school", folder / "running.csv")
    code = main(list(map(str, ("advise", *files, lesson_id, *more))))
    out, err = capsys.readouterr()
    return code, out, err


def test_grid_marks_every_slot_with_a_sign_and_a_word(capsys, tmp_path, running):
    code, out, _ = advise(capsys, tmp_path, running, "R1#1", "--lang", "en")

    grid = [line.split() for line in out.splitlines()[1:6]]
    assert code == 0
    assert grid[0] == ["every", "week", "Monday", "Friday"]
    assert [row[2:4] for row in grid[1:4]] == [
        ["●", "here"],
        ["✗", "clash"],
        ["✗", "clash"],
    ]
    assert [row[2] for row in grid[4:]] == ["✓"]


def test_swaps_option_bounds_what_is_listed(capsys, tmp_path, running):
    _, out, _ = advise(capsys, tmp_path, running, "R1#1", "--json", "--swaps", 1)

    found = json.loads(out)
    assert len(found["swaps"]) == 1
    assert found["swaps"][0]["effect"]["hard"] == 0
    assert found["feasible"]


def test_json_gives_each_mark_its_reasons_in_both_languages(capsys, tmp_path, running):
    _, out, _ = advise(capsys, tmp_path, running, "R1#1", "--json")

    marks = json.loads(out)["marks"]
    (mark,) = (m for m in marks if (m["day"], m["period"]) == (1, 2))
    (reason,) = mark["reasons"]
    assert (mark["kind"], reason["rule"]) == ("clash", "AvoidTeacherClashes")
    assert reason["lesson_ids"] == ["R2#1"]
    assert set(reason["sentences"][0]) == {"zh", "en"}


def test_lesson_that_can_go_nowhere_exits_1(capsys, tmp_path, running):
    """T3 has only Monday's third period, and nobody else uses it."""
    closed = tuple(
        Unavailability(ResourceKind.TEACHER, "T3", day, period)
        for day, period in ((1, 1), (1, 2), (1, 4), (5, 1), (5, 2), (5, 3))
    )
    problem = replace(running.problem, unavailable=closed)
    table = replace(running, problem=problem)

    code, out, _ = advise(capsys, tmp_path, table, "R3#1", "--lang", "en")

    assert code == 1
    assert "— no" in out
    assert "✓ +" not in out.partition("●")[0]


@pytest.mark.usefixtures("english")
def test_unknown_lesson_is_refused_with_the_one_that_may_be_meant(
    capsys, tmp_path, running
):
    code, out, err = advise(capsys, tmp_path, running, "R1#11")

    assert (code, out) == (2, "")
    assert err == (
        'LESSON_ID: "R1#11" is no lesson of the data. Maybe "R1#1" is meant?\n'
    )
