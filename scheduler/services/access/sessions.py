"""Sessions of accounts: begun by a login, ended by whoever has a reason to."""

import datetime as dt
import hashlib
import secrets
from contextlib import suppress

from sqlalchemy import Connection, delete, insert, select, update

from scheduler.model.errors import InputError
from scheduler.services.store.database import Database
from scheduler.services.store.schema import SESSIONS

LASTING = dt.timedelta(hours=12)
"""A working day; afterwards one logs in again."""
IDLE = dt.timedelta(hours=4)
"""Without use a session ends after this: longer than any noon, shorter than a night."""
_NOTED = 15 / 16
"""A use is noted once less of the time without use is left: not at every page."""
_TOKEN_BYTES = 24


class Sessions:
    """The sessions of a store.

    A browser holds a random token, the store its hash. So a session that has ended
    here is over everywhere, whatever a browser or a thief may still hold.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, name: str, idle: dt.timedelta = IDLE) -> str:
        """Begin a session of an account and return its token.

        Parameters:
            idle: How long it goes on without use.
        """
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        now, ends = self._database.now(), self._database.now() + LASTING
        row = {"token_hash": _hash(token), "name": name}
        row |= {"expires_at": min(now + idle, ends), "ends_at": ends}
        with self._database.write() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.expires_at <= now))
            connection.execute(insert(SESSIONS).values(row))
        return token

    def name_of(self, token: str, idle: dt.timedelta | None = None) -> str | None:
        """The account of a running session; None where it has ended.

        Parameters:
            idle: It is being used, and goes on for so long without. Without it
                somebody only looks, which keeps no session alive.
        """
        now, ours = self._database.now(), SESSIONS.c.token_hash == _hash(token)
        with self._database.read() as connection:
            wanted = select(SESSIONS).where(ours, SESSIONS.c.expires_at > now)
            found = connection.execute(wanted).one_or_none()
        if found is None:
            return None
        if idle and found.expires_at < min(now + _NOTED * idle, found.ends_at):
            until = min(now + idle, found.ends_at)
            # A page can be read although nothing can be written.
            with suppress(InputError), self._database.write() as connection:
                connection.execute(
                    update(SESSIONS).where(ours).values(expires_at=until)
                )
        return str(found.name)

    def running(self, name: str) -> tuple[dt.datetime, ...]:
        """When the running sessions of an account were begun, the newest first."""
        wanted = select(SESSIONS.c.ends_at).where(
            SESSIONS.c.name == name, SESSIONS.c.expires_at > self._database.now()
        )
        with self._database.read() as connection:
            found = connection.scalars(wanted.order_by(SESSIONS.c.ends_at.desc()))
            return tuple(until - LASTING for until in found)

    def end_others(self, name: str, token: str) -> None:
        """End all sessions of an account but one."""
        others = SESSIONS.c.name == name, SESSIONS.c.token_hash != _hash(token)
        with self._database.write() as connection:
            connection.execute(delete(SESSIONS).where(*others))

    def end(self, token: str) -> None:
        """End one session."""
        gone = delete(SESSIONS).where(SESSIONS.c.token_hash == _hash(token))
        with self._database.write() as connection:
            connection.execute(gone)


def end_sessions(connection: Connection, name: str) -> None:
    """End all sessions of an account."""
    connection.execute(delete(SESSIONS).where(SESSIONS.c.name == name))


def _hash(token: str) -> str:
    # The token is random enough that no salt or slow hash is needed.
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
