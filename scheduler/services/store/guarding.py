"""The guard of the doors for writing: asked before every change of an office's rows.

Who writes must say what for; a service cannot leave the question out. Nobody is asked
where nobody was said to act: on the machine itself, by its own operator or worker.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol


class Actor(Protocol):
    """Somebody on whose behalf a thread works."""

    def require(self, action: str, office: str | None, about: Collection[str]) -> None:
        """Raise where they may not do it there with what it is about."""


_ACTOR: ContextVar[Actor | None] = ContextVar("actor", default=None)


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """While it lasts, this thread works on somebody's behalf."""
    token = _ACTOR.set(actor)
    try:
        yield
    finally:
        _ACTOR.reset(token)


def actor() -> Actor | None:
    """On whose behalf this thread works; None: on the machine's own."""
    return _ACTOR.get()


def require(action: str, office: str | None, about: Collection[str] = ()) -> None:
    """Let nobody pass who may not.

    Parameters:
        office: None for what is of no office.
        about: Ids of the place it is done with, and of its agreements.
    """
    if (known := _ACTOR.get()) is not None:
        known.require(action, office, about)
