"""Backups: all rows of a database in one file, from SQLite and PostgreSQL alike.

A zip archive of ``backup.json`` and, for each table, its rows as lines of JSON. All of
it is read in one transaction, while others go on reading and writing.
"""

import base64
import datetime as dt
import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Date, DateTime, LargeBinary, MetaData, Table, select

from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text
from scheduler.services.store.revision import of_later_release, revision_of
from scheduler.services.store.schema import HEAD, VERSION

_FORMAT = 1
_MANIFEST = "backup.json"
_AT_ONCE = 500
_DAMAGE = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, EOFError)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: its revision and the columns of its tables."""

    revision: str
    made_at: str
    columns: dict[str, list[str]]
    rows: dict[str, int]


def write_backup(connection: Connection, path: Path, at: dt.datetime) -> Manifest:
    """Write all rows of a database; the file appears whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    revision = revision_of(connection) or HEAD
    tables = tables_of(connection)
    columns = {t.name: [c.name for c in t.c] for t in tables}
    rows: dict[str, int] = {}
    new = path.with_name(f".{path.name}.new")
    try:
        with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
            for table in tables:
                with file.open(f"{table.name}.jsonl", "w", force_zip64=True) as lines:
                    rows[table.name] = 0
                    for line in _lines(connection, table):
                        lines.write(line)
                        rows[table.name] += 1
            manifest = Manifest(revision, at.isoformat(), columns, rows)
            said = {"format": _FORMAT, **_fields(manifest)}
            file.writestr(_MANIFEST, json.dumps(said, indent=1))
        with new.open("rb") as written:
            os.fsync(written.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
    return manifest


def tables_of(connection: Connection) -> list[Table]:
    """Tables of a database as they are, those that others refer to first."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != VERSION.name]


@dataclass(frozen=True)
class Backup:
    """A backup that was opened and found whole."""

    manifest: Manifest
    file: zipfile.ZipFile

    def fill(self, connection: Connection) -> None:
        """Write all its rows into empty tables of its revision."""
        for table in tables_of(connection):
            rows = self._rows(table)
            while some := list(islice(rows, _AT_ONCE)):
                connection.execute(table.insert(), some)

    def _rows(self, table: Table) -> Iterator[dict[str, Any]]:
        if table.name not in self.manifest.columns:
            return
        names = self.manifest.columns[table.name]
        readers = [_reader(table, name) for name in names]
        with self.file.open(f"{table.name}.jsonl") as lines:
            for line in lines:
                values = json.loads(line)
                read = zip(names, readers, values, strict=True)
                yield {n: v if v is None else r(v) for n, r, v in read}


@contextmanager
def open_backup(path: Path) -> Iterator[Backup]:
    """A backup to be restored, once every byte of it was looked at.

    Raises:
        InputError: it is no backup, damaged, or of a later release.
        OSError: it cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as file:
            said = json.loads(file.read(_MANIFEST))
            if said.pop("format") != _FORMAT or said["revision"] > HEAD:
                raise InputError([of_later_release(str(path), said["revision"])])
            if file.testzip() is not None:
                raise zipfile.BadZipFile
            yield Backup(Manifest(**said), file)
    except _DAMAGE as error:
        raise InputError([damaged(path)]) from error


def _fields(manifest: Manifest) -> dict[str, Any]:
    return {name: getattr(manifest, name) for name in Manifest.__slots__}


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    rows = select(table).order_by(*table.primary_key)
    streamed = rows.execution_options(yield_per=_AT_ONCE)
    for row in connection.execute(streamed):
        yield json.dumps([_plain(value) for value in row]).encode() + b"\n"


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, dt.date) else value


def _reader(table: Table, name: str) -> Any:
    """What makes a value of a column of what was written for it."""
    kind = table.c[name].type
    if isinstance(kind, LargeBinary):
        return base64.b64decode
    if isinstance(kind, DateTime):
        return dt.datetime.fromisoformat
    return dt.date.fromisoformat if isinstance(kind, Date) else _same


def _same(value: Any) -> Any:
    return value


def damaged(path: Path) -> DataError:
    """What no database can be restored from."""
    return DataError(
        str(path),
        Text("不是完好的备份", "is no backup, or is damaged"),
        Text(
            "请换一份备份；数据库没有改动。",
            "Take another one; the database was left as it is.",
        ),
    )
