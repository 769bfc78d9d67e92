"""solve: never worse than what it starts with, or than what stands in its folder."""

import json

import pytest

from scheduler.cli import main
from scheduler.cli.commands.timetable import solve
from scheduler.constraints.evaluate import evaluate
from scheduler.formats.tables.files.writing import write_folder
from scheduler.formats.tables.timetable_reading import read_timetable
from scheduler.formats.tables.timetable_writing import write_timetable
from scheduler.model.timetable import Timetable
from scheduler.solver.solution import Solution
from scheduler.solver.status import Status
from tests.builders import place
from tests.small_school import need, small_problem

PROBLEM = small_problem(need("R1", "A", "CN", "2"))
PLACED = {f"R1#{k}": place(1, k) for k in (1, 2)}


@pytest.fixture
def found(monkeypatch, tmp_path):
    """Let a solve find so many of two lessons; returns the folder of the data."""
    write_folder(PROBLEM, tmp_path / "school")

    def set_up(lessons):
        def find(problem, options, start=None):
            some = dict(list(PLACED.items())[:lessons])
            table = Timetable(problem, some)
            report = evaluate(table)
            return Solution(Status.FEASIBLE, table, report, None, 1.0, None, 0, 0)

        monkeypatch.setattr(solve, "solve_filled", find)
        return tmp_path

    return set_up


def run(folder, *more):
    """Exit code, and the lessons placed in the folder's result."""
    code = main(["solve", f"{folder}/school", "--out", f"{folder}/out", *more])
    table = read_timetable(PROBLEM, folder / "out" / "timetable.csv").timetable
    return code, len(table.placements)


@pytest.mark.parametrize("fewer", [0, 1])
def test_a_better_timetable_in_the_folder_stays(found, fewer, capsys):
    assert run(found(2)) == (0, 2)
    record = (found(2) / "out" / "solution.json").read_bytes()

    assert run(found(fewer)) == (0, 2)
    assert (found(fewer) / "out" / "solution.json").read_bytes() == record
    assert "里的课表更好" in capsys.readouterr().err


@pytest.mark.parametrize("fewer", [0, 1])
def test_it_is_replaced_where_one_says_so(found, fewer):
    run(found(2))

    assert run(found(fewer), "--replace") == (1, fewer)


def test_an_equal_one_is_replaced(found, capsys):
    run(found(1))
    capsys.readouterr()

    assert run(found(1)) == (1, 1)
    assert "更好" not in capsys.readouterr().err


@pytest.mark.parametrize("start", [1, 2])
def test_no_result_is_worse_than_its_start(found, start, capsys):
    folder = found(start - 1)
    table = Timetable(PROBLEM, dict(list(PLACED.items())[:start]))
    write_timetable(table, folder / "start.csv")

    code, placed = run(folder, "--start", f"{folder}/start.csv", "--json")
    assert placed == start
    assert code == (start < 2)
    assert len(json.loads(capsys.readouterr().out)["unplaced"]) == 2 - start
