"""Managing calendar links."""

import re

from tests.web.conftest import create_link, log_in, post
from web import SiteSettings, create_app
from web.reach import Reach


def working(state):
    return [
        (link.kind, link.resource_id, link.person)
        for link in state.only().office.links()
        if link.revoked_at is None
    ]


def test_link_is_shown_in_every_form(state, client):
    log_in(client)
    page = post(
        client, "/o/s1/subscriptions/create", kind="class", resource_id="A", person=""
    )
    assert page.headers["Cache-Control"] == "no-store"
    token = re.search(r"/o/s1/feeds/([\w-]{32})\.ics", page.text)[1]
    https, webcal = (
        f"http://localhost/o/s1/feeds/{token}",
        f"webcal://localhost/o/s1/feeds/{token}",
    )
    hrefs = re.findall(r'(?:href|value)="([^"]*' + token + r'[^"]*)"', page.text)
    assert hrefs == [f"{webcal}.ics", f"{https}.ics", f"{https}.ics", https]
    assert page.text.count("<svg") == 1
    assert working(state) == [("class", "A", "")]


def test_link_is_not_shown_again(client):
    log_in(client)
    token = create_link(client).removeprefix("/o/s1/feeds/").removesuffix(".ics")
    assert token not in client.get("/o/s1/subscriptions/").text


def test_link_begins_with_the_public_address(state):
    public = SiteSettings(reach=Reach(public_url="https://kb.school.example/"))
    client = create_app(state, public).test_client()
    base = {"base_url": "https://kb.school.example"}
    token = re.search(
        r'name="form_token" value="([^"]+)"', client.get("/login", **base).text
    )[1]
    fields = {"form_token": token, "name": "office", "password": "correct horse"}
    client.post("/login", data=fields, **base)
    page = client.get("/o/s1/subscriptions/", **base)
    token = re.search(r'name="form_token" value="([^"]+)"', page.text)[1]
    page = client.post(
        "/o/s1/subscriptions/create",
        data={"form_token": token, "kind": "school", "resource_id": "S1"},
        **base,
    )
    addresses = set(re.findall(r'"([a-z]+://[^/"]+)/o/s1/feeds/', page.text))
    assert addresses == {"https://kb.school.example", "webcal://kb.school.example"}


def test_renewing_a_link_kills_the_old_one(state, client):
    log_in(client)
    old, new = create_link(client), create_link(client)
    assert [client.get(path).status_code for path in (old, new)] == [410, 200]
    assert working(state) == [("teacher", "T1", "")]


def test_links_of_two_people_to_one_feed_live_side_by_side(state, client):
    log_in(client)
    paths = [create_link(client, person=name) for name in ("", "教务处")]
    assert [client.get(path).status_code for path in paths] == [200, 200]
    post(
        client,
        "/o/s1/subscriptions/revoke",
        kind="teacher",
        resource_id="T1",
        person="",
    )
    assert [client.get(path).status_code for path in paths] == [410, 200]
    assert working(state) == [("teacher", "T1", "教务处")]


def test_revoking_returns_to_the_list(client):
    log_in(client)
    create_link(client)
    answer = post(
        client, "/o/s1/subscriptions/revoke", kind="teacher", resource_id="T1"
    )
    assert (answer.status_code, answer.location) == (
        302,
        "/o/s1/subscriptions/#teacher-T1",
    )


def test_link_to_nothing_is_404(state, client):
    log_in(client)
    asked = [("teacher", "T99"), ("pupil", "P1"), ("", "")]
    answers = [
        post(client, "/o/s1/subscriptions/create", kind=kind, resource_id=resource_id)
        for kind, resource_id in asked
    ]
    assert [a.status_code for a in answers] == [404] * 3
    gone = post(client, "/o/s1/subscriptions/revoke", kind="pupil", resource_id="P1")
    assert gone.status_code == 404
    assert working(state) == []


def test_list_names_every_calendar(client):
    log_in(client)
    page = client.get("/o/s1/subscriptions/").text
    assert re.findall(r'<span class="who">([^<]+)</span>', page) == [
        *("王芳", "李强", "张敏"),
        *("三(1)班", "三(2)班", "一(1)班"),
        *("田径场", "音乐教室"),
        *("田径场 Z1", "田径场 Z2", "音乐教室"),
        "铁山路学校",
    ]
