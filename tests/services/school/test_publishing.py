"""Publications: immutable, whole or not at all, from several threads."""

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from icalendar import Calendar
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from scheduler.services.access.permissions import Action
from scheduler.services.offices import Store
from scheduler.services.store.office_check import here
from scheduler.services.store.schema import ENTRIES
from tests.services.builders import only, opened, publish
from tests.term.builders import placement, problem, requirement, timetable


def count(office):
    with office.database.read() as connection:
        ours = select(func.count()).where(here(connection, ENTRIES))
        return connection.scalar(ours)


def test_current_is_none_before_the_first_publication(office):
    assert office.current() is None
    assert office.versions() is None
    assert office.audiences("teacher") == ()


def test_publish_current_is_what_was_published(office, clock):
    publish(office, "试行")
    clock.set(9, 16, 3)
    second = publish(office, "正式", day=3)
    current = office.current()
    assert (current.version, current.name) == (2, "正式")
    assert current.published_at == clock()
    assert current.report_json == "{}"
    assert current.problem == second.problem
    assert current.timetable == second.timetable


def test_an_office_is_called_as_the_schools_it_publishes(clock):
    store = Store.open("sqlite://", clock)
    made = publish(store.add_office("s", "本校"))
    assert [x.name for x in store.offices()] == [made.problem.schools[0].name]
    store.close()


def test_publication_earlier_versions_stay_as_they_were(office, clock):
    first = publish(office, "试行")
    clock.set(9, 16)
    publish(office, "正式", day=3)
    assert office.publication(1) == first
    names = [office.publication(number).name for number in (1, 2)]
    assert names == ["试行", "正式"]
    with pytest.raises(LookupError):
        office.publication(3)


def test_publish_unplaced_lesson_stays_unplaced(office):
    given = problem(requirement("R1"), requirement("R2", class_ids=("C1",)))
    office.publish(given, timetable(given, R2=placement(2)), "半", "{}")
    assert dict(office.current().timetable.placements) == {"R2#1": placement(2)}


def test_publish_timetable_of_another_problem_is_refused(office):
    with pytest.raises(ValueError, match="another problem"):
        office.publish(problem(), timetable(problem(requirement("R9"))), "", "{}")
    assert office.current() is None


@only("sqlite")
def test_publish_that_fails_leaves_everything_as_it_was(office, clock):
    publish(office)
    before = office.current()
    clock.set(9, 16)

    # The database refuses the last step of the transaction.
    with office.database.write(Action.OPEN) as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE UPDATE ON entries "
            "BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        )
    with pytest.raises(IntegrityError, match="disk full"):
        publish(office, "第2版", day=3)
    assert office.current() == before
    assert count(office) == 7


def test_publish_from_several_threads_gives_each_its_version(office):
    def work(person):
        publish(office)
        return office.feed(office.create_link("teacher", "T1", person)).body

    with ThreadPoolExecutor(6) as pool:
        bodies = set(pool.map(work, "abcdef"))
    assert len(bodies) == 1
    assert office.current().version == 6
    assert count(office) == 7


def test_feed_while_publishing_is_always_one_of_the_versions(office, clock):
    publish(office)
    token = office.create_link("class", "C2")
    clock.set(9, 16)

    def work(number):
        if number % 4 == 0:
            publish(office, period=1 + number // 4 % 2)
        return office.feed(token)

    with ThreadPoolExecutor(4) as pool:
        feeds = list(pool.map(work, range(24)))
    # Versions move the lesson to and fro; sequence and time tell them apart.
    assert all(Calendar.from_ical(feed.body).walk("VEVENT") for feed in feeds)
    assert {hashlib.sha256(feed.body).hexdigest() for feed in feeds} == {
        feed.etag for feed in feeds
    }
    assert office.feed(token) == office.feed(token)


def test_second_store_on_the_same_database_sees_publications(office, clock, url):
    publish(office)
    with opened(url, clock) as other:
        assert other.current().version == 1
        publish(other, "第2版")
    assert office.current().version == 2


def test_open_in_memory_keeps_what_it_is_told(clock):
    with opened("sqlite://", clock) as office:
        publish(office)
        assert office.feed(office.create_link("teacher", "T1")).body


def test_session_key_is_random_and_kept(store, clock):
    other = Store.open("sqlite://", clock)
    assert store.session_key() == store.session_key()
    assert len(store.session_key()) == 32
    assert store.session_key() != other.session_key()
    other.close()
