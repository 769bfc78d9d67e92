"""The books that are kept between requests are those of the database at each moment."""

import datetime as dt
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.services.office import Office
from scheduler.services.offices import Store
from scheduler.services.school.changes import CannotChange
from scheduler.services.school.ledgers import books_of
from scheduler.services.store.database import Database
from scheduler.services.store.kept import Kept
from scheduler.services.store.restoring import back_up, restore
from scheduler.term.changes import Batch, DatedChange, Reason
from scheduler.term.ledgers.counting import Counted
from scheduler.term.ledgers.tables import Per
from scheduler.term.rain import CannotApply
from tests.services.acts import ACTS, WAIT, begin, do
from tests.services.builders import Clock, opened, publish
from tests.term.builders import dates
from tests.thorough import times

OFF = Batch(Reason.OTHER, "因病")


def told(books):
    """All that books say."""
    ledger = books.ledger()
    rows = [ledger.rows(of, per) for of in Counted for per in (Per.TERM, Per.WEEK)]
    past = books.ledger(until=books.today).rows(Counted.CLASS)
    return (
        sorted(books.entries, key=lambda entry: entry.key),
        books.changes,
        books.debts,
        books.digest,
        books.today,
        rows,
        past,
    )


def read_anew(office):
    """The same database by way of something that has kept nothing."""
    whole = office.database.whole
    return books_of(Office.of(Database(whole.engine, whole.now), office.key))


def cancelled(day):
    return DatedChange(*dates(day), "R1#1", cancelled=True)


def lost(office):
    """Dates of lessons that are owed, but for those of closed days."""
    return [d.date for d in books_of(office).debts if not d.closed]


def test_what_another_process_changes_is_in_the_books_at_once(office, url, clock):
    publish(office)
    other = Store.open(url, clock)
    theirs = other.office("s")
    first = books_of(office)
    assert books_of(office) is first
    batch = theirs.changes.make(OFF, [cancelled("9-7")])
    assert len(books_of(office).changes) == 1
    assert lost(office) == [*dates("9-7")]
    # Within the same second: only the revision tells.
    theirs.changes.undo(batch.batch_id)
    assert books_of(office).digest == first.digest
    clock.time = dt.datetime(2026, 9, 7, 0, 30, tzinfo=dt.UTC)
    assert books_of(office).today == dt.date(2026, 9, 7)
    (held,) = theirs.usage.running("FIELD")
    assert books_of(office).confirmed is None
    theirs.usage.confirm("FIELD", "office")
    assert books_of(office).confirmed(held)
    publish(theirs, "第2版", day=2)
    assert books_of(office).versions == theirs.versions()
    other.close()


def test_a_database_that_was_restored_gives_no_books_of_before(
    office, store, clock, tmp_path
):
    publish(office)
    back_up(store.database, tmp_path / "school.backup")
    clock.wait(60)
    office.changes.make(OFF, [cancelled("9-7")])
    assert lost(office) == [*dates("9-7")]
    restore(store.database, tmp_path / "school.backup", replace=True)
    clock.wait(60)
    # The revision counts on from the backup: it is the same number once more.
    office.changes.make(OFF, [cancelled("9-14")])
    assert lost(office) == [*dates("9-14")]
    restore(store.database, tmp_path / "school.backup", replace=True)
    for day in ("9-21", "9-28"):
        clock.wait(60)
        office.changes.make(OFF, [cancelled(day)])
    # It is a later number, and what was kept is of no state before it.
    assert lost(office) == [*dates("9-21"), *dates("9-28")]


@given(st.lists(ACTS | WAIT, max_size=8))
@settings(max_examples=times(4), deadline=None)
def test_kept_books_say_what_books_read_anew_say_after_every_act(acts):
    clock = Clock()
    clock.set(9, 5)
    with opened("sqlite://", clock) as office:
        begin(office)
        for number, act in enumerate(acts):
            with suppress(CannotApply, CannotChange):
                do(office, clock, number, *act)
            assert told(books_of(office)) == told(read_anew(office))


def test_kept_values_are_bounded_and_the_longest_unused_goes():
    kept, made = Kept(2), []

    def ask(name, stamp=1):
        return kept.of(name, stamp, lambda: made.append(name) or (name, stamp))

    for name in "abacab":
        assert ask(name) == (name, 1)
    # c takes the place of b, which is made once more and takes that of c.
    assert made == [*"abcb"]
    assert ask("a", 2) == ("a", 2)
    assert ask("a", 2) == ("a", 2)
    assert made == [*"abcba"]


def test_kept_value_is_renewed_from_the_one_before_where_it_can_be():
    kept = Kept(2)

    def ask(stamp):
        def renew(old, value):
            return (*value, stamp) if old < stamp else None

        return kept.of("a", stamp, lambda: (stamp,), renew)

    assert [ask(x) for x in (3, 5, 5, 4)] == [(3,), (3, 5), (3, 5), (4,)]


def test_what_fails_is_not_kept():
    kept = Kept(2)
    with suppress(ZeroDivisionError):
        kept.of("a", 1, lambda: 1 // 0)
    assert kept.of("a", 1, lambda: 5) == 5
