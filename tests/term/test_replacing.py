"""Lessons moved or called off for a date, in the history that feeds are made of."""

import datetime as dt
from dataclasses import replace

from scheduler.model.closures import Closure, ClosureKind
from scheduler.model.timetable import Timetable
from scheduler.term.changes import DatedChange
from scheduler.term.history import Publishing, first_entries, follow
from scheduler.term.versions import Versions
from tests.term.builders import dates, placement, problem, timetable
from tests.term.ledgers.hours import term_hours

AT = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
(DAY,) = dates("9-8")
SCHOOL = problem(agreements=())
TABLE = timetable(SCHOOL, R1=placement(layout_id="L-NORTH"))
SOUTH = DatedChange(DAY, "R1#1", layout_id="L-SOUTH")


def republished(*changes, **tables):
    """Entries by date after the same timetable was published with these tables."""
    first = first_entries(Versions.of(TABLE), 1, AT)
    changed = Timetable(replace(SCHOOL, **tables), TABLE.placements)
    act = Publishing(2, AT + dt.timedelta(hours=1), dt.date(2026, 9, 1))
    return {e.date: e for e in follow(first, Versions.of(changed), act, changes)}


def test_moved_lesson_says_its_new_place_and_all_others_stay_as_they_were():
    entries = republished(SOUTH)
    moved = [day for day, entry in entries.items() if entry.sequence]

    assert moved == [DAY]
    assert entries[DAY].new_place
    assert entries[DAY].facts.place.zones == ("南半场",)


def test_lesson_of_a_closed_place_is_shown_without_it_until_it_is_moved():
    closures = (Closure("X", ClosureKind.ZONE, "北半场", DAY),)

    assert republished(closures=closures)[DAY].place_open
    assert not republished(SOUTH, closures=closures)[DAY].place_open


def test_lesson_that_falls_out_is_cancelled_and_not_counted():
    closures = (Closure("X", ClosureKind.SCHOOL, "S", DAY, name="运动会"),)
    entries = republished(closures=closures)

    assert [day for day, entry in entries.items() if entry.cancelled] == [DAY]
    (row,) = term_hours(entries.values())
    assert (row.published.lessons, row.lost.lessons) == (9, 1)
    assert row.delivered.lessons == 9 - 1
