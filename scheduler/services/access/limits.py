"""How often something may be tried."""

import datetime as dt
import hashlib
import ipaddress
import threading
from collections import OrderedDict, deque

from scheduler.services.store.database import Now

_MOST_KEYS = 10_000
_LONGEST_KEY = 64
_ONE_SUBSCRIBER = 64  # bits of an IPv6 address that name the network, not the device


class RateExceeded(Exception):
    """Too many tries; ``retry_after`` is in whole seconds, at least 1."""

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(f"too many tries, try again after {retry_after} s")


class RateLimit:
    """At most ``allowed`` tries of one key within ``seconds``, in this process.

    For what may cost no write; limits that guard secrets are kept (``kept_limits.py``).
    Kept in memory and bounded: of more than 10,000 keys the least recent are
    forgotten, and of long keys a hash is kept. Safe to use from several threads.
    """

    def __init__(self, allowed: int, seconds: int, now: Now) -> None:
        self._allowed = allowed
        self._span = dt.timedelta(seconds=seconds)
        self._now = now
        self._tries: OrderedDict[str, deque[dt.datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, key: str) -> None:
        """Say whether one more try is allowed, without counting it.

        Raises:
            RateExceeded: it is not.
        """
        with self._lock:
            self._check(self._recent(key))

    def count(self, key: str) -> None:
        """Count one try.

        Raises:
            RateExceeded: it is one too many; then it is not counted.
        """
        with self._lock:
            tries = self._recent(key)
            self._check(tries)
            tries.append(self._now())
            self._tries[_short(key)] = tries
            self._tries.move_to_end(_short(key))
            while len(self._tries) > _MOST_KEYS:
                self._tries.popitem(last=False)

    def keys(self) -> tuple[str, ...]:
        """Keys with tries, as they are kept; least recent first."""
        with self._lock:
            return tuple(self._tries)

    def forget(self, key: str) -> None:
        """Start anew."""
        with self._lock:
            self._tries.pop(_short(key), None)

    def _recent(self, key: str) -> deque[dt.datetime]:
        tries = self._tries.get(_short(key), deque())
        while tries and tries[0] <= self._now() - self._span:
            tries.popleft()
        return tries

    def _check(self, tries: deque[dt.datetime]) -> None:
        if len(tries) >= self._allowed:
            wait = tries[0] + self._span - self._now()
            raise RateExceeded(max(1, round(wait.total_seconds())))


def client_key(address: str) -> str:
    """What counts as one client: an address, of IPv6 the network it belongs to.

    Anything else, as the name of a device, stands for itself.
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return address
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, _ONE_SUBSCRIBER), strict=False))


def _short(key: str) -> str:
    if len(key) <= _LONGEST_KEY:
        return key
    return hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()
