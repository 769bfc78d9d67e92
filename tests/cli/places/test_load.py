"""cuofeng load, and solve --level."""

import json

import pytest
from openpyxl import load_workbook

from scheduler.cli.main import main
from scheduler.formats.tables.files.writing import write_folder
from scheduler.formats.tables.timetable_writing import write_timetable
from scheduler.model.relations import Relation, RelationKind
from tests.small_school import at, need, small_problem, timetable

NEEDS = (need("R1", "A", "PE", "2"), need("R2", "B", "PE", "2", teacher_ids=("T2",)))
T2 = ("T2",)


@pytest.fixture
def school(tmp_path):
    """Two timetables: all at once, and one after the other."""
    problem = small_problem(*NEEDS)
    write_folder(problem, tmp_path / "data")
    late = {"R2_1": at(1, 2, "L2", teachers=T2), "R2_2": at(5, 2, "L2", teachers=T2)}
    once = {"R2_1": at(1, 1, "L2", teachers=T2), "R2_2": at(5, 1, "L2", teachers=T2)}
    own = {"R1_1": at(1, 1, "L1"), "R1_2": at(5, 1, "L1")}
    write_timetable(timetable(problem, **own, **late), tmp_path / "level.csv")
    write_timetable(timetable(problem, **own, **once), tmp_path / "before.csv")
    return tmp_path


def test_load_shows_before_and_after_and_what_is_proven(school, capsys):
    names = ("load", school / "data", school / "level.csv")
    code = main([*map(str, names), "--against", str(school / "before.csv")])
    out = capsys.readouterr().out
    assert code == 0
    assert "多班共用场地的高峰合计1个班，已证明最低" in out
    assert "田径场：最多同时2 → 1个班" in out
    assert "待改进分" in out
    assert "场地错峰 4 → 0" in out


def test_load_as_json_has_the_same_figures(school, capsys):
    names = ("load", school / "data", school / "level.csv", "--json")
    assert main([*map(str, names), "--against", str(school / "before.csv")]) == 0
    facts = json.loads(capsys.readouterr().out)
    (field, _) = facts["venues"]
    # A and B have four lessons of 40 minutes on one of two zones.
    assert (field["peak_classes"], field["least_peak"]) == (1, 1)
    assert field["peak_proven_minimal"] is True
    assert field["used_zone_periods"] == 4
    assert facts["against"]["venues"][0]["peak_classes"] == 2
    # Monday and Friday of the second week: 2 × (4 + 3) zone-periods are open.
    assert facts["weeks"][1] == {
        "venue_id": "V-F",
        "week": 2,
        "monday": "2026-09-07",
        "open": 14,
        "required": 4,
        "planned": 4,
        "confirmed": None,
    }
    assert facts["against"]["costs"]["StaggerVenueLoad"] == 4


def test_load_lists_calendar_weeks_where_it_is_asked_to(school, capsys):
    names = [str(x) for x in ("load", school / "data", school / "level.csv")]
    assert main(names) == 0
    assert "按周" not in capsys.readouterr().out
    assert main([*names, "--weeks"]) == 0
    out = capsys.readouterr().out
    assert "第 2周 2026-09-07           4/14 (29 %)        4     –" in out


def test_load_with_a_database_that_is_not_there_is_an_error(school, capsys):
    names = [str(x) for x in ("load", school / "data", school / "level.csv")]
    assert main([*names, "--database", f"sqlite:///{school}/no.db"]) == 2
    assert "--database" in capsys.readouterr().err
    assert not (school / "no.db").exists()


def test_solve_level_reaches_the_proven_peak(school, capsys):
    arguments = ("solve", school / "data", "--level", "--out", school / "out")
    code = main([*map(str, arguments), "--time", "5", "--method", "exact"])
    assert code == 0
    assert "同时班数上限：田径场 1" in capsys.readouterr().err
    assert main(["load", str(school / "data"), str(school / "out/timetable.csv")]) == 0
    assert "田径场：最多同时1个班" in capsys.readouterr().out


def test_load_of_a_missing_file_is_one_sentence(school, capsys):
    assert main(["load", str(school / "data"), str(school / "none.csv")]) == 2
    assert "none.csv" in capsys.readouterr().err


def test_report_of_use_as_a_workbook(school, capsys):
    target = school / "use.xlsx"
    names = ("load", school / "data", school / "level.csv", "--xlsx", target)
    assert main([*map(str, names)]) == 0
    book = load_workbook(target)
    assert book.sheetnames == [
        "按场地",
        "按学科",
        "按时段",
        "按周",
        "标准",
    ]
    subject = list(book["按学科"].values)
    assert subject[1:] == [("田径场", "体育与健康", 4)]
    # One class at once, four of the field's zone-periods used.
    place = list(book["按场地"].values)[1]
    assert (place[0], place[1], place[5]) == ("田径场", 1, 4)


def test_solve_level_without_a_timetable_under_the_ceilings_solves_without(
    tmp_path, capsys
):
    # Both classes begin together on the field, of which the proof of peaks knows
    # nothing: it says that a peak of 1 is the least.
    together = Relation("X1", RelationKind.SAME_START, ("R1#1", "R2#1"))
    problem = small_problem(*NEEDS, relations=(together,))
    write_folder(problem, tmp_path / "data")
    arguments = ("solve", tmp_path / "data", "--level", "--out", tmp_path / "out")
    code = main([*map(str, arguments), "--time", "3"])
    told = capsys.readouterr().err
    assert code == 0
    assert "同时班数上限：田径场 1" in told
    assert "改为不设上限再排一次" in told
    assert "高峰合计2个班，已证明任何课表不低于1" in told
    assert "田径场：高峰2个班，已证明任何课表不低于1个班" in told
