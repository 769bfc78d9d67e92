"""check --bound adds the certificate beside a timetable up again."""

import json

import pytest

from scheduler.cli import main
from scheduler.formats.tables.files.writing import write_folder
from scheduler.services.jobs.solving import write_solution
from scheduler.solver.limits import SolveLimits
from scheduler.solver.solve import solve
from tests.solver.test_claims import one_lesson_on_one_of_five_bad_days


@pytest.fixture(scope="module")
def solved(tmp_path_factory):
    """A folder with data and a solved timetable; its cost, which is proven."""
    folder = tmp_path_factory.mktemp("solved")
    school = one_lesson_on_one_of_five_bad_days()
    write_folder(school, folder / "data")
    found = solve(school, SolveLimits(seconds=20, workers=1))
    write_solution(found, folder)
    assert found.bound == found.report.soft > 0
    return folder, found.report.soft


def checked(capsys, folder, *more) -> str:
    arguments = [str(folder / "data"), str(folder / "timetable.csv"), "--bound"]
    assert main(["check", *arguments, "--lang", "en", "--time", "20", *more]) == 0
    return capsys.readouterr().out


def test_the_bound_is_added_up_again(capsys, solved):
    folder, cost = solved
    told = json.loads(checked(capsys, folder, "--json"))
    assert (told["bound"], told["gap"]) == (cost, 0.0)
    assert sum(told["blocks"].values()) >= 1
    assert f"bound {cost};" in told["recount"]["en"]


def test_a_claim_that_does_not_follow_is_told(capsys, solved):
    folder, cost = solved
    path = folder / "certificate.json"
    kept = path.read_bytes()
    path.write_text(json.dumps(json.loads(kept) | {"bound": cost + 5}), "utf-8")

    told = checked(capsys, folder)

    path.write_bytes(kept)
    assert f"It claims {cost + 5}, which does not follow." in told
    assert (
        f"Proven optimal: no timetable under these rules is better (cost {cost})"
        in told
    )


@pytest.mark.parametrize("content", ["{}", "[", '{"format": 9}', None])
def test_without_a_certificate_of_this_data_it_is_proven_anew(capsys, solved, content):
    folder, cost = solved
    path = folder / "certificate.json"
    kept = path.read_bytes()
    path.unlink() if content is None else path.write_text(content, "utf-8")

    told = json.loads(checked(capsys, folder, "--json"))

    path.write_bytes(kept)
    assert (told["bound"], "blocks" in told) == (cost, False)
    assert ("recount" in told) == (content is not None)
