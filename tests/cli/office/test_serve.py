"""serve: what is refused before anything is published."""

import socket

import pytest

from scheduler.cli import main
from tests.formats.primary_school import EXAMPLE, Folder


def serve(capsys, *arguments):
    code = main(["serve", *map(str, arguments), "--lang", "en"])
    return code, capsys.readouterr()


@pytest.mark.parametrize(
    "url", ["kb.school.example", "https://school.example/o", "ftp://a.example"]
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
    code, said = serve(capsys, "--trust-proxy", text)
    assert code == 2
    assert said.err.startswith(
        f'cuofeng serve --trust-proxy: "{text}" is no list of addresses'
    )


@pytest.fixture
def clashing(tmp_path):
    """The example with its first two lessons of a class at one time."""
    folder = Folder(tmp_path)
    table = folder.path / "timetable.csv"
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    heads = lines[0].split(",")
    rows = [dict(zip(heads, line.split(","), strict=True)) for line in lines[1:]]
    day, period = heads.index("day"), heads.index("period")
    first = rows[0]
    cells = lines[2].split(",")
    cells[day], cells[period] = first["day"], first["period"]
    table.write_text("\n".join([*lines[:2], ",".join(cells), *lines[3:]]), "utf-8")
    return folder.path, table


def test_serve_does_not_publish_conflicts_without_a_reason(capsys, tmp_path, clashing):
    database = tmp_path / "school.db"
    code, said = serve(
        capsys, *clashing, *("--database", f"sqlite:///{database}", "--port", "18317")
    )
    assert (code, database.exists()) == (2, False)
    assert "--reason: the timetable has " in said.err
    assert "clashes (1)" in said.err
