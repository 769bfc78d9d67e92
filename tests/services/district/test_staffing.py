"""The staff report: what its files say, and what is wrong with a district.toml."""

import json

import pytest
from openpyxl import load_workbook

from scheduler.cli import main
from scheduler.formats.tables.files.writing import write_folder
from scheduler.formats.tables.timetable_writing import write_timetable
from scheduler.model.resources import Teacher
from tests.builders import TEACHERS, need, place, problem, timetable


@pytest.fixture
def data(tmp_path):
    """Music at both schools by Zhou of the east, one lesson each; PE in the west."""
    given = problem(
        need("R1", "C1", "MUS", teacher_ids=("TM",)),
        need("R2", "D1", "MUS", teacher_ids=("TM",)),
        need("R3", "D1", "PE", "3", teacher_ids=("T4",)),
        teachers=(
            *TEACHERS,
            Teacher("TM", "周游", "S1", ("MUS",)),
            Teacher("T4", "吴敏", "S2", ("PE",)),
        ),
    )
    write_folder(given, tmp_path / "data")
    return given, tmp_path / "data", tmp_path / "out"


def test_a_report_tells_shortages_and_certifies_the_lessons_of_the_term(data):
    """Mondays from 1 September to 30 October 2026 are 8: 8 lessons, 320 minutes."""
    given, folder, out = data
    (folder / "district.toml").write_text(
        '[posts]\nPE = 1\n[[leaving]]\nteacher = "TM"\n'
    )
    out.mkdir()
    placed = timetable(
        given,
        R1=place(1, 1, "LM", teachers=("TM",)),
        R2=place(1, 3, teachers=("TM",)),
    )
    write_timetable(placed, out / "timetable.csv")
    assert main(["district", "staff", str(folder), "--out", str(out)]) == 0
    told = json.loads((out / "staff.json").read_text())
    assert told["sentences"][0]["zh"] == "西校缺体育与健康2节（约2个岗位）。"
    after = {(r["school"], r["subject"]): r["missing"] for r in told["next_year"]}
    assert after["西校", "音乐"] == 1
    (walk,) = told["travellers"]
    assert (walk["visits"], walk["minutes"], walk["late"]) == (1, 40, 0)
    sheet = load_workbook(out / "certificates" / "TM.xlsx").worksheets[0]
    lines = [[c.value for c in row] for row in sheet.iter_rows(min_row=2, max_row=3)]
    assert [line[:2] + line[3:] for line in lines] == [
        ["东校", "音乐", 8, 320, 8],
        ["西校", "音乐", 8, 320, 8],
    ]
    assert "<h2>本学年缺口</h2>" in (out / "staff.html").read_text()


def test_a_plan_with_faults_is_refused_with_a_sentence_each(data, capsys):
    _, folder, out = data
    (folder / "district.toml").write_text(
        'colour = 1\nlessons_a_post = 0\n[[research]]\nsubject = "PEE"\nday = 3\n'
        '[[preparation]]\nteachers = ["T1", "T9"]\nminutes = 40\n'
        '[[joining]]\nschool = "S1"\nsubject = "PE"\nposts = -1\n'
    )
    assert main(["district", "staff", str(folder), "--out", str(out)]) == 2
    lines = [line for line in capsys.readouterr().err.splitlines() if "toml" in line]
    assert lines == [
        "district.toml“colour”：不是这里可用的设置。",
        "district.toml“lessons_a_post”：“0”应为1到60的整数。",
        "district.toml“research 1: subject”：“PEE”没有这个编号的学科。是否应为“PE”？",
        "district.toml“preparation 1: teachers”：“T9”没有这个编号的教师。"
        "请用表中的编号。",
        "district.toml“joining 1: posts”：“-1”应为正数。",
    ]
    assert not out.exists()
