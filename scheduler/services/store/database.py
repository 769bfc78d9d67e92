"""The connection to the database: engines, transactions, moments in UTC."""

import datetime as dt
import sqlite3
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    DateTime,
    Dialect,
    Engine,
    QueuePool,
    TypeDecorator,
    create_engine,
    event,
    exc,
    make_url,
)
from sqlalchemy.engine import ExceptionContext

from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text
from scheduler.services.store.guarding import require
from scheduler.services.store.kept import Kept
from scheduler.services.store.office_check import ACROSS, EVERY, OFFICE, OfficeCheck
from scheduler.services.store.snapshots import held_snapshots, seen_anew
from scheduler.services.store.turns import Turns

Now = Callable[[], dt.datetime]
_WAIT_SECONDS = 30
_PAUSE = 0.005
_MOST_KEPT = 8
_IN_MEMORY = (None, "", ":memory:")


class Moment(TypeDecorator[dt.datetime]):
    """A point in time: aware in Python, UTC without a zone in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(
        self, value: dt.datetime | None, dialect: Dialect
    ) -> dt.datetime | None:
        """Refuse times without a zone rather than guess one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        # Most are in UTC, and a publication has tens of thousands of them.
        moved = value if value.tzinfo is dt.UTC else value.astimezone(dt.UTC)
        return moved.replace(tzinfo=None)

    def process_result_value(
        self, value: dt.datetime | None, dialect: Dialect
    ) -> dt.datetime | None:
        """Give the zone back."""
        return None if value is None else value.replace(tzinfo=dt.UTC)


@dataclass(frozen=True)
class Database:
    """An engine and the clock; one writer at a time, any number of readers.

    ``kept`` is what pages of a few offices read last, some 20 MB each.
    """

    engine: Engine
    now: Now
    kept: Kept = field(default_factory=lambda: Kept(_MOST_KEPT))
    _writing: "_Writers" = field(default_factory=lambda: _Writers())

    @staticmethod
    def open(url: str, now: Now) -> "Database":
        """Connect; nothing is created yet.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: the URL is no database we can reach.
        """
        parsed = make_url(url)
        if parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.get_backend_name() != "sqlite":
            engine = _engine(parsed, pool_pre_ping=True)
            event.listen(engine, "begin", _begin_postgresql)
            return Database(engine, now)
        options: dict[str, Any] = {"connect_args": {"timeout": _WAIT_SECONDS}}
        if parsed.database in _IN_MEMORY:
            # A second connection would see another, empty database.
            options |= {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0}
            options["connect_args"]["check_same_thread"] = False
        engine = _engine(parsed, **options)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return Database(engine, now)

    def office(self, key: str) -> "OfficeDatabase":
        """The rows of one office."""
        return OfficeDatabase(self, key)

    def read(self) -> AbstractContextManager[Connection]:
        """A transaction that sees one state of what belongs to no office."""
        return self.reading()

    def write(self) -> AbstractContextManager[Connection]:
        """A transaction on what belongs to no office, kept whole or not at all."""
        return self.writing()

    def across_offices(
        self, *tables: str, write: bool = False
    ) -> AbstractContextManager[Connection]:
        """The one door to rows of all offices, for whoever cannot know which.

        Parameters:
            tables: Names of the tables it is needed for.
        """
        begin = self.writing if write else self.reading
        return begin(**{ACROSS: frozenset(tables)})

    @contextmanager
    def reading(self, **options: Any) -> Iterator[Connection]:
        """A transaction that sees one state of the database."""
        if self.engine.dialect.name == "postgresql":
            options |= {"isolation_level": "REPEATABLE READ"}
        with self.engine.connect() as connection:
            reader = connection.execution_options(**options)
            with reader.begin():
                yield reader

    @contextmanager
    def writing(self, **options: Any) -> Iterator[Connection]:
        """A transaction that is kept whole or not at all."""
        with seen_anew(), self._writing, self.engine.connect() as connection:
            options |= {"sqlite_begin": "BEGIN IMMEDIATE"}
            writer = connection.execution_options(**options)
            with writer.begin():
                yield writer
            if "sqlite_remake" in options:
                _keep_references(connection)

    @contextmanager
    def remaking(self) -> Iterator[Connection]:
        """A transaction on all tables that may make them anew."""
        options = {ACROSS: frozenset((EVERY,)), "sqlite_remake": True}
        with self.writing(**options) as connection:
            yield connection

    @property
    def is_in_memory(self) -> bool:
        """Whether it has one connection alone, which nobody may keep to himself."""
        url = self.engine.url
        return url.get_backend_name() == "sqlite" and url.database in _IN_MEMORY

    @property
    def name(self) -> str:
        """What the database is called, without a folder."""
        return Path(self.engine.url.database or "memory").name

    @property
    def folder(self) -> Path:
        """Where its file lies; of a server's, where the program was started."""
        if self.engine.dialect.name != "sqlite":
            return Path()
        return Path(self.engine.url.database or "").parent

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()


class _Writers:
    """Turns of the writers of a process, one after another.

    SQLite queues nobody: another process looks every 100 ms whether it may write. Were
    the next of ours to begin at once, it would look in vain for as long as we are busy.
    """

    def __init__(self) -> None:
        self._turns, self._ended = Turns(), 0.0

    def __enter__(self) -> None:
        self._turns.__enter__()
        if time.monotonic() < self._ended + _PAUSE:
            time.sleep(_PAUSE)

    def __exit__(self, *_: object) -> None:
        self._ended = time.monotonic()
        self._turns.__exit__()


@dataclass(frozen=True)
class OfficeDatabase:
    """The rows of one office: its transactions touch no others."""

    whole: Database
    office: str

    @property
    def now(self) -> Now:
        """The clock."""
        return self.whole.now

    def read(self) -> AbstractContextManager[Connection]:
        """A transaction that sees one state of the office, the same in one request."""

        def begin() -> AbstractContextManager[Connection]:
            return self.whole.reading(**{OFFICE: self.office})

        snapshots = held_snapshots()
        if snapshots is None or self.whole.is_in_memory:
            return begin()
        return snapshots.read((id(self.whole), self.office), begin)

    @contextmanager
    def write(self, action: str, about: Collection[str] = ()) -> Iterator[Connection]:
        """A transaction that is kept whole or not at all; one at a time an office.

        Parameters:
            action: What for, as rights tell it apart; whoever acts must be allowed to.
            about: Ids of the place it is about, and of its agreements.
        """
        require(action, self.office, about)
        with self.whole.writing(**{OFFICE: self.office}) as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(_LOCK_OFFICE, (self.office,))
            yield connection


def _engine(url: URL, **options: Any) -> Engine:
    """An engine whose faults tell what to mend, and hold no SQL and no parameters."""
    engine = create_engine(url, hide_parameters=True, **options)
    event.listen(engine, "handle_error", _tell)
    event.listen(engine, "before_cursor_execute", OfficeCheck())
    return engine


def _tell(context: ExceptionContext) -> None:
    """Say what the database refuses; what is our own mistake stays an exception."""
    error, told = context.original_exception, context.sqlalchemy_exception
    if told is not None and not isinstance(told, _OURS):
        raise InputError([refused(error)]) from error


_OURS = (exc.IntegrityError, exc.ProgrammingError, exc.DataError, exc.NotSupportedError)


def refused(error: BaseException, url: str | None = None) -> DataError:
    """One sentence on a database that does not do what it should."""
    reason = (str(error).splitlines() or [type(error).__name__])[0]
    return DataError(
        "--database",
        Text(f"数据库不能使用（{reason}）", f"the database refuses ({reason})"),
        Text(
            "请检查数据库、磁盘空间和权限；没有保存任何改动。",
            "Look at the database, its disk and rights; nothing was kept.",
        ),
        value=url,
    )


def is_missing(url: str) -> bool:
    """Whether it names a SQLite file that is not there.

    Raises:
        sqlalchemy.exc.ArgumentError: it is no URL.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in _IN_MEMORY:
        return False
    return not Path(str(parsed.database)).exists()


def _prepare_sqlite(connection: Any, record: object) -> None:
    # Transactions are begun below, not by the driver, which would begin them late.
    connection.isolation_level = None
    _log_ahead(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _log_ahead(connection: Any) -> None:
    """Switch a new file to a log ahead; SQLite itself does not wait for this lock."""
    until = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
        except sqlite3.OperationalError as error:
            locked = error.sqlite_errorcode == sqlite3.SQLITE_BUSY
            if not locked or time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if "sqlite_remake" in options:
        # Else a table that is made anew would take the rows that refer to it along.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    # A writer takes its lock at once; upgrading a reader's could fail half-way.
    connection.exec_driver_sql(options.get("sqlite_begin", "BEGIN"))


def _keep_references(connection: Connection) -> None:
    """Heed foreign keys again, which only works between transactions."""
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=ON").close()


# Writers of one office follow each other, so that each sees what the one before did.
_LOCK_OFFICE = "SELECT office FROM offices WHERE office = %s FOR UPDATE"
_SET_OFFICE = "SELECT set_config('cuofeng.office', %s, true)"


def _begin_postgresql(connection: Connection) -> None:
    # What the policies of row security go by, until the transaction ends.
    options = connection.get_execution_options()
    office = EVERY if ACROSS in options else options.get(OFFICE)
    if office is not None:
        connection.exec_driver_sql(_SET_OFFICE, (office,))
