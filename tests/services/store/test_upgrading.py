"""Databases of other releases: upgraded after a backup, or refused in a sentence."""

import sqlite3

import pytest

from scheduler.model.errors import InputError
from scheduler.services.offices import Store
from scheduler.services.store import upgrading
from scheduler.services.store.backups import open_backup, tables_of
from scheduler.services.store.database import Database
from scheduler.services.store.revision import revision_of
from scheduler.services.store.schema import HEAD, METADATA
from scheduler.services.store.upgrading import migrate, migrating, missing_steps
from tests.services.builders import opened, publish


def test_migrations_make_what_the_schema_says(store):
    # Else: python -m tools.migration (until there is a release, with --first).
    with store.database.across_offices("*") as connection:
        assert missing_steps(connection).ops == []
        assert revision_of(connection) == HEAD
        made = {table.name for table in tables_of(connection)}
    assert made == set(METADATA.tables)


def test_every_migration_goes_from_the_one_before():
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    folder = str(upgrading.__file__).replace("upgrading.py", "migrations")
    config = Config()
    config.set_main_option("script_location", folder)
    scripts = list(ScriptDirectory.from_config(config).walk_revisions())
    names = [script.revision for script in reversed(scripts)]
    assert names == [f"r{number:04}" for number in range(1, len(names) + 1)]
    assert names[-1] == HEAD


def test_database_of_no_release_is_refused_and_left(tmp_path, clock):
    path = tmp_path / "old.db"
    old = sqlite3.connect(path)
    old.execute("CREATE TABLE store_format (number INTEGER)")
    old.close()
    with pytest.raises(InputError, match="by no release"):
        Store.open(f"sqlite:///{path}", clock)
    left = sqlite3.connect(path)
    tables = left.execute("SELECT name FROM sqlite_master").fetchall()
    left.close()
    assert tables == [("store_format",)]


@pytest.mark.parametrize(
    ("revision", "said"),
    [("r9999", "later release"), ("9f31c02ab7de", "no release of this program")],
)
def test_database_of_another_release_is_refused_and_left(
    tmp_path, clock, revision, said
):
    url = f"sqlite:///{tmp_path / 'new.db'}"
    with opened(url, clock) as office:
        publish(office)
    database = Database.open(url, clock)
    with database.across_offices("*", write=True) as connection:
        connection.exec_driver_sql(
            f"UPDATE alembic_version SET version_num = '{revision}'"
        )
    database.close()
    with pytest.raises(InputError, match=said):
        Store.connect(url)


@pytest.fixture
def next_release(monkeypatch, tmp_path):
    """A release with one more migration: offices get a motto, and are made anew."""
    versions = tmp_path / "migrations" / "versions"
    versions.mkdir(parents=True)
    folder = upgrading._FOLDER  # noqa: SLF001
    for name in ("env.py", f"versions/{HEAD}_offices.py"):
        text = (folder / name).read_text(encoding="utf-8")
        (tmp_path / "migrations" / name).write_text(text, encoding="utf-8")
    (versions / "r0002_motto.py").write_text(_MOTTO, encoding="utf-8")
    monkeypatch.setattr(upgrading, "_FOLDER", tmp_path / "migrations")
    monkeypatch.setattr(upgrading, "HEAD", "r0002")
    monkeypatch.setattr("scheduler.services.store.revision.HEAD", "r0002")
    monkeypatch.setattr(migrate, "__defaults__", ("r0002",))


_MOTTO = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "r0002", "r0001"

def upgrade():
    with op.batch_alter_table("offices", recreate="always") as offices:
        motto = sa.Column("motto", sa.Text(), server_default="勤", nullable=False)
        offices.add_column(motto)
"""


def rows(url, clock):
    database = Database.open(url, clock)
    with database.across_offices("*") as connection:
        found = {
            table.name: connection.exec_driver_sql(
                f'SELECT count(*) FROM "{table.name}"'
            ).scalar()
            for table in tables_of(connection)
        }
    database.close()
    return found


def test_upgrade_keeps_every_row_and_a_backup_of_before(
    tmp_path, clock, next_release, monkeypatch
):
    url = f"sqlite:///{tmp_path / 'school.db'}"
    with monkeypatch.context() as before:
        before.setattr("scheduler.services.store.revision.HEAD", HEAD)
        before.setattr(upgrading, "HEAD", HEAD)
        before.setattr(migrate, "__defaults__", (HEAD,))
        with opened(url, clock) as office:
            publish(office)
            token = office.create_link("teacher", "T1")
            feed = office.feed(token)
    kept = rows(url, clock)
    assert kept["entries"] == 7
    with opened(url, clock) as office:
        assert office.feed(token) == feed
        with office.database.whole.across_offices("*") as connection:
            assert connection.exec_driver_sql(
                "SELECT motto FROM offices"
            ).scalars().all() == ["勤"]
            # References are heeded again.
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    assert rows(url, clock) == kept
    with open_backup(tmp_path / f"school.db.{HEAD}.backup") as backup:
        assert backup.manifest.revision == HEAD
        assert backup.manifest.rows == kept


def test_migration_that_fails_leaves_everything(tmp_path, clock):
    url = f"sqlite:///{tmp_path / 'school.db'}"
    with opened(url, clock) as office:
        publish(office)
    kept = rows(url, clock)
    database = Database.open(url, clock)

    def fail():
        with migrating(database) as connection:
            connection.exec_driver_sql("DROP TABLE links")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    database.close()
    assert rows(url, clock) == kept
