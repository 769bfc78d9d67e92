"""Lost lessons and what pays for them, by hand on the calendar of builders.py."""

import datetime as dt

from scheduler.term.changes import DatedChange, ExtraLesson
from scheduler.term.history import first_entries
from scheduler.term.ledgers.debts import debts_of
from scheduler.term.versions import Versions
from tests.term.builders import dates, placement, timetable

AT = dt.datetime(2026, 8, 25, tzinfo=dt.UTC)
SECOND, THIRD, FOURTH = dates("9-8", "9-15", "9-22")


def debts(table, *changes):
    """(date, reason, repaid on) of each debt."""
    versions = Versions.of(table)
    entries = first_entries(versions, 1, AT, changes)
    found = debts_of(versions, entries, changes)
    return [(d.date, d.why.zh, d.repaid_on) for d in found]


def extra(date, **more):
    return ExtraLesson(date, "+1#1", ("C2",), "PE", ("T1",), 630, 670, **more)


def test_fridays_lost_to_holidays_are_owed():
    assert debts(timetable(R1=placement(5))) == [
        (dates("9-25")[0], "中秋节", None),
        (dates("10-2")[0], "国庆节", None),
    ]


def test_a_make_up_day_pays_for_its_weekday():
    tuesday, made = dates("10-6", "9-20")
    assert debts(timetable(R1=placement(2))) == [(tuesday, "国庆节", made)]


def test_a_cancelled_lesson_is_owed_until_one_that_names_it():
    table = timetable(R1=placement(1))
    monday = dates("9-7")[0]
    off = DatedChange(monday, "R1#1", cancelled=True)
    owed = debts(table, off)
    assert owed == [(monday, "停课", None), (dates("10-5")[0], "国庆节", None)]
    named = extra(THIRD, for_date=dates("10-5")[0], for_id="R1#1")
    assert [repaid for *_, repaid in debts(table, off, named)] == [None, THIRD]


def test_a_lesson_that_names_none_pays_for_the_oldest():
    table = timetable(R1=placement(1))
    off = DatedChange(dates("9-7")[0], "R1#1", cancelled=True)
    assert [repaid for *_, repaid in debts(table, off, extra(THIRD))] == [THIRD, None]


def test_a_lesson_on_another_date_pays_for_itself():
    table = timetable(R1=placement(4))
    thursday, friday = dates("9-10", "9-11")
    moved = DatedChange(thursday, "R1#1", to_date=friday)
    assert debts(table, moved)[0] == (thursday, "调到2026-09-11", friday)


def test_a_lesson_given_to_another_subject_is_owed_and_pays_none_of_it():
    table = timetable(R1=placement(4))
    given = DatedChange(dates("9-10")[0], "R1#1", subject_id="CN")
    assert debts(table, given)[0] == (dates("9-10")[0], "改上语文", None)
