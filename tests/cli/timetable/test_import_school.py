"""import: a school's spreadsheets become a problem that validates and checks."""

import json

import openpyxl
import pytest

from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.files.workbook_writing import write_workbook
from tests.cli.running import rows, run
from tests.formats.primary_school import EXAMPLE

DAYS = ["星期一", "星期二", "星期三", "星期四", "星期五"]
TIMES = ["8:30-9:10", "9:20-10:00", "10:30-11:10"]
PLAN = [
    ["语文\n王芳", "数学\n李强", "语文\n王芳", "体育\n赵勇", "语文\n王芳"],
    ["数学\n李强", "体育\n赵勇", "心理/班会", "数学\n李强", "体育\n赵勇"],
    ["体育\n赵勇", "语文\n王芳", "体育\n赵勇", "美术\n钱静", "奥数"],
]


def workbook(path, plan=PLAN, title="下陆小学三（1）班课程表"):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([title])
    sheet.append(["节次", "时间", *DAYS])
    for number, (time, row) in enumerate(zip(TIMES, plan, strict=True), start=1):
        sheet.append([f"第{number}节", time, *row])
    sheet.append(["大课间", "10:00-10:30"])
    book.save(path)
    return path


def test_the_folder_validates_and_its_timetable_is_checked(capsys, tmp_path):
    file = workbook(tmp_path / "课表.xlsx")
    folder = tmp_path / "school"

    code, out, _ = run(capsys, "import", file, "--out", folder, "--lang", "zh")
    # 15 slots; the one in turn is two lessons.
    assert (code, "1个班" in out, "16节课" in out) == (0, True, True)
    assert "“奥数”不是课程方案中的名称" in out

    assert run(capsys, "validate", folder)[0] == 0
    code, _, err = run(capsys, "check", folder, folder / "timetable.csv")
    assert (code, err) == (0, "")
    (group,) = rows(folder / "classes.csv")
    assert (group["grade"], group["name"]) == ("3", "三（1）班")
    (school,) = rows(folder / "schools.csv")
    assert (school["name"], school["stage"]) == ("下陆小学", "primary")
    monday = [r for r in rows(folder / "bells.csv") if r["day"] == "1"]
    assert [(r["kind"], r["start"]) for r in monday] == [
        ("lesson", "08:30"),
        ("lesson", "09:20"),
        ("lesson", "10:30"),
        ("big_break", "10:00"),
    ]


def test_cells_of_the_contract_say_how_sure_they_are(capsys, tmp_path):
    folder = tmp_path / "school"
    run(capsys, "import", workbook(tmp_path / "a.xlsx"), "--out", folder)

    cells = rows(folder / "cells.csv")
    assert ",".join(cells[0]) == (
        "file,sheet,cell,layout,school,class,grade,class_no,day,period,week,kind,"
        "text,subject,teacher,room,status,suggestion"
    )
    by_text = {(c["text"], c["week"]): c for c in cells}
    chinese = by_text["语文\n王芳", "every"]
    assert [chinese[x] for x in ("subject", "teacher", "status", "kind")] == [
        "CN",
        "王芳",
        "read",
        "lesson",
    ]
    assert [chinese[x] for x in ("class", "grade", "class_no")] == [
        "三（1）班",
        "3",
        "1",
    ]
    assert by_text["心理/班会", "odd"]["subject"] == "PSY"
    assert by_text["心理/班会", "even"]["status"] == "corrected"
    assert by_text["奥数", "every"]["status"] == "unknown"


def test_what_two_files_disagree_about_is_listed_and_not_chosen(capsys, tmp_path):
    other = [list(row) for row in PLAN]
    other[0][0] = "数学\n李强"
    files = [workbook(tmp_path / "a.xlsx"), workbook(tmp_path / "b.xlsx", other)]
    folder = tmp_path / "school"

    code, out, _ = run(capsys, "import", *files, "--out", folder, "--json")
    report = json.loads(out)
    assert code == 0
    (found,) = report["disagreements"]
    assert "a.xlsx" in found["zh"]
    assert "b.xlsx" in found["zh"]
    monday_first = [
        r
        for r in rows(folder / "timetable.csv")
        if (r["day"], r["period"]) == ("1", "1")
    ]
    assert monday_first == []


@pytest.mark.usefixtures("english")
def test_a_senior_high_school_is_refused_in_one_sentence(capsys, tmp_path):
    file = workbook(tmp_path / "a.xlsx", title="市一中高一（3）班课程表")

    code, _, err = run(capsys, "import", file, "--out", tmp_path / "school")
    assert (code, len(err.splitlines())) == (2, 1)
    assert "is a timetable of a senior high school (高一（3）班)" in err
    assert not (tmp_path / "school").exists()


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("江城高级中学 2026级2班课程表", "2026级2班"),
        ("高2026级2班课程表", "高2026级2班"),
        ("十一年级2班课表", "十一年级2班"),
    ],
)
def test_a_class_that_is_senior_by_other_signs_is_refused_as_such(
    capsys, tmp_path, title, name
):
    file = workbook(tmp_path / "a.xlsx", title=title)
    for command in ("import", "audit", "comply"):
        code, _, err = run(capsys, command, file, "--out", tmp_path / command)
        assert (code, f"is a timetable of a senior high school ({name})" in err) == (
            2,
            True,
        )


def test_a_name_that_the_profile_knows_is_a_course(capsys, tmp_path):
    plan = [["龙舟\n王芳", *row[1:]] for row in PLAN]
    file = workbook(tmp_path / "a.xlsx", plan=plan)
    own = tmp_path / "区.toml"
    own.write_text(
        'id = "own"\nversion = "1"\ntitle = { zh = "本区", en = "own" }\n'
        'extends = "national-2022"\n[[names]]\ncode = "LOC"\nuse = "print"\n'
        'names = "龙舟"\n',
        encoding="utf-8",
    )
    codes = {}
    for label, more in (("national", ()), ("own", ("--profile", own))):
        run(capsys, "import", file, "--out", tmp_path / label, *more)
        subjects = rows(tmp_path / label / "subjects.csv")
        codes[label] = {
            r["name"] for r in subjects if r["name"] in ("龙舟", "地方课程")
        }
    assert codes == {"national": {"龙舟"}, "own": {"地方课程"}}


def test_an_empty_workbook_is_refused_in_one_sentence(capsys, tmp_path):
    openpyxl.Workbook().save(tmp_path / "a.xlsx")

    code, _, err = run(capsys, "import", tmp_path / "a.xlsx", "--out", tmp_path / "x")
    assert (code, len(err.splitlines())) == (2, 1)


def test_a_workbook_of_the_template_becomes_the_same_folder(capsys, tmp_path):
    problem = read_problem(EXAMPLE).problem
    write_workbook(problem, tmp_path / "data.xlsx")

    code, _, _ = run(
        capsys, "import", tmp_path / "data.xlsx", "--out", tmp_path / "new"
    )
    assert code == 0
    assert read_problem(tmp_path / "new").problem == problem
