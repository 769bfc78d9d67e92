"""Accounts: argon2, roles, one answer for all wrong tries, limits."""

import datetime as dt
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from scheduler.services.access import passwords
from scheduler.services.access.accounts import Grant
from scheduler.services.access.deeds import Act
from scheduler.services.access.kept_limits import KeptLimit, SharedLimit
from scheduler.services.access.limits import RateExceeded, RateLimit, client_key
from scheduler.services.access.links import FeedUnknown
from scheduler.services.access.permissions import Role
from scheduler.services.access.refusals import AccountRefused
from scheduler.services.offices import Store
from scheduler.services.store.schema import TRIES, USERS
from scheduler.term.entries import FeedKind
from tests.services.builders import Clock, only, publish


@pytest.mark.usefixtures("dear_hashes")
def test_check_login_right_and_wrong(store):
    store.add_bureau("教务处", "correct horse")
    assert store.check_login("教务处", "correct horse") is True
    assert store.check_login("教务处", "wrong horse!") is False
    assert store.check_login("nobody", "correct horse") is False


@pytest.mark.usefixtures("dear_hashes")
def test_add_account_keeps_a_salted_argon2_hash(store):
    for name in ("a", "b"):
        store.add_bureau(name, "correct horse")
    with store.database.read() as connection:
        hashes = [row.password_hash for row in connection.execute(USERS.select())]
    parameters = ["", "argon2id", "v=19", "m=19456,t=2,p=1"]
    assert [text.split("$")[:4] for text in hashes] == [parameters] * 2
    assert hashes[0] != hashes[1]


def test_add_account_taken_name_is_refused(store):
    store.add_bureau("office", "correct horse")
    with pytest.raises(AccountRefused, match="already"):
        store.add_bureau(" office ", "another horse")
    assert store.check_login("office", "correct horse") is True


@pytest.mark.parametrize(
    ("name", "password"), [("a", "seven77"), (" ", "correct horse")]
)
def test_add_account_without_name_or_long_password_is_refused(store, name, password):
    with pytest.raises(AccountRefused, match=r"name|password"):
        store.add_bureau(name, password)
    assert store.accounts.names() == ()


@pytest.mark.parametrize(
    "password",
    [
        "password1",  # among the most common, as are the next two
        "Woaini520",
        "drowssap",  # one backwards
        "88888888",
        "教务处教务处2026",  # what the office is called
        "Cuofeng-2026!",
        "liming-liming",  # the account's own name
    ],
)
def test_passwords_that_are_guessed_first_are_refused_and_nothing_is_changed(
    store, password
):
    with pytest.raises(AccountRefused, match="common"):
        store.add_bureau("LiMing", password)
    store.add_bureau("LiMing", "correct horse")
    with pytest.raises(AccountRefused, match="common"):
        store.accounts.set_password("LiMing", password)
    assert store.check_login("LiMing", "correct horse") is True


@pytest.mark.usefixtures("dear_hashes")
@pytest.mark.parametrize(
    "password",
    [
        "        a word",
        "liming-teaches",
        "秋天的操场很安静",
        "x" * 30 + "y",
        "7" * 63 + "8",
    ],
)
def test_passwords_may_hold_anything_and_be_long(store, password):
    store.add_bureau("liming", password)
    assert store.check_login("liming", password) is True
    assert store.check_login("liming", password.strip()[:-1]) is False


def test_set_password_replaces_the_old_one(store):
    store.add_bureau("office", "correct horse")
    store.accounts.set_password("office", "battery staple")
    assert store.check_login("office", "correct horse") is False
    assert store.check_login("office", "battery staple") is True
    with pytest.raises(AccountRefused, match="no account"):
        store.accounts.set_password("nobody", "battery staple")


def test_remove_user_cannot_log_in(store):
    store.add_bureau("office", "correct horse")
    store.add_bureau("other", "correct horse")
    store.accounts.remove("office")
    with pytest.raises(AccountRefused, match="no account"):
        store.accounts.remove("office")
    assert store.check_login("office", "correct horse") is False


def test_check_login_eleventh_wrong_try_waits_a_quarter_of_an_hour(store, clock):
    store.add_bureau("office", "correct horse")
    for _ in range(10):
        assert store.check_login("office", "wrong horse!", "1.2.3.4") is False
    with pytest.raises(RateExceeded) as refused:
        store.check_login("office", "correct horse", "1.2.3.4")
    assert refused.value.retry_after == 900
    assert store.check_login("office", "correct horse", "5.6.7.8") is True
    clock.wait(900)
    assert store.check_login("office", "correct horse", "1.2.3.4") is True


def test_rate_limit_slides():
    clock = Clock()
    limit = RateLimit(2, 60, clock)
    limit.count("a")
    clock.wait(30)
    limit.count("a")
    with pytest.raises(RateExceeded) as refused:
        limit.count("a")
    assert refused.value.retry_after == 30
    limit.count("b")
    clock.wait(30)
    limit.count("a")
    with pytest.raises(RateExceeded):
        limit.check("a")


def test_rate_limit_forgets_the_least_recent_of_too_many_keys():
    limit = RateLimit(1, 60, Clock())
    for number in range(10_001):
        limit.count(str(number))
    limit.check("0")
    with pytest.raises(RateExceeded):
        limit.check("1")


def test_rate_limit_keeps_no_long_keys():
    limit = RateLimit(1, 60, Clock())
    long = "名" * 60_000
    limit.count(long)
    with pytest.raises(RateExceeded):
        limit.count(long)
    limit.count(long + "x")
    assert max(map(len, limit.keys())) <= 64


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("::ffff:10.1.2.3", "10.1.2.3"),
        # A household or a school has a whole /64: its devices are one client.
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("device x", "device x"),
        ("", ""),
    ],
)
def test_client_key_is_an_address_or_a_network(address, key):
    assert client_key(address) == key


@only("sqlite")
def test_wrong_passwords_from_elsewhere_do_not_shut_the_office_out(store):
    store.add_bureau("office", "correct horse")
    guessers = [f"10.0.0.{host}" for host in range(3)]
    for address in guessers:
        for _ in range(10):
            assert store.check_login("office", "wrong horse!", address) is False
        with pytest.raises(RateExceeded):
            store.check_login("office", "correct horse", address)
    assert store.check_login("office", "correct horse", "10.0.1.1") is True


@only("sqlite")
def test_wrong_passwords_of_one_client_are_limited_over_all_names(store):
    tries = [(f"name{number}", "10.0.0.1") for number in range(50)]
    assert not any(store.check_login(name, "x", client) for name, client in tries)
    with pytest.raises(RateExceeded):
        store.check_login("another", "x", "10.0.0.1")
    assert store.check_login("another", "x", "10.0.0.2") is False


def test_session_names_its_account_until_it_is_ended(store):
    store.add_bureau("office", "correct horse")
    here, there = store.sessions.begin("office"), store.sessions.begin("office")
    assert store.sessions.name_of(here) == "office"
    store.sessions.end(here)
    assert [store.sessions.name_of(x) for x in (here, there, "x")] == [
        None,
        "office",
        None,
    ]


def test_session_ends_after_a_working_day(store, clock):
    store.add_bureau("office", "correct horse")
    token, idle = store.sessions.begin("office"), dt.timedelta(hours=4)
    for _ in range(11):
        clock.wait(3600)
        assert store.sessions.name_of(token, idle) == "office"
    clock.wait(3599)
    assert store.sessions.name_of(token, idle) == "office"
    clock.wait(1)
    assert store.sessions.name_of(token, idle) is None


def test_session_ends_after_four_hours_in_which_it_is_only_looked_at(store, clock):
    store.add_bureau("office", "correct horse")
    used, left = store.sessions.begin("office"), store.sessions.begin("office")
    clock.wait(3 * 3600)
    assert store.sessions.name_of(used, dt.timedelta(hours=4)) == "office"
    clock.wait(3599)
    assert store.sessions.name_of(left) == "office"
    clock.wait(1)
    assert [store.sessions.name_of(x) for x in (used, left)] == ["office", None]
    begun = dt.timedelta(hours=4)
    assert store.sessions.running("office") == (clock() - begun,)
    clock.wait(3 * 3600)
    assert store.sessions.name_of(used) is None


@pytest.mark.parametrize("change", ["set_password", "remove"])
def test_sessions_end_with_a_new_password_and_with_the_account(store, change):
    for name in ("office", "other"):
        store.add_bureau(name, "correct horse")
    tokens = [store.sessions.begin(name) for name in ("office", "office", "other")]
    arguments = ("battery staple",) if change == "set_password" else ()
    getattr(store.accounts, change)("office", *arguments)
    assert [store.sessions.name_of(x) for x in tokens] == [None, None, "other"]


@pytest.mark.parametrize("phones", [300, 130])
def test_phones_behind_one_address_all_get_their_feeds(office, phones):
    publish(office)
    people = [f"T{number}" for number in range(phones)]
    tokens = list(office.link_table.create_for_all(FeedKind.TEACHER, people).values())
    for token in tokens:
        office.count_feed_request(token, "1.2.3.4")
    # One link alone is limited, wherever it is asked for.
    for _ in range(59):
        office.count_feed_request(tokens[0], "5.6.7.8")
    with pytest.raises(RateExceeded):
        office.count_feed_request(tokens[0], "9.9.9.9")


def test_guessed_links_shut_out_who_guesses_and_no_good_link(office):
    publish(office)
    good = office.create_link("class", "C1")
    for number in range(60):
        with pytest.raises(FeedUnknown):
            office.count_feed_request(f"guess{number}", "1.2.3.4")
    with pytest.raises(RateExceeded):
        office.count_feed_request("guess", "1.2.3.4")
    with pytest.raises(FeedUnknown):
        office.count_feed_request("guess", "5.6.7.8")
    office.count_feed_request(good, "1.2.3.4")


def test_guesses_are_counted_for_all_processes_together(url, clock):
    stores = [Store.open(url, clock) for _ in range(3)]
    stores[0].add_bureau("office", "correct horse")
    for number in range(10):
        assert not stores[number % 3].check_login("office", "x", "1.2.3.4")
    for store in stores:
        with pytest.raises(RateExceeded) as refused:
            store.check_login("office", "correct horse", "1.2.3.4")
        assert refused.value.retry_after == 900
    offices = [store.add_office("s", "校") for store in stores]
    publish(offices[0])
    for number in range(60):
        with pytest.raises(FeedUnknown):
            offices[number % 3].count_feed_request(f"guess{number}", "1.2.3.4")
    with pytest.raises(RateExceeded):
        offices[2].count_feed_request("guess", "1.2.3.4")
    for store in stores:
        store.close()


def _lets_in(limit, key):
    try:
        limit.count(key)
    except RateExceeded:
        return False
    return True


def test_requests_of_a_good_link_are_limited_over_processes(url, clock):
    """Twenty a minute of two processes together, but for what is not told yet."""
    stores = [Store.open(url, clock) for _ in range(2)]
    limits = [SharedLimit(x.database, "feeds", 20, 60) for x in stores]
    limits[0].count("quiet")
    with stores[0].database.read() as connection:
        assert connection.execute(select(TRIES)).all() == []  # few cost no write
    allowed = [_lets_in(limits[k % 2], "loud") for k in range(40)]
    assert 20 <= sum(allowed) <= 22
    assert not any(allowed[24:])
    clock.wait(61)
    for limit in limits:
        limit.count("loud")
    for store in stores:
        store.close()


def test_tries_that_are_past_are_not_kept_nor_who_made_them(store, clock):
    store.add_bureau("office", "correct horse")
    store.check_login("王芳", "x", "1.2.3.4")
    clock.wait(901)
    store.check_login("office", "x", "5.6.7.8")
    with store.database.read() as connection:
        kept = list(connection.execute(select(TRIES)))
    assert {row.scope for row in kept} == {"client", "name"}
    assert len(kept) == 2
    assert "office" not in str(kept)
    assert "5.6.7.8" not in str(kept)


def test_tries_at_once_are_all_counted(url, clock):
    store = Store.open(url, clock)
    limit = KeptLimit(store.database, "test", 5, 60)

    def attempt(_):
        try:
            limit.count("key")
        except RateExceeded:
            return 0
        return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(24))) == 5
    store.close()


def test_first_and_last_account_of_an_office_cannot_be_removed(store, office):
    store.add_bureau("first", "correct horse")
    store.accounts.add("pe", "correct horse", Grant(Role.TEACHER, "s", "T1"))
    for act in (
        lambda: store.accounts.remove("first"),
        lambda: store.accounts.take_role("first", ""),
    ):
        with pytest.raises(AccountRefused, match="the last account"):
            act()
    store.accounts.grant("pe", Grant(Role.OFFICE, "s"))
    store.accounts.remove("first")
    with pytest.raises(AccountRefused, match="the last account"):
        store.accounts.grant("pe", Grant(Role.TEACHER, "s", "T1"))
    assert store.accounts.get("pe").role_in("s") is Role.OFFICE


def test_role_of_an_office_that_is_gone_is_refused(store, office):
    with pytest.raises(AccountRefused, match="no office"):
        store.accounts.add("a", "correct horse", Grant(Role.OFFICE, "gone"))
    assert store.accounts.get("a") is None
    with pytest.raises(AccountRefused, match="Of which office"):
        store.accounts.add("a", "correct horse", Grant(Role.TEACHER))


def test_account_without_a_role_cannot_log_in_and_is_told_so(store, office):
    store.accounts.add("a", "correct horse", Grant(Role.TEACHER, "s", "T1"))
    store.accounts.take_role("a", "s")
    with pytest.raises(AccountRefused, match='"a" has no role'):
        store.check_login("a", "correct horse")
    # Who does not know the password does not learn it either.
    assert store.check_login("a", "wrong horse") is False


def test_roles_are_those_of_their_offices(store, office):
    store.add_office("t", "另一所")
    store.accounts.add("a", "correct horse", Grant(Role.OFFICE, "s"))
    store.accounts.grant("a", Grant(Role.PARTNER, "t", "V1"))
    account = store.accounts.get(" a ")
    assert [account.role_in(x) for x in ("s", "t", "u", None)] == [
        *(Role.OFFICE, Role.PARTNER),
        *(None, None),
    ]
    store.add_bureau("b", "correct horse")
    assert [x.name for x in store.accounts.all()] == ["a", "b"]
    assert store.accounts.get("b").role_in("t") is Role.BUREAU


def test_deeds_with_accounts_are_kept_by_the_offices_concerned(store, office):
    other = store.add_office("t", "另一所")
    store.add_bureau("b", "correct horse")
    store.accounts.add("a", "correct horse", Grant(Role.OFFICE, "s"), by="b")
    store.accounts.set_password("a", "battery staple", by="b")
    store.accounts.remove("a", by="b")
    told = [(x.who, x.act, x.about) for x in office.deeds()]
    assert told == [
        ("", Act.ACCOUNT, "b bureau"),
        ("b", Act.ACCOUNT, "a office"),
        ("b", Act.PASSWORD, "a"),
        ("b", Act.REMOVE_ACCOUNT, "a"),
    ]
    assert [x.about for x in other.deeds()] == ["b bureau"]
    assert "horse" not in str(told)


def test_way_back_forgets_all_tries(store):
    store.add_bureau("office", "correct horse")
    for _ in range(10):
        store.check_login("office", "wrong horse!", "1.2.3.4")
    with pytest.raises(RateExceeded):
        store.check_login("office", "correct horse", "1.2.3.4")
    store.accounts.forget_tries()
    assert store.check_login("office", "correct horse", "1.2.3.4") is True


def test_no_more_than_two_passwords_are_worked_out_at_once(monkeypatch):
    running, most, lock = 0, 0, threading.Lock()

    class Slow:
        def hash(self, secret):
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
            time.sleep(0.01)
            with lock:
                running -= 1
            return "hash"

    monkeypatch.setattr(passwords, "_HASHER", Slow())
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(passwords.hash_password, ["correct horse"] * 8))
    assert most == 2
