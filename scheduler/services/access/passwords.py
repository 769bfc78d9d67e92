"""Passwords: argon2id hashes that a school's server can afford.

19 MiB and two passes are the smallest profile that OWASP recommends; no more than two
are worked out at once, so that many logins together do not exhaust the memory.
"""

import secrets
import threading

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

SHORTEST_PASSWORD = 8
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE = threading.BoundedSemaphore(2)


def hash_password(password: str) -> str:
    """What is kept of a password; another one each time, for its salt is random."""
    with _AT_ONCE:
        return _HASHER.hash(_bytes(password))


def new_password() -> str:
    """A random one, to be shown once."""
    return secrets.token_urlsafe(9)


def is_password(password: str, kept: str | None) -> bool:
    """Whether a password is the one kept; without one it takes as long."""
    with _AT_ONCE:
        try:
            return _HASHER.verify(kept or _NOBODY, _bytes(password)) and bool(kept)
        except VerifyMismatchError:
            return False


def _bytes(password: str) -> bytes:
    return password.encode(errors="surrogatepass")


# Of a random password that nobody knows, hashed by the same parameters.
_NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1$"
    "AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)
