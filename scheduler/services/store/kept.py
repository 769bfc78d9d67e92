"""Kept values: worked out once, good as long as what they were made of is the same."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

S = TypeVar("S")
T = TypeVar("T")


@dataclass(slots=True)
class _Place:
    """One value, and what tells whether it still holds; one works at it at a time."""

    stamp: object = None
    value: Any = None
    filled: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)


class Kept:
    """The last value of each name; of more than ``most`` names the longest unused go.

    Safe to use from several threads: of those who ask for one name at once the first
    works, the others wait for what comes of it.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._places: OrderedDict[Hashable, _Place] = OrderedDict()
        self._lock = threading.Lock()

    def of(
        self,
        name: Hashable,
        stamp: S,
        make: Callable[[], T],
        renew: Callable[[S, T], T | None] | None = None,
    ) -> T:
        """The value of a name where it has this very stamp, else made anew and kept.

        Parameters:
            stamp: All that the value depends on, or what changes whenever that does.
            renew: Makes it of an older stamp and value with less work, or says None.
        """
        place = self._place(name)
        with place.lock:
            if not place.filled or place.stamp != stamp:
                old = (place.stamp, place.value) if renew and place.filled else None
                place.filled = False  # what fails leaves nothing behind
                place.value = None  # the old one is not held beside the new one
                new = renew(*old) if renew and old else None
                old = None
                place.value, place.stamp = make() if new is None else new, stamp
                place.filled = True
            found: T = place.value
            return found

    def _place(self, name: Hashable) -> _Place:
        with self._lock:
            place = self._places.setdefault(name, _Place())
            self._places.move_to_end(name)
            while len(self._places) > self._most:
                self._places.popitem(last=False)
            return place
