"""Hours of a term, counted by hand on the calendar in builders.py."""

import datetime as dt
from fractions import Fraction

from scheduler.model.closures import Closure, ClosureKind
from scheduler.term.changes import DatedChange, ExtraLesson
from scheduler.term.history import first_entries
from scheduler.term.versions import Versions
from tests.term.builders import dates, placement, problem, requirement, timetable
from tests.term.ledgers.hours import term_hours

AT = dt.datetime(2026, 8, 25, tzinfo=dt.UTC)
SECOND, THIRD, FOURTH = dates("9-8", "9-15", "9-22")


def hours(table, *changes, **window):
    """(published, lost, made up, delivered) lessons of each class and subject."""
    rows = term_hours(first_entries(Versions.of(table), 1, AT, changes), **window)
    return {
        (r.class_id, r.subject_id): tuple(
            x.lessons for x in (r.published, r.lost, r.made_up, r.delivered)
        )
        for r in rows
    }


def test_hours_count_dates_blocks_and_joint_classes():
    school = problem(
        requirement("R1", per_week=Fraction(2), blocks=(Fraction(2),)),
        requirement("R2", subject_id="CN", class_ids=("C1", "C2")),
        requirement("R3", class_ids=("C1",)),
    )
    placed = timetable(school, R1=placement(2, length=2), R2=placement(5))
    rows = term_hours(first_entries(Versions.of(placed), 1, AT))
    # R3 is not placed. Seven Fridays of 40 minutes for both classes, and nine Tuesdays
    # (the make-up Sunday among them) of two periods.
    assert [(r.class_id, r.subject_id, r.delivered.minutes) for r in rows] == [
        ("C1", "CN", 280),
        ("C2", "CN", 280),
        ("C2", "PE", 720),
    ]
    assert [r.published for r in rows] == [r.delivered for r in rows]


def test_lost_and_made_up_lessons_balance():
    """PE on nine Tuesdays: one cancelled, one given to Chinese, one made up."""
    table = timetable(R1=placement())
    changes = (
        DatedChange(SECOND, "R1#1", cancelled=True),
        DatedChange(THIRD, "R1#1", subject_id="CN"),
        ExtraLesson(dates("9-10")[0], "+3#1", ("C2",), "PE", ("T1",), 630, 670),
    )
    assert hours(table, *changes) == {
        ("C2", "PE"): (9, 2, 1, 8),
        ("C2", "CN"): (0, 0, 1, 1),
    }


def test_lesson_on_another_date_is_lost_on_one_and_made_up_on_the_other():
    table = timetable(R1=placement())
    moved = DatedChange(THIRD, "R1#1", to_date=FOURTH, start=530, end=570)
    assert hours(table, moved)["C2", "PE"] == (9, 1, 1, 9)
    # Up to the 21st it is missing: the 1st, 8th, 15th and 20th were published.
    assert hours(table, moved, until=dates("9-21")[0])["C2", "PE"] == (4, 1, 0, 3)


def test_event_of_the_class_takes_its_lessons():
    trip = (Closure("K1", ClosureKind.CLASS, "C2", SECOND),)
    table = timetable(problem(closures=trip), R1=placement())
    assert hours(table)["C2", "PE"] == (9, 1, 0, 8)
