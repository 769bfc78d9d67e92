"""Accounts of the office: names, passwords as scrypt hashes, limited tries."""

import hashlib
import hmac
import secrets
from enum import StrEnum

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from scheduler.services.access.kept_limits import KeptLimit
from scheduler.services.access.limits import client_key
from scheduler.services.access.sessions import end_sessions
from scheduler.services.store.database import Database
from scheduler.services.store.schema import USERS

SHORTEST_PASSWORD = 8
_QUARTER_OF_AN_HOUR = 15 * 60
# 2**14 rounds of 8 blocks: 16 MB and some 50 ms for each guess.
_ROUNDS, _BLOCKS, _LANES = 2**14, 8, 1


class Role(StrEnum):
    """What an account may do."""

    OFFICE = "office"


class UserExists(ValueError):
    """Somebody has this name."""


class Accounts:
    """The accounts of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # No limit for a name alone: with one, anybody could shut the office out.
        self._for_name = KeptLimit(database, "name", 10, _QUARTER_OF_AN_HOUR)
        self._from_client = KeptLimit(database, "client", 50, _QUARTER_OF_AN_HOUR)

    def add(self, name: str, password: str, role: Role = Role.OFFICE) -> None:
        """Add an account.

        Raises:
            UserExists: the name is taken.
            ValueError: the name is empty or the password too short.
        """
        if not name.strip():
            raise ValueError("the name is empty")
        row = {
            "name": name.strip(),
            "password_hash": _hash(_checked(password)),
            "role": role,
            "created_at": self._database.now(),
        }
        try:
            with self._database.write() as connection:
                connection.execute(insert(USERS).values(row))
        except IntegrityError as error:
            raise UserExists(name.strip()) from error

    def set_password(self, name: str, password: str) -> None:
        """Give an account a new password; whoever is logged in must do so again.

        Raises:
            LookupError: there is no such account.
            ValueError: the password is too short.
        """
        changed = update(USERS).where(USERS.c.name == name.strip())
        values = changed.values(password_hash=_hash(_checked(password)))
        with self._database.write() as connection:
            if connection.execute(values).rowcount == 0:
                raise LookupError(name)
            end_sessions(connection, name.strip())

    def remove(self, name: str) -> bool:
        """Delete an account; tell whether there was one."""
        gone = delete(USERS).where(USERS.c.name == name.strip())
        with self._database.write() as connection:
            end_sessions(connection, name.strip())
            return connection.execute(gone).rowcount > 0

    def names(self) -> tuple[str, ...]:
        """All names, sorted."""
        with self._database.read() as connection:
            return tuple(
                connection.scalars(select(USERS.c.name).order_by(USERS.c.name))
            )

    def check(self, name: str, password: str, client: str = "") -> bool:
        """Tell whether a name and password belong together.

        Wrong passwords are counted for the name and the client together, and for the
        client over all names. ``client`` is where the try comes from: an address, or
        a device that has been logged in before.

        Raises:
            RateExceeded: too many wrong passwords; not looked at.
        """
        name = name.strip()
        client = client_key(client)
        here = f"{client} {name}"
        self._for_name.check(here)
        self._from_client.check(client)
        wanted = select(USERS.c.password_hash).where(USERS.c.name == name)
        with self._database.read() as connection:
            stored = connection.scalar(wanted)
        # An unknown name takes as long as a known one.
        if _matches(password, stored or _NOBODY) and stored is not None:
            self._for_name.forget(here)
            return True
        self._for_name.count(here)
        self._from_client.count(client)
        return False


def _checked(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise ValueError(f"a password has at least {SHORTEST_PASSWORD} characters")
    return password


def _hash(password: str) -> str:
    salt = secrets.token_bytes(16)
    key = _scrypt(password, salt, _ROUNDS, _BLOCKS, _LANES)
    return f"scrypt${_ROUNDS}${_BLOCKS}${_LANES}${salt.hex()}${key.hex()}"


def _matches(password: str, stored: str) -> bool:
    _, rounds, blocks, lanes, salt, key = stored.split("$")
    costs = int(rounds), int(blocks), int(lanes)
    found = _scrypt(password, bytes.fromhex(salt), *costs)
    return hmac.compare_digest(found, bytes.fromhex(key))


def _scrypt(password: str, salt: bytes, rounds: int, blocks: int, lanes: int) -> bytes:
    secret = password.encode(errors="surrogatepass")
    return hashlib.scrypt(secret, salt=salt, n=rounds, r=blocks, p=lanes, dklen=32)


_NOBODY = f"scrypt${_ROUNDS}${_BLOCKS}${_LANES}${'00' * 16}${'00' * 32}"
