"""Copy: this process once more, which works something out beside it and ends.

It knows all that this one knows without being told, and what it needs on the way is
given back to the system with it.
"""

import gc
import os
import pickle
import signal
import sys
import threading
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any, Generic, NoReturn, TypeVar

Found = TypeVar("Found")

_END_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of Linux."""


class Copy(Generic[Found]):
    """What a copy works out, as a context: it does not outlive that.

    Where there can be none, this process does the work when the result is asked for.
    What is found must be plain data. The work may import nothing and ask for no lock.

    Parameters:
        worth: Whether the work is worth a copy; that takes some milliseconds.
    """

    def __init__(self, work: Callable[[], Found], worth: bool = True) -> None:
        self._work, self._worth = work, worth
        self._source: IO[bytes] | None = None
        self.pid: int | None = None

    def __enter__(self) -> "Copy[Found]":
        if self._worth and _can_copy():
            with suppress(OSError):  # no memory, or too many processes
                self._begin()
        return self

    def __exit__(self, *exception: object) -> None:
        if self.pid is None or self._source is None:
            return
        self._source.close()
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        with suppress(ChildProcessError):  # of one whose parent lets them all go
            os.waitpid(self.pid, 0)
        self.pid = None

    def result(self) -> Found:
        """What was found; waits for it."""
        if self._source is not None:
            # Killed, or failed: then this process fails alike, and says why.
            with suppress(EOFError, pickle.UnpicklingError):
                found: Found = pickle.load(self._source)
                return found
        return self._work()

    def _begin(self) -> None:
        parent, (reading, writing) = os.getpid(), os.pipe()
        with warnings.catch_warnings():
            # Threads that look on hold no lock that the work could ask for.
            warnings.simplefilter("ignore", DeprecationWarning)
            try:
                self.pid = os.fork()
            except OSError:
                os.close(reading)
                os.close(writing)
                raise
        if not self.pid:
            _work_and_end(self._work, writing, parent)
        os.close(writing)
        self._source = os.fdopen(reading, "rb")


def _can_copy() -> bool:
    """Whether the system has copies that are safe; threads other than the first may
    be one of many that serve, with locks held by others."""
    first = threading.current_thread() is threading.main_thread()
    return sys.platform == "linux" and first


def _work_and_end(work: Callable[[], Any], writing: int, parent: int) -> NoReturn:
    """In the copy: nothing of what this process is in the midst of is done twice."""
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _end_with(parent)
        gc.disable()
        with os.fdopen(writing, "wb") as target:
            pickle.dump(work(), target, protocol=5)
        code = 0
    finally:
        os._exit(code)


def _end_with(parent: int) -> None:
    """Let this process be killed where the one that it is a copy of ends."""
    import ctypes

    ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
