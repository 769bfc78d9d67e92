"""Turns: a lock that serves those who wait for it in the order in which they came."""

import threading
from collections import deque
from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class _Waiting:
    """A thread that waits, and what it waits at until its turn comes."""

    thread: int
    gate: threading.Lock = field(default_factory=threading.Lock)


class Turns:
    """A lock of the threads of a process; who has it may take it once more.

    The interpreter's own locks go to whoever asks at the right moment, so that of
    twenty who work at once some would wait for seconds.
    """

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._waiting: deque[_Waiting] = deque()
        self._owner: int | None = None
        self._depth = 0

    @property
    def waiting(self) -> int:
        """How many threads wait."""
        with self._mutex:
            return len(self._waiting)

    def __enter__(self) -> None:
        mine = _Waiting(threading.get_ident())
        with self._mutex:
            if self._owner in (None, mine.thread):
                self._owner = mine.thread
                self._depth += 1
                return
            mine.gate.acquire()
            self._waiting.append(mine)
        try:
            mine.gate.acquire()
        except BaseException:
            self._give_up(mine)
            raise

    def __exit__(self, *_: object) -> None:
        with self._mutex:
            self._depth -= 1
            if not self._depth:
                self._pass_on()

    def _pass_on(self) -> None:
        if not self._waiting:
            self._owner = None
            return
        following = self._waiting.popleft()
        self._owner, self._depth = following.thread, 1
        following.gate.release()

    def _give_up(self, mine: _Waiting) -> None:
        """Leave the row; whose turn had come already lets the next one go on."""
        with self._mutex:
            if mine in self._waiting:
                self._waiting.remove(mine)
            else:
                self._depth = 0
                self._pass_on()
