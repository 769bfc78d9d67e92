"""cuofeng whatif: what a scenario brings, on the command line and on the page."""

import json
from dataclasses import replace

import pytest

from scheduler.cli.main import main
from scheduler.formats.tables.files.writing import write_folder
from scheduler.services.jobs.what_if import comparison
from scheduler.services.offices import Store
from scheduler.services.views.site import SiteState
from tests.small_school import at, need, small_problem, timetable
from web import create_app

MORE = """
name = "音乐教室也上体育"
[[change]]
table = "layouts"
[change.row]
layout_id = "LX"
venue_id = "V-M"
zones = ["V-M"]
subjects = ["PE"]
max_classes = 1
"""


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """Eight lessons of two classes in seven slots: both at once on the field, once."""
    folder = tmp_path_factory.mktemp("what-if")
    problem = small_problem(
        need("R1", "A", "PE", "4"), need("R2", "B", "PE", "4", teacher_ids=("T2",))
    )
    write_folder(problem, folder / "data")
    (folder / "more.toml").write_text(MORE, encoding="utf-8")
    database = f"sqlite:///{folder / 'school.db'}"
    names = ("whatif", folder / "data", folder / "more.toml", "--out", folder / "out")
    code = main([*map(str, names), "--time", "5", "--database", database])
    return folder, database, code


def test_scenario_lowers_the_peak_and_the_record_says_so(compared):
    folder, _, code = compared
    record = json.loads((folder / "out" / "whatif.json").read_text(encoding="utf-8"))
    before, after = record["cases"]
    assert code == 0
    assert (before["name"], after["name"]) == ("现状", "音乐教室也上体育")
    assert (before["placed"], after["placed"]) == (8, 8)
    assert (before["least_sum"], after["least_sum"]) == (2, 1)
    assert (before["peak_sum"], before["outside_walks"]) == (2, 0)
    for number in ("0", "1"):
        assert (folder / "out" / number / "timetable.csv").is_file()
        assert main(["validate", str(folder / "out" / number / "data")]) == 0


def test_printable_page_and_stored_comparison_show_both(compared):
    folder, database, _ = compared
    page = (folder / "out" / "whatif.html").read_text(encoding="utf-8")
    store = Store.open(database)
    placed = timetable(small_problem(need("R1", "A", "PE")), R1_1=at(1, 1, "L1"))
    store.office_for(placed.problem).publish(placed.problem, placed, "", "{}")
    shown = create_app(SiteState(store)).test_client().get("/o/s1/what-if/").text
    store.close()
    for text in ("音乐教室也上体育", "高峰合计的理论最低（已证明）", "▲"):
        assert text in page
        assert text in shown


@pytest.mark.usefixtures("english")
def test_faults_of_all_scenarios_are_said_at_once(compared, capsys):
    folder, _, _ = compared
    names = ("whatif", folder / "data", folder / "a", folder / "b", "--out", folder)
    assert main([*map(str, names)]) == 2
    assert capsys.readouterr().err.count("there is no such scenario") == 2


def test_gap_that_tells_only_of_the_proof_is_not_shown(compared):
    store = Store.open(compared[1])
    case = store.office_named().comparisons.all()[0].cases[0]
    store.close()
    # Rounded up, as in the sentence below the table: 2 of 242 are 0.83 %.
    gaps = (1.0, 0.125, 2 / 242)
    (line,) = (
        x
        for x in comparison(tuple(replace(case, gap=gap) for gap in gaps))
        if x.title.zh == "已证差距"
    )
    assert line.cells == ("–", "12.5 %", "0.9 %")
