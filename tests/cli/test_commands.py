"""Commands: what they print, what they write, how they exit."""

import json
from pathlib import Path

import pytest

from scheduler.cli import main
from scheduler.cli.commands.building import bench
from scheduler.cli.parser import parse
from scheduler.cli.solving import unplaced_text
from scheduler.constraints.evaluate import evaluate
from scheduler.formats.tables.files.writing import write_folder
from scheduler.model.errors import InputError
from scheduler.model.timetable import Timetable
from scheduler.solver.first_run.parts import ADVICE, SEARCH
from scheduler.solver.first_run.ready import is_ready
from scheduler.solver.solution import Solution
from scheduler.solver.status import Status
from tests.cli.running import run
from tests.formats.primary_school import EXAMPLE, Folder
from tests.small_school import need, small_problem

DEMO = Path(__file__).parents[2] / "data" / "demo-school"


@pytest.fixture
def school(tmp_path):
    """A hand-sized school that has a timetable: PE twice for two classes."""
    requirements = (
        need("R1", "A", "PE", per_week="2"),
        need("R2", "B", "PE", per_week="2", teacher_ids=("T2",)),
        need("R3", "A", "CN", per_week="2", teacher_ids=("T3",)),
    )
    write_folder(small_problem(*requirements), tmp_path / "school")
    return tmp_path / "school"


@pytest.fixture
def crowded(tmp_path):
    """Eight music lessons, one music room, seven rows: impossible."""
    requirements = (
        need("R1", "A", "MUS", per_week="4"),
        need("R2", "B", "MUS", per_week="4", teacher_ids=("T2",)),
    )
    write_folder(small_problem(*requirements), tmp_path / "crowded")
    return tmp_path / "crowded"


def test_validate_says_how_much_there_is(capsys, school):
    code, out, err = run(capsys, "validate", school, "--lang", "en")

    assert (code, err) == (0, "")
    assert out.startswith("Valid: 3 classes, 3 teachers, 3 requirements, 6 lessons")


def test_validate_counts_activities_apart_from_lessons(capsys):
    code, out, _ = run(capsys, "validate", DEMO)

    assert code == 0
    assert "362项教学任务，714节课，4项活动每周37次，" in out


@pytest.mark.usefixtures("english")
def test_validate_of_bad_input_exits_2_with_a_line_for_each_fault(capsys, tmp_path):
    folder = Folder(tmp_path)
    folder.put("requirements", 2, "teacher_ids", "T99")
    folder.put("classes", 3, "size", "many")
    (folder.path / "rules.toml").write_text("[NoSuchRule]\nweight = 1\n", "utf-8")

    code, out, err = run(capsys, "validate", folder.path)

    assert (code, out) == (2, "")
    assert [line.split(":")[0] for line in err.splitlines()] == [
        "classes row 3, size",
        "requirements row 2, teacher_ids",
        "rules.toml",
        "3 errors",
    ]


def test_validate_json_holds_the_errors(capsys, tmp_path):
    folder = Folder(tmp_path)
    folder.put("requirements", 2, "teacher_ids", "T99")

    code, out, _ = run(capsys, "validate", folder.path, "--json")

    found = json.loads(out)
    assert (code, found["ok"]) == (2, False)
    assert [(e["file"], e["row"], e["value"]) for e in found["errors"]] == [
        ("requirements.csv", 2, "T99")
    ]


def test_check_counts_empty_periods_beyond_those_allowed(capsys):
    """The example is sound but for one in nine classes each, in both weeks."""
    code, out, _ = run(capsys, "check", EXAMPLE, EXAMPLE / "timetable.csv", "--json")

    found = json.loads(out)
    broken = {r["name"]: r["amount"] for r in found["rules"] if r["level"] == "hard"}
    assert code == 1
    assert {name: n for name, n in broken.items() if n} == {"FillClassDays": 18}


def test_check_of_a_sound_timetable_exits_0(capsys, tmp_path):
    folder = Folder(tmp_path)
    allowing = "[FillClassDays]\nallowed = 1\n"
    (folder.path / "rules.toml").write_text(allowing, encoding="utf-8")

    code, out, _ = run(capsys, "check", folder.path, folder.path / "timetable.csv")

    assert code == 0
    assert out.startswith("课表没有冲突；待改进分 1032")
    assert "处，扣" in out
    assert "amount" not in out


def test_check_of_a_moved_lesson_exits_1_and_names_the_rule(capsys, tmp_path):
    folder = Folder(tmp_path)
    rows = folder.rows("timetable")
    header = rows[0]
    wanted = [header.index(x) for x in ("lesson_id", "teacher_ids", "day", "period")]
    first, second = (r for r in rows[1:] if r[wanted[0]] in ("R0001#1", "R0001#2"))
    second[wanted[2]], second[wanted[3]] = first[wanted[2]], first[wanted[3]]
    folder.write("timetable", rows)

    code, out, _ = run(
        capsys, "check", folder.path, folder.path / "timetable.csv", "--json"
    )

    found = json.loads(out)
    broken = [r["name"] for r in found["rules"] if r["level"] == "hard" and r["amount"]]
    assert code == 1
    # Both lessons of class G1C01 with T023 in one art room: teacher, class, room.
    assert broken == [
        "AvoidTeacherClashes",
        "AvoidClassClashes",
        "FitZoneCapacity",
        "FitLayoutCapacity",
        "LimitLessonsPerDay",
        "FillClassDays",
    ]


def test_solve_writes_both_files_and_keeps_what_was_there(capsys, school, tmp_path):
    out = tmp_path / "out"
    arguments = ("solve", school, "--out", out, "--time", "10", "--json")

    code, printed, _ = run(capsys, *arguments)
    again, _, _ = run(capsys, *arguments, "--start", out / "timetable.csv")

    facts = json.loads(printed)
    assert (code, again) == (0, 0)
    assert (facts["status"], facts["hard"], facts["gap"]) == ("optimal", 0, 0.0)
    # A certificate is there as well where the bound was proven before the search ended.
    assert {x.name for x in out.iterdir() if not x.name.startswith("certificate.")} == {
        "solution.json",
        "solution.previous.json",
        "timetable.csv",
        "timetable.previous.csv",
    }
    assert run(capsys, "check", school, out / "timetable.csv")[0] == 0


def test_solve_that_may_stop_at_a_gap_stops_there(capsys, school, tmp_path):
    arguments = ("solve", school, "--out", tmp_path / "out", "--time", "10")

    assert run(capsys, *arguments, "--gap", "0.5")[0] == 0


@pytest.mark.usefixtures("english")
def test_solve_into_a_file_is_refused_before_solving(capsys, school, tmp_path):
    (tmp_path / "file").write_text("mine", "utf-8")

    code, _, err = run(capsys, "solve", school, "--out", tmp_path / "file")

    assert code == 2
    assert err.startswith(f'--out: "{tmp_path / "file"}" cannot be the folder')
    assert (tmp_path / "file").read_text("utf-8") == "mine"


def test_solve_of_the_impossible_exits_1_with_reason_and_what_can_be_placed(
    capsys, crowded, tmp_path
):
    code, printed, _ = run(
        capsys, "solve", crowded, "--out", tmp_path / "out", "--time", "5", "--json"
    )

    facts = json.loads(printed)
    assert (code, facts["status"], facts["bound"]) == (1, "infeasible", None)
    # Seven of the eight fit.
    assert len(facts["unplaced"]) == 1
    assert facts["reasons"]


@pytest.mark.usefixtures("english")
def test_a_number_out_of_range_is_refused_in_both_languages(capsys):
    code, _, err = run(capsys, "solve", "data", "--out", "out", "--gap", "5")
    assert code == 2
    assert err == (
        'cuofeng solve --gap: "5" is not a share from 0 to 1. '
        "See cuofeng solve --help.\n"
    )
    _, _, err = run(capsys, "solve", "d", "--out", "o", "--gap", "5", "--lang", "zh")
    assert err.endswith("0 到 1 之间的数，0.05 为 5 %。用法见 cuofeng solve --help。\n")


def test_solve_names_every_lesson_left_over_by_class_and_subject():
    # Eleven of one requirement and one of another: a list cut at ten would drop two.
    problem = small_problem(need("R1", "A", "CN", "11"), need("R2", "B", "MUS"))
    nothing = Timetable(problem, {})
    solution = Solution(Status.UNKNOWN, nothing, evaluate(nothing), None, 1, None, 0, 0)
    assert unplaced_text(solution).zh == "12节课未排：三(1)班语文11节、三(2)班音乐"


def test_explain_tells_the_impossible_from_the_possible(capsys, crowded, school):
    code, out, _ = run(capsys, "explain", crowded, "--json")
    possible, _, _ = run(capsys, "explain", school)

    found = json.loads(out)
    assert (code, possible) == (1, 0)
    assert found["verdict"] == "infeasible"
    assert (8, 7) in [(s["need"], s["supply"]) for s in found["statements"]]


@pytest.mark.parametrize(("form", "written"), [("xlsx", 1), ("ics", 50), ("html", 139)])
def test_export_writes_files(capsys, tmp_path, form, written):
    table = EXAMPLE / "timetable.csv"

    code, _, _ = run(
        capsys, "export", EXAMPLE, table, "--format", form, "--out", tmp_path / form
    )

    files = [path for path in (tmp_path / form).rglob("*") if path.is_file()]
    assert (code, len(files)) == (0, written)


@pytest.mark.usefixtures("english")
def test_template_is_not_written_over_a_file(capsys, tmp_path):
    path = tmp_path / "school.xlsx"

    assert run(capsys, "template", path)[0] == 0
    code, _, err = run(capsys, "template", path)

    assert code == 2
    assert err == (f"{path}: already exists. Maybe another name?\n")


@pytest.mark.usefixtures("english")
def test_serve_without_anything_to_show_is_refused(capsys):
    code, _, err = run(capsys, "serve")

    assert code == 2
    assert err.startswith("cuofeng serve: there is nothing to show.")


def test_serve_of_a_database_that_cannot_be_opened_is_one_line(capsys):
    code, _, err = run(capsys, "serve", "--database", "nonsense")

    assert code == 2
    assert len(err.splitlines()) == 1


def test_compile_says_when_the_search_is_ready(capsys):
    code, out, _ = run(capsys, "compile")
    assert code == 0
    assert "搜索程序已编译好" in out
    assert is_ready(SEARCH + ADVICE)


def test_bench_passes_all_options_to_the_benchmarks(capfd):
    code = main(["bench", "--only", "nothing"])

    assert code == 2
    assert "argument --only: invalid choice: 'nothing'" in capfd.readouterr().err


@pytest.mark.usefixtures("english")
def test_bench_without_the_tests_is_refused(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(bench, "ROOT", tmp_path)

    code, _, errors = run(capsys, "bench")

    assert code == 2
    assert "Run cuofeng bench in a checkout of the source." in errors


@pytest.mark.usefixtures("english")
def test_other_commands_refuse_options_they_do_not_know(capsys, school):
    code, _, err = run(capsys, "validate", school, "--fast")

    assert code == 2
    assert '"--fast" unrecognized arguments.' in err


def test_a_search_may_try_millions_of_moves_but_not_run_so_many_threads():
    options = parse(["solve", "school", "--out", "out", "--iterations", "40000000"])
    assert options.iterations == 40_000_000

    with pytest.raises(InputError, match="a whole number from 1 to 1024"):
        parse(["solve", "school", "--out", "out", "--workers", "40000000"])


@pytest.mark.usefixtures("english")
def test_folder_that_is_missing_is_named_with_advice(capsys, tmp_path):
    where = tmp_path / "nowhere" / "my.xlsx"

    code, _, err = run(capsys, "template", where)

    assert code == 2
    assert err.startswith(f"{where.parent}: ")
