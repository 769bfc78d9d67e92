"""Feeds of a office: the same bytes, entity tags, changes between publications."""

import datetime as dt
from dataclasses import replace

import pytest
from icalendar import Calendar
from sqlalchemy import delete, event

from scheduler.services.access.links import FeedRevoked, FeedUnknown
from scheduler.services.access.permissions import Action
from scheduler.services.store.office_check import here
from scheduler.services.store.schema import BODIES
from scheduler.term.changes import Batch as Asked
from scheduler.term.changes import DatedChange, ExtraLesson, Reason
from tests.services.builders import only, opened, publish, publish_on
from tests.term.builders import (
    TERM,
    dates,
    placement,
    problem,
    requirement,
    timetable,
)

ALL_KINDS = (
    ("teacher", "T1"),
    ("class", "C2"),
    ("venue", "FIELD"),
    ("zone", "北半场"),
    ("school", "S"),
)


def events(office, token, **variant):
    return Calendar.from_ical(office.feed(token, **variant).body).walk("VEVENT")


def sequences(office, token):
    return {e["UID"]: e["SEQUENCE"] for e in events(office, token)}


@pytest.mark.parametrize(("kind", "resource_id"), ALL_KINDS)
def test_feed_shows_the_lessons_of_its_resource(office, kind, resource_id):
    publish(office)
    # Seven Mondays from 7 September to 26 October; 5 October is closed.
    assert len(events(office, office.create_link(kind, resource_id))) == 7


def test_feed_of_an_agreement_shows_the_venue_under_it(office):
    publish(office, day=2, layout_id="L-PARK")
    # Nine Tuesdays less the make-up Sunday, for which there is no window.
    assert len(events(office, office.create_link("agreement", "PARK"))) == 8


def test_feed_of_a_resource_without_lessons_is_valid_and_empty(office):
    publish(office)
    assert events(office, office.create_link("teacher", "T2")) == []


def test_feed_asked_twice_is_byte_identical(office):
    publish(office)
    token = office.create_link("teacher", "T1")
    assert office.feed(token) == office.feed(token)
    assert office.feed_stamp(token).etag == office.feed(token).etag


def test_feed_built_anew_is_byte_identical(office, clock):
    publish(office)
    token = office.create_link("teacher", "T1")
    kept = office.feed(token)
    with office.database.write(Action.OPEN) as connection:
        connection.execute(delete(BODIES).where(here(connection, BODIES)))
    clock.wait(3600)
    built = office.feed(token)
    assert (built.body, built.etag) == (kept.body, kept.etag)


def test_feed_survives_closing_and_opening_the_store(tmp_path, clock):
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    with opened(url, clock) as first:
        publish(first)
        token = first.create_link("teacher", "T1")
        before = first.feed(token)
    with opened(url, clock) as second:
        assert second.feed(token) == before


def test_feed_republished_unchanged_keeps_its_tag_and_date(office, clock):
    publish(office)
    token = office.create_link("teacher", "T1")
    before = office.feed(token)
    clock.set(9, 16)
    publish(office, "第2版")
    assert office.feed(token) == before
    assert office.feed_stamp(token).etag == before.etag


def test_feed_tag_is_answered_from_what_is_kept(office):
    publish(office)
    token = office.create_link("teacher", "T1")
    office.feed(token)
    seen = []
    event.listen(
        office.database.whole.engine,
        "before_cursor_execute",
        lambda *arguments: seen.append(arguments[2]),
    )
    office.feed_stamp(token)
    # Find the link, find the body, find the newest version; no entries.
    told = [text for text in seen if text != "BEGIN" and "set_config" not in text]
    assert [text.split()[0] for text in told] == ["SELECT", "SELECT", "SELECT"]
    assert not any("entries" in text for text in seen)


def test_feed_moved_lesson_counts_up_on_coming_dates_alone(office, clock):
    both = problem(requirement("R1"), requirement("R2", class_ids=("C1",)))
    token_of = publish_pair(office, both, period=1)
    token = token_of("teacher", "T1")
    before = sequences(office, token)
    clock.set(9, 21)
    publish_pair(office, both, period=2)
    after = sequences(office, token)
    changed = {uid for uid in before if after[uid] != before[uid]}
    # R2 on Wednesdays (7 October is made up on the 10th), from 21 September on.
    coming = ("0923", "0930", "1010", "1014", "1021", "1028")
    assert changed == {f"S.2026-2027-1.R2.1.2026{day}@cuofeng" for day in coming}
    assert {after[uid] for uid in changed} == {1}
    assert before.keys() == after.keys()


def publish_pair(office, given, period):
    """R1 on Mondays; R2 on Wednesdays in a period that is to change."""
    placed = timetable(given, R1=placement(1), R2=placement(3, period=period))
    office.publish(given, placed, "版", "{}")
    return office.create_link


def test_feed_changed_has_another_tag_and_a_later_date(office, clock):
    publish(office)
    token = office.create_link("teacher", "T1")
    before = office.feed(token)
    clock.set(9, 16)
    publish(office, "第2版", period=2)
    after = office.feed(token)
    assert after.etag != before.etag
    assert (before.last_modified, after.last_modified) == (
        dt.datetime(2026, 8, 25, tzinfo=dt.UTC),
        dt.datetime(2026, 9, 16, tzinfo=dt.UTC),
    )


def test_feed_cancelled_lesson_goes_when_its_date_is_past(office, clock):
    publish(office)
    token = office.create_link("teacher", "T1")
    # 20 September, 16:30 UTC, is Monday the 21st at the school.
    clock.time = dt.datetime(2026, 9, 20, 16, 30, tzinfo=dt.UTC)
    given = problem(requirement("R2"))
    office.publish(given, timetable(given), "停", "{}")
    # 7 and 14 September were given; five Mondays are cancelled.
    assert [e["STATUS"] for e in events(office, token)] == (
        ["CONFIRMED"] * 2 + ["CANCELLED"] * 5
    )
    assert len(events(office, token, cancelled="hide")) == 2
    clock.time = dt.datetime(2026, 9, 21, 15, 59, tzinfo=dt.UTC)
    assert len(events(office, token)) == 7
    clock.time = dt.datetime(2026, 9, 21, 16, 0, tzinfo=dt.UTC)
    assert len(events(office, token)) == 6


def test_feed_of_a_teacher_who_left_shows_what_was_given(office, clock):
    publish(office)
    token = office.create_link("teacher", "T1")
    clock.set(9, 16)
    given = problem(requirement(teacher_ids=("T2",)))
    given = replace(given, teachers=given.teachers[1:])
    publish_on(office, given, teacher_ids=("T2",))
    assert [e["STATUS"] for e in events(office, token)] == (
        ["CONFIRMED"] * 2 + ["CANCELLED"] * 5
    )


def test_feed_next_term_is_added_to_the_one_before(office, clock):
    publish(office)
    token = office.create_link("teacher", "T1")
    clock.set(10, 20)
    spring = replace(
        TERM,
        first_day=dt.date(2027, 3, 1),
        last_day=dt.date(2027, 3, 31),
        week_one=dt.date(2027, 3, 1),
        closed=(),
        make_up=(),
    )
    publish_on(office, problem(term=spring))
    # Seven Mondays of autumn, and 1, 8, 15, 22, 29 March.
    assert len(events(office, token)) == 7 + 5


@pytest.mark.parametrize(
    ("variant", "etags"),
    [({"tz": "utc"}, 2), ({"cancelled": "mark"}, 1), ({"alarm": "10"}, 2)],
)
def test_feed_variants_are_kept_apart(office, variant, etags):
    publish(office)
    token = office.create_link("teacher", "T1")
    # Nothing is cancelled, so marking changes no byte; the others do.
    assert (
        len({office.feed_stamp(token).etag, office.feed_stamp(token, **variant).etag})
        == etags
    )


@pytest.mark.parametrize(
    "variant", [{"tz": "gmt"}, {"cancelled": "yes"}, {"alarm": "7"}, {"alarm": "x"}]
)
def test_feed_unknown_variant_is_refused(office, variant):
    publish(office)
    token = office.create_link("teacher", "T1")
    with pytest.raises(ValueError, match=next(iter(variant.values()))):
        office.feed(token, **variant)


def test_feed_source_is_in_the_body_and_in_the_tag(office):
    publish(office)
    token = office.create_link("teacher", "T1")
    url = "https://school.example/feeds/abc.ics"
    sourced, plain = office.feed(token, source=url), office.feed(token)
    assert Calendar.from_ical(sourced.body).get("SOURCE") == url
    assert sourced.etag == office.feed_stamp(token, source=url).etag
    assert sourced.etag != plain.etag


def test_feed_wrong_token_is_unknown(office):
    publish(office)
    for token in ("", "x" * 32, "\ud800", "王" * 40):
        with pytest.raises(FeedUnknown):
            office.feed(token)
        with pytest.raises(FeedUnknown):
            office.feed_stamp(token)


def test_feed_revoked_token_opens_no_form_of_the_feed(office):
    publish(office)
    token = office.create_link("teacher", "T1")
    office.feed(token)
    assert office.revoke_link("teacher", "T1") is True
    forms = ({}, {"tz": "utc"}, {"cancelled": "mark"}, {"cancelled": "hide"})
    for form in forms:
        with pytest.raises(FeedRevoked):
            office.feed(token, **form)
        with pytest.raises(FeedRevoked):
            office.feed_stamp(token, **form)


def test_feed_stamp_does_not_read_the_body(office):
    publish(office)
    token = office.create_link("school", "S")
    feed = office.feed(token)
    seen = []
    event.listen(
        office.database.whole.engine,
        "before_cursor_execute",
        lambda *arguments: seen.append(arguments[2]),
    )
    stamp = office.feed_stamp(token)
    assert (stamp.etag, stamp.last_modified) == (feed.etag, feed.last_modified)
    assert [text for text in seen if "bodies.body" in text] == []


@only("sqlite")
def test_feed_of_changes_shows_changed_lessons_alone(office, clock):
    publish(office)
    token = office.create_link("teacher", "T1")
    assert events(office, token, only="changes") == []
    whole = office.feed_stamp(token).etag

    off = DatedChange(dates("9-7")[0], "R1#1", cancelled=True)
    office.changes.make(Asked(Reason.ABSENCE), [off])
    extra = ExtraLesson(dates("9-8")[0], "", ("C1",), "CN", ("T1",), 480, 520)
    office.changes.make(Asked(Reason.OTHER), [extra])
    titles = [str(x["SUMMARY"]) for x in events(office, token, only="changes")]
    assert titles == ["【停课】体育与健康 三(2)班", "【加课】语文 三(1)班"]
    assert len(events(office, token)) == 8
    assert office.feed_stamp(token).etag != whole
