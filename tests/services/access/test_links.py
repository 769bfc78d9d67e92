"""Secret links: random, hashed, one per person and feed."""

import base64

import pytest

from scheduler.services.access.links import FeedRevoked
from scheduler.services.school.audiences import ResourceUnknown
from tests.services.builders import only, publish


def test_create_link_token_holds_at_least_128_bits(office):
    publish(office)
    tokens = [office.create_link("teacher", "T1") for _ in range(20)]
    assert len(set(tokens)) == 20
    assert {len(base64.urlsafe_b64decode(token)) * 8 for token in tokens} == {192}


@only("sqlite")
def test_create_link_stores_no_token(office, tmp_path):
    publish(office)
    token = office.create_link("teacher", "T1")
    office.feed(token, source=f"https://school.example/{token}.ics")
    with office.database.read() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint")
    files = [path.read_bytes() for path in tmp_path.iterdir()]
    assert not any(token.encode() in content for content in files)


def test_create_link_second_for_the_same_person_kills_the_first(office):
    publish(office)
    first = office.create_link("teacher", "T1", "王芳")
    second = office.create_link("teacher", "T1", "王芳")
    with pytest.raises(FeedRevoked):
        office.feed(first)
    assert office.feed(second).body


def test_create_link_of_another_person_or_feed_lives_on(office):
    publish(office)
    tokens = [
        office.create_link("teacher", "T1", "王芳"),
        office.create_link("teacher", "T1", "教务处"),
        office.create_link("class", "C2", "王芳"),
        office.create_link("teacher", "T2", "王芳"),
    ]
    assert len({office.feed(token).body for token in tokens}) == 3


def test_create_link_after_revoking_leaves_the_old_one_dead(office):
    publish(office)
    old = office.create_link("teacher", "T1")
    office.revoke_link("teacher", "T1")
    new = office.create_link("teacher", "T1")
    with pytest.raises(FeedRevoked):
        office.feed_stamp(old)
    assert office.feed_stamp(new).etag == office.feed(new).etag


def test_revoke_link_twice_says_there_was_none(office):
    publish(office)
    office.create_link("teacher", "T1")
    revoked = [office.revoke_link("teacher", "T1") for _ in range(2)]
    assert revoked == [True, False]


def test_links_tell_whose_and_since_when_but_no_secret(office, clock):
    publish(office)
    office.create_link("teacher", "T1", "王芳")
    clock.set(9, 1)
    office.create_link("teacher", "T1", "王芳")
    rows = [
        (x.kind, x.resource_id, x.person, x.created_at.day, x.revoked_at is None)
        for x in office.links()
    ]
    assert rows == [
        ("teacher", "T1", "王芳", 25, False),
        ("teacher", "T1", "王芳", 1, True),
    ]


@pytest.mark.parametrize("resource_id", ["T9", ""])
def test_create_link_to_an_unknown_resource_is_refused(office, resource_id):
    publish(office)
    with pytest.raises(ResourceUnknown):
        office.create_link("teacher", resource_id)


def test_create_link_before_anything_is_published_is_refused(office):
    with pytest.raises(ResourceUnknown):
        office.create_link("teacher", "T1")


def test_create_link_of_an_unknown_kind_is_refused(office):
    publish(office)
    with pytest.raises(ValueError, match="pupil"):
        office.create_link("pupil", "P1")


def test_audiences_are_the_feeds_links_can_be_made_to(office):
    publish(office)
    found = {
        kind: [(a.resource_id, a.name) for a in office.audiences(kind)]
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
