"""cuofeng rain: the plan for bad weather as a file and as a summary."""

import csv
import datetime as dt
import json

import pytest

from scheduler.cli import main
from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.files.writing import write_folder
from scheduler.formats.tables.timetable_reading import read_timetable
from scheduler.formats.tables.timetable_writing import write_timetable
from scheduler.services.offices import Store
from tests.builders import timetable
from tests.solver.rain.builders import IN_GYM, on_field, pe, problem


@pytest.fixture
def school(tmp_path):
    """C1 and C2 have PE on the field on Monday, period 1; the gym holds one."""
    given = problem(pe("R1", "C1", "T1"), pe("R2", "C2", "T2"), layouts=(IN_GYM,))
    table = timetable(given, R1=on_field("L1"), R2=on_field("L2", teacher="T2"))
    write_folder(given, tmp_path / "school")
    write_timetable(table, tmp_path / "timetable.csv")
    return tmp_path


def rain(capsys, school, *more):
    """Exit code, output and errors of the command."""
    paths = (school / "school", school / "timetable.csv", "--out", school / "out")
    code = main(["rain", *map(str, paths), *more])
    return code, *capsys.readouterr()


def set_rules(school, text):
    (school / "school" / "rules.toml").write_text(text, "utf-8")


def test_plan_is_one_row_for_each_lesson_and_turn(capsys, school):
    code, out, _ = rain(capsys, school, "--lang", "en")

    with (school / "out" / "rain_plan.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        rows = list(csv.DictReader(file))
    shown = ("slot_id", "turn", "turns", "lesson_id", "layout_id", "active", "proven")
    assert [tuple(row[x] for x in shown) for row in rows] == [
        ("1-0800", "1", "2", "R1#1", "LG", "1", "1"),
        ("1-0800", "1", "2", "R2#1", "home", "0", "1"),
        ("1-0800", "2", "2", "R1#1", "home", "0", "1"),
        ("1-0800", "2", "2", "R2#1", "LG", "1", "1"),
    ]
    assert rows[0] | {"venue_id": "GYM", "from_layout_id": "L1"} == rows[0]
    assert code == 0
    assert out.splitlines()[0] == (
        "Monday 08:00–08:40: 2 outdoors -> 1 active indoors, 1 theory; "
        "begins anew after 2"
    )
    assert "35 degrees or more; AQI above 200" in out


def test_json_has_the_numbers_and_the_plan(capsys, school):
    set_rules(school, "[bad_weather]\nheat = 33\naqi = 0\n")
    code, out, _ = rain(capsys, school, "--json")
    facts = json.loads(out)

    numbers = ("slots", "lessons", "turns", "proven", "active", "theory")
    assert code == 0
    assert [facts[x] for x in numbers] == [1, 2, 2, 2, 2, 2]
    assert facts["triggers"] == {"rain": True, "heat": 33, "aqi": 0}
    assert [t["layout_ids"] for t in facts["plan"][0]["turns"]] == [
        ["LG", "home"],
        ["home", "LG"],
    ]


def test_school_without_a_place_indoors_is_told_so(capsys, school):
    layouts = school / "school" / "layouts.csv"
    lines = layouts.read_text("utf-8").splitlines()
    layouts.write_text("\n".join(x for x in lines if "GYM" not in x), "utf-8")
    code, out, _ = rain(capsys, school, "--lang", "en")

    assert code == 0
    assert "There is no place indoors" in out


@pytest.fixture
def published(school):
    """The same timetable, published in a database; its term is not over."""
    url = f"sqlite:///{school / 'school.db'}"
    problem_ = read_problem(school / "school").problem
    table = read_timetable(problem_, school / "timetable.csv").timetable
    store = Store.open(url, now=lambda: dt.datetime(2026, 9, 1, tzinfo=dt.UTC))
    store.office_for(problem_).publish(problem_, table, "", "{}")
    store.close()
    return url


@pytest.fixture
def in_september(monkeypatch):
    """The clock of the command stands on 1 September 2026."""
    now = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
    open_store = Store.open
    monkeypatch.setattr(
        Store, "open", staticmethod(lambda url: open_store(url, lambda: now))
    )


def command(capsys, *arguments):
    code = main(["rain", *map(str, arguments)])
    return code, *capsys.readouterr()


def test_plan_is_applied_to_a_date_and_lifted(capsys, published, in_september):
    here = ("--database", published, "--lang", "en")
    code, out, _ = command(capsys, *here, "--apply", "2026-09-07", "--half", "am")
    assert code == 0
    assert out.splitlines() == [
        "Applied: 2026-09-07 (Monday), morning: rain",
        "  08:00–08:40 三(1)班 体育与健康 王芳: 田径场 · Z1 -> 风雨操场",
        "  08:00–08:40 三(2)班 体育与健康 李强: 田径场 · Z2 -> theory in its own room",
    ]
    code, _, err = command(capsys, *here, "--apply", "2026-09-07")
    assert code == 2
    assert err.startswith(
        '--apply: "2026-09-07" A plan is in force on 2026-09-07 (morning) already.'
    )
    code, out, _ = command(capsys, *here, "--undo", "2026-09-07", "--half", "am")
    assert (code, out.splitlines()[0]) == (
        0,
        "Undone: 2026-09-07 (Monday), morning: rain",
    )


def test_published_plan_is_printed_without_files(capsys, published):
    code, out, _ = command(capsys, "--database", published, "--json")
    assert (code, json.loads(out)["turns"]) == (0, 2)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ((), "either DATA and TIMETABLE are given, or --database"),
        (("data",), "either DATA and TIMETABLE are given, or --database"),
        (("data", "t.csv", "--database", "sqlite://"), "either DATA and TIMETABLE"),
        (("data", "t.csv"), "no folder for rain_plan.csv is given"),
        (("--apply", "2026-09-07"), "--apply and --undo need --database"),
        (("--database", "sqlite://"), "no timetable has been published yet"),
    ],
)
@pytest.mark.usefixtures("english")
def test_half_a_command_is_refused(capsys, arguments, line):
    code, out, err = command(capsys, *arguments)
    assert (code, out) == (2, "")
    assert line in err


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("heat = 60", 'bad_weather.heat: "60" is no whole number of 0 to 50.'),
        ("aqi = true", 'bad_weather.aqi: "True" is no whole number of 0 to 500.'),
        ("rain = 1", 'bad_weather.rain: "1" is neither true nor false.'),
        ("snow = true", 'bad_weather.snow: "True" is no setting of bad_weather.'),
        ("weight = 2", 'bad_weather.weight: "2" is no setting of bad_weather.'),
    ],
)
@pytest.mark.usefixtures("english")
def test_wrong_settings_are_named(capsys, school, text, line):
    set_rules(school, f"[bad_weather]\n{text}\n")
    code, out, err = rain(capsys, school)

    assert (code, out) == (2, "")
    assert line in err
    assert not (school / "out").exists()


def test_database_that_is_not_there_is_not_made(capsys, tmp_path):
    file = tmp_path / "none.db"
    database = f"sqlite:///{file}"

    code, _, err = command(capsys, "--database", database, "--apply", "2026-09-07")

    assert code == 2
    assert "没有这个文件" in err
    assert not file.exists()
