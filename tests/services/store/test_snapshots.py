"""One request sees one state of an office, whatever others publish meanwhile."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from scheduler.services.access.permissions import Action
from scheduler.services.offices import Store
from scheduler.services.store.snapshots import one_state
from scheduler.services.views.site import SiteState
from tests.services.builders import publish
from web import create_app
from web.access import allowed


@pytest.fixture
def elsewhere(url, clock, office):
    """Publishing as another process does: by a store and a thread of its own."""
    other = Store.open(url, clock)

    def act(name):
        with ThreadPoolExecutor(1) as pool:
            pool.submit(publish, other.office("s"), name).result()

    yield act
    other.close()


def test_reads_of_a_request_agree_and_the_next_request_sees_what_is_new(
    office, elsewhere
):
    publish(office, "第1版")
    for before, after in ((1, 2), (2, 3)):
        with one_state():
            assert office.current().version == before
            elsewhere("又一版")
            assert office.current().version == before
            found = office.versions().newest.timetable
            assert found == office.publication(before).timetable
        assert office.current().version == after


def test_page_shows_one_version_though_another_is_published_while_it_is_made(
    store, office, elsewhere
):
    publish(office, "第1版")
    app = create_app(SiteState(store))

    @allowed(Action.OPEN)
    def page():
        first = office.current().version
        elsewhere("第2版")
        return f"{first} {office.current().version}"

    app.add_url_rule("/o/<office>/twice", view_func=page)
    client = app.test_client()
    assert client.get("/o/s/twice").text == "1 1"
    assert client.get("/o/s/twice").text == "2 2"


def test_request_that_writes_sees_what_it_wrote_and_what_others_did(office, elsewhere):
    publish(office, "第1版")
    with one_state():
        assert office.current().version == 1
        elsewhere("第2版")
        assert publish(office, "第3版").version == 3
        assert office.current().version == 3


def test_writing_while_rows_are_read_leaves_the_reader_its_state(office):
    publish(office, "第1版")
    with one_state():
        with office.database.read() as reader:
            publish(office, "第2版")
            assert office.publications.term_of(reader) is not None
            assert not reader.closed
            assert office.current().version == 2
        assert reader.closed


def test_transaction_of_a_reader_that_failed_is_not_used_again(office):
    publish(office, "第1版")
    with one_state():
        with pytest.raises(LookupError), office.database.read() as failed:
            raise LookupError
        with office.database.read() as next_one:
            assert next_one is not failed
        assert failed.closed


def test_nothing_stays_open_after_a_request(store, office):
    publish(office)
    with one_state():
        office.current()
        assert store.database.engine.pool.checkedout() == 1
    assert store.database.engine.pool.checkedout() == 0
