"""Serving the site."""

import errno
import logging
import socket
import sys
from typing import Any, NoReturn

import waitress
from flask import Flask

from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text
from web.limits import LONGEST_HEADERS, LONGEST_UPLOAD

THREADS = 4
MOST_CONNECTIONS = 4000
# Seconds. Browsers keep connections open for the next page; one that says nothing for
# longer is worth less than the place it takes.
IDLE, LOOKED_AFTER = 30, 5
_OTHER_FILES = 200  # descriptors that the database, libraries and logs need
# No packet is sent: a datagram socket is only told where it would send to.
_SOMEWHERE = ("192.0.2.1", 9)


def serve(app: Flask, listener: socket.socket, host: str) -> None:
    """Answer requests on a listening socket until interrupted."""
    server = make_server(app, listener, host)
    try:
        server.run()
    finally:
        server.close()


def make_server(
    app: Flask,
    listener: socket.socket,
    host: str,
    connections: dict[int, Any] | None = None,
) -> Any:
    """A server that is ready to run.

    Parameters:
        connections: Where it keeps what is open, if somebody wants to know.
    """
    # At its lower levels waitress logs paths, and paths of feeds are secrets.
    logging.getLogger("waitress").setLevel(logging.WARNING)
    # A full queue is what the limits are for; a line for every request is no help.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    return waitress.create_server(
        app,
        map=connections,
        sockets=[listener],
        threads=THREADS,
        server_name=own_name(host),
        connection_limit=_room_for(MOST_CONNECTIONS),
        channel_timeout=IDLE,
        cleanup_interval=LOOKED_AFTER,
        # select() ends at 1,024 descriptors; Windows has no poll().
        asyncore_use_poll=sys.platform != "win32",
        backlog=MOST_CONNECTIONS,
        max_request_body_size=LONGEST_UPLOAD,
        max_request_header_size=LONGEST_HEADERS,
        # Whom to believe is decided in web.reach.
        clear_untrusted_proxy_headers=False,
    )


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to an address, before anything depends on it.

    Raises:
        InputError: the address cannot be used, in one sentence.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        refuse_address("--port", host, port, error)


def own_name(host: str) -> str:
    """Host by which others may reach a server that listens on ``host``.

    For one that listens on all addresses it is that of the network's interface.
    """
    name = host
    if host in ("", "0.0.0.0", "::"):
        family = socket.AF_INET
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect(_SOMEWHERE)
                name = probe.getsockname()[0]
            except OSError:  # no network
                name = "127.0.0.1"
    return f"[{name}]" if ":" in name else name


def _room_for(connections: int) -> int:
    """As many connections as wanted, or as the system has descriptors for."""
    if sys.platform == "win32":
        return min(connections, 400)  # select() there takes 512 sockets
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    wanted = connections + _OTHER_FILES
    if soft != unlimited and soft < wanted:
        soft = wanted if hard == unlimited else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if soft == unlimited:
        return connections
    return max(1, min(connections, soft - _OTHER_FILES))


def refuse_address(option: str, host: str, port: int, error: OSError) -> NoReturn:
    """Say in one sentence why an address cannot be listened on."""
    problem = Text(
        f"无法使用这个地址（{error.strerror}）", f"cannot be used ({error.strerror})"
    )
    advice = Text("", "")
    if error.errno == errno.EADDRINUSE:
        problem = Text("端口已被占用", "the port is in use")
        advice = Text(
            f"请换一个端口，例如 {option} {port + 1}。",
            f"Try another, as {option} {port + 1}.",
        )
    found = DataError(option, problem, advice, value=f"{host}:{port}")
    raise InputError([found]) from error
