"""cuofeng repair and --freeze: what they write, how they exit, what they refuse."""

import csv
import json

import pytest

from scheduler.cli import main
from scheduler.formats.tables.files.writing import write_folder
from scheduler.formats.tables.timetable_writing import write_timetable
from scheduler.model.resources import Teacher
from tests.small_school import TEACHERS, at, need, small_problem, timetable

COLLEAGUE = Teacher("T4", "赵云", "S1", ("CN",))


@pytest.fixture
def school(tmp_path):
    """T3 gives Chinese to class A; T4 could as well."""
    problem = small_problem(
        need("R1", "A", "PE", per_week="2"),
        need("R2", "A", "CN", per_week="2", teacher_ids=("T3",)),
        teachers=(*TEACHERS, COLLEAGUE),
    )
    write_folder(problem, tmp_path / "school")
    running = timetable(
        problem,
        R1_1=at(1, 1, "L1"),
        R1_2=at(5, 1, "L1"),
        R2_1=at(1, 2, teachers=("T3",)),
        R2_2=at(5, 2, teachers=("T3",)),
    )
    write_timetable(running, tmp_path / "running.csv")
    return tmp_path


def run(capsys, school, *more):
    """Exit code, standard output and standard error of a repair into out/."""
    files = (school / "school", school / "running.csv", "--out", school / "out")
    code = main(list(map(str, ("repair", *files, "--workers", 1, *more))))
    out, err = capsys.readouterr()
    return code, out, err


def files(folder):
    """Names below a folder, those of tables left out."""
    found = (p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    return sorted(name for name in found if not name.startswith("data"))


def test_absent_teacher_is_replaced_and_every_option_is_written(capsys, school):
    code, out, _ = run(
        capsys, school, "--absent", "teacher:T3", "--options", 1, "--lang", "en"
    )

    assert code == 0
    assert "Repaired; proven: at least 2 lessons must change." in out
    assert "teacher 张敏 → 赵云" in out
    assert files(school / "out") == [
        "option-1/changes.csv",
        "option-1/timetable.csv",
        "repair.json",
    ]
    with (school / "out/option-1/changes.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert [(r["lesson_id"], r["kind"]) for r in rows] == [
        ("R2#1", "changed"),
        ("R2#2", "changed"),
    ]
    assert [(r["from_teacher_ids"], r["to_teacher_ids"]) for r in rows] == [
        ("T3", "T4"),
        ("T3", "T4"),
    ]


def test_option_is_sound_for_the_data_written_beside_it(capsys, school):
    run(capsys, school, "--absent", "teacher:T3", "--options", 1)

    out = school / "out"
    code = main(["check", str(out / "data"), str(out / "option-1/timetable.csv")])

    assert code == 0
    assert capsys.readouterr().out.startswith("课表没有冲突")


def test_json_holds_what_forced_the_repair_and_its_options(capsys, school):
    code, out, _ = run(
        capsys, school, "--close", "venue:V-F@1", "--json", "--max-changes", 1
    )

    found = json.loads(out)
    # The field is the only place for PE, and Monday is the only other day.
    assert (code, found["verdict"]) == (0, "repaired")
    assert (found["least_changes"], found["minimal"]) == (1, True)
    assert len(found["forced_by"]) == 1
    (change,) = found["options"][0]["changes"]
    assert change["lesson_id"] == "R1#1"
    assert change["after"]["day"] == 5
    assert json.loads((school / "out/repair.json").read_text("utf-8")) == found


def test_budget_that_is_proven_too_small_exits_1_without_options(capsys, school):
    code, out, _ = run(
        capsys, school, "--absent", "teacher:T3", "--max-changes", 1, "--lang", "en"
    )

    assert code == 1
    assert "Proven: at least 2 lessons must change, more than the 1 allowed." in out
    assert files(school / "out") == ["repair.json"]


def test_second_repair_keeps_the_first(capsys, school):
    run(capsys, school, "--absent", "teacher:T3", "--options", 1)
    first = (school / "out/option-1/timetable.csv").read_bytes()

    run(capsys, school, "--close", "venue:V-F@1", "--options", 1)

    assert (school / "out/option-1.previous/timetable.csv").read_bytes() == first
    assert (school / "out/repair.previous.json").is_file()
    assert (school / "out/data.previous/teachers.csv").is_file()


def test_rows_that_no_longer_fit_are_reported_and_repaired(capsys, school):
    path = school / "running.csv"
    text = path.read_text("utf-8").replace("T3", "T99")
    path.write_text(text + "GONE#1" + "," * 6 + "every,1,3,1" + "," * 5 + "\n", "utf-8")

    code, out, _ = run(capsys, school, "--json", "--options", 1)

    found = json.loads(out)
    assert (code, found["least_changes"]) == (0, 2)
    assert [x.split(":")[0] for x in found["differences"]] == [
        "timetable row 4, teacher_ids",
        "timetable row 5, teacher_ids",
        "timetable row 6, lesson_id",
    ]
    kinds = [c["kind"] for c in found["options"][0]["changes"]]
    assert kinds == ["changed", "changed", "removed"]


@pytest.mark.usefixtures("english")
def test_everything_that_is_misnamed_is_said_at_once_and_nothing_is_written(
    capsys, school
):
    code, out, err = run(
        capsys,
        school,
        *("--absent", "teacher:T9", "--freeze", "grade:8", "--freeze", "A"),
        *("--close", "venue:V-X", "--cover", "teacher:T0"),
    )

    assert (code, out) == (2, "")
    assert [line.split(":")[0] for line in err.splitlines()] == [
        "--freeze",
        "--freeze",
        "--absent",
        "--close",
        "--cover",
        "5 errors",
    ]
    assert not (school / "out").exists()


@pytest.mark.usefixtures("english")
def test_missing_timetable_is_an_input_error(capsys, school):
    (school / "running.csv").unlink()

    code, _, err = run(capsys, school)

    assert code == 2
    assert "there is no such file" in err


def solve(school, *more):
    """Exit code of a solve into solved/."""
    out = ("--out", str(school / "solved"), "--time", "10")
    return main(["solve", str(school / "school"), *out, *more])


def test_frozen_lessons_of_a_solve_stay(capsys, school):
    start = ("--start", str(school / "running.csv"))

    code = solve(school, *start, "--freeze", "class:A")

    assert code == 0
    before = (school / "running.csv").read_text("utf-8")
    assert (school / "solved/timetable.csv").read_text("utf-8") == before


@pytest.mark.usefixtures("english")
def test_freezing_without_a_timetable_is_refused_with_misnamed_targets(capsys, school):
    code = solve(school, "--freeze", "class:Z")

    err = capsys.readouterr().err.splitlines()
    assert code == 2
    assert [line.split(":")[0] for line in err] == ["--freeze", "--freeze", "2 errors"]
    assert not (school / "solved").exists()


def test_where_nothing_was_changed_by_options_the_data_s_own_reasons_are_named(
    capsys, school
):
    # The room of PE is closed all week in the data themselves.
    folder = school / "school"
    (folder / "unavailable.csv").write_text(
        "kind,id,day\nvenue,V-F,1\nvenue,V-F,5\n", "utf-8"
    )

    code, out, _ = run(capsys, school)

    assert code == 1
    assert f"原因见 cuofeng explain {folder}。" in out
    assert "--overtime" not in out
