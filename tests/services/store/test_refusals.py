"""A database that is read-only or full: one sentence, and nothing is lost."""

import datetime as dt
import sqlite3

import pytest
from sqlalchemy import event

from scheduler.model.errors import InputError
from scheduler.services.offices import Store
from tests.services.builders import only, opened, publish
from tests.term.builders import placement, problem, timetable


@only("sqlite")
def test_read_only_database_is_read_and_refuses_to_be_written(url, clock, tmp_path):
    with opened(url, clock) as office:
        publish(office)
        token = office.create_link("teacher", "T1")
        feed = office.feed(token)
    path = tmp_path / "store.db"
    store = Store.open(f"sqlite:///{path}", clock)
    store.add_bureau("office", "correct horse")
    session = store.sessions.begin("office")
    store.close()
    clock.wait(3600)
    store = Store.open(f"sqlite:///file:{path}?mode=ro&uri=true", clock)
    office = store.office("s")
    assert office.feed(token) == feed
    # One that was never built is built, and not kept.
    assert office.feed(token, alarm="5").body != feed.body
    with pytest.raises(InputError, match="readonly database"):
        publish(office, "第2版")
    assert office.current().version == 1
    # That a session is used cannot be noted, and it goes on as long as it had.
    assert store.sessions.name_of(session, dt.timedelta(hours=4)) == "office"
    store.close()


@only("sqlite")
def test_full_database_refuses_and_keeps_what_it_has(store, clock):
    office = store.add_office("s", "铁山路学校")
    publish(office)
    token = office.create_link("teacher", "T1")
    feed = office.feed(token)

    def fill(connection, record):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}").close()

    event.listen(store.database.engine, "connect", fill)
    store.database.engine.dispose()
    given = problem()
    table = timetable(given, R1=placement(3))
    with pytest.raises(InputError, match="full"):
        office.publish(given, table, "第2版", "{}", source=bytes(1_000_000))
    assert office.current().version == 1
    assert office.feed(token) == feed
    # One that was never built is built, and not kept.
    assert office.feed(token, alarm="5").body != feed.body


def test_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "x.db"
    path.write_bytes(b"not a database, but long enough to be looked at" * 20)
    with pytest.raises(InputError, match="file is not a database"):
        Store.connect(f"sqlite:///{path}")


@only("sqlite")
def test_database_that_somebody_holds_is_waited_for_and_told(url, clock, monkeypatch):
    monkeypatch.setattr("scheduler.services.store.database._WAIT_SECONDS", 0.1)
    with opened(url, clock) as office:
        publish(office)
        other = sqlite3.connect(url.removeprefix("sqlite:///"))
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(InputError, match="locked"):
            publish(office, "第2版")
        other.rollback()
        other.close()
        assert publish(office, "第2版").version == 2


@only("postgresql")
def test_read_only_server_refuses_to_be_written(office, store):
    publish(office)
    with store.database.across_offices("*", write=True) as connection:
        name = connection.exec_driver_sql("SELECT current_database()").scalar()
        connection.exec_driver_sql(
            f"ALTER DATABASE {name} SET default_transaction_read_only = on"
        )
    store.database.engine.dispose()
    with pytest.raises(InputError, match="read-only"):
        publish(office, "第2版")
    assert office.current().version == 1


@only("postgresql")
def test_server_that_is_not_there_is_one_sentence(url):
    away = f"{url.partition('?')[0]}?host=/nowhere&connect_timeout=2"
    with pytest.raises(InputError) as refused:
        Store.connect(away)
    assert len(refused.value.errors) == 1
