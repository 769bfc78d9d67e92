"""Backing up and restoring a database, also while others use it."""

from pathlib import Path

from sqlalchemy import Connection, MetaData, func, select

from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text
from scheduler.services.store.backups import (
    Backup,
    damaged,
    open_backup,
    tables_of,
    write_backup,
)
from scheduler.services.store.database import Database
from scheduler.services.store.schema import HEAD, OFFICES, USERS
from scheduler.services.store.upgrading import migrate, migrating


def back_up(database: Database, path: Path) -> int:
    """Write all rows to a file that is not there yet; how many these were.

    Raises:
        FileExistsError: there is such a file.
        OSError: it cannot be written.
    """
    if path.exists():
        raise FileExistsError(17, "File exists", str(path))
    with database.across_offices("*") as connection:
        return sum(write_backup(connection, path, database.now()).rows.values())


def restore(
    database: Database, path: Path, replace: bool = False
) -> tuple[int, Path | None]:
    """Put the rows of a backup in the place of all there are, or change nothing.

    Whoever reads meanwhile sees the state of before until it is done. A backup of an
    earlier release is upgraded.

    Parameters:
        replace: Also where the database holds something, which is backed up first.

    Returns:
        How many rows, and where the backup of what was replaced is.

    Raises:
        InputError: it is no backup, or the database is not empty.
        OSError: a file cannot be read or written.
    """
    copy = None
    with open_backup(path) as backup, migrating(database) as connection:
        asked = (select(func.count()).select_from(table) for table in (OFFICES, USERS))
        if any(connection.scalar(count) for count in asked):
            if not replace:
                raise InputError([_not_empty(database)])
            now = database.now()
            copy = database.folder / f"{database.name}.{now:%Y%m%d-%H%M%S}.backup"
            write_backup(connection, copy, now)
        tables = MetaData()
        tables.reflect(connection)
        tables.drop_all(connection)
        migrate(connection, backup.manifest.revision)
        backup.fill(connection)
        _check(connection, backup)
        if backup.manifest.revision != HEAD:
            migrate(connection)
    return sum(backup.manifest.rows.values()), copy


def _check(connection: Connection, backup: Backup) -> None:
    """Hold what was written against what the backup says.

    Raises:
        InputError: they differ; nothing is kept.
    """
    written = {
        table.name: connection.scalar(select(func.count()).select_from(table))
        for table in tables_of(connection)
    }
    if written != backup.manifest.rows:
        raise InputError([damaged(Path(backup.file.filename or ""))])


def _not_empty(database: Database) -> DataError:
    return DataError(
        "--database",
        Text("数据库里已有内容，没有恢复", "holds something; nothing was restored"),
        Text(
            "请恢复到新的数据库；要替换请加 --replace，原内容会先备份。",
            "Restore into a new database, or add --replace: what it holds is backed "
            "up first.",
        ),
        value=database.name,
    )
