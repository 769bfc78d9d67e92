"""History is kept: what is dated today or later changes nothing of the days before."""

import datetime as dt
from collections import Counter
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.services.school.changes import CannotChange
from scheduler.services.school.ledgers import books_of
from scheduler.term.changes import Batch, Reason
from scheduler.term.checking import change_faults
from scheduler.term.ledgers.bad_weather import bad_weather_hours
from scheduler.term.ledgers.counting import Counted
from scheduler.term.ledgers.digest import digest
from scheduler.term.ledgers.tables import Per
from scheduler.term.rain import CannotApply
from tests.services.acts import ACTS, DATED, WAIT, begin, do
from tests.services.builders import Clock, opened
from tests.term.ledgers.hours import term_hours
from tests.thorough import times


def office_after(clock, office, acts):
    """Do all that is possible of it."""
    begin(office)
    for number, act in enumerate(acts):
        with suppress(CannotApply, CannotChange):
            do(office, clock, number, *act)
        clock.wait(60)


def ledgers(office, until, as_of=None):
    """All that is counted of the days before a date."""
    entries = office.entries(as_of)
    past = [e for e in entries if e.date < until]
    return term_hours(entries, until=until), bad_weather_hours(past)


def is_dated_from(today, act):
    """Whether an act concerns no day before today."""
    kind, first, _ = act
    match kind:
        case "change":
            return min(first.dates) >= today
        case "undo":
            return False
    return True


@given(st.lists(ACTS | WAIT, max_size=6), st.lists(ACTS, max_size=4))
@settings(max_examples=times(6), deadline=None)
def test_no_publication_and_no_change_from_today_on_alters_what_was_before(acts, later):
    clock = Clock()
    clock.set(9, 5)
    with opened("sqlite://", clock) as office:
        office_after(clock, office, acts)
        clock.set(9, 11)
        today = dt.date(2026, 9, 11)
        before = ledgers(office, today)
        for number, act in enumerate(later):
            if is_dated_from(today, act):
                with suppress(CannotApply, CannotChange):
                    do(office, clock, 100 + number, *act)
            assert ledgers(office, today) == before


@given(
    st.lists(ACTS | WAIT, max_size=8), st.dates(*[dt.date(2026, 9, d) for d in (1, 30)])
)
@settings(max_examples=times(6), deadline=None)
def test_delivered_and_lost_are_published_and_made_up(acts, until):
    clock = Clock()
    clock.set(9, 5)
    with opened("sqlite://", clock) as office:
        office_after(clock, office, acts)
        for row in term_hours(office.entries(), until=until):
            for unit in ("lessons", "minutes"):
                assert balance(row, unit) == 0
        ledger = books_of(office).ledger(until=until)
        for of in Counted:
            for row in ledger.rows(of, Per.WEEK):
                assert balance(row, "lessons") == balance(row, "minutes") == 0


def balance(row, unit):
    """Delivered and lost less published and made up."""
    out, back = (row.delivered, row.lost), (row.published, row.made_up)
    return sum(getattr(x, unit) for x in out) - sum(getattr(x, unit) for x in back)


@given(st.lists(ACTS | WAIT, max_size=5), st.lists(DATED, min_size=1, max_size=3))
@settings(max_examples=times(6), deadline=None)
def test_a_late_correction_is_a_line_of_its_own_and_the_books_before_stay(acts, late):
    clock = Clock()
    clock.set(9, 5)
    with opened("sqlite://", clock) as office:
        office_after(clock, office, acts)
        clock.set(10, 5)
        then = clock()
        before = office.entries()
        clock.wait(60)
        for change in late:
            with suppress(CannotChange):
                office.changes.make(Batch(Reason.OTHER, "补记"), [change])
                clock.wait(60)
        assert digest(office.entries(then)) == digest(before)


@given(st.lists(ACTS | WAIT, max_size=5), st.lists(DATED, min_size=1, max_size=3))
@settings(max_examples=times(6), deadline=None)
def test_undoing_restores_content_exactly_and_goes_on_in_sequence(acts, changes):
    clock = Clock()
    clock.set(9, 5)
    with opened("sqlite://", clock) as office:
        office_after(clock, office, acts)
        clock.wait(60)
        before = {e.key: e for e in office.entries()}
        try:
            batch = office.changes.make(Batch(Reason.OTHER, "因病"), changes)
        except CannotChange:
            assert {e.key: e for e in office.entries()} == before
            return
        clock.wait(60)
        office.changes.undo(batch.batch_id)
        after = {e.key: e for e in office.entries()}
        assert content(after.values()) == content(before.values())
        for key, entry in before.items():
            now = after[key]
            touched = now.sequence != entry.sequence
            assert now.sequence >= entry.sequence
            assert not touched or now.changed_at > entry.changed_at
        earlier = clock() - dt.timedelta(seconds=90)
        assert ledgers(office, dt.date.max) == ledgers(office, dt.date.max, earlier)


def content(entries):
    """What calendars show; an extra lesson that is taken back is shown as cancelled."""
    return Counter((e.date, e.facts) for e in entries if not e.cancelled)


@given(st.lists(ACTS | WAIT, max_size=8))
@settings(max_examples=times(6), deadline=None)
def test_changes_as_they_are_made_are_in_nobodys_way(acts):
    clock = Clock()
    clock.set(9, 5)
    with opened("sqlite://", clock) as office:
        begin(office)
        for number, act in enumerate(acts):
            known = faults(office)
            try:
                do(office, clock, number, *act)
            except (CannotApply, CannotChange):
                assert faults(office) == known
                continue
            if act[0] == "change":
                made = {(act[1].date, getattr(act[1], "lesson_id", ""))}
                assert not made & (faults(office) - known)


def faults(office):
    found = change_faults(office.versions(), office.changes.in_force())
    return {(f.change.date, f.change.lesson_id) for f in found}
