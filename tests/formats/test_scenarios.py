"""Scenarios change rows, keep the rest, and say plainly what does not fit."""

import pytest

from scheduler.formats.scenarios import apply_scenario, read_scenario
from scheduler.model.errors import InputError
from tests.small_school import need, small_problem

PROBLEM = small_problem(need("R1", "A", "PE", "2"), need("R2", "B", "PE"))


def scenario(tmp_path, text):
    path = tmp_path / "more.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_toml_adds_replaces_and_removes_rows(tmp_path):
    path = scenario(
        tmp_path,
        """
        name = "分三区"
        [[change]]
        table = "zones"
        row = { zone_id = "Z3", venue_id = "V-F", max_classes = 1 }
        [[change]]
        table = "layouts"
        [change.row]
        layout_id = "L3"
        venue_id = "V-F"
        zones = ["Z3"]
        subjects = ["PE"]
        max_classes = 1
        [[change]]
        table = "zones"
        action = "replace"
        row = { zone_id = "Z1", max_pupils = 50 }
        [[change]]
        table = "layouts"
        action = "remove"
        row = { layout_id = "L12" }
        """,
    )
    read = read_scenario(path)
    changed = apply_scenario(PROBLEM, read).problem
    assert read.name == "分三区"
    assert [z.zone_id for z in changed.zones] == ["Z1", "Z2", "Z3"]
    assert (changed.zone["Z1"].max_pupils, changed.zone["Z1"].max_classes) == (50, 1)
    assert list(changed.layout) == ["L1", "L2", "LM", "L3"]
    assert changed.requirements == PROBLEM.requirements


def test_folder_changes_a_row_of_the_same_key_and_adds_others(tmp_path):
    folder = tmp_path / "bigger"
    folder.mkdir()
    rows = "分区编号,场地编号,最多班数\nZ2,V-F,2\nZ9,V-F,1\n"
    (folder / "zones.csv").write_text(rows, encoding="utf-8")
    changed = apply_scenario(PROBLEM, read_scenario(folder)).problem
    assert [(z.zone_id, z.max_classes) for z in changed.zones] == [
        ("Z1", 1),
        ("Z2", 2),
        ("Z9", 1),
    ]
    # Cells that are not given stay.
    assert changed.zone["Z2"].max_pupils == 40


FAULTS = {
    "a table that is none": (
        '[[change]]\ntable = "fields"\nrow = {a = 1}',
        '"fields" is no table',
    ),
    "a column that is none": (
        '[[change]]\ntable = "zones"\nrow = {zone = "Z3"}',
        '"zone" is no column of zones',
    ),
    "an action that is none": (
        '[[change]]\ntable = "zones"\naction = "drop"\nrow = {zone_id = "Z1"}',
        '"drop" is no action',
    ),
    "a row that is none": ('[[change]]\ntable = "zones"', "names no row"),
    "a row that is not there": (
        '[[change]]\ntable = "zones"\naction = "remove"\nrow = {zone_id = "Z8"}',
        '"zone_id=Z8" is no row of zones',
    ),
    "a venue that is not there": (
        '[[change]]\ntable = "zones"\n'
        'row = {zone_id = "Z3", venue_id = "V-X", max_classes = 1}',
        '"V-X" is not in the table of venues',
    ),
    "no change": ('name = "nothing"', "changes nothing"),
    "no TOML": ("[[change", "is not valid TOML"),
    "a change that is no list": ('change = "all"', "is no list"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_of_a_scenario_is_one_sentence(tmp_path, name):
    text, wanted = FAULTS[name]
    with pytest.raises(InputError) as caught:
        apply_scenario(PROBLEM, read_scenario(scenario(tmp_path, text)))
    (error,) = caught.value.errors
    assert wanted in str(error)


def test_scenario_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(InputError, match="there is no such scenario"):
        read_scenario(tmp_path / "none")


def test_fault_of_a_single_file_names_that_file(tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text('[[change]]\ntable = "zonen"\n', "utf-8")
    with pytest.raises(InputError, match=r"^plan\.toml, table"):
        read_scenario(path)
