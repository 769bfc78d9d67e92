"""cuofeng account: who may log in, one clear sentence for what cannot be."""

import io
import json
import re
import sys

import pytest

from scheduler.cli import main
from scheduler.services.offices import Store
from tests.cli.running import published
from tests.small_school import at, need, small_problem, timetable


@pytest.fixture
def url(tmp_path):
    problem = small_problem(need("R1", "A", "CN", "1"))
    return published(tmp_path, timetable(problem, R1_1=at(1, 1)))


@pytest.fixture
def account(capsys, url):
    """Exit code, output and errors of ``cuofeng account``."""

    def run(*more):
        given = ["account", *more, "--database", url, "--who", "admin", "--lang", "en"]
        code = main(given)
        return code, *capsys.readouterr()

    return run


def login(url, name, password):
    store = Store.open(url)
    try:
        return store.check_login(name, password, "1.2.3.4")
    finally:
        store.close()


def test_account_is_added_listed_reset_and_removed(account, url):
    code, out, _ = account("add", "head", "office")
    assert code == 0
    first = re.search("password: (\\S+)", out)[1]
    assert login(url, "head", first)
    account("add", "wang", "teacher", "--as", "T1")
    assert account("list")[1].splitlines() == [
        "head  s office",
        "wang  s teacher T1",
    ]
    second = re.search("password: (\\S+)", account("reset", "head")[1])[1]
    assert not login(url, "head", first)
    assert login(url, "head", second)
    assert account("remove", "wang")[0] == 0
    assert [x["name"] for x in json.loads(account("list", "--json")[1])] == ["head"]


def test_reset_lets_in_whoever_is_shut_out(account, url):
    account("add", "head", "bureau")
    store = Store.open(url)
    for _ in range(10):
        store.check_login("head", "wrong horse", "1.2.3.4")
    store.close()
    new = re.search("password: (\\S+)", account("reset", "head")[1])[1]
    assert login(url, "head", new)


def test_password_is_read_where_nobody_types(account, url, monkeypatch):
    account("add", "head", "office")
    monkeypatch.setattr(sys, "stdin", io.StringIO("battery staple\n"))
    assert account("password", "head")[0] == 0
    assert login(url, "head", "battery staple")


def test_what_cannot_be_is_one_sentence_and_changes_nothing(account):
    account("add", "head", "office")
    for given, told in (
        (("add", "head", "office"), 'There is an account "head" already'),
        (("add", "wang", "teacher", "--as", "T9"), 'no teacher "T9"'),
        (("add", "gym", "partner"), "Say which agreement or place"),
        (("add", "wang", "king"), "is no choice"),
        (("add", "wang", "office", "--office", "gone"), "is no office"),
        (("add", "wang"), "not all given"),
        (("role", "nobody", "office"), 'no account "nobody"'),
        (("role", "head", "none", "--office", "s"), "the last account"),
        (("remove", "head"), "the last account"),
        (("visitors", "some"), "is no choice"),
    ):
        code, out, told_so = account(*given)
        assert (code, out) == (2, "")
        assert told in told_so
        assert len(told_so.splitlines()) == 1
    assert account("list")[1] == "head  s office\n"


def test_log_says_who_did_what_and_no_secret(account):
    out = account("add", "head", "bureau")[1]
    account("add", "=wang", "office")
    account("visitors", "classes")
    password = re.search("password: (\\S+)", out)[1]
    rows = account("log", "--csv")[1].splitlines()
    assert rows[0] == "at,who,action,about"
    assert [x.split(",", 1)[1] for x in rows[-3:]] == [
        "admin,account,head bureau",
        "admin,account,'=wang office",
        "admin,visitors,classes",
    ]
    assert password not in account("log")[1]
    assert "set what visitors see  classes" in account("log")[1]


def test_visitors_are_told_as_they_are_set(account):
    assert account("visitors")[1].startswith("Not set")
    assert account("visitors", "classes")[1] == "classes weeks, without teachers\n"
