"""cuofeng notices: the day's sheet, its files, and releases."""

import json
from xml.etree import ElementTree

import pytest

from scheduler.cli import main
from scheduler.services.offices import Store
from scheduler.term.changes import Batch, DatedChange, Reason
from tests.services.builders import Clock, publish
from tests.term.builders import dates


@pytest.fixture
def url(tmp_path):
    """A lesson on 7 September is covered."""
    made = f"sqlite:///{tmp_path / 'school.db'}"
    store = Store.open(made, Clock())
    office = store.add_office("s", "铁山路学校")
    publish(office)
    change = DatedChange(dates("9-7")[0], "R1#1", teacher_ids=("T2",))
    office.changes.make(Batch(Reason.ABSENCE), [change])
    store.close()
    return made


def test_sheet_is_written_released_and_then_nothing_is_new(url, tmp_path, capsys):
    asked = ("notices", "--database", url, "--date", "2026-09-07")
    assert main([*asked, "--out", str(tmp_path / "o")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("【代课】三(2)班 08:00–08:40")
    assert lines[1] == "2026-09-07共1处变动，1处还没有通知。"
    names = {path.name for path in (tmp_path / "o").iterdir()}
    assert names == {"changes-2026-09-07.svg", "changes-2026-09-07.xlsx"}
    picture = ElementTree.parse(tmp_path / "o" / "changes-2026-09-07.svg")
    assert "【代课】" in "".join(picture.getroot().itertext())

    assert main([*asked, "--release", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["fresh"] == []
    assert main([*asked, "--release"]) == 2
    assert "没有还未发布的变动" in capsys.readouterr().err


def test_robots_elsewhere_are_refused(url, capsys, english):
    robot = ("--robot", "feishu", "--address", "https://example.org/x")
    assert main(["notices", "--database", url, *robot]) == 2
    assert "not an allowed address" in capsys.readouterr().err
