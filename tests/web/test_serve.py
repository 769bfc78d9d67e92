"""Serving: addresses that cannot be had, idle connections, quiet logs."""

import http.client
import logging
import socket
import threading
from contextlib import ExitStack, contextmanager

import pytest
from waitress import wasyncore

from scheduler.model.errors import InputError
from web.serve import listen, make_server, own_name


@contextmanager
def running(app, host="127.0.0.1"):
    """The app under the real server; gives its port."""
    listener = listen(host, 0)
    port = listener.getsockname()[1]
    connections = {}
    server = make_server(app, listener, host, connections)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield port
    finally:
        # It runs until nothing is open any more; told to itself, for it is another's.
        server.trigger.pull_trigger(lambda: wasyncore.close_all(connections))
        thread.join()
        server.task_dispatcher.shutdown()


def answer(port, path="/login", host="127.0.0.1", **headers):
    connection = http.client.HTTPConnection(host, port, timeout=60)
    connection.request("GET", path, headers=headers)
    found = connection.getresponse()
    body = found.read()
    connection.close()
    return found.status, body


def test_listen_port_in_use_is_one_clear_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputError) as caught:
            listen("127.0.0.1", port)
    assert str(caught.value) == (
        f'--port: "127.0.0.1:{port}" the port is in use. Try another, as --port '
        f"{port + 1}. 〔端口已被占用。请换一个端口，例如 --port {port + 1}。〕"
    )


def test_listen_host_of_another_machine_is_one_clear_sentence():
    # 192.0.2.0/24 is reserved for documentation: no machine has it.
    with pytest.raises(InputError) as caught:
        listen("192.0.2.1", 8000)
    (error,) = caught.value.errors
    assert (error.file, error.value) == ("--port", "192.0.2.1:8000")


@pytest.mark.parametrize(
    ("host", "name"),
    [("127.0.0.1", "127.0.0.1"), ("::1", "[::1]"), ("kb.local", "kb.local")],
)
def test_own_name_is_how_others_write_the_address(host, name):
    assert own_name(host) == name


@pytest.mark.parametrize("host", ["0.0.0.0", "::", ""])
def test_own_name_of_all_addresses_is_one_of_them(host):
    assert own_name(host) not in ("0.0.0.0", "::", "")


@pytest.mark.parametrize(
    ("connections", "said"),
    [
        (1000, b""),
        (
            101,
            b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n"
            b"Expect: 100-continue\r\n\r\n",
        ),
        (150, b"GET / HT"),
    ],
)
def test_site_answers_beside_connections_that_say_nothing(
    reading_app, connections, said
):
    with running(reading_app) as port, ExitStack() as stack:
        for _ in range(connections):
            idle = socket.create_connection(("127.0.0.1", port), timeout=60)
            stack.enter_context(idle)
            idle.sendall(said)
        assert answer(port)[0] == 200


def test_server_knows_its_own_address(reading_app):
    with running(reading_app) as port:
        status, body = answer(port, "/o/s1/used/V-F", Host="evil.example")
    assert status == 200
    assert b"evil.example" not in body


def test_server_says_nothing_about_its_queue(reading_app, caplog):
    with running(reading_app) as port:
        answer(port)
        logger = logging.getLogger("waitress.queue")
        logger.warning("Task queue depth is %d", 5)
    assert caplog.messages == []


def test_server_refuses_headers_that_are_too_long(reading_app):
    with running(reading_app) as port:
        assert answer(port, X="a" * 40_000)[0] == 431
