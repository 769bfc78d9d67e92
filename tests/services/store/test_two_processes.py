"""Two processes on one database behave as one; here as two stores of one database."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from scheduler.services.access.permissions import Action
from scheduler.services.offices import Store
from scheduler.services.school.publishing import Superseded
from scheduler.services.store.office_check import here
from scheduler.services.store.schema import PUBLICATIONS
from scheduler.services.store.upgrading import prepare
from tests.services.builders import only, publish, publish_on
from tests.term.builders import placement, problem, timetable


@pytest.fixture
def pair(url, clock):
    """The same office, opened twice."""
    stores = [Store.open(url, clock) for _ in range(2)]
    yield [store.add_office("s", "铁山路学校") for store in stores]
    for store in stores:
        store.close()


def at_once(acts):
    """Results of acts that begin together; exceptions as results."""
    barrier = threading.Barrier(len(acts))

    def run(act):
        barrier.wait()
        try:
            return act()
        except Superseded as error:
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_publishes_over_one_version_end_in_one_success_and_one_refusal(pair):
    publish(pair[0])
    given = problem()

    def over_one(office, day):
        table = timetable(given, R1=placement(day))
        return lambda: office.publish(given, table, f"周{day}", "{}", 1)

    for round_ in range(3):
        acts = [over_one(office, day) for day, office in enumerate(pair, 2)]
        found = at_once(acts)
        if round_ == 0:
            refused = [x for x in found if isinstance(x, Superseded)]
            assert len(refused) == 1
    assert [office.current().version for office in pair] == [2, 2]


def test_publishes_over_whatever_is_in_force_follow_each_other(pair):
    acts = [lambda o=office: publish(o) for office in pair * 3]
    at_once(acts)
    assert [pair[0].publication(n).version for n in range(1, 7)] == [1, 2, 3, 4, 5, 6]
    assert pair[1].current() == pair[0].current()


def test_numbers_links_and_feeds_of_two_processes_do_not_collide(pair):
    publish(pair[0])

    def work(office, person):
        def act():
            token = office.create_link("teacher", "T1", person)
            office.comparisons.add('{"cases": []}')
            return office.feed(token).body

        return act

    acts = [
        work(office, name) for office, name in zip(pair * 4, "abcdefgh", strict=True)
    ]
    assert len(set(at_once(acts))) == 1
    assert len(pair[0].links()) == len(pair[1].comparisons.all()) == 8


def test_session_key_is_one_for_all_processes(url, clock):
    stores = [Store.open(url, clock) for _ in range(4)]
    assert len(set(at_once([store.session_key for store in stores]))) == 1
    for store in stores:
        store.close()


def test_offices_of_two_processes_are_written_down_once(pair, store):
    at_once([lambda: store.add_office("b", "乙")] * 3)
    assert [row.key for row in store.offices()] == ["b", "s"]


def test_reader_sees_one_state_whatever_is_published_meanwhile(pair):
    publish(pair[0])
    wanted = select(PUBLICATIONS.c.version)
    with pair[1].database.read() as reader:
        ours = wanted.where(here(reader, PUBLICATIONS))
        assert reader.execute(ours).scalars().all() == [1]
        publish(pair[0], "第2版")
        assert reader.execute(ours).scalars().all() == [1]
    assert pair[1].current().version == 2


@only("postgresql")
def test_offices_do_not_wait_for_each_other(url, clock, pair):
    # While one writes, another publishes; on SQLite writers are one at a time.
    with pair[0].database.write(Action.OPEN):
        other = Store.open(url, clock)
        publish_on(other.add_office("b", "乙"), problem())
        other.close()


def test_tables_are_made_once_by_processes_that_open_an_empty_database(
    backend, request, tmp_path, clock
):
    if backend == "sqlite":
        url = f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        url = request.getfixturevalue("postgres").new_database(empty=True)
    stores = at_once([lambda: Store.open(url, clock)] * 4)
    for store in stores:
        assert prepare(store.database) is None
        assert store.offices() == ()
        store.close()
