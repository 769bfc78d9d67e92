"""comply: spreadsheets in, a problem and a timetable out that an audit passes."""

import json

import openpyxl

from scheduler.audit.running.catalogue import RULE
from tests.audit.clean_school import renamed
from tests.audit.printed import print_school
from tests.cli.running import rows, run
from tests.services.complying.test_complying import school_of

QUICK = ("--time", "20", "--workers", "1")


def test_the_result_is_a_problem_whose_timetable_the_audit_passes(capsys, tmp_path):
    school = school_of("G4C2", spoil=renamed("PE", "MA", only=1))
    file = print_school(school, tmp_path / "课表.xlsx")
    out = tmp_path / "done"

    code, said, _ = run(capsys, "comply", file, "--out", out, *QUICK, "--lang", "zh")
    assert code == 0
    assert "四(2)班 体育与健康 2 → 3  体育与健康每周2节，应不少于3节" in said
    assert run(capsys, "validate", out / "data")[0] == 0
    assert run(capsys, "check", out / "data", out / "timetable.csv")[0] == 0

    again = ("audit", out / "timetable.csv", "--data", out / "data")
    run(capsys, *again, "--out", tmp_path / "audit")
    found = rows(tmp_path / "audit" / "findings.csv")
    bad = [r["rule"] for r in found if r["status"] == "found"]
    assert [r for r in bad if RULE[r].chapter == "A"] == []

    hours = {r["code"]: (r["before"], r["after"]) for r in rows(out / "hours.csv")}
    assert hours == {"PE": ("2", "3"), "MA": ("5", "4")}
    facts = json.loads((out / "comply.json").read_text(encoding="utf-8"))
    assert (facts["passes"], facts["changed"], facts["minimal"]) == (True, 0, True)
    assert facts["rules"]["A05"] == {"before": 1, "after": 0}


def test_the_changes_of_a_class_stand_in_a_sheet_and_on_a_page(capsys, tmp_path):
    school = school_of("G4C2", spoil=renamed("PE", "MA", only=1))
    file = print_school(school, tmp_path / "课表.xlsx")
    run(capsys, "comply", file, "--out", tmp_path / "done", *QUICK, "--lang", "zh")

    book = openpyxl.load_workbook(tmp_path / "done" / "report.xlsx")
    sheet = [[c.value for c in row] for row in book["各班改动"].iter_rows(min_row=2)]
    assert ["四(2)班", "数学", "取消"] in [row[:3] for row in sheet]
    assert ["四(2)班", "体育与健康", "新增"] in [row[:3] for row in sheet]
    page = (tmp_path / "done" / "report.html").read_text(encoding="utf-8")
    assert "<td>四(2)班<td>数学<td>取消" in page


def test_a_timetable_of_a_problem_is_made_to_comply_as_well(capsys, tmp_path):
    school = school_of("G4C2", spoil=renamed("IT", "MA"))
    file = print_school(school, tmp_path / "课表.xlsx")
    data = tmp_path / "data"
    run(capsys, "import", file, "--out", data)

    given = (data / "timetable.csv", "--data", data, "--out", tmp_path / "done")
    code, said, _ = run(capsys, "comply", *given, *QUICK, "--json")
    facts = json.loads(said)
    assert (code, facts["passes"]) == (0, True)
    (lack,) = facts["staff"]
    assert (lack["code"], lack["lessons"], lack["posts"]) == ("IT", "1", "0.1")


def test_nothing_is_written_over_an_earlier_result(capsys, tmp_path):
    file = print_school(school_of("G4C2"), tmp_path / "课表.xlsx")
    (tmp_path / "done").mkdir()
    (tmp_path / "done" / "mine.txt").write_text("mine", encoding="utf-8")

    code, _, err = run(capsys, "comply", file, "--out", tmp_path / "done", *QUICK)
    assert (code, len(err.splitlines()) >= 1) == (2, True)
    assert [p.name for p in (tmp_path / "done").iterdir()] == ["mine.txt"]
