"""Child: a process of ours that ends with the one that started it, killed or not.

Its standard input tells: nobody else holds the other end, so that it is closed when the
parent is gone, whatever the system.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from typing import IO, TypeVar

Message = TypeVar("Message")


def start_child(program: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Start a Python program that may import what this one may."""
    return subprocess.Popen(
        [sys.executable, *program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )


def listen(
    receive: Callable[[IO[bytes]], Message], hear: Callable[[Message], None]
) -> None:
    """In a child: hear what comes in, and end when nothing can come any more.

    Parameters:
        receive: Reads one message; raises EOFError where the other side has ended.
    """
    # Not sys.stdin, which a usual end would wait for while a thread reads it.
    source = os.fdopen(os.dup(0), "rb")

    def work() -> None:
        try:
            while True:
                hear(receive(source))
        except EOFError:
            os._exit(1)  # whatever is being computed

    threading.Thread(target=work, daemon=True).start()
