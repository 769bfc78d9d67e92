"""Calendars of venues: fetched into the folder, the last good copy kept."""

import datetime as dt
import json

import pytest

from scheduler.cli import main
from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.files.workbook_writing import write_workbook
from scheduler.formats.tables.files.writing import write_folder
from scheduler.model.closures import Booking, Calendar
from scheduler.services.outbound.calendars import STATE_FILE, refresh, statuses
from scheduler.services.outbound.refreshing import CalendarRefresher
from tests.services.feed_server import MATCH, feed, feed_server
from tests.term.builders import dates, problem

NOW = dt.datetime(2026, 9, 1, 8, tzinfo=dt.UTC)
(DAY,) = dates("9-8")
MATCH_DAY = Booking("CAL", DAY, 480, 600, "社区比赛")


def school(folder, source="park.ics"):
    """A folder whose park has a calendar, and the problem in it."""
    write_folder(problem(calendars=(Calendar("CAL", "PARK", source),)), folder)
    return read_problem(folder).problem


def fetched(given, folder, hours=0, **more):
    """The problem after a refresh so many hours after ``NOW``."""
    return refresh(given, folder, lambda: NOW + dt.timedelta(hours=hours), **more)


def test_file_of_the_folder_is_read_and_kept(tmp_path):
    folder = tmp_path / "school"
    given = school(folder)
    (folder / "park.ics").write_bytes(MATCH)

    assert fetched(given, folder).bookings == (MATCH_DAY,)
    assert read_problem(folder).problem.bookings == (MATCH_DAY,)


def test_weekly_bookings_close_that_time_to_weekly_lessons(tmp_path):
    folder = tmp_path / "school"
    given = school(folder)
    event = MATCH.replace(b"SUMMARY", b"RRULE:FREQ=WEEKLY\r\nSUMMARY")
    (folder / "park.ics").write_bytes(event)
    fetched(given, folder)
    (row,) = read_problem(folder).problem.closed_weekly

    # From 8 September on it is booked on seven of the nine dates of that weekday.
    assert (row.resource_id, row.day, row.start, row.end) == ("PARK", 2, 480, 600)


def test_feed_of_the_web_is_read(tmp_path):
    folder = tmp_path / "school"
    with feed_server() as address:
        given = school(folder, f"{address}/feed.ics")
        found = fetched(given, folder, allow_private=True)

    assert found.bookings == (MATCH_DAY,)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<html></html>", "is a web page (HTML)"),
        (b"", "is empty"),
        (MATCH[:-20], "is cut off"),
        (bytes(6 * 1024 * 1024), "is larger than 5120 KB"),
        (b"BEGIN:VCALENDAR\r\n" * 9 + b"END:VCALENDAR\r\n" * 9, "nests calendars"),
        (feed("DTSTART:20260908T080000\nRRULE:FREQ=SECONDLY"), "repeats within a day"),
        (None, "is a file that is not there"),
    ],
)
def test_what_is_no_calendar_is_said_and_the_last_good_copy_kept(
    tmp_path, content, sentence
):
    folder = tmp_path / "school"
    given = school(folder)
    path = folder / "park.ics"
    path.write_bytes(MATCH)
    first = fetched(given, folder)
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    second = fetched(first, folder, hours=1)
    (status,) = statuses(second, folder, NOW + dt.timedelta(hours=2))

    assert second.bookings == (MATCH_DAY,)
    assert sentence in status.state.fault.en
    assert status.age == dt.timedelta(hours=2)
    assert not status.stale


def test_calendar_is_stale_after_three_days_or_if_its_source_changed(tmp_path):
    folder = tmp_path / "school"
    given = school(folder)
    (folder / "park.ics").write_bytes(MATCH)
    found = fetched(given, folder)

    def stale(hours, known=found):
        (status,) = statuses(known, folder, NOW + dt.timedelta(hours=hours))
        return status.stale

    assert (stale(72), stale(73)) == (False, True)
    other = problem(calendars=(Calendar("CAL", "PARK", "other.ics"),))
    assert stale(0, other)


def test_link_out_of_the_folder_is_not_followed(tmp_path):
    folder = tmp_path / "school"
    given = school(folder)
    (tmp_path / "secret.ics").write_bytes(MATCH)
    (folder / "park.ics").symlink_to(tmp_path / "secret.ics")
    found = fetched(given, folder)
    (status,) = statuses(found, folder, NOW)

    assert found.bookings == ()
    assert status.state.fault.en == "is not inside the folder"


def test_broken_state_file_is_as_if_nothing_was_fetched(tmp_path):
    folder = tmp_path / "school"
    given = school(folder)
    (folder / STATE_FILE).write_text("{", "utf-8")
    (status,) = statuses(given, folder, NOW)

    assert status.stale
    assert status.age is None


def test_command_lists_what_it_fetched_and_never_shows_a_secret_address(
    tmp_path, capsys
):
    folder = tmp_path / "school"
    with feed_server() as address:
        school(folder, f"{address}/feed.ics")
        refused = main(["calendars", str(folder), "--refresh", "--lang", "en"])
        said = capsys.readouterr().out
        allowed = main(["calendars", str(folder), "--refresh", "--allow-private"])
        capsys.readouterr()
    listed = main(["calendars", str(folder), "--json"])
    facts = json.loads(capsys.readouterr().out)

    assert (refused, allowed, listed) == (1, 0, 0)
    assert "leads to a private network" in said
    assert "feed.ics" not in said
    assert [b["name"] for b in facts["bookings"]] == ["社区比赛"]
    assert facts["calendars"][0]["stale"] is False


def test_calendars_of_a_workbook_lie_beside_it_and_fill_its_sheet(tmp_path, capsys):
    book = tmp_path / "school.xlsx"
    given = problem(calendars=(Calendar("CAL", "PARK", "park.ics"),))
    write_workbook(given, book)
    (tmp_path / "park.ics").write_bytes(MATCH)

    first = main(["calendars", str(book)])
    second = main(["calendars", str(book), "--refresh"])
    facts = json.loads((tmp_path / "school.calendars.json").read_text("utf-8"))
    capsys.readouterr()

    assert (first, second) == (1, 0)
    assert read_problem(book).problem.bookings == (MATCH_DAY,)
    assert facts["CAL"]["fault"] is None


def test_command_on_tables_that_are_not_there_is_an_error(
    tmp_path, capsys, monkeypatch
):
    monkeypatch.setenv("CUOFENG_LANG", "en")
    assert main(["calendars", str(tmp_path / "school.xlsx")]) == 2
    assert "no such file" in capsys.readouterr().err


def test_service_refreshes_and_reports_what_it_cannot_fetch(tmp_path):
    folder, said = tmp_path / "school", []
    school(folder)
    refresher = CalendarRefresher(folder, 1, False, said.append)
    refresher.once()
    (folder / "park.ics").write_bytes(MATCH)
    refresher.once()

    assert [text.en for text in said] == ['calendar "CAL" is a file that is not there']
    assert read_problem(folder).problem.bookings == (MATCH_DAY,)


def test_service_survives_a_folder_with_faults(tmp_path):
    folder, said = tmp_path / "school", []
    school(folder)
    (folder / "classes.csv").write_text("nonsense\n", "utf-8")
    refresher = CalendarRefresher(folder, 1, False, said.append)
    refresher.start()
    refresher.stop()

    assert said[0].zh.startswith("数据有误，日历没有更新：【班级】")
    assert said[0].en.startswith("calendars not updated: classes, class_id")
