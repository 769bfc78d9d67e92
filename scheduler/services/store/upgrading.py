"""Upgrading: the tables of a database are brought to the revision of this release.

A migration is one transaction: it is done, or the database is as it was. Of several
processes that open a database at once one migrates it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from scheduler.services.store.backups import write_backup
from scheduler.services.store.database import Database
from scheduler.services.store.ledger_tables import ALL_TABLES
from scheduler.services.store.revision import revision_of
from scheduler.services.store.row_security import guard_rows
from scheduler.services.store.schema import HEAD

_FOLDER = Path(__file__).parent / "migrations"
_LOCK = 0x63756F66656E67  # "cuofeng" in ASCII


def prepare(database: Database) -> Path | None:
    """Make the tables of a database, or bring them to this release.

    Returns where the backup of an older database is; None where none was needed.

    Raises:
        InputError: it is of no release, or of a later one; nothing has changed.
    """
    with database.across_offices("*") as connection:
        if revision_of(connection) == HEAD:
            return None
    copy = None
    with migrating(database) as connection:
        found = revision_of(connection)
        if found not in (None, HEAD):
            copy = database.folder / f"{database.name}.{found}.backup"
            write_backup(connection, copy, database.now())
        if found != HEAD:
            migrate(connection)
    return copy


@contextmanager
def migrating(database: Database) -> Iterator[Connection]:
    """A transaction that changes tables; no other process does so meanwhile."""
    with database.remaking() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        yield connection
        if connection.dialect.name == "sqlite":
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if broken is not None:
                raise ValueError(f"a migration broke a reference: {tuple(broken)}")


def migrate(connection: Connection, target: str = HEAD) -> None:
    """Bring tables to a revision, in the transaction of the connection."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["options"] = {"connection": connection, **_OPTIONS}
    command.upgrade(config, target)
    guard_rows(connection)


def missing_steps(connection: Connection) -> Any:
    """What the schema has and a database has not, for tests and developers."""
    from alembic.autogenerate import produce_migrations
    from alembic.migration import MigrationContext

    context = MigrationContext.configure(connection, opts=_OPTIONS)
    return produce_migrations(context, ALL_TABLES).upgrade_ops


_OPTIONS = {
    "target_metadata": ALL_TABLES,
    "render_as_batch": True,
    "compare_type": True,
}
