"""Serving on an address that cannot be had."""

import socket

import pytest

from scheduler.model.errors import InputError
from web import create_app
from web.serve import serve


def test_serve_port_in_use_is_one_clear_sentence(shared_state):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputError) as caught:
            serve(create_app(shared_state), "127.0.0.1", port)
    assert str(caught.value) == (
        f'--port: "127.0.0.1:{port}" the port is in use. Try another, as --port '
        f"{port + 1}. 〔端口已被占用。请换一个端口，例如 --port {port + 1}。〕"
    )


def test_serve_host_of_another_machine_is_one_clear_sentence(shared_state):
    # 192.0.2.0/24 is reserved for documentation: no machine has it.
    with pytest.raises(InputError) as caught:
        serve(create_app(shared_state), "192.0.2.1", 8000)
    (error,) = caught.value.errors
    assert (error.file, error.value) == ("--port", "192.0.2.1:8000")
