"""import and export of FET files: what is printed, written and refused."""

import json

import pytest

from scheduler.formats.fet.export.elements import constraint, leaf
from scheduler.formats.tables.timetable_writing import write_timetable
from tests.cli.running import run
from tests.formats.fet.builder import activity, fet_bytes, imported, min_days
from tests.formats.fet.test_constraints import placed

ACTIVITIES = [
    activity(1, "T1", "Y1", group=1),
    activity(2, "T1", "Y1", group=1),
    activity(3, "T2", "Y2", "S2"),
]
CONSTRAINTS = [
    min_days(1, 2),
    constraint("TeachersMinRestingHours", leaf("Max", 0)),
]


@pytest.fixture
def file(tmp_path):
    """A file with one constraint that is read and one that is not."""
    path = tmp_path / "school.fet"
    path.write_bytes(fet_bytes(ACTIVITIES, *CONSTRAINTS))
    return path


def test_import_writes_a_folder_and_says_what_it_could_not_read(capsys, file, tmp_path):
    out = tmp_path / "school"

    code, printed, err = run(capsys, "import", file, "--out", out, "--lang", "en")

    assert code == 0
    assert printed.startswith("Read: 2 classes, 4 teachers, 3 lessons, 1 limits and")
    assert err.splitlines() == [
        "warning: not supported: TeachersMinRestingHours, 1 constraint(s) "
        "(there is no rule for it)",
        "import-report.json has them all",
    ]
    report = json.loads((out / "import-report.json").read_text("utf-8"))
    assert report["complete"] is False
    assert report["read"]["MinDaysBetweenActivities"] == 1
    assert [(x["type"], x["count"]) for x in report["unsupported"]] == [
        ("TeachersMinRestingHours", 1)
    ]
    code, _, err = run(capsys, "validate", out)
    assert (code, len(err.splitlines())) == (0, 1)
    assert "补上体育课" in err


def test_import_makes_the_folders_above_its_own(capsys, file, tmp_path):
    out = tmp_path / "new" / "school"

    assert run(capsys, "import", file, "--out", out)[0] == 0
    assert (out / "requirements.csv").is_file()


def test_import_as_json_prints_the_report(capsys, file, tmp_path):
    _, printed, _ = run(capsys, "import", file, "--out", tmp_path / "s", "--json")

    assert json.loads(printed)["fet_version"] == "6.8.5"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"not xml", "is not whole XML"),
        (fet_bytes(ACTIVITIES, mode="Terms"), "only Official is supported"),
        (fet_bytes([activity(1, "T9", "Y1")]), "is not in the list of teachers"),
        (fet_bytes([]), "has no active activity"),
    ],
)
@pytest.mark.usefixtures("english")
def test_faults_exit_2_and_nothing_is_written(capsys, tmp_path, content, sentence):
    path, out = tmp_path / "bad.fet", tmp_path / "out"
    path.write_bytes(content)

    code, printed, err = run(capsys, "import", path, "--out", out)

    assert (code, printed) == (2, "")
    assert sentence in err
    assert len(err.splitlines()) == 1
    assert not out.exists()


@pytest.mark.usefixtures("english")
def test_a_folder_that_is_there_is_kept(capsys, file, tmp_path):
    (tmp_path / "school").mkdir()
    (tmp_path / "school" / "mine.txt").write_text("keep")

    code, _, err = run(capsys, "import", file, "--out", tmp_path / "school")

    assert code == 2
    assert "already exists" in err
    assert [p.name for p in (tmp_path / "school").iterdir()] == ["mine.txt"]


@pytest.mark.usefixtures("english")
def test_a_fet_file_is_imported_by_itself(capsys, file, tmp_path):
    code, _, err = run(capsys, "import", file, file, "--out", tmp_path / "out")

    assert (code, "by itself" in err) == (2, True)
    assert not (tmp_path / "out").exists()


def test_export_writes_a_file_that_imports_with_all_lessons_fixed(
    capsys, file, tmp_path
):
    run(capsys, "import", file, "--out", tmp_path / "school")
    timetable = placed(imported(ACTIVITIES, *CONSTRAINTS), "11", "21", "34")
    write_timetable(timetable, tmp_path / "timetable.csv")

    code, _, err = run(
        *(capsys, "export", tmp_path / "school", tmp_path / "timetable.csv"),
        *("--format", "fet", "--out", tmp_path / "out"),
    )
    again = tmp_path / "again"
    run(capsys, "import", tmp_path / "out" / "timetable.fet", "--out", again)

    assert (code, len(err.splitlines())) == (0, 1)
    assert "补上体育课" in err
    assert (again / "fixed.csv").read_text("utf-8").splitlines()[1:] == [
        "A1,1,1,1,,",
        "A1,2,2,1,,",
        "A3,1,3,4,,",
    ]
