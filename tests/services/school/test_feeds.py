"""Feeds of a store: the same bytes, entity tags, changes between publications."""

import datetime as dt
from dataclasses import replace

import pytest
from icalendar import Calendar
from sqlalchemy import delete, event

from scheduler.services.access.links import FeedRevoked, FeedUnknown
from scheduler.services.office import Store
from scheduler.services.store.schema import BODIES
from tests.services.builders import publish, publish_on
from tests.term.builders import TERM, placement, problem, requirement, timetable

ALL_KINDS = (
    ("teacher", "T1"),
    ("class", "C2"),
    ("venue", "FIELD"),
    ("zone", "北半场"),
    ("school", "S"),
)


def events(store, token, **variant):
    return Calendar.from_ical(store.feed(token, **variant).body).walk("VEVENT")


def sequences(store, token):
    return {e["UID"]: e["SEQUENCE"] for e in events(store, token)}


@pytest.mark.parametrize(("kind", "resource_id"), ALL_KINDS)
def test_feed_shows_the_lessons_of_its_resource(store, kind, resource_id):
    publish(store)
    # Seven Mondays from 7 September to 26 October; 5 October is closed.
    assert len(events(store, store.create_link(kind, resource_id))) == 7


def test_feed_of_an_agreement_shows_the_venue_under_it(store):
    publish(store, day=2, layout_id="L-PARK")
    # Nine Tuesdays less the make-up Sunday, for which there is no window.
    assert len(events(store, store.create_link("agreement", "PARK"))) == 8


def test_feed_of_a_resource_without_lessons_is_valid_and_empty(store):
    publish(store)
    assert events(store, store.create_link("teacher", "T2")) == []


def test_feed_asked_twice_is_byte_identical(store):
    publish(store)
    token = store.create_link("teacher", "T1")
    assert store.feed(token) == store.feed(token)
    assert store.feed_stamp(token).etag == store.feed(token).etag


def test_feed_built_anew_is_byte_identical(store, clock):
    publish(store)
    token = store.create_link("teacher", "T1")
    kept = store.feed(token)
    with store.database.write() as connection:
        connection.execute(delete(BODIES))
    clock.wait(3600)
    built = store.feed(token)
    assert (built.body, built.etag) == (kept.body, kept.etag)


def test_feed_survives_closing_and_opening_the_store(tmp_path, clock):
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    first = Store.open(url, clock)
    publish(first)
    token = first.create_link("teacher", "T1")
    before = first.feed(token)
    first.close()
    second = Store.open(url, clock)
    assert second.feed(token) == before
    second.close()


def test_feed_republished_unchanged_keeps_its_tag_and_date(store, clock):
    publish(store)
    token = store.create_link("teacher", "T1")
    before = store.feed(token)
    clock.set(9, 16)
    publish(store, "第2版")
    assert store.feed(token) == before
    assert store.feed_stamp(token).etag == before.etag


def test_feed_tag_is_answered_from_what_is_kept(store):
    publish(store)
    token = store.create_link("teacher", "T1")
    store.feed(token)
    seen = []
    event.listen(
        store.database.engine,
        "before_cursor_execute",
        lambda *arguments: seen.append(arguments[2]),
    )
    store.feed_stamp(token)
    # Begin, find the link, find the body, find the newest version; no entries.
    assert [text.split()[0] for text in seen] == ["BEGIN", "SELECT", "SELECT", "SELECT"]
    assert not any("entries" in text for text in seen)


def test_feed_moved_lesson_counts_up_on_coming_dates_alone(store, clock):
    both = problem(requirement("R1"), requirement("R2", class_ids=("C1",)))
    token_of = publish_pair(store, both, period=1)
    token = token_of("teacher", "T1")
    before = sequences(store, token)
    clock.set(9, 21)
    publish_pair(store, both, period=2)
    after = sequences(store, token)
    changed = {uid for uid in before if after[uid] != before[uid]}
    # R2 on Wednesdays (7 October is made up on the 10th), from 21 September on.
    coming = ("0923", "0930", "1010", "1014", "1021", "1028")
    assert changed == {f"S.2026-2027-1.R2.1.2026{day}@cuofeng" for day in coming}
    assert {after[uid] for uid in changed} == {1}
    assert before.keys() == after.keys()


def publish_pair(store, given, period):
    """R1 on Mondays; R2 on Wednesdays in a period that is to change."""
    placed = timetable(given, R1=placement(1), R2=placement(3, period=period))
    store.publish(given, placed, "版", "{}")
    return store.create_link


def test_feed_changed_has_another_tag_and_a_later_date(store, clock):
    publish(store)
    token = store.create_link("teacher", "T1")
    before = store.feed(token)
    clock.set(9, 16)
    publish(store, "第2版", period=2)
    after = store.feed(token)
    assert after.etag != before.etag
    assert (before.last_modified, after.last_modified) == (
        dt.datetime(2026, 8, 25, tzinfo=dt.UTC),
        dt.datetime(2026, 9, 16, tzinfo=dt.UTC),
    )


def test_feed_cancelled_lesson_goes_when_its_date_is_past(store, clock):
    publish(store)
    token = store.create_link("teacher", "T1")
    # 20 September, 16:30 UTC, is Monday the 21st at the school.
    clock.time = dt.datetime(2026, 9, 20, 16, 30, tzinfo=dt.UTC)
    given = problem(requirement("R2"))
    store.publish(given, timetable(given), "停", "{}")
    # 7 and 14 September were given; five Mondays are cancelled.
    assert [e["STATUS"] for e in events(store, token)] == (
        ["CONFIRMED"] * 2 + ["CANCELLED"] * 5
    )
    assert len(events(store, token, cancelled="hide")) == 2
    clock.time = dt.datetime(2026, 9, 21, 15, 59, tzinfo=dt.UTC)
    assert len(events(store, token)) == 7
    clock.time = dt.datetime(2026, 9, 21, 16, 0, tzinfo=dt.UTC)
    assert len(events(store, token)) == 6


def test_feed_of_a_teacher_who_left_shows_what_was_given(store, clock):
    publish(store)
    token = store.create_link("teacher", "T1")
    clock.set(9, 16)
    given = problem(requirement(teacher_ids=("T2",)))
    given = replace(given, teachers=given.teachers[1:])
    publish_on(store, given, teacher_ids=("T2",))
    assert [e["STATUS"] for e in events(store, token)] == (
        ["CONFIRMED"] * 2 + ["CANCELLED"] * 5
    )


def test_feed_next_term_is_added_to_the_one_before(store, clock):
    publish(store)
    token = store.create_link("teacher", "T1")
    clock.set(10, 20)
    spring = replace(
        TERM,
        first_day=dt.date(2027, 3, 1),
        last_day=dt.date(2027, 3, 31),
        week_one=dt.date(2027, 3, 1),
        closed=(),
        make_up=(),
    )
    publish_on(store, problem(term=spring))
    # Seven Mondays of autumn, and 1, 8, 15, 22, 29 March.
    assert len(events(store, token)) == 7 + 5


@pytest.mark.parametrize(
    ("variant", "etags"),
    [({"tz": "utc"}, 2), ({"cancelled": "mark"}, 1), ({"alarm": "10"}, 2)],
)
def test_feed_variants_are_kept_apart(store, variant, etags):
    publish(store)
    token = store.create_link("teacher", "T1")
    # Nothing is cancelled, so marking changes no byte; the others do.
    assert (
        len({store.feed_stamp(token).etag, store.feed_stamp(token, **variant).etag})
        == etags
    )


@pytest.mark.parametrize(
    "variant", [{"tz": "gmt"}, {"cancelled": "yes"}, {"alarm": "7"}, {"alarm": "x"}]
)
def test_feed_unknown_variant_is_refused(store, variant):
    publish(store)
    token = store.create_link("teacher", "T1")
    with pytest.raises(ValueError, match=next(iter(variant.values()))):
        store.feed(token, **variant)


def test_feed_source_is_in_the_body_and_in_the_tag(store):
    publish(store)
    token = store.create_link("teacher", "T1")
    url = "https://school.example/feeds/abc.ics"
    sourced, plain = store.feed(token, source=url), store.feed(token)
    assert Calendar.from_ical(sourced.body).get("SOURCE") == url
    assert sourced.etag == store.feed_stamp(token, source=url).etag
    assert sourced.etag != plain.etag


def test_feed_wrong_token_is_unknown(store):
    publish(store)
    for token in ("", "x" * 32, "\ud800", "王" * 40):
        with pytest.raises(FeedUnknown):
            store.feed(token)
        with pytest.raises(FeedUnknown):
            store.feed_stamp(token)


def test_feed_revoked_token_opens_no_form_of_the_feed(store):
    publish(store)
    token = store.create_link("teacher", "T1")
    store.feed(token)
    assert store.revoke_link("teacher", "T1") is True
    forms = ({}, {"tz": "utc"}, {"cancelled": "mark"}, {"cancelled": "hide"})
    for form in forms:
        with pytest.raises(FeedRevoked):
            store.feed(token, **form)
        with pytest.raises(FeedRevoked):
            store.feed_stamp(token, **form)


def test_feed_stamp_does_not_read_the_body(store):
    publish(store)
    token = store.create_link("school", "S")
    feed = store.feed(token)
    seen = []
    event.listen(
        store.database.engine,
        "before_cursor_execute",
        lambda *arguments: seen.append(arguments[2]),
    )
    stamp = store.feed_stamp(token)
    assert (stamp.etag, stamp.last_modified) == (feed.etag, feed.last_modified)
    assert [text for text in seen if "bodies.body" in text] == []
