"""Accounts: scrypt, one answer for all wrong tries, limits."""

import pytest

from scheduler.services.accounts import UserExists
from scheduler.services.limits import RateExceeded, RateLimit
from scheduler.services.schema import USERS
from tests.services.builders import Clock


def test_check_login_right_and_wrong(store):
    store.add_user("教务处", "correct horse")
    assert store.check_login("教务处", "correct horse") is True
    assert store.check_login("教务处", "wrong horse!") is False
    assert store.check_login("nobody", "correct horse") is False


def test_add_user_keeps_a_salted_scrypt_hash(store):
    for name in ("a", "b"):
        store.add_user(name, "correct horse")
    with store.database.read() as connection:
        hashes = [row.password_hash for row in connection.execute(USERS.select())]
    assert [text.split("$")[:4] for text in hashes] == [
        ["scrypt", "16384", "8", "1"]
    ] * 2
    assert hashes[0] != hashes[1]


def test_add_user_taken_name_is_refused(store):
    store.add_user("office", "correct horse")
    with pytest.raises(UserExists):
        store.add_user(" office ", "another horse")
    assert store.check_login("office", "correct horse") is True


@pytest.mark.parametrize(
    ("name", "password"), [("a", "seven77"), (" ", "correct horse")]
)
def test_add_user_without_name_or_with_short_password_is_refused(store, name, password):
    with pytest.raises(ValueError, match=r"name|password"):
        store.add_user(name, password)
    assert store.accounts.names() == ()


def test_set_password_replaces_the_old_one(store):
    store.add_user("office", "correct horse")
    store.accounts.set_password("office", "battery staple")
    assert store.check_login("office", "correct horse") is False
    assert store.check_login("office", "battery staple") is True
    with pytest.raises(LookupError):
        store.accounts.set_password("nobody", "battery staple")


def test_remove_user_cannot_log_in(store):
    store.add_user("office", "correct horse")
    assert store.accounts.remove("office") is True
    assert store.accounts.remove("office") is False
    assert store.check_login("office", "correct horse") is False


def test_check_login_eleventh_wrong_try_waits_a_quarter_of_an_hour(store, clock):
    store.add_user("office", "correct horse")
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


def test_count_feed_request_is_limited_per_address(store):
    for _ in range(120):
        store.count_feed_request("1.2.3.4")
    with pytest.raises(RateExceeded):
        store.count_feed_request("1.2.3.4")
    store.count_feed_request("5.6.7.8")
