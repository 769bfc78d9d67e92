"""Many rows at once are of the office whose connection writes them, and of no other."""

import pytest
from sqlalchemy import func, select

from scheduler.services.access.permissions import Action
from scheduler.services.store.office_check import OfficeUnnamed
from scheduler.services.store.schema import FACTS, OFFICES, VERSION
from scheduler.services.store.upserts import add_missing_many, upsert_many


def bodies(store, office):
    with store.database.office(office).read() as connection:
        rows = connection.execute(
            select(FACTS.c.facts_id, FACTS.c.body).where(FACTS.c.office == office)
        )
        return dict(rows.all())


@pytest.fixture
def two(store):
    for key in ("a", "b"):
        store.add_office(key, key)
        with store.database.office(key).write(Action.OPEN) as connection:
            upsert_many(connection, FACTS, [("1", key), ("2", key)])
    return store


def test_rows_replace_those_of_the_same_key_in_the_same_office(two):
    with two.database.office("a").write(Action.OPEN) as connection:
        upsert_many(connection, FACTS, [("2", "新"), ("3", "新")])
    assert bodies(two, "a") == {"1": "a", "2": "新", "3": "新"}
    assert bodies(two, "b") == {"1": "b", "2": "b"}


def test_rows_that_are_there_stay_as_they_are(two):
    with two.database.office("b").write(Action.OPEN) as connection:
        add_missing_many(connection, FACTS, [("2", "新"), ("3", "新")])
        add_missing_many(connection, FACTS, [])
    assert bodies(two, "b") == {"1": "b", "2": "b", "3": "新"}


def test_connection_of_no_office_and_table_of_no_office_are_refused(two):
    with two.database.write() as connection, pytest.raises(OfficeUnnamed):
        upsert_many(connection, FACTS, [("1", "x")])
    with two.database.across_offices("*", write=True) as connection:
        with pytest.raises(OfficeUnnamed):
            add_missing_many(connection, FACTS, [("1", "x")])
        assert connection.scalar(select(func.count()).select_from(OFFICES)) == 2
    with (
        two.database.office("a").write(Action.OPEN) as connection,
        pytest.raises(ValueError, match="of no office"),
    ):
        upsert_many(connection, VERSION, [("x",)])
