"""Secret links: random, hashed, one per person and feed."""

import base64

import pytest
from sqlalchemy import text

from scheduler.services.access.links import FeedRevoked
from scheduler.services.school.audiences import ResourceUnknown
from tests.services.builders import publish


def test_create_link_token_holds_at_least_128_bits(store):
    publish(store)
    tokens = [store.create_link("teacher", "T1") for _ in range(20)]
    assert len(set(tokens)) == 20
    assert {len(base64.urlsafe_b64decode(token)) * 8 for token in tokens} == {192}


def test_create_link_stores_no_token(store, tmp_path):
    publish(store)
    token = store.create_link("teacher", "T1")
    store.feed(token, source=f"https://school.example/{token}.ics")
    with store.database.read() as connection:
        connection.execute(text("PRAGMA wal_checkpoint"))
    files = [path.read_bytes() for path in tmp_path.iterdir()]
    assert not any(token.encode() in content for content in files)


def test_create_link_second_for_the_same_person_kills_the_first(store):
    publish(store)
    first = store.create_link("teacher", "T1", "王芳")
    second = store.create_link("teacher", "T1", "王芳")
    with pytest.raises(FeedRevoked):
        store.feed(first)
    assert store.feed(second).body


def test_create_link_of_another_person_or_feed_lives_on(store):
    publish(store)
    tokens = [
        store.create_link("teacher", "T1", "王芳"),
        store.create_link("teacher", "T1", "教务处"),
        store.create_link("class", "C2", "王芳"),
        store.create_link("teacher", "T2", "王芳"),
    ]
    assert len({store.feed(token).body for token in tokens}) == 3


def test_create_link_after_revoking_leaves_the_old_one_dead(store):
    publish(store)
    old = store.create_link("teacher", "T1")
    store.revoke_link("teacher", "T1")
    new = store.create_link("teacher", "T1")
    with pytest.raises(FeedRevoked):
        store.feed_stamp(old)
    assert store.feed_stamp(new).etag == store.feed(new).etag


def test_revoke_link_twice_says_there_was_none(store):
    publish(store)
    store.create_link("teacher", "T1")
    revoked = [store.revoke_link("teacher", "T1") for _ in range(2)]
    assert revoked == [True, False]


def test_links_tell_whose_and_since_when_but_no_secret(store, clock):
    publish(store)
    store.create_link("teacher", "T1", "王芳")
    clock.set(9, 1)
    store.create_link("teacher", "T1", "王芳")
    rows = [
        (x.kind, x.resource_id, x.person, x.created_at.day, x.revoked_at is None)
        for x in store.links()
    ]
    assert rows == [
        ("teacher", "T1", "王芳", 25, False),
        ("teacher", "T1", "王芳", 1, True),
    ]


@pytest.mark.parametrize("resource_id", ["T9", ""])
def test_create_link_to_an_unknown_resource_is_refused(store, resource_id):
    publish(store)
    with pytest.raises(ResourceUnknown):
        store.create_link("teacher", resource_id)


def test_create_link_before_anything_is_published_is_refused(store):
    with pytest.raises(ResourceUnknown):
        store.create_link("teacher", "T1")


def test_create_link_of_an_unknown_kind_is_refused(store):
    publish(store)
    with pytest.raises(ValueError, match="pupil"):
        store.create_link("pupil", "P1")


def test_audiences_are_the_feeds_links_can_be_made_to(store):
    publish(store)
    found = {
        kind: [(a.resource_id, a.name) for a in store.audiences(kind)]
        for kind in ("teacher", "zone", "agreement")
    }
    assert found == {
        "teacher": [("T1", "王芳"), ("T2", "李明")],
        "zone": [
            ("北半场", "田径场 北半场"),
            ("南半场", "田径场 南半场"),
            ("PARK", "社区公园"),
        ],
        "agreement": [("PARK", "社区公园")],
    }
