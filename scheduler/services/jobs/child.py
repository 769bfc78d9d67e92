"""The process that computes a job: ``python -m scheduler.services.jobs.child``.

With ``many`` it computes one after the other, as they are sent. Told by pipes; it ends
with the worker that started it, whatever it is doing then.
"""

import gc
import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Mapping
from queue import SimpleQueue
from typing import IO, Any

from scheduler.model.errors import InputError, sentences
from scheduler.services.jobs.computations import compute
from scheduler.services.jobs.contract import Tell
from scheduler.services.jobs.messages import (
    BEST,
    FAULT,
    PROGRESS,
    RESULT,
    STOP,
    receive,
    send,
)
from scheduler.solver.processes import listen

MANY = "many"
"""The argument of a process that computes one work after the other."""


def main() -> None:
    """Take work, compute, send what comes of it; wait for more where there are many."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the worker says when to stop
    # Nothing that prints may come between the messages.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    stop, given = threading.Event(), SimpleQueue[bytes]()

    def hear(message: tuple[bytes, bytes]) -> None:
        letter, content = message
        if letter == STOP:
            stop.set()
        else:
            stop.clear()
            given.put(content)

    def tell(facts: Mapping[str, Any], best: bytes | None) -> bool:
        send(out, PROGRESS, json.dumps(dict(facts)).encode())
        if best is not None:
            send(out, BEST, best)
        return stop.is_set()

    listen(receive, hear)
    _compute(out, given.get(), tell)
    while sys.argv[1:] == [MANY]:
        gc.collect()  # a school and all that was derived of it hold each other
        _compute(out, given.get(), tell)


def _compute(out: IO[bytes], content: bytes, tell: Tell) -> None:
    try:
        send(out, RESULT, compute(content, tell))
    except InputError as error:
        send(out, FAULT, "\n".join(sentences(error.errors, "zh")).encode())
    except Exception as error:  # the worker writes it down
        traceback.print_exc()
        send(out, FAULT, f"{type(error).__name__}: {error}".encode())


if __name__ == "__main__":
    main()
