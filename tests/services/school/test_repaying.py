"""Fridays lost to holidays, and how a class gets them back."""

import datetime as dt

from scheduler.services.school.ledgers import books_of
from scheduler.services.school.repaying import apply, asked_for, possible, propose
from scheduler.term.changes import (
    Batch,
    BellDay,
    DatedChange,
    EventDay,
    EventKind,
    Reason,
)
from tests.services.builders import only, publish
from tests.term.builders import dates, placement, problem, requirement, timetable
from tests.term.rain_school import late_bell

pytestmark = only("sqlite")


def friday(office, clock):
    """Class 3(2) has PE on Fridays, first period; it is 1 September."""
    publish(office, day=5)
    clock.set(9, 1)


def test_two_fridays_lost_to_holidays_come_back_at_once(office, clock):
    friday(office, clock)
    books = books_of(office)
    found = propose(books, books.debts, possible(books, books.debts))
    assert [o.owed.first.date for o in found.offers] == dates("9-25", "10-2")
    # The first free days; on Friday the class has PE already.
    assert sorted(o.date for o in found.offers) == dates("9-2", "9-3")
    assert found.unserved == ()

    apply(office, found, asked_for("office"))
    after = books_of(office)
    assert [d.repaid_on for d in after.debts] == dates("9-2", "9-3")
    (row,) = after.ledger().rows("class")
    assert [row.published.lessons, row.made_up.lessons] == [7, 2]
    assert row.delivered.lessons == row.planned.lessons == 9
    # Undone, they are owed again.
    office.changes.undo(1, "office")
    assert [d.repaid_on for d in books_of(office).debts] == [None, None]


def test_nothing_is_proposed_where_teacher_or_place_is_taken(office, clock):
    friday(office, clock)
    # Until the 3rd two days are left, and the teacher is to be elsewhere on one.
    office.changes.make(
        Batch(Reason.OTHER),
        [
            DatedChange(
                dates("9-4")[0], "R1#1", to_date=dates("9-3")[0], start=480, end=520
            )
        ],
    )
    books = books_of(office)
    owed = [debt for debt in books.debts if debt.repaid_on is None]
    found = propose(books, owed, possible(books, owed, dt.date(2026, 9, 3)))
    assert {o.date for o in found.offers} <= set(dates("9-2", "9-3"))
    assert all((o.date, o.start) != (dates("9-3")[0], 480) for o in found.offers)


def test_what_cannot_be_repaid_by_a_date_is_told(office, clock):
    friday(office, clock)
    books = books_of(office)
    found = propose(
        books, books.debts, possible(books, books.debts, dt.date(2026, 9, 2))
    )
    assert (len(found.offers), len(found.unserved)) == (1, 1)


def test_nothing_comes_back_during_an_event_and_the_bell_of_the_day_holds(
    office, clock
):
    """Sports on Wednesday; on Thursday a bell whose second period is at 10:50."""
    other = {"class_ids": ("C1",), "teacher_ids": ("T2",)}
    asked = (requirement("R1"), requirement("R2", **other), requirement("R3", **other))
    given = problem(*asked, bells=(*problem().bells, late_bell()))
    table = timetable(
        given,
        R1=placement(5, layout_id="L-NORTH"),
        R2=placement(3, layout_id="L-NORTH", teacher_ids=("T2",)),
        R3=placement(4, layout_id="L-NORTH", teacher_ids=("T2",)),
    )
    office.publish(given, table, "第1版", "{}")
    clock.set(9, 1)
    sports = EventDay(dt.date(2026, 9, 2), EventKind.SPORTS, ("C2",))
    office.changes.make(Batch(Reason.EVENT), [sports])
    office.changes.make(Batch(Reason.BELL), [BellDay(dt.date(2026, 9, 3), "LATE")])
    books = books_of(office)
    lost = [x for x in books.debts if x.class_id == "C2"]
    found = propose(books, lost, possible(books, lost))
    when = [(o.date, o.start) for o in found.offers]
    assert when == list(zip(dates("9-3", "9-7"), (650, 480), strict=True))
