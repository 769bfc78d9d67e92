"""publish and database: a school goes into a database and comes back unchanged."""

import json
import shutil

import pytest

from scheduler.cli import main
from scheduler.formats.tables.files.workbook_writing import write_workbook
from scheduler.formats.tables.files.writing import write_folder
from scheduler.formats.tables.timetable_writing import write_timetable
from tests.small_school import at, need, small_problem, timetable

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def school(tmp_path):
    """A folder of tables with a remark in it, its timetable, an empty place."""
    problem = small_problem(need("R1", "A", "PE"), need("R2", "B", "CN"))
    table = timetable(problem, R1_1=at(1, 1, "L1"), R2_1=at(1, 2))
    write_folder(problem, tmp_path / "school")
    write_workbook(problem, tmp_path / "school.xlsx")
    (tmp_path / "school" / "说明.txt").write_text("教务处 2026", encoding="gb18030")
    (tmp_path / "school" / ".hidden").write_text("not ours")
    (tmp_path / "school" / "old.db").write_bytes(b"SQLite format 3")
    write_timetable(table, tmp_path / "timetable.csv")
    return tmp_path


@pytest.fixture
def cuofeng(school, capsys):
    """`cuofeng(command, …)`: exit code, output, errors; of the school's database."""

    def run(*arguments):
        database = ("--database", f"sqlite:///{school / 'kept.db'}")
        code = main([*map(str, arguments), *database])
        return code, *capsys.readouterr()

    return run


def publish(cuofeng, school, *options, data="school"):
    return cuofeng("publish", school / data, school / "timetable.csv", *options)


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_folder_comes_back_byte_for_byte(cuofeng, school):
    code, out, _ = publish(cuofeng, school, "--office", "tieshanlu")
    assert (code, out.startswith("Published: tieshanlu, version 1")) == (0, True)
    given = files(school / "school")
    given["timetable.csv"] = (school / "timetable.csv").read_bytes()
    del given[".hidden"], given["old.db"]
    shutil.rmtree(school / "school")
    back = school / "back"
    assert cuofeng("database", "export", "tieshanlu", "--out", back)[0] == 0
    assert files(back) == given


def test_workbook_comes_back_byte_for_byte(cuofeng, school):
    publish(cuofeng, school, data="school.xlsx")
    cuofeng("database", "export", "s1", "--out", school / "back")
    assert files(school / "back") == {
        "school.xlsx": (school / "school.xlsx").read_bytes(),
        "timetable.csv": (school / "timetable.csv").read_bytes(),
    }


def test_export_of_what_was_made_of_no_files_is_published_again(cuofeng, school):
    from scheduler.services.offices import Store

    publish(cuofeng, school)
    store = Store.open(f"sqlite:///{school / 'kept.db'}")
    office = store.office("s1")
    current = office.current()
    office.publish(current.problem, current.timetable, "by hand", "{}")
    store.close()
    back = school / "back"
    assert cuofeng("database", "export", "s1", "--out", back)[0] == 0
    code, out, _ = cuofeng("publish", back, back / "timetable.csv")
    assert (code, "version 3" in out) == (0, True)


def test_nothing_is_written_over_an_export(cuofeng, school):
    publish(cuofeng, school)
    before = files(school / "school")
    code, _, err = cuofeng("database", "export", "s1", "--out", school / "school")
    assert (code, err.count("\n")) == (2, 1)
    assert files(school / "school") == before


def test_offices_are_listed(cuofeng, school):
    publish(cuofeng, school, "--office", "b")
    publish(cuofeng, school, "--office", "a")
    code, out, _ = cuofeng("database", "offices", "--json")
    assert (code, [x["office"] for x in json.loads(out)]) == (0, ["a", "b"])
    assert cuofeng("database", "offices")[1].startswith("a  铁山路学校\nb  ")


def test_version_and_first_date_are_told_to_programs(cuofeng, school):
    code, out, _ = publish(cuofeng, school, "--json")
    assert code == 0
    assert json.loads(out) == {"office": "s1", "version": 1, "begins": "2026-09-01"}


def test_backup_is_restored_into_a_new_database(cuofeng, school, capsys):
    publish(cuofeng, school)
    copy = school / "kept.backup"
    assert cuofeng("database", "backup", copy)[0] == 0
    (school / "kept.db").unlink()
    code, out, _ = cuofeng("database", "restore", copy)
    assert (code, "rows restored" in out) == (0, True)
    assert "s1" in cuofeng("database", "offices")[1]
    code, _, err = cuofeng("database", "restore", copy)
    assert (code, "nothing was restored" in err) == (2, True)
    code, out, _ = cuofeng("database", "restore", copy, "--replace")
    assert (code, "Backup of what was replaced" in out) == (0, True)


def test_database_that_is_new_needs_no_upgrade(cuofeng, school):
    publish(cuofeng, school)
    assert cuofeng("database", "upgrade")[1] == "The database is up to date.\n"


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("export",), "export needs the key of an office"),
        (("backup",), "backup needs the file of the backup"),
        (("offices", "x"), "offices takes nothing after it"),
        (("export", "s1"), "no folder is given"),
        (("export", "s9", "--out", "new"), '"s9" is no office of this database'),
        (("restore", "nothing.backup"), "nothing.backup: No such file"),
    ],
)
def test_half_a_command_is_refused(cuofeng, school, arguments, line, monkeypatch):
    monkeypatch.chdir(school)
    publish(cuofeng, school)
    code, out, err = cuofeng("database", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert line in err


def test_timetable_with_conflicts_is_published_with_a_reason_alone(cuofeng, school):
    problem = small_problem(need("R1", "A", "CN"), need("R2", "A", "CLS"))
    table = timetable(problem, R1_1=at(1, 1), R2_1=at(1, 1))
    shutil.rmtree(school / "school")
    write_folder(problem, school / "school")
    (school / "timetable.csv").unlink()
    write_timetable(table, school / "timetable.csv")
    code, _, err = publish(cuofeng, school)
    assert "\n--reason: the timetable has 2 conflicts" in err
    assert code == 2
    assert not (school / "kept.db").exists()
    assert publish(cuofeng, school, "--reason", "试行")[0] == 0
