"""What a Dask worker does: computes works in a process of its own, which it keeps.

A solver holds the interpreter for seconds; a worker that computed by itself would not
answer meanwhile and be taken for dead.
"""

import json
import platform
import threading
from collections.abc import Mapping
from contextlib import suppress
from subprocess import Popen
from typing import Any

import distributed
from distributed import get_worker

from scheduler import __version__
from scheduler.services.jobs.child import MANY
from scheduler.services.jobs.contract import Result
from scheduler.services.jobs.messages import (
    FAULT,
    PROGRESS,
    RESULT,
    WORK,
    receive,
    send,
)
from scheduler.solver.processes import start_child

TOPIC = "cuofeng-district"
"""Under which workers tell how far they are."""
FAULT_FACT = "fault"
"""In the facts of a result: why there is no timetable."""
_PROGRAM = ("-m", "scheduler.services.jobs.child", MANY)


def versions() -> dict[str, str]:
    """What must be the same on every worker."""
    python = ".".join(platform.python_version_tuple()[:2])
    return {
        "cuofeng": __version__,
        "Python": python,
        "distributed": distributed.__version__,
    }


def compute_work(content: bytes, name: str) -> bytes:
    """The result of a work, of which nothing but these bytes is known.

    What the work itself is to blame for is told in the result; it is not tried again.

    Raises:
        RuntimeError: the computing process was lost; the task is to be tried again.
    """
    return _SOLVER.compute(content, name)


class _Solver:
    """The computing process of this worker, started when first needed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: Popen[bytes] | None = None

    def compute(self, content: bytes, name: str) -> bytes:
        """One work after the other."""
        with self._lock:
            child = self._ready()
            assert child.stdin is not None
            try:
                send(child.stdin, WORK, content)
                return self._answer(child, name)
            except (EOFError, OSError) as lost:
                with suppress(OSError):
                    child.kill()
                child.wait()
                raise RuntimeError("the computing process was lost") from lost

    def _ready(self) -> "Popen[bytes]":
        if self._child is None or self._child.poll() is not None:
            self._child = start_child(_PROGRAM)
        return self._child

    def _answer(self, child: "Popen[bytes]", name: str) -> bytes:
        assert child.stdout is not None
        while True:
            letter, content = receive(child.stdout)
            if letter == PROGRESS:
                _tell(name, json.loads(content))
            elif letter == RESULT:
                return content
            elif letter == FAULT:
                return Result({FAULT_FACT: content.decode()}).to_bytes()


def _tell(name: str, facts: Mapping[str, Any]) -> None:
    worker = get_worker()
    worker.log_event(TOPIC, {"name": name, **facts})


_SOLVER = _Solver()
