"""Three ledgers counted by hand on the calendar of builders.py."""

import datetime as dt
from fractions import Fraction

import pytest

from scheduler.model.times import Week
from scheduler.term.changes import DatedChange, ExtraLesson
from scheduler.term.history import first_entries
from scheduler.term.ledgers.counting import Counted
from scheduler.term.ledgers.planned import planned_lines, school_weeks
from scheduler.term.ledgers.tables import COLUMNS, Ledger, Per
from scheduler.term.versions import Versions
from tests.term.builders import (
    TERM,
    dates,
    placement,
    problem,
    requirement,
    timetable,
)

AT = dt.datetime(2026, 8, 25, tzinfo=dt.UTC)
SECOND, THIRD = dates("9-8", "9-15")


def ledger(table, *changes, **more):
    versions = Versions.of(table)
    entries = tuple(first_entries(versions, 1, AT, changes))
    return Ledger(table.problem.term, entries, planned_lines(versions), **more)


def lessons(found, of=Counted.CLASS, per=Per.TERM):
    """Lessons by column, of each resource, subject and period."""
    return {
        (r.resource_id, r.subject_id, r.period): tuple(
            getattr(r, name).lessons for name in COLUMNS
        )
        for r in found.rows(of, per)
    }


def test_nine_weeks_of_the_term_are_taught():
    # 31 August to 31 October; the week of National Day has 28-30 September before it
    # and 8-9 October after it.
    assert len(school_weeks(TERM)) == 9


def test_a_lesson_on_fridays_is_planned_nine_times_and_published_seven():
    # 25 September and 2 October are closed; Tuesdays lose 6 October, gain 20 September.
    asked = (requirement("R1"), requirement("R2", subject_id="CN"))
    table = timetable(problem(*asked), R1=placement(5), R2=placement(2, 2))
    assert lessons(ledger(table)) == {
        ("C2", "PE", ""): (9, 7, 0, 0, 7, 0),
        ("C2", "CN", ""): (9, 9, 0, 0, 9, 0),
    }


def test_a_lesson_of_every_other_week_is_planned_half_a_lesson_a_week():
    asked = requirement("R1", per_week=Fraction(1, 2), week=Week.ODD)
    table = timetable(problem(asked), R1=placement(2, week=Week.ODD))
    (row,) = ledger(table).rows(Counted.CLASS)
    # Odd Tuesdays: 1, 15, 20 and 29 September, 13 and 27 October.
    assert (row.planned.lessons, row.published.lessons) == (4.5, 6)


def test_a_covered_lesson_moves_from_one_teacher_to_the_other_and_not_from_the_class():
    table = timetable(R1=placement())
    covered = DatedChange(SECOND, "R1#1", teacher_ids=("T2",))
    assert lessons(ledger(table, covered))["C2", "PE", ""] == (9, 9, 0, 0, 9, 0)
    assert lessons(ledger(table, covered), Counted.TEACHER) == {
        ("T1", "PE", ""): (9, 9, 1, 0, 8, 0),
        ("T2", "PE", ""): (0, 0, 0, 1, 1, 0),
    }


def test_another_place_for_a_date_moves_between_venues():
    table = timetable(R1=placement(layout_id="L-NORTH"))
    home = DatedChange(SECOND, "R1#1", layout_id="home")
    assert lessons(ledger(table, home), Counted.VENUE) == {
        ("FIELD", "PE", ""): (0, 9, 1, 0, 8, 0)
    }


def test_a_block_counts_each_of_its_periods():
    asked = requirement("R1", per_week=Fraction(2), blocks=(Fraction(2),))
    table = timetable(problem(asked), R1=placement(2, length=2))
    (row,) = ledger(table).rows(Counted.CLASS)
    assert (row.planned.lessons, row.delivered.lessons) == (18, 18)
    assert row.delivered.minutes == 720


@pytest.mark.parametrize("per", [Per.MONTH, Per.WEEK])
def test_months_and_weeks_add_up_to_the_term(per):
    table = timetable(R1=placement())
    off = DatedChange(SECOND, "R1#1", cancelled=True)
    back = ExtraLesson(THIRD, "+1#1", ("C2",), "PE", ("T1",), 580, 620)
    found = ledger(table, off, back)
    (whole,) = lessons(found).values()
    assert tuple(map(sum, zip(*lessons(found, per=per).values(), strict=True))) == whole
    assert lessons(found, per=Per.MONTH)["C2", "PE", "2026-09"] == (5, 6, 1, 1, 6, 0)


def test_what_was_checked_in_is_confirmed():
    table = timetable(R1=placement())
    found = ledger(table, confirmed=lambda entry: entry.date == SECOND)
    assert lessons(found)["C2", "PE", ""] == (9, 9, 0, 0, 9, 1)


def test_only_dates_asked_for_are_counted():
    table = timetable(R1=placement())
    found = ledger(table, first=dates("9-8")[0], until=dates("9-21")[0])
    # Published on 8, 15 and 20 September; weeks begin on the 7th and 14th.
    assert lessons(found)["C2", "PE", ""] == (1, 3, 0, 0, 3, 0)
