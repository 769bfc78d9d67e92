"""One state of an office for everything that a request reads."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar

from sqlalchemy import Connection

Begin = Callable[[], AbstractContextManager[Connection]]
_Key = tuple[int, str]


class _Held:
    """A transaction that readers share; it ends once nobody reads in it."""

    def __init__(self, begin: Begin) -> None:
        self._transaction = begin()
        self.connection = self._transaction.__enter__()
        self.readers = 0

    def end(self) -> None:
        if not self.readers:
            self._transaction.__exit__(None, None, None)


class Snapshots:
    """The transactions that a request reads in, each begun by the first who reads."""

    def __init__(self) -> None:
        self._held: dict[_Key, _Held] = {}

    @contextmanager
    def read(self, key: _Key, begin: Begin) -> Iterator[Connection]:
        """The transaction of a key; ``begin`` gives one where there is none yet."""
        held = self._held.get(key)
        if held is None:
            held = self._held[key] = _Held(begin)
        held.readers += 1
        whole = False
        try:
            yield held.connection
            whole = True
        finally:
            held.readers -= 1
            if not whole:
                # PostgreSQL answers nothing more in a transaction that had an error.
                self.end()
            if self._held.get(key) is not held:
                held.end()

    def end(self) -> None:
        """End them: who reads next sees what has been written meanwhile."""
        ending = list(self._held.values())
        self._held.clear()
        for held in ending:
            held.end()


_HELD: ContextVar[Snapshots | None] = ContextVar("snapshots", default=None)


@contextmanager
def one_state() -> Iterator[None]:
    """While it lasts, this thread sees one state of an office, and its own writing."""
    snapshots = Snapshots()
    token = _HELD.set(snapshots)
    try:
        yield
    finally:
        _HELD.reset(token)
        snapshots.end()


def held_snapshots() -> Snapshots | None:
    """Those of the request of this thread; None outside one."""
    return _HELD.get()


@contextmanager
def seen_anew() -> Iterator[None]:
    """Around a writer: what is read after it began, and after it ended, is newer."""
    snapshots = held_snapshots() or Snapshots()
    snapshots.end()
    try:
        yield
    finally:
        snapshots.end()
