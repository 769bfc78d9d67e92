"""What a solve leaves behind, and what it leaves alone where the disk is full."""

import errno
from dataclasses import replace

import pytest

from scheduler.constraints.evaluate import evaluate
from scheduler.model.errors import InputError
from scheduler.model.timetable import Timetable
from scheduler.services.jobs import solving
from scheduler.services.jobs.solving import write_solution
from scheduler.services.offices import Store
from scheduler.solver.solution import Solution
from scheduler.solver.status import Status
from tests.small_school import need, small_problem


@pytest.fixture
def solution():
    """Nothing placed: enough to be written."""
    problem = small_problem(need("R1", "A", "CN"))
    table = Timetable(problem, {})
    report = evaluate(table)
    return Solution(Status.UNKNOWN, table, report, None, 1.0, None, 0, 0)


@pytest.mark.parametrize("name", ["timetable.csv", "solution.json"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_moves_nothing(solution, name, number, tmp_path, monkeypatch):
    write_solution(solution, tmp_path)
    write_solution(solution, tmp_path)
    before = {x.name: x.read_bytes() for x in tmp_path.iterdir()}
    writer = "write_timetable" if name == "timetable.csv" else "write_file"

    def full(*_, **__):
        raise OSError(number, "full")

    monkeypatch.setattr(solving, writer, full)
    with pytest.raises(OSError, match="full"):
        write_solution(solution, tmp_path)

    assert {x.name: x.read_bytes() for x in tmp_path.iterdir()} == before


def test_a_solve_keeps_what_stood_there_as_previous(solution, tmp_path):
    (tmp_path / "timetable.csv").write_text("old")
    write_solution(solution, tmp_path)

    assert (tmp_path / "timetable.previous.csv").read_text() == "old"
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("other", ["S2", "市实验"])
def test_other_schools_are_not_published_over_those_in_force(solution, other):
    store = Store.open("sqlite://")
    table = solution.timetable
    office = store.office_for(table.problem)
    office.publish(table.problem, table, "term", "{}")
    (school,) = table.problem.schools
    renamed = replace(table.problem, schools=(replace(school, school_id=other),))

    with pytest.raises(InputError) as refused:
        office.publish(renamed, Timetable(renamed, {}), "term", "{}")
    assert other in str(refused.value)
    assert office.current().version == 1
    store.close()
