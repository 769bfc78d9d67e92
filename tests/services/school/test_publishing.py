"""Publications: immutable, whole or not at all, from several threads."""

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from icalendar import Calendar
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from scheduler.services.office import OtherFormat, Store
from scheduler.services.store.schema import ENTRIES
from tests.services.builders import publish
from tests.term.builders import placement, problem, requirement, timetable


def count(store):
    with store.database.read() as connection:
        return connection.scalar(select(func.count()).select_from(ENTRIES))


def test_current_is_none_before_the_first_publication(store):
    assert store.current() is None
    assert store.issues() == ()
    assert store.audiences("teacher") == ()


def test_publish_current_is_what_was_published(store, clock):
    publish(store, "试行")
    clock.set(9, 16, 3)
    second = publish(store, "正式", day=3)
    current = store.current()
    assert (current.version, current.name) == (2, "正式")
    assert current.published_at == clock()
    assert current.report_json == "{}"
    assert current.problem == second.problem
    assert current.timetable == second.timetable


def test_publication_earlier_versions_stay_as_they_were(store, clock):
    first = publish(store, "试行")
    clock.set(9, 16)
    publish(store, "正式", day=3)
    assert store.publication(1) == first
    assert [(x.version, x.name) for x in store.issues()] == [(1, "试行"), (2, "正式")]
    with pytest.raises(LookupError):
        store.publication(3)


def test_publish_unplaced_lesson_stays_unplaced(store):
    given = problem(requirement("R1"), requirement("R2", class_ids=("C1",)))
    store.publish(given, timetable(given, R2=placement(2)), "半", "{}")
    assert dict(store.current().timetable.placements) == {"R2#1": placement(2)}


def test_publish_timetable_of_another_problem_is_refused(store):
    with pytest.raises(ValueError, match="another problem"):
        store.publish(problem(), timetable(problem(requirement("R9"))), "", "{}")
    assert store.current() is None


def test_publish_that_fails_leaves_everything_as_it_was(store, clock):
    publish(store)
    before = store.current()
    clock.set(9, 16)

    # The database refuses the last step of the transaction.
    with store.database.write() as connection:
        connection.execute(
            text(
                "CREATE TRIGGER full BEFORE UPDATE ON entries "
                "BEGIN SELECT RAISE(ABORT, 'disk full'); END"
            )
        )
    with pytest.raises(IntegrityError, match="disk full"):
        publish(store, "第2版", day=3)
    assert store.current() == before
    assert count(store) == 7


def test_publish_from_several_threads_gives_each_its_version(store):
    def work(person):
        publish(store)
        return store.feed(store.create_link("teacher", "T1", person)).body

    with ThreadPoolExecutor(6) as pool:
        bodies = set(pool.map(work, "abcdef"))
    assert len(bodies) == 1
    assert [x.version for x in store.issues()] == [1, 2, 3, 4, 5, 6]
    assert count(store) == 7


def test_feed_while_publishing_is_always_one_of_the_versions(store, clock):
    publish(store)
    token = store.create_link("class", "C2")
    clock.set(9, 16)

    def work(number):
        if number % 4 == 0:
            publish(store, period=1 + number // 4 % 2)
        return store.feed(token)

    with ThreadPoolExecutor(4) as pool:
        feeds = list(pool.map(work, range(24)))
    # Versions move the lesson to and fro; sequence and time tell them apart.
    assert all(Calendar.from_ical(feed.body).walk("VEVENT") for feed in feeds)
    assert {hashlib.sha256(feed.body).hexdigest() for feed in feeds} == {
        feed.etag for feed in feeds
    }
    assert store.feed(token) == store.feed(token)


def test_open_second_store_on_the_same_file_sees_publications(store, clock, tmp_path):
    publish(store)
    other = Store.open(f"sqlite:///{tmp_path / 'store.db'}", clock)
    assert other.current().version == 1
    publish(other, "第2版")
    other.close()
    assert store.current().version == 2


def test_open_in_memory_keeps_what_it_is_told(clock):
    store = Store.open("sqlite://", clock)
    publish(store)
    assert store.feed(store.create_link("teacher", "T1")).body
    store.close()


def test_open_store_of_another_format_is_refused(store, clock, tmp_path):
    with store.database.write() as connection:
        connection.execute(text("UPDATE store_format SET number = 2"))
    with pytest.raises(OtherFormat, match="format 2, not 1"):
        Store.open(f"sqlite:///{tmp_path / 'store.db'}", clock)


def test_session_key_is_random_and_kept(store, clock):
    other = Store.open("sqlite://", clock)
    assert store.session_key() == store.session_key()
    assert len(store.session_key()) == 32
    assert store.session_key() != other.session_key()
    other.close()
