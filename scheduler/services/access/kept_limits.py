"""Limits of tries that are counted in the database, and hold over all processes."""

import datetime as dt
import hashlib
import json
import threading
from collections import Counter

from sqlalchemy import ColumnElement, Connection, delete, select

from scheduler.services.access.limits import RateExceeded, RateLimit
from scheduler.services.store.database import Database
from scheduler.services.store.schema import TRIES
from scheduler.services.store.upserts import upsert

_PARTS = 10


class KeptLimit:
    """At most ``allowed`` tries of one key within ``seconds``, whichever process asks.

    Of keys a hash is kept: they are names and addresses of people. What is past is
    deleted with the next try of anybody.
    """

    def __init__(
        self, database: Database, scope: str, allowed: int, seconds: int
    ) -> None:
        self._database, self._scope = database, scope
        self._allowed, self._span = allowed, dt.timedelta(seconds=seconds)

    def check(self, key: str) -> None:
        """Say whether one more try is allowed, without counting it.

        Raises:
            RateExceeded: it is not.
        """
        with self._database.read() as connection:
            self._refuse(self._recent(connection, key))

    def count(self, key: str, times: int = 1) -> None:
        """Count one try, or several at once.

        Raises:
            RateExceeded: it is one too many; then it is not counted.
        """
        # Who is over the limit costs no write.
        self.check(key)
        now = self._database.now()
        with self._database.write() as connection:
            self._lock(connection, key)
            tries = self._recent(connection, key)
            self._refuse(tries)
            moments = json.dumps([*tries, *[now.timestamp()] * times])
            row = {"scope": self._scope, "key": _hash(key), "moments": moments}
            upsert(connection, TRIES, [row | {"last": now}])
            past = TRIES.c.scope == self._scope, TRIES.c.last <= now - self._span
            connection.execute(delete(TRIES).where(*past))

    def full(self) -> int:
        """How many keys may not be tried now."""
        first = self._database.now() - self._span
        with self._database.read() as connection:
            wanted = select(TRIES.c.moments).where(
                TRIES.c.scope == self._scope, TRIES.c.last > first
            )
            kept = [json.loads(x) for x in connection.scalars(wanted)]
        recent = (sum(m > first.timestamp() for m in moments) for moments in kept)
        return sum(count >= self._allowed for count in recent)

    def forget(self, key: str) -> None:
        """Start anew."""
        with self._database.write() as connection:
            connection.execute(delete(TRIES).where(*self._is(key)))

    def forget_all(self) -> None:
        """Start anew with every key."""
        with self._database.write() as connection:
            connection.execute(delete(TRIES).where(TRIES.c.scope == self._scope))

    def _recent(self, connection: Connection, key: str) -> list[float]:
        kept = connection.scalar(select(TRIES.c.moments).where(*self._is(key)))
        first = (self._database.now() - self._span).timestamp()
        return [moment for moment in json.loads(kept or "[]") if moment > first]

    def _is(self, key: str) -> tuple[ColumnElement[bool], ...]:
        return TRIES.c.scope == self._scope, TRIES.c.key == _hash(key)

    def _refuse(self, tries: list[float]) -> None:
        if len(tries) >= self._allowed:
            now = self._database.now().timestamp()
            wait = tries[0] + self._span.total_seconds() - now
            raise RateExceeded(max(1, round(wait)))

    def _lock(self, connection: Connection, key: str) -> None:
        """Let tries of one key follow each other; SQLite has one writer anyway."""
        if connection.dialect.name == "postgresql":
            wait = "SELECT pg_advisory_xact_lock(hashtext(%s))"
            connection.exec_driver_sql(wait, (f"{self._scope} {_hash(key)}",))


class SharedLimit:
    """A limit for what is asked for often and may cost no write: calendars.

    Tries are counted in memory. Of a key that is tried a lot every tenth part of what
    is allowed is told to the other processes, so that all together allow little more
    than one of them.
    """

    def __init__(
        self, database: Database, scope: str, allowed: int, seconds: int
    ) -> None:
        self._now, self._lock = database.now, threading.Lock()
        self._here = RateLimit(allowed, seconds, database.now)
        self._all = KeptLimit(database, scope, allowed, seconds)
        self._part = max(1, allowed // _PARTS)
        self._untold: Counter[str] = Counter()
        self._full: dict[str, dt.datetime] = {}

    def count(self, key: str) -> None:
        """Count one try.

        Raises:
            RateExceeded: it is one too many, of those here or of all.
        """
        with self._lock:
            wait = self._full.get(key, self._now()) - self._now()
            if wait.total_seconds() > 0:
                raise RateExceeded(max(1, round(wait.total_seconds())))
            self._full.pop(key, None)
            self._here.count(key)
            self._untold[key] += 1
            if self._untold[key] < self._part:
                return
            del self._untold[key]
        try:
            self._all.count(key, self._part)
        except RateExceeded as error:
            with self._lock:
                rest = dt.timedelta(seconds=error.retry_after)
                self._full[key] = self._now() + rest
            raise


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()
