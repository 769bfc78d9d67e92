"""A statement that does not name its office, or names another, does not run."""

import pytest
from sqlalchemy import and_, delete, insert, select, text, update
from sqlalchemy.exc import ProgrammingError

from scheduler.services.access.permissions import Action
from scheduler.services.store.office_check import OfficeUnnamed, here, office_of
from scheduler.services.store.schema import (
    AUDIENCES,
    ENTRIES,
    FACTS,
    METADATA,
    OFFICES,
    USERS,
)
from scheduler.services.store.upserts import add_missing, upsert
from tests.services.builders import only, publish

F, A, E = FACTS.c, AUDIENCES.c, ENTRIES.c
OURS, THEIRS = F.office == "s", F.office == "other"
UNNAMED = {
    "no office": select(FACTS),
    "another office": select(FACTS).where(THEIRS),
    "either office": select(FACTS).where(OURS | (F.facts_id == "1")),
    "not this office": select(FACTS).where(F.office != "s"),
    "a join with a table of any office": select(F.body, A.kind)
    .select_from(FACTS.join(AUDIENCES, F.facts_id == A.facts_id))
    .where(OURS),
    "a subquery of any office": select(FACTS).where(
        OURS, F.facts_id.in_(select(A.facts_id))
    ),
    "one half of a union": select(F.body).where(OURS).union(select(F.body)),
    "an alias of any office": select((other := FACTS.alias()).c.body, F.body).where(
        OURS, other.c.facts_id == F.facts_id
    ),
    "update of all": update(FACTS).values(body="x"),
    "update of another": update(FACTS).where(THEIRS).values(body="x"),
    "delete of all": delete(FACTS),
    "insert into another": insert(FACTS).values(office="other", facts_id="1", body="x"),
    "text": text("SELECT * FROM facts WHERE office = 's'"),
}
NAMED = {
    "where": select(FACTS).where(OURS),
    "join": select(F.body, A.kind)
    .select_from(
        FACTS.join(AUDIENCES, and_(F.office == A.office, F.facts_id == A.facts_id))
    )
    .where(OURS),
    "subquery": select(FACTS).where(
        OURS, F.facts_id.in_(select(A.facts_id).where(A.office == "s"))
    ),
    "update": update(FACTS).where(OURS).values(body="x"),
    "delete": delete(ENTRIES).where(E.office == "s", E.version == 1),
    "no table of an office": select(USERS),
}


@pytest.mark.parametrize("name", UNNAMED)
def test_statement_that_reaches_another_office_is_refused(office, name):
    with pytest.raises(OfficeUnnamed), office.database.write(Action.OPEN) as connection:
        connection.execute(UNNAMED[name])


@pytest.mark.parametrize("name", NAMED)
def test_statement_that_names_its_office_runs(office, name):
    with office.database.write(Action.OPEN) as connection:
        connection.execute(NAMED[name])


def test_upsert_into_another_office_is_refused(office):
    rows = [{"office": "other", "facts_id": "1", "body": ""}]
    for write in (upsert, add_missing):
        with (
            pytest.raises(OfficeUnnamed),
            office.database.write(Action.OPEN) as connection,
        ):
            write(connection, FACTS, rows)


def test_many_rows_are_looked_at_one_by_one(office):
    rows = [{"office": x, "facts_id": "1", "body": ""} for x in ("s", "other")]
    with pytest.raises(OfficeUnnamed), office.database.write(Action.OPEN) as connection:
        connection.execute(insert(FACTS), rows)


def test_statement_prepared_for_one_office_is_looked_at_again_for_the_next(store):
    # SQLAlchemy compiles it once and gives it other values.
    for key in ("a", "b"):
        store.add_office(key, key)
        with store.database.office(key).read() as connection:
            connection.execute(select(FACTS).where(F.office == key))
    with (
        pytest.raises(OfficeUnnamed),
        store.database.office("a").read() as connection,
    ):
        connection.execute(select(FACTS).where(F.office == "b"))


def test_connection_of_no_office_reaches_none(store):
    with store.database.read() as connection:
        with pytest.raises(OfficeUnnamed):
            office_of(connection)
        with pytest.raises(OfficeUnnamed):
            connection.execute(select(FACTS).where(OURS))


def test_door_across_offices_opens_what_it_was_asked_for(store, office):
    with store.database.across_offices(OFFICES.name) as connection:
        assert [row.office for row in connection.execute(select(OFFICES))] == ["s"]
        with pytest.raises(OfficeUnnamed):
            connection.execute(select(FACTS))
    with office.database.read() as connection:
        assert connection.execute(select(FACTS).where(here(connection, FACTS)))


def test_every_table_of_an_office_begins_its_keys_with_it():
    mine = [t for t in METADATA.sorted_tables if "office" in t.c and t is not OFFICES]
    assert len(mine) > 9
    for table in mine:
        assert next(iter(table.primary_key)).name == "office", table.name
        for key in table.foreign_key_constraints:
            if "office" not in key.referred_table.c:
                continue  # Accounts, which are of no office
            assert key.column_keys[0] == "office", (table.name, key.column_keys)
            assert next(iter(key.elements)).column.name == "office"
        for index in table.indexes:
            assert index.columns.keys()[0] == "office", index.name


@only("postgresql")
def test_row_security_hides_other_offices_even_from_what_is_not_checked(store):
    for key in ("a", "b"):
        publish(store.add_office(key, key))
    with store.database.office("a").read() as connection:
        seen = connection.exec_driver_sql("SELECT DISTINCT office FROM entries")
        assert seen.scalars().all() == ["a"]
        links = "UPDATE entries SET version = 9 WHERE office = 'b'"
        assert connection.exec_driver_sql(links).rowcount == 0
    with store.database.read() as connection:
        seen = connection.exec_driver_sql("SELECT count(*) FROM entries")
        assert seen.scalar() == 0
    with (
        pytest.raises(ProgrammingError),
        store.database.office("a").write(Action.OPEN) as open_,
    ):
        open_.exec_driver_sql(
            "INSERT INTO facts (office, facts_id, body) VALUES ('b', 'x', '')"
        )


@only("postgresql")
def test_every_table_of_an_office_is_guarded(store):
    with store.database.across_offices("*") as connection:
        guarded = connection.exec_driver_sql(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
        )
        names = set(guarded.scalars())
    assert names == {t.name for t in METADATA.sorted_tables if "office" in t.c}
