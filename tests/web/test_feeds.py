"""Feeds over HTTP: headers, entity tags, encodings, refusals, secrecy."""

import gzip

import pytest

from tests.web.conftest import create_link, log_in, post
from web import SiteSettings, create_app

UNKNOWN = "/o/s1/feeds/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics"


@pytest.fixture
def feed(client):
    """Path of T1's feed."""
    log_in(client)
    return create_link(client)


@pytest.fixture
def phone(state):
    """A subscriber: another client, without any cookie."""
    return create_app(state).test_client(use_cookies=False)


def test_feed_carries_every_header(phone, feed):
    answer = phone.get(feed)
    wanted = {
        "Content-Type": "text/calendar; charset=utf-8",
        "Cache-Control": "private, max-age=900",
        "Vary": "Accept-Encoding",
        "Last-Modified": "Tue, 01 Sep 2026 00:30:00 GMT",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Content-Length": str(len(answer.data)),
    }
    assert {name: answer.headers.get(name) for name in wanted} == wanted
    assert "Set-Cookie" not in answer.headers
    assert "Content-Encoding" not in answer.headers


def test_feed_is_the_stores(state, phone, feed):
    token = feed.removeprefix("/o/s1/feeds/").removesuffix(".ics")
    kept = state.only().office.feed(token, source=f"http://localhost{feed}")
    answer = phone.get(feed)
    assert answer.data == kept.body
    assert answer.headers["ETag"] == f'"{kept.etag}"'


def test_feed_wishes_change_the_body(phone, feed):
    bodies = [phone.get(feed + wish).data for wish in ("", "?tz=utc", "?alarm=10")]
    assert [b"TZID=Asia/Shanghai" in body for body in bodies] == [True, False, True]
    assert [b"BEGIN:VALARM" in body for body in bodies] == [False, False, True]


def test_feed_unknown_wish_is_refused(phone, feed):
    assert phone.get(f"{feed}?tz=mars").status_code == 400


def test_feed_head_has_the_headers_of_get(phone, feed):
    got, headed = phone.get(feed), phone.head(feed)
    assert (headed.status_code, headed.data) == (200, b"")
    assert dict(headed.headers) == dict(got.headers)


def test_feed_packed_is_the_same_file_under_another_tag(phone, feed):
    plain = phone.get(feed)
    packed = phone.get(feed, headers={"Accept-Encoding": "gzip, deflate"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] == plain.headers["ETag"][:-1] + '-gzip"'
    again = phone.get(feed, headers={"Accept-Encoding": "gzip, deflate"})
    assert again.data == packed.data


def test_feed_packing_refused_is_plain(phone, feed):
    answer = phone.get(feed, headers={"Accept-Encoding": "gzip;q=0, identity"})
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize(
    "form", ["{}", "W/{}", '"other", {}', '"other",W/{} , "third"', "*"]
)
def test_feed_known_to_the_subscriber_is_not_sent_again(phone, feed, form):
    tag = phone.get(feed).headers["ETag"]
    answer = phone.get(feed, headers={"If-None-Match": form.format(tag)})
    assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers["ETag"] == tag
    assert answer.headers["Cache-Control"] == "private, max-age=900"
    assert answer.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("tags", ['"other"', "", '"*"'])
def test_feed_not_known_to_the_subscriber_is_sent(phone, feed, tags):
    assert phone.get(feed, headers={"If-None-Match": tags}).status_code == 200


def test_feed_tag_of_another_encoding_is_not_this_one(phone, feed):
    tag = phone.get(feed).headers["ETag"]
    headers = {"If-None-Match": tag, "Accept-Encoding": "gzip"}
    packed = phone.get(feed, headers=headers)
    assert packed.status_code == 200
    headers["If-None-Match"] = packed.headers["ETag"]
    assert phone.get(feed, headers=headers).status_code == 304


def test_feed_unknown_token_is_404(phone):
    answer = phone.get(UNKNOWN)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert phone.get(UNKNOWN.removesuffix(".ics")).status_code == 404


def test_feed_revoked_token_is_410_even_where_the_tag_is_known(client, phone, feed):
    tag = phone.get(feed).headers["ETag"]
    post(client, "/o/s1/subscriptions/revoke", kind="teacher", resource_id="T1")
    assert phone.get(feed, headers={"If-None-Match": tag}).status_code == 410
    assert phone.get(feed.removesuffix(".ics")).status_code == 410


def test_feed_asked_too_often_says_when_to_come_back(phone):
    # 60 guesses a minute from one address, and the clock stands still.
    answers = [phone.get(UNKNOWN) for _ in range(61)]
    assert [a.status_code for a in answers] == [404] * 60 + [429]
    assert answers[-1].headers["Retry-After"] == "60"


def test_feed_is_got_while_its_address_is_shut_out_for_guessing(phone, feed):
    refused = [phone.get(UNKNOWN).status_code for _ in range(70)][-1]
    assert (refused, phone.get(feed).status_code) == (429, 200)


def test_feed_with_a_slash_behind_its_address_is_the_feed(state, feed):
    closed = create_app(state, SiteSettings(login_to_view=True)).test_client()
    assert closed.get(f"{feed}/").data == closed.get(feed).data
    assert closed.get(f"{feed}/").status_code == 200
    page = closed.get(f"{feed.removesuffix('.ics')}/")
    assert (page.status_code, "王芳的日历" in page.text) == (200, True)


@pytest.mark.parametrize(
    "path", ["/o/s1/feeds/x/y.ics", "/o/s1/feeds/", "/o/s1/feeds/a/b/"]
)
def test_feed_address_that_is_none_is_404_and_never_the_login(state, path):
    closed = create_app(state, SiteSettings(login_to_view=True)).test_client()
    answer = closed.get(path)
    assert (answer.status_code, "Location" in answer.headers) == (404, False)


@pytest.mark.parametrize("method", ["PROPFIND", "REPORT", "POST", "PUT", "DELETE"])
def test_feed_can_only_be_read(phone, feed, method):
    for path in (feed, feed.removesuffix(".ics"), f"{feed}/"):
        answer = phone.open(path, method=method)
        assert answer.status_code == 405
        assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    ("since", "status"),
    [
        ("Tue, 01 Sep 2026 00:30:00 GMT", 304),
        ("Wed, 02 Sep 2026 07:00:00 GMT", 304),
        ("Tue, 01 Sep 2026 00:29:59 GMT", 200),
        ("yesterday", 200),
    ],
)
def test_feed_unchanged_since_a_date_is_not_sent_again(phone, feed, since, status):
    assert phone.get(feed).headers["Last-Modified"] == "Tue, 01 Sep 2026 00:30:00 GMT"
    answer = phone.get(feed, headers={"If-Modified-Since": since})
    assert answer.status_code == status
    assert bool(answer.data) == (status == 200)


def test_feed_tag_says_more_than_a_date(phone, feed):
    since = {"If-Modified-Since": "Tue, 01 Sep 2026 00:30:00 GMT"}
    tagged = {"If-None-Match": '"other"', **since}
    assert phone.get(feed, headers=tagged).status_code == 200


def test_feed_names_the_servers_own_address_whatever_host_is_asked(phone, feed):
    bodies = {
        phone.get(feed, headers={"Host": host}).data
        for host in ("evil.example", "localhost", "kb.school.example:81")
    }
    (body,) = bodies
    assert f"http://localhost{feed}".encode() in body.replace(b"\r\n ", b"")


def test_feed_never_sets_a_cookie_not_even_when_logged_in(client, feed):
    answers = [client.get(path) for path in (feed, f"{feed}?lang=en", UNKNOWN)]
    assert ["Set-Cookie" in a.headers for a in answers] == [False] * 3


def test_feed_token_is_in_no_log(phone, feed, caplog):
    with caplog.at_level(0):
        phone.get(feed)
        phone.get(feed.removesuffix(".ics"))
    token = feed.removeprefix("/o/s1/feeds/").removesuffix(".ics")
    assert [r for r in caplog.messages if token in r] == []
