"""Behind proxies, under a path, under hosts that are not ours."""

import ipaddress
import re
from urllib.parse import unquote

import pytest

from scheduler.model.errors import InputError
from tests.web.conftest import PASSWORD, create_link, log_in
from tests.web.test_pages import PAGES
from web import SiteSettings, create_app
from web.app import own_paths
from web.reach import Gate, Reach, check_public_url, parse_networks


def seen_by_the_site(reach, **environ):
    """What an application behind the gate is told of a request."""
    told = {}
    asked = {
        "REQUEST_METHOD": "GET",
        "REMOTE_ADDR": "127.0.0.1",
        "PATH_INFO": "/",
        "wsgi.url_scheme": "http",
        **environ,
    }
    gate = Gate(lambda environ, _: told.update(environ) or [], reach)
    list(gate(asked, lambda *_: None))
    return told


def client_seen(trusted, peer, forwarded):
    told = seen_by_the_site(
        Reach(proxies=parse_networks(trusted)),
        REMOTE_ADDR=peer,
        HTTP_X_FORWARDED_FOR=forwarded,
    )
    return told["REMOTE_ADDR"]


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "client"),
    [
        # Off by default: whatever is sent, the peer is the client.
        ("", "127.0.0.1", "203.0.113.5", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", "203.0.113.5", "203.0.113.5"),
        # The client's own claim stands left of what the proxy added.
        ("127.0.0.1", "127.0.0.1", "1.1.1.1, 203.0.113.5", "203.0.113.5"),
        # Two proxies in a row, both trusted.
        ("127.0.0.1，10.0.0.0/8", "127.0.0.1", "203.0.113.5, 10.9.9.9", "203.0.113.5"),
        # A stranger who asks directly is not believed.
        ("10.0.0.0/8", "203.0.113.9", "10.1.1.1", "203.0.113.9"),
        ("127.0.0.1", "127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", "unknown", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", "203.0.113.5, nonsense", "127.0.0.1"),
        ("::1", "::1", "2001:db8::7", "2001:db8::7"),
        ("127.0.0.1", "::ffff:127.0.0.1", "203.0.113.5", "203.0.113.5"),
    ],
)
def test_client_is_who_a_trusted_proxy_says(trusted, peer, forwarded, client):
    assert client_seen(trusted, peer, forwarded) == client


@pytest.mark.parametrize(
    ("trusted", "scheme"), [("127.0.0.1", "https"), ("10.0.0.1", "http"), ("", "http")]
)
def test_scheme_is_what_a_trusted_proxy_says(trusted, scheme):
    reach = Reach(proxies=parse_networks(trusted))
    told = seen_by_the_site(reach, HTTP_X_FORWARDED_PROTO="https")
    assert told["wsgi.url_scheme"] == scheme


@pytest.mark.parametrize("text", ["127.0.0.1,nonsense", "10.0.0.0/40", "kb.example"])
def test_parse_networks_refuses_what_is_no_address(text):
    with pytest.raises(ValueError, match="does not appear"):
        parse_networks(text)


def test_parse_networks_reads_addresses_and_networks():
    assert parse_networks(" 127.0.0.1, fd00::/8 ,") == (
        ipaddress.ip_network("127.0.0.1/32"),
        ipaddress.ip_network("fd00::/8"),
    )


def test_wrong_passwords_behind_a_proxy_are_counted_for_each_client(state):
    reach = Reach(proxies=parse_networks("127.0.0.1"))
    app = create_app(state, SiteSettings(reach=reach))

    def tries(address, password, times):
        client = app.test_client()
        client.environ_base["HTTP_X_FORWARDED_FOR"] = address
        return [log_in(client, password).status_code for _ in range(times)]

    assert tries("203.0.113.5", "wrong horse", 11) == [403] * 10 + [429]
    assert tries("203.0.113.6", PASSWORD, 1) == [302]


@pytest.mark.parametrize("path", ["/kebiao", "/a/b", "/课表"])
@pytest.mark.parametrize("cut", [True, False])
def test_site_below_a_path_works_whether_or_not_the_proxy_cuts_it(state, path, cut):
    url = f"https://school.example{path}"
    app = create_app(state, SiteSettings(reach=Reach(public_url=url)))
    client = app.test_client()
    before = "" if cut else path
    page = client.get(f"{before}/o/s1/classes/A", base_url="http://127.0.0.1:8000")
    assert page.status_code == 200
    addresses = re.findall(r' (?:href|src|action)="(/[^"]*)"', page.text)
    assert len(addresses) > 20
    assert [a for a in addresses if not unquote(a).startswith(f"{path}/")] == []
    for address in set(addresses):
        asked = unquote(address)[len(path) :] if cut else address
        answer = client.get(asked)
        answer.close()
        assert answer.status_code in (200, 302), address


def test_every_page_below_a_path_keeps_to_it(state):
    reach = Reach(public_url="https://school.example/kebiao")
    client = create_app(state, SiteSettings(reach=reach)).test_client()
    for path in PAGES:
        page = client.get(path).text
        outside = re.findall(r' (?:href|src|action)="(/(?!kebiao/)[^"]*)"', page)
        assert outside == [], path


def test_login_and_links_below_a_path(state):
    reach = Reach(public_url="https://school.example/kebiao/")
    app = create_app(state, SiteSettings(login_to_view=True, reach=reach))
    client = app.test_client()
    base = {"base_url": "https://school.example/kebiao"}
    to_login = client.get("/o/s1/subscriptions/?lang=zh", **base)
    assert to_login.location == (
        "/kebiao/login?next=%2Fkebiao%2Fo%2Fs1%2Fsubscriptions%2F%3Flang%3Dzh"
    )
    token = re.search(r'form_token" value="([^"]+)"', client.get("/login", **base).text)
    fields = {
        "form_token": token[1],
        "name": "office",
        "password": PASSWORD,
        "next": "/kebiao/o/s1/subscriptions/",
    }
    answer = client.post("/login", data=fields, **base)
    assert answer.location == "/kebiao/o/s1/subscriptions/"
    paths = re.findall("Path=([^;]+)", " ".join(answer.headers.getlist("Set-Cookie")))
    assert set(paths) == {"/kebiao"}
    page = client.get("/o/s1/subscriptions/", **base).text
    token = re.search(r'form_token" value="([^"]+)"', page)[1]
    fields = {"form_token": token, "kind": "teacher", "resource_id": "T1"}
    made = client.post("/o/s1/subscriptions/create", data=fields, **base).text
    link = re.search(
        r'value="(https://school\.example/kebiao/o/s1/feeds/[^"]+)"', made
    )[1]
    body = client.get(link, **base).data
    assert f"{link}\r\n".encode() in body.replace(b"\r\n ", b"")


@pytest.mark.parametrize(
    "url",
    [
        "kb.school.example",
        "ftp://kb.school.example",
        "https://",
        "https://kb.example/?a=1",
        "https://kb.example/#top",
        "https://user@kb.example/",
        "https://kb.example:99999/",
        "https://[bad/",
        "https://kb.example/o/x",
        "https://kb.example/static/x",
    ],
)
def test_public_url_that_cannot_work_is_refused_at_the_start(url):
    with pytest.raises(InputError, match="--public-url"):
        check_public_url(url, own_paths())


@pytest.mark.parametrize(
    "url", ["", "https://kb.example", "http://10.0.0.2:8080/", "https://a.b/kebiao/x"]
)
def test_public_url_that_can_work_is_taken(url):
    check_public_url(url, own_paths())


PRIVATE = SiteSettings(reach=Reach(hosts=("127.0.0.1", "localhost", "[::1]")))


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "PROPFIND"])
@pytest.mark.parametrize("host", ["evil.example", "a b", "127.0.0.1.evil.example", "é"])
def test_foreign_host_on_a_private_site_is_400(state, client, caplog, method, host):
    log_in(client)
    feed = create_link(client)
    app = create_app(state, PRIVATE)
    phone = app.test_client(use_cookies=False)
    for path in (feed, "/login", "/o/s1/classes/A"):
        answer = phone.open(path, method=method, headers={"Host": host})
        assert answer.status_code == 400, path
    token = feed.removeprefix("/o/s1/feeds/").removesuffix(".ics")
    assert [text for text in caplog.messages if token in text] == []


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "localhost", "LOCALHOST:81", "[::1]:8000", "[::1]"]
)
def test_own_hosts_on_a_private_site_are_answered(state, host):
    client = create_app(state, PRIVATE).test_client()
    assert client.get("/login", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/o/s1/venues/V-F", "/o/s1/classes/A", "/o/s1/school/S1"]
)
def test_page_asked_for_with_a_slash_too_many_leads_to_the_page(client, path):
    answer = client.get(f"{path}/")
    assert (answer.status_code, answer.location) == (308, path)
    assert client.get(f"{path}x/").status_code == 404
