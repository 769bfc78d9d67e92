"""A PostgreSQL server of the tests' own, reached by a socket file."""

import glob
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from scheduler.services.store.database import Database
from scheduler.services.store.ledger_tables import ALL_TABLES
from scheduler.services.store.upgrading import prepare

# Nothing here must outlive a crash of the machine.
_FAST = (
    *("-c", "fsync=off", "-c", "synchronous_commit=off"),
    *("-c", "full_page_writes=off", "-c", "autovacuum=off"),
)
_ROLE, _EMPTY = "cuofeng", "cuofeng_empty"
_CUT_OFF = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_SHAPE = """SELECT current_setting('default_transaction_read_only'),
(SELECT count(*) FROM pg_policies), (SELECT count(*) FROM pg_constraint),
(SELECT count(*) FROM pg_trigger), (SELECT count(*) FROM pg_indexes),
string_agg(concat(table_name, column_name), ' '
ORDER BY table_name, column_name) FROM information_schema.columns
WHERE table_schema = 'public'"""
# Neither references nor row security hold for a replica's superuser.
_EMPTIED = "SET session_replication_role = replica; " + "; ".join(
    f'DELETE FROM "{name}"' for name in ALL_TABLES.tables
)


class Server:
    """A running server; it makes databases that nobody has written to."""

    def __init__(self, socket: Path) -> None:
        self._socket, self._made = socket, 0
        self._cleaned: list[str] = []

    def new_database(self, empty: bool = False) -> str:
        """The URL of a new database, of a role without privileges.

        Parameters:
            empty: Without its tables.
        """
        if self._cleaned and not empty:
            return self.url(self._cleaned.pop())
        self._made += 1
        name = f"school{self._made}"
        template = "template1" if empty else _EMPTY
        self._do(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def url(self, name: str) -> str:
        """The URL of a database."""
        return f"postgresql+psycopg://{_ROLE}@/{name}?host={self._socket}"

    def prepare(self) -> None:
        """Make the role, and the database that all others are copies of."""
        # Row security does not bind a superuser, and the program needs none.
        self._do(f"CREATE ROLE {_ROLE} LOGIN CREATEDB", role="postgres")
        self._do(f"CREATE DATABASE {_EMPTY}")
        database = Database.open(self.url(_EMPTY), _never)
        prepare(database)
        database.close()
        with self._as_owner(_EMPTY) as connection:
            self._shape = connection.execute(_SHAPE).fetchone()

    def give_back(self, url: str) -> None:
        """Empty a database for the next test; a copy of the first takes thrice as long.

        Whoever is still connected is cut off; one whose tables are others is dropped.
        """
        name = url.partition("@/")[2].partition("?")[0]
        with self._as_owner(name) as connection:
            connection.execute(_CUT_OFF)
            if connection.execute(_SHAPE).fetchone() == self._shape:
                connection.execute(_EMPTIED)
                self._cleaned.append(name)
                return
        self._do(f"DROP DATABASE {name} WITH (FORCE)", role="postgres")

    def _as_owner(self, name: str) -> psycopg.Connection:
        where = f"host={self._socket} user=postgres dbname={name}"
        return psycopg.connect(where, autocommit=True)

    def _do(self, statement: str, role: str = _ROLE) -> None:
        where = f"host={self._socket} user={role} dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]


def _never() -> object:
    raise AssertionError("an empty database needs no clock")


@contextmanager
def server() -> Iterator[Server]:
    """A server while the block lasts; its files are gone afterwards."""
    # The path of a socket may have 107 bytes; the folders of pytest are longer.
    home = Path(tempfile.mkdtemp(prefix="cuofeng-pg-"))
    user = _unprivileged()
    if user is not None:
        shutil.chown(home, user)
    try:
        data = home / "data"
        _run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-N", user=user)
        command = [_binary("postgres"), "-D", data, "-k", home, "-h", "", *_FAST]
        with (home / "log").open("wb") as log:
            process = subprocess.Popen(
                list(map(str, command)), user=user, cwd=home, stdout=log, stderr=log
            )
        try:
            _wait(home, process)
            made = Server(home)
            made.prepare()
            yield made
        finally:
            process.terminate()
            process.wait(30)
    finally:
        shutil.rmtree(home)


def _unprivileged() -> str | None:
    """Whom to run it as, for it refuses root; None: who runs the tests."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _binary(name: str) -> str:
    """Where a program of PostgreSQL is: on the path, or where Debian puts it."""
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)
    found = shutil.which(name) or shutil.which(name, path=os.pathsep.join(folders))
    if found is None:
        raise FileNotFoundError(f"the tests need PostgreSQL: no {name} (README.md)")
    return found


def _run(name: str, *arguments: object, user: str | None) -> None:
    command = [_binary(name), *map(str, arguments)]
    done = subprocess.run(
        command, user=user, cwd="/", capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)


def _wait(home: Path, process: "subprocess.Popen[bytes]") -> None:
    where = f"host={home} user=postgres dbname=postgres connect_timeout=2"
    until = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(where).close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError((home / "log").read_text()) from None
            time.sleep(0.05)
        else:
            return
