"""Serving the site."""

import errno
import logging
import socket
from typing import NoReturn

import waitress
from flask import Flask

from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text

THREADS = 4


def serve(app: Flask, host: str, port: int) -> None:
    """Answer requests until interrupted.

    Raises:
        InputError: the address cannot be used, in one sentence.
    """
    # At its lower levels waitress logs paths, and paths of feeds are secrets.
    logging.getLogger("waitress").setLevel(logging.WARNING)
    with _listening(host, port) as listener:
        server = waitress.create_server(app, sockets=[listener], threads=THREADS)
        try:
            server.run()
        finally:
            server.close()


def _listening(host: str, port: int) -> socket.socket:
    """A socket bound before the server is made, which would leave its own open."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        _refuse(host, port, error)


def _refuse(host: str, port: int, error: OSError) -> NoReturn:
    problem = Text(
        f"无法使用这个地址（{error.strerror}）", f"cannot be used ({error.strerror})"
    )
    advice = Text("", "")
    if error.errno == errno.EADDRINUSE:
        problem = Text("端口已被占用", "the port is in use")
        advice = Text(
            f"请换一个端口，例如 --port {port + 1}。",
            f"Try another, as --port {port + 1}.",
        )
    found = DataError("--port", problem, advice, value=f"{host}:{port}")
    raise InputError([found]) from error
