"""Fetching from addresses that others chose: what is refused, cut, never asked."""

import socket

import pytest

from scheduler.services.outbound import fetching
from scheduler.services.outbound.fetching import FetchError, Limits, fetch, is_public
from tests.services.feed_server import MATCH, Handler, feed_server

INSIDE = Limits(5 * 1024 * 1024, 5, allow_private=True)


@pytest.fixture(scope="module")
def server():
    """Address of a server on the loopback."""
    with feed_server() as address:
        yield address


def why(address, limits=INSIDE):
    """The sentence with which an address is refused."""
    with pytest.raises(FetchError) as error:
        fetch(address, limits)
    assert error.value.text.zh
    return error.value.text.en


def test_feed_is_fetched_whole(server):
    assert fetch(f"{server}/feed.ics", INSIDE) == MATCH


def test_redirects_are_followed(server):
    assert fetch(f"{server}/chain", INSIDE) == MATCH


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/none", "is answered with status 404"),
        ("/huge", "is larger than 5120 KB"),
        ("/endless", "is larger than 5120 KB"),
        ("/loop", "is redirected again and again, without end"),
        ("/file", "is neither an http nor an https address"),
        ("/packed", "is answered in a compressed form"),
    ],
)
def test_bad_answer_has_one_sentence(server, path, sentence):
    assert why(server + path) == sentence


@pytest.mark.parametrize("path", ["/slow", "/slow-head"])
def test_answer_a_byte_at_a_time_is_cut_at_the_limit_of_the_whole(server, path):
    limits = Limits(1024 * 1024, 0.5, allow_private=True)

    assert why(server + path, limits) == "is not finished within 0.5 seconds"


@pytest.mark.parametrize(
    "address", ["ftp://example.org/a", "file:///etc/passwd", "http:///x", "http://[::1"]
)
def test_other_kinds_of_address_are_refused(address):
    assert why(address) == "is neither an http nor an https address"


def test_server_that_is_not_there_cannot_be_reached():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    assert why(f"http://127.0.0.1:{port}/") == "is at a host that cannot be reached"


def test_secure_address_of_a_server_without_encryption_is_refused(server):
    secure = server.replace("http://", "https://")

    assert why(f"{secure}/feed.ics") == "is at a host that cannot be reached"


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("0.0.0.0", "100.64.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1"),
        *("::ffff:127.0.0.1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "nonsense"),
    ],
)
def test_address_inside_a_network_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "114.114.114.114", "2606:4700::1111"])
def test_address_of_the_internet_is_public(address):
    assert is_public(address)


def test_private_address_is_never_asked(server):
    Handler.seen.clear()

    assert "private network" in why(f"{server}/feed.ics", Limits(1024, 5))
    assert Handler.seen == []


def test_name_that_stands_for_a_private_address_too_is_never_asked(monkeypatch):
    def answer(*_, **__):
        return [(0, 0, 0, "", (ip, 80)) for ip in ("1.1.1.1", "10.0.0.1")]

    monkeypatch.setattr(fetching.socket, "getaddrinfo", answer)

    assert "private network" in why("http://calendar.example/", Limits(1024, 5))


def test_redirect_into_a_private_network_is_not_followed(server, monkeypatch):
    monkeypatch.setattr(fetching, "is_public", lambda ip: ip == "127.0.0.1")
    Handler.seen.clear()

    assert "private network" in why(f"{server}/inside", Limits(1024, 5))
    assert [path for path, _ in Handler.seen] == ["/inside"]


def test_name_is_asked_once_and_the_checked_address_connected_to(server, monkeypatch):
    port = int(server.rpartition(":")[2])
    real, asked = socket.getaddrinfo, []

    def answer(host, *rest, **more):
        if host == "calendar.example":
            asked.append(host)
            # The second answer of a name that is rebound; nobody listens there.
            host = "127.0.0.1" if len(asked) == 1 else "127.0.0.3"
        return real(host, *rest, **more)

    monkeypatch.setattr(fetching.socket, "getaddrinfo", answer)
    Handler.seen.clear()

    assert fetch(f"http://calendar.example:{port}/feed.ics", INSIDE) == MATCH
    assert asked == ["calendar.example"]
    assert Handler.seen == [("/feed.ics", f"calendar.example:{port}")]


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("/日历/公园.ics", "/%E6%97%A5%E5%8E%86/%E5%85%AC%E5%9B%AD.ics"),
        ("/a b.ics?名=公园&x=%20", "/a%20b.ics?%E5%90%8D=%E5%85%AC%E5%9B%AD&x=%20"),
        ("/kept%2F(1);a=b", "/kept%2F(1);a=b"),
    ],
)
def test_addresses_beyond_ascii_are_asked_for_as_browsers_do(server, address, asked):
    assert why(server + address) == "is answered with status 404"
    assert Handler.seen[-1][0] == asked


def test_a_host_beyond_ascii_is_looked_up_by_its_ascii_name(monkeypatch):
    asked = []

    def look_up(name, port, **_):
        asked.append(name)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    told = "is at a host that cannot be found"
    assert why("http://例え.テスト/park.ics") == told
    assert why("https://www.Bücher.example:8443/") == told
    assert asked == ["xn--r8jz45g.xn--zckzah", "www.xn--bcher-kva.example"]
