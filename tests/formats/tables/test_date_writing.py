"""Tables that the site keeps, in a workbook that two threads write."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.dated.date_writing import (
    write_bookings,
    write_replacements,
)
from scheduler.formats.tables.files.workbook_writing import write_workbook
from scheduler.model.closures import Booking, Calendar, Replacement
from tests.builders import agreement, need, problem

FIRST = dt.date(2026, 9, 7)


def test_bookings_and_moves_written_at_once_are_both_kept(tmp_path):
    given = problem(
        need("R1", "C1", "PE"),
        agreements=(agreement(),),
        calendars=(Calendar("CAL", "PARK", "park.ics"),),
    )
    book = tmp_path / "school.xlsx"
    write_workbook(given, book)
    booking, move = Booking("CAL", FIRST, 600, 640), Replacement(FIRST, "R1#1", "L1")
    with ThreadPoolExecutor(2) as pool:
        for week in range(5):
            date = FIRST + dt.timedelta(weeks=week)
            one = pool.submit(write_bookings, [replace(booking, date=date)], book)
            two = pool.submit(write_replacements, [replace(move, date=date)], book)
            one.result()
            two.result()
            kept = read_problem(book).problem
            assert [x.date for x in (*kept.bookings, *kept.replacements)] == [date] * 2
