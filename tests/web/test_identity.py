"""Logging in by an identity provider: who it says one is, and what it must prove."""

import time

import pytest
import requests
from joserfc.jwk import RSAKey

from scheduler.cli.identity import read_provider
from scheduler.model.errors import InputError, sentences
from tests.web.provider import CLIENT, SECRET, provider
from web import SiteSettings, create_app
from web.identity import Provider

PAGE = "/o/s1/subscriptions/"


@pytest.fixture(scope="module")
def running():
    with provider() as made:
        yield made


@pytest.fixture
def theirs(running):
    running.name, running.lies, running.signs_with = "office", {}, running.key
    return running


@pytest.fixture
def client(state, theirs):
    settings = SiteSettings(provider=Provider(theirs.issuer, CLIENT, SECRET, "教育局"))
    return create_app(state, settings).test_client()


def is_logged_in(client):
    return 'action="/logout"' in client.get("/login").text


def come_back(client):
    """What the site answers when the provider sends somebody back."""
    leaving = client.get("/login/identity", query_string={"next": PAGE})
    assert leaving.status_code == 302
    sent = requests.get(leaving.location, allow_redirects=False, timeout=10)
    return client.get(sent.headers["Location"].removeprefix("http://localhost"))


def test_account_of_that_name_is_logged_in_and_taken_where_it_wanted(client):
    assert "教育局" in client.get("/login").text
    assert not is_logged_in(client)
    answer = come_back(client)
    assert (answer.status_code, answer.location) == (302, PAGE)
    assert is_logged_in(client)


def test_somebody_without_an_account_is_told_so(client, theirs):
    theirs.name = "王芳"
    answer = come_back(client)
    assert answer.status_code == 403
    assert "这里没有账号“王芳”。请教务处或教育局先建立同名账号。" in answer.text
    assert not is_logged_in(client)


@pytest.mark.parametrize(
    "lies",
    [
        {"iss": "http://127.0.0.1:1"},
        {"aud": "another site"},
        {"nonce": "of another login"},
        {"exp": int(time.time()) - 3600},
        {"preferred_username": ""},
        {"preferred_username": 7},
    ],
    ids=lambda lies: "-".join(lies),
)
def test_token_that_does_not_hold_logs_nobody_in(client, theirs, lies):
    theirs.lies = lies
    answer = come_back(client)
    assert answer.status_code == 403
    assert "没有登录成功" in answer.text
    assert not is_logged_in(client)


def test_token_signed_by_somebody_else_logs_nobody_in(client, theirs):
    theirs.signs_with = RSAKey.generate_key(2048, parameters={"kid": "1"})
    assert come_back(client).status_code == 403


def test_answer_that_was_asked_for_in_another_browser_logs_nobody_in(client, theirs):
    leaving = client.get("/login/identity")
    sent = requests.get(leaving.location, allow_redirects=False, timeout=10)
    path = sent.headers["Location"].removeprefix("http://localhost")
    stranger = client.application.test_client()
    assert stranger.get(path).status_code == 403
    assert client.get(path).status_code == 302
    # It is good once.
    assert client.get(path).status_code == 403


def test_refusal_of_the_provider_is_told(client):
    client.get("/login/identity")
    answer = client.get("/login/identity/back?error=access_denied&state=x")
    assert answer.status_code == 403


def test_provider_that_does_not_answer_is_told(state):
    dead = Provider("http://127.0.0.1:9", CLIENT, SECRET, "x")
    client = create_app(state, SiteSettings(provider=dead)).test_client()
    answer = client.get("/login/identity")
    assert answer.status_code == 502
    assert "统一身份认证没有应答" in answer.text


def test_site_without_a_provider_has_no_such_page(state):
    client = create_app(state).test_client()
    assert "identity" not in client.get("/login").text
    for path in ("/login/identity", "/login/identity/back?code=1&state=2"):
        assert client.get(path).status_code == 404


def written(folder, text, secret="s"):
    (folder / "secret").write_text(secret)
    (folder / "identity.toml").write_text(text, "utf-8")
    return folder / "identity.toml"


def test_settings_are_read_with_the_secret_from_its_file(tmp_path):
    path = written(
        tmp_path,
        'issuer = "https://id.example"\nclient_id = "c"\n'
        'client_secret_file = "secret"\nclaim = "workid"\nlabel = "教育云"\n',
        "  top \n",
    )
    assert read_provider(path) == Provider(
        "https://id.example", "c", "top", "教育云", "workid"
    )


def test_all_faults_of_the_settings_are_told_at_once(tmp_path):
    path = written(tmp_path, 'client_id = 7\nlabels = "x"\n')
    with pytest.raises(InputError) as refused:
        read_provider(path)
    told = "\n".join(sentences(refused.value.errors, "en"))
    for word in ("issuer", "client_secret_file", "labels", "client_id"):
        assert word in told


def test_issuer_elsewhere_without_tls_is_refused(tmp_path):
    path = written(
        tmp_path,
        'issuer = "http://id.example"\nclient_id = "c"\nclient_secret_file = "secret"',
    )
    with pytest.raises(InputError) as refused:
        read_provider(path)
    assert refused.value.errors[0].value == "http://id.example"
