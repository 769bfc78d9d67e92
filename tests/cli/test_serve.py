"""serve: what is refused before anything is published."""

import socket

import pytest

from scheduler.cli import main
from tests.formats.primary_school import EXAMPLE


def serve(capsys, *arguments):
    code = main(["serve", *map(str, arguments), "--lang", "en"])
    return code, capsys.readouterr()


@pytest.mark.parametrize(
    "url", ["kb.school.example", "https://school.example/classes", "ftp://a.example"]
)
def test_serve_public_url_that_cannot_work_is_refused_first(capsys, tmp_path, url):
    database = tmp_path / "school.db"
    code, said = serve(
        capsys,
        *(EXAMPLE, EXAMPLE / "timetable.csv"),
        *("--database", f"sqlite:///{database}", "--public-url", url),
    )
    assert (code, database.exists()) == (2, False)
    assert said.err.startswith(f'--public-url: "{url}"')


def test_serve_on_a_port_in_use_publishes_nothing(capsys, tmp_path):
    database = tmp_path / "school.db"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, said = serve(
            capsys,
            *(EXAMPLE, EXAMPLE / "timetable.csv"),
            *("--database", f"sqlite:///{database}", "--port", port),
        )
    assert (code, database.exists()) == (2, False)
    assert "the port is in use" in said.err
    assert "password" not in said.out


@pytest.mark.parametrize("text", ["proxy.example", "10.0.0.0/40", "127.0.0.1;::1"])
def test_serve_refuses_a_proxy_that_is_no_address(capsys, text):
    with pytest.raises(SystemExit) as ended:
        serve(capsys, "--trust-proxy", text)
    assert ended.value.code == 2
    assert "应为地址或网段" in capsys.readouterr().err
