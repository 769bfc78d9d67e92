"""The five impossible files, read and explained by the command line."""

import json

import pytest

from scheduler.cli import main
from scheduler.formats.tables.files.writing import write_folder
from scheduler.solver.mismatch import SolverMismatch
from tests import impossible_five as five

FIVE = (
    (five.teacher_with_31_lessons, "teacher_rows", 31, 30, ["T1"]),
    (five.class_with_31_lessons, "class_rows", 31, 30, ["C1"]),
    (five.three_days_for_a_teacher_of_two, "daily_limit", 3, 2, ["C1"]),
    (five.field_for_33_lessons, "places", 33, 30, ["L"]),
    (five.ten_periods_for_12_lessons, "places", 12, 10, ["L"]),
)


@pytest.mark.parametrize(
    ("problem", "kind", "need", "supply", "names"),
    FIVE,
    ids=lambda x: getattr(x, "__name__", str(x)),
)
def test_explain_counts_each_of_the_five(
    capsys, tmp_path, problem, kind, need, supply, names
):
    write_folder(problem(), tmp_path / "data")

    code = main(["explain", str(tmp_path / "data"), "--json"])

    found = json.loads(capsys.readouterr().out)
    assert (code, found["verdict"]) == (1, "infeasible")
    assert [
        (s["kind"], s["need"], s["supply"], s["resource_ids"], s["proven"])
        for s in found["statements"]
    ] == [(kind, need, supply, names, True)]


@pytest.mark.parametrize("command", ["validate", "solve"])
@pytest.mark.usefixtures("english")
def test_other_commands_still_refuse_what_cannot_fit(capsys, tmp_path, command):
    write_folder(five.teacher_with_31_lessons(), tmp_path / "data")
    more = ["--out", str(tmp_path / "out")] if command == "solve" else []

    code = main([command, str(tmp_path / "data"), *more])

    assert code == 2
    assert "has 31 periods a week" in capsys.readouterr().err


def test_a_fault_of_the_program_exits_3_and_asks_to_report_it(
    capsys, tmp_path, monkeypatch
):
    write_folder(five.field_for_33_lessons(), tmp_path / "data")

    def fail(*_):
        raise SolverMismatch("the model says cost 3; the rules say 4")

    monkeypatch.setattr("scheduler.solver.explain.explaining.explain", fail)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    code = main(["explain", str(tmp_path / "data")])

    report = next(tmp_path.glob("cuofeng-fault-*.txt"))
    assert code == 3
    assert capsys.readouterr().err.splitlines() == [
        "程序内部出错（SolverMismatch），这不是对数据的回答。"
        f"请把数据和这个文件一起反馈给开发者：{report}"
    ]
    assert "the model says cost 3; the rules say 4" in report.read_text("utf-8")
