"""The connection to the database: engines, transactions, moments in UTC."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
    make_url,
)
from sqlalchemy.engine import ExceptionContext

from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text

Now = Callable[[], dt.datetime]
_WAIT_SECONDS = 30
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
        return value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(
        self, value: dt.datetime | None, dialect: Dialect
    ) -> dt.datetime | None:
        """Give the zone back."""
        return None if value is None else value.replace(tzinfo=dt.UTC)


@dataclass(frozen=True)
class Database:
    """An engine and the clock; one writer at a time, any number of readers."""

    engine: Engine
    now: Now
    _writing: threading.Lock = field(default_factory=threading.Lock)

    @staticmethod
    def open(url: str, now: Now) -> "Database":
        """Connect; nothing is created yet.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: the URL is no database we can reach.
        """
        parsed = make_url(url)
        if parsed.get_backend_name() != "sqlite":
            return Database(_engine(parsed, pool_pre_ping=True), now)
        options: dict[str, Any] = {"connect_args": {"timeout": _WAIT_SECONDS}}
        if parsed.database in _IN_MEMORY:
            # A second connection would see another, empty database.
            options |= {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0}
            options["connect_args"]["check_same_thread"] = False
        engine = _engine(parsed, **options)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return Database(engine, now)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is kept whole or not at all."""
        with self._writing, self.engine.connect() as connection:
            writer = connection.execution_options(sqlite_begin="BEGIN IMMEDIATE")
            with writer.begin():
                yield writer

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()


def _engine(url: URL, **options: Any) -> Engine:
    """An engine whose faults tell what to mend, and hold no SQL and no parameters."""
    engine = create_engine(url, hide_parameters=True, **options)
    event.listen(engine, "handle_error", _tell)
    return engine


def _tell(context: ExceptionContext) -> None:
    """Say what the database refuses; what is our own mistake stays an exception."""
    error = context.original_exception
    ours = ("IntegrityError", "ProgrammingError", "DataError", "NotSupportedError")
    if type(error).__name__ not in ours and context.sqlalchemy_exception is not None:
        raise InputError([refused(error)]) from error


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
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its lock at once; upgrading a reader's could fail half-way.
    begin = connection.get_execution_options().get("sqlite_begin", "BEGIN")
    connection.exec_driver_sql(begin)
