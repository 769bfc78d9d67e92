"""Messages between a worker and its computing process: a letter, a length, bytes."""

import struct
from typing import IO

PROGRESS, BEST, RESULT, FAULT, WORK, STOP = b"p", b"b", b"r", b"f", b"w", b"s"
_HEAD = struct.Struct(">cQ")


def send(pipe: IO[bytes], letter: bytes, content: bytes = b"") -> None:
    """Send one message."""
    pipe.write(_HEAD.pack(letter, len(content)) + content)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[bytes, bytes]:
    """The next message.

    Raises:
        EOFError: the other side has ended.
    """
    letter, length = _HEAD.unpack(_exactly(pipe, _HEAD.size))
    return letter, _exactly(pipe, length)


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    content = pipe.read(length)
    if len(content) < length:
        raise EOFError
    return content
