"""cuofeng agreements: what is still to come counts, dates that are over do not."""

import datetime as dt
import re

import pytest

from scheduler.cli import main
from scheduler.cli.commands.places import agreements
from scheduler.formats.tables.files.writing import write_folder
from scheduler.formats.tables.timetable_writing import write_timetable
from tests.builders import agreement, need, place, problem, timetable


@pytest.fixture
def files(tmp_path):
    """The agreement ends on 12 October; the Mondays 19 and 26 October have no place."""
    given = problem(
        need("R1", "C1", "PE"),
        agreements=(agreement(valid_to=dt.date(2026, 10, 12)),),
    )
    write_folder(given, tmp_path / "school")
    table = timetable(given, R1=place(1, 3, "LP"))
    write_timetable(table, tmp_path / "timetable.csv")
    return str(tmp_path / "school"), str(tmp_path / "timetable.csv")


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        (dt.date(2026, 9, 1), ["10-19", "10-26"]),
        (dt.date(2026, 10, 20), ["10-26"]),
        (dt.date(2026, 10, 27), []),
    ],
)
def test_only_dates_from_today_on_are_listed(capsys, monkeypatch, files, today, shown):
    monkeypatch.setattr(agreements, "local_today", lambda _: today)

    main(["agreements", *files])
    lines = capsys.readouterr().out.splitlines()

    # What befalls one lesson on several dates is one line, with the dates behind it.
    told = [x for x in lines if "协议当天无效" in x]
    assert re.findall(r"10-(?:19|26)", "".join(told)) == shown
