"""The process that computes one job: ``python -m scheduler.services.jobs.child``.

Told by pipes; it ends with the worker that started it, whatever it is doing then.
"""

import json
import os
import signal
import threading
import traceback
from collections.abc import Mapping
from typing import Any

from scheduler.model.errors import InputError, sentences
from scheduler.services.jobs.computations import compute
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


def main() -> None:
    """Take the work, compute, send what comes of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the worker says when to stop
    # Nothing that prints may come between the messages.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    given, stop = threading.Event(), threading.Event()
    work: list[bytes] = []

    def hear(message: tuple[bytes, bytes]) -> None:
        letter, content = message
        if letter == STOP:
            stop.set()
        else:
            work.append(content)
            given.set()

    def tell(facts: Mapping[str, Any], best: bytes | None) -> bool:
        send(out, PROGRESS, json.dumps(dict(facts)).encode())
        if best is not None:
            send(out, BEST, best)
        return stop.is_set()

    listen(receive, hear)
    given.wait()
    try:
        send(out, RESULT, compute(work[0], tell))
    except InputError as error:
        send(out, FAULT, "\n".join(sentences(error.errors, "zh")).encode())
    except Exception as error:  # noqa: BLE001: the worker writes it down
        traceback.print_exc()
        send(out, FAULT, f"{type(error).__name__}: {error}".encode())


if __name__ == "__main__":
    main()
