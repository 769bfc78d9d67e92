"""Tables that are served: read once, and again when a file changes."""

import datetime as dt
from dataclasses import replace

from scheduler.formats.tables.dated.date_writing import write_bookings
from scheduler.formats.tables.files.writing import write_folder
from scheduler.model.closures import Booking, Calendar
from scheduler.services.views.places.calendars import ServedTables
from tests.builders import agreement, need, problem

NOW = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
BOOKING = Booking("CAL", dt.date(2026, 9, 28), 600, 640, "比赛")


def served(folder):
    given = problem(
        need("R1", "C1", "PE"),
        agreements=(agreement(),),
        calendars=(Calendar("CAL", "PARK", "park.ics"),),
    )
    write_folder(replace(given, bookings=(BOOKING,)), folder)
    return ServedTables(folder)


def test_tables_that_have_not_changed_are_not_read_again(tmp_path):
    tables = served(tmp_path / "school")
    first = tables.view(NOW)
    assert first.bookings == (BOOKING,)
    assert tables.view(NOW).bookings is first.bookings


def test_bookings_that_were_fetched_meanwhile_are_seen(tmp_path):
    tables = served(tmp_path / "school")
    tables.view(NOW)
    later = replace(BOOKING, date=dt.date(2026, 10, 12), name="决赛")
    write_bookings([BOOKING, later], tmp_path / "school")
    assert tables.view(NOW).bookings == (BOOKING, later)


def test_tables_with_a_fault_show_nothing_until_it_is_mended(tmp_path):
    tables = served(tmp_path / "school")
    classes = tmp_path / "school" / "classes.csv"
    content = classes.read_bytes()
    classes.write_bytes(b"nothing\n")
    assert tables.view(NOW) is None
    classes.write_bytes(content)
    assert tables.view(NOW).bookings == (BOOKING,)
