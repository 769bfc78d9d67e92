"""Two offices with equal ids everywhere: neither ever sees a row of the other."""

import datetime as dt
from dataclasses import replace

import pytest
from icalendar import Calendar

from scheduler.model.errors import InputError
from scheduler.model.weather import HalfDay, Weather
from scheduler.services.access.links import FeedUnknown
from scheduler.services.jobs.what_if import cases_json
from scheduler.services.offices import OfficeUnknown
from scheduler.term.entries import FeedKind
from tests.services.builders import publish
from tests.term.builders import problem
from tests.term.rain_school import outdoors

OTHER = "后河中学"


@pytest.fixture
def two(store):
    """The same ids in both; in the second the PE lesson is on Wednesdays."""
    first, second = store.add_office("a", "铁山路学校"), store.add_office("b", OTHER)
    publish(first, "甲")
    publish(second, "乙", day=3)
    return first, second


def days(office, token):
    events = Calendar.from_ical(office.feed(token).body).walk("VEVENT")
    return sorted(
        (e.decoded("DTSTART").strftime("%m%d"), str(e.get("STATUS"))) for e in events
    )


KINDS = [
    *(("teacher", "T1"), ("class", "C2"), ("venue", "FIELD")),
    *(("zone", "北半场"), ("school", "S")),
]


@pytest.mark.parametrize(("kind", "resource_id"), KINDS)
def test_publication_of_one_leaves_the_links_of_the_other(store, kind, resource_id):
    first, second = store.add_office("a", "铁山路学校"), store.add_office("b", OTHER)
    publish(first, "甲")
    token = first.create_link(kind, resource_id)
    before = first.feed(token)
    publish(second, "乙", day=3)
    assert first.feed(token) == before
    # Seven Mondays, none of them cancelled; seven Wednesdays and a made-up one there.
    assert len(days(first, token)) == 7
    theirs = days(second, second.create_link(kind, resource_id))
    assert not {date for date, _ in theirs} & {date for date, _ in days(first, token)}
    assert {status for _, status in days(first, token)} == {"CONFIRMED"}


def test_versions_count_for_each_office(two):
    publish(two[1], "乙二")
    assert two[0].current().version == 1
    assert [two[1].publication(n).name for n in (1, 2)] == ["乙", "乙二"]
    assert two[0].current().name == "甲"


def test_link_opens_nothing_in_the_other_office(two):
    token = two[0].create_link("teacher", "T1")
    with pytest.raises(FeedUnknown):
        two[1].feed(token)
    with pytest.raises(FeedUnknown):
        two[1].count_feed_request(token, "1.2.3.4")
    assert two[1].links() == ()
    assert two[1].revoke_link("teacher", "T1") is False
    assert two[0].feed(token)


def test_logs_and_bad_days_are_kept_apart(store, clock):
    pair = store.add_office("a", "甲"), store.add_office("b", "乙")
    table = outdoors()
    for office in pair:
        office.publish(table.problem, table, "", "{}")
    first, second = pair
    first.bad_days.apply(dt.date(2026, 9, 7), HalfDay.DAY, Weather.RAIN)
    first.comparisons.add(cases_json(()))
    clock.time = dt.datetime(2026, 9, 7, 0, 10, tzinfo=dt.UTC)
    assert len(first.bad_days.all()) == 1
    assert second.bad_days.all() == ()
    assert second.comparisons.all() == ()
    # It did not rain there: class 3(2) is on the field, and only there confirmed.
    second.usage.confirm("FIELD", "office")
    assert first.usage.check_ins() is None
    assert second.usage.check_ins() is not None


def test_numbers_begin_anew_in_each_office(two):
    for office in two:
        office.comparisons.add(cases_json(()))
    numbers = [[x.comparison_id for x in office.comparisons.all()] for office in two]
    assert numbers == [[1], [1]]


def test_audiences_are_those_of_the_office(two):
    given = problem()
    names = [replace(t, name=f"{t.name}乙") for t in given.teachers]
    other = replace(given, teachers=tuple(names))
    two[1].publish(other, replace(two[1].current().timetable, problem=other), "", "{}")
    assert {a.name[-1] for a in two[1].audiences(FeedKind.TEACHER)} == {"乙"}
    assert "乙" not in {a.name[-1] for a in two[0].audiences(FeedKind.TEACHER)}


def test_office_without_a_key_is_that_of_the_school(store):
    office = store.office_for(problem())
    assert office.key == "s"
    assert store.office_for(problem()) is office
    assert store.office_named() is office


def test_only_office_takes_its_school_whatever_its_key(store):
    publish(store.add_office("tieshanlu", "铁山路学校"))
    assert store.office_for(problem()).key == "tieshanlu"


def test_second_school_with_the_same_id_is_asked_which_it_is(store):
    publish(store.office_for(problem()))
    given = problem()
    renamed = replace(given, schools=(replace(given.schools[0], name=OTHER),))
    with pytest.raises(InputError, match="--office") as refused:
        store.office_for(renamed)
    assert OTHER in str(refused.value)
    assert store.office_for(renamed, "s").key == "s"
    assert store.office_for(renamed, "houhe").key == "houhe"


@pytest.mark.parametrize("key", ["", "S", "中学", "a b", "-a", "a--b", "a/b", "a" * 41])
def test_key_that_could_not_stand_in_an_address_is_refused(store, key):
    with pytest.raises(InputError, match="--office"):
        store.add_office(key, "x")
    with pytest.raises(OfficeUnknown):
        store.office(key)


def test_which_of_several_must_be_said(two, store):
    with pytest.raises(InputError, match="a, b"):
        store.office_named()
    with pytest.raises(InputError, match="is no office"):
        store.office_named("c")
    assert store.office_named("b") is two[1]
