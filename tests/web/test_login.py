"""Who may do what: accounts, form tokens, cookies."""

import datetime as dt
from contextlib import closing

import pytest

from scheduler.services.offices import Store
from scheduler.services.views.site import SiteState
from tests.services.builders import Clock
from tests.web.conftest import PASSWORD, create_link, form_token, log_in
from web import SiteSettings, create_app
from web.reach import Reach

POSTS = (
    "/login",
    "/logout",
    "/o/s1/subscriptions/create",
    "/o/s1/subscriptions/revoke",
)


def cookie_of(answer):
    """Attributes of the session cookie, without its value."""
    cookies = answer.headers.getlist("Set-Cookie")
    cookie = next(
        text for text in cookies if text.partition("=")[0].endswith("cuofeng")
    )
    return sorted(part.strip() for part in cookie.split(";")[1:])


def test_subscriptions_without_login_lead_to_the_login_page(client):
    answer = client.get("/o/s1/subscriptions/")
    assert answer.status_code == 302
    assert answer.location == "/login?next=%2Fo%2Fs1%2Fsubscriptions%2F"


def test_subscriptions_without_login_are_401_for_programs(client):
    answer = client.get("/o/s1/subscriptions/", headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json["error"]["status"] == 401


def test_login_leads_to_the_page_asked_for(client):
    answer = log_in(client, wanted="/o/s1/subscriptions/")
    assert (answer.status_code, answer.location) == (302, "/o/s1/subscriptions/")
    assert client.get("/o/s1/subscriptions/").status_code == 200


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "/x\r\nY: z", ""],
)
def test_login_never_leads_to_another_site(client, wanted):
    assert log_in(client, wanted=wanted).location == "/"


def test_login_with_a_wrong_password_is_refused(client):
    answer = log_in(client, "wrong horse")
    assert answer.status_code == 403
    assert "用户名或密码不对" in answer.text
    assert client.get("/o/s1/subscriptions/").status_code == 302


def test_login_too_many_wrong_passwords_say_when_to_come_back(client):
    answers = [log_in(client, "wrong horse") for _ in range(11)]
    assert [a.status_code for a in answers] == [403] * 10 + [429]
    # Ten tries within a quarter of an hour, and the clock stands still.
    assert answers[-1].headers["Retry-After"] == "900"


def test_logout_ends_the_session(client):
    log_in(client)
    token = form_token(client.get("/o/s1/subscriptions/"))
    assert client.post("/logout", data={"form_token": token}).location == "/"
    assert client.get("/o/s1/subscriptions/").status_code == 302


@pytest.mark.parametrize("end", ["logout", "password"])
def test_session_that_has_ended_is_over_for_copies_of_its_cookie(state, client, end):
    log_in(client)
    thief = create_app(state).test_client()
    thief.set_cookie("cuofeng", client.get_cookie("cuofeng").value)
    assert thief.get("/o/s1/subscriptions/").status_code == 200
    if end == "logout":
        token = form_token(client.get("/o/s1/subscriptions/"))
        client.post("/logout", data={"form_token": token})
    else:
        state.store.accounts.set_password("office", "battery staple")
    assert thief.get("/o/s1/subscriptions/").status_code == 302
    assert client.get("/o/s1/subscriptions/").status_code == 302


def test_device_known_to_the_office_is_not_shut_out_by_strangers(state, client):
    log_in(client)
    stranger = create_app(state).test_client()
    answers = [log_in(stranger, f"guess {n}").status_code for n in range(11)]
    assert answers == [403] * 10 + [429]
    assert log_in(client).status_code == 302
    # A copy of the cookie under another name, or a forged one, is worth nothing.
    stranger.set_cookie("device", "office.forged")
    assert log_in(stranger).status_code == 429


def test_device_that_guesses_itself_is_shut_out(client):
    log_in(client)
    answers = [log_in(client, f"guess {n}").status_code for n in range(11)]
    assert answers == [403] * 10 + [429]


@pytest.mark.parametrize("field", ["name", "password", "next"])
def test_login_field_longer_than_any_page_sends_is_refused(client, field):
    fields = {"form_token": form_token(client.get("/login")), field: "a" * 60_000}
    assert client.post("/login", data=fields).status_code == 413


def test_account_removed_is_logged_out_at_once(state, client):
    state.store.add_bureau("other", PASSWORD)
    log_in(client)
    state.store.accounts.remove("office")
    assert client.get("/o/s1/subscriptions/").status_code == 302


def test_login_page_says_when_there_is_no_account(reader):
    assert "这里还没有账号" in reader.get("/login").text


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("token", [None, "", "guessed", "中"])
def test_form_without_the_sessions_token_is_refused(client, path, token):
    log_in(client)
    form_token(client.get("/o/s1/subscriptions/"))
    data = {} if token is None else {"form_token": token}
    assert client.post(path, data=data).status_code == 400


def test_form_with_the_token_of_another_session_is_refused(state, client):
    other = create_app(state).test_client()
    log_in(client)
    client.get("/o/s1/subscriptions/")
    stolen = {
        "form_token": form_token(other.get("/login")),
        "kind": "teacher",
        "resource_id": "T1",
    }
    assert client.post("/o/s1/subscriptions/create", data=stolen).status_code == 400
    assert state.only().office.links() == ()


def test_token_changes_with_the_login(client):
    before = form_token(client.get("/login"))
    log_in(client)
    assert form_token(client.get("/o/s1/subscriptions/")) != before


def test_session_cookie_is_kept_from_scripts_and_other_sites(client):
    assert cookie_of(log_in(client)) == ["HttpOnly", "Path=/", "SameSite=Lax"]


def test_session_cookie_is_for_https_alone_where_people_use_https(state):
    public = SiteSettings(reach=Reach(public_url="https://kb.school.example"))
    answer = create_app(state, public).test_client().get("/login")
    assert cookie_of(answer) == ["HttpOnly", "Path=/", "SameSite=Lax", "Secure"]


@pytest.mark.parametrize(
    ("address", "prefix"),
    [
        ("https://kb.school.example", "__Host-"),
        ("https://school.example/kb", "__Secure-"),
        ("http://kb.school.example", ""),
    ],
)
def test_names_of_all_cookies_hold_browsers_to_https(state, address, prefix):
    public = SiteSettings(reach=Reach(public_url=address))
    client = create_app(state, public).test_client()
    form = client.get("/login", base_url=address)
    sent = {"form_token": form_token(form), "name": "office", "password": PASSWORD}
    answer = client.post("/login", base_url=address, data=sent)
    names = {x.split("=")[0] for x in answer.headers.getlist("Set-Cookie")}
    assert names == {f"{prefix}cuofeng", f"{prefix}device"}


def test_login_again_ends_the_session_before(state, client):
    log_in(client)
    thief = create_app(state).test_client()
    thief.set_cookie("cuofeng", client.get_cookie("cuofeng").value)
    log_in(client)
    assert thief.get("/o/s1/subscriptions/").status_code == 302
    assert len(state.store.sessions.running("office")) == 1


def test_page_that_asks_by_itself_keeps_no_login_alive():
    clock = Clock()
    with closing(Store.open("sqlite://", clock)) as store:
        store.add_bureau("office", PASSWORD)
        settings = SiteSettings(idle=dt.timedelta(hours=1))
        client = create_app(SiteState(store), settings).test_client()
        log_in(client)
        found = []
        for minutes, headers in ((59, {}), (59, {"X-By-Itself": "1"}), (1, {})):
            clock.wait(60 * minutes)
            found.append("office" in client.get("/account/", headers=headers).text)
    assert found == [True, True, False]


def test_logout_has_the_browser_forget_its_pages(client):
    log_in(client)
    token = form_token(client.get("/o/s1/subscriptions/"))
    answer = client.post("/logout", data={"form_token": token})
    assert answer.headers["Clear-Site-Data"] == '"cache"'


def test_pages_seen_while_logged_in_are_not_stored(client):
    log_in(client)
    assert client.get("/o/s1/subscriptions/").headers["Cache-Control"] == "no-store"


def test_closed_site_shows_pages_to_accounts_alone(closed_client):
    paths = (
        "/",
        "/o/s1/classes/A",
        "/o/s1/conflicts/?who=class:A",
        "/o/s1/subscriptions/",
    )
    assert [closed_client.get(path).location for path in paths] == [
        "/login?next=%2F",
        "/login?next=%2Fo%2Fs1%2Fclasses%2FA",
        "/login?next=%2Fo%2Fs1%2Fconflicts%2F%3Fwho%3Dclass%3AA",
        "/login?next=%2Fo%2Fs1%2Fsubscriptions%2F",
    ]
    log_in(closed_client)
    assert [closed_client.get(path).status_code for path in paths] == [302, *[200] * 3]


def test_closed_site_still_serves_feeds(closed_client):
    log_in(closed_client)
    path = create_link(closed_client)
    closed_client.delete_cookie("cuofeng")
    assert closed_client.get(path).status_code == 200
    assert closed_client.get(path.removesuffix(".ics")).status_code == 200


def test_sessions_outlive_a_restart_of_the_server(state, client):
    log_in(client)
    cookie = client.get_cookie("cuofeng")
    again = create_app(SiteState(state.store)).test_client()
    again.set_cookie("cuofeng", cookie.value)
    assert again.get("/o/s1/subscriptions/").status_code == 200
    assert state.store.check_login("office", PASSWORD)
