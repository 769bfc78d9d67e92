"""Exceptions of a series: in any zone, as dates, from one on; and hostile feeds."""

import datetime as dt
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import WEEKLY, rrule, rruleset
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.formats.ical.bookings import read_bookings
from scheduler.formats.ical.feed_error import FeedError
from scheduler.model.closures import CalendarSettings
from tests.services.feed_server import feed
from tests.term.builders import TERM, dates

FEEDS = Path(__file__).parents[1] / "examples" / "calendars"
HOME = ZoneInfo(TERM.timezone)
ZONES = ("UTC", "Asia/Shanghai", "Asia/Tokyo", "America/New_York", "Europe/Berlin")


def read(content):
    """Bookings as (date, start, end)."""
    found = read_bookings(content, "C", TERM, CalendarSettings())
    return [(b.date, b.start, b.end) for b in found]


@pytest.mark.parametrize("name", ["exdate-local", "exdate-utc"])
def test_dates_left_out_and_added_may_stand_in_any_zone(name):
    found = read((FEEDS / f"{name}.ics").read_bytes())

    assert found == [(d, 840, 960) for d in dates("9-8", "9-17", "9-22", "9-29")]


def test_a_date_without_a_time_leaves_out_what_starts_on_it():
    found = read((FEEDS / "exdate-date.ics").read_bytes())

    assert found == [(d, 840, 960) for d in dates("9-8", "9-22", "9-29")]


def test_a_change_from_one_event_on_holds_for_all_later_ones():
    found = read((FEEDS / "this-and-future.ics").read_bytes())

    (first, second, third, fourth) = dates("9-7", "9-14", "9-21", "9-28")
    assert found == [
        (first, 840, 960),
        (second, 840, 960),
        (third, 1080, 1140),
        (fourth, 1080, 1140),
    ]


def series(*changes):
    """A weekly series on five Mondays at 14:00 for an hour, and changes of it."""
    events = (
        "DTSTART;TZID=Asia/Shanghai:20260907T140000\nDURATION:PT1H\n"
        "RRULE:FREQ=WEEKLY;COUNT=5",
        *changes,
    )
    return re.sub(rb"UID:\d", b"UID:S", feed(*events))


def change(since, start, more=""):
    """From one event on at another time; both times as 20260921T140000."""
    return (
        f"RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Asia/Shanghai:{since}\n"
        f"DTSTART;TZID=Asia/Shanghai:{start}\nDURATION:PT1H{more}"
    )


def test_the_latest_change_holds_and_a_single_one_stands_beside_it():
    single = (
        "RECURRENCE-ID;TZID=Asia/Shanghai:20260928T140000\n"
        "DTSTART;TZID=Asia/Shanghai:20260930T090000\nDURATION:PT1H"
    )
    first = change("20260914T140000", "20260915T150000")
    second = change("20260921T140000", "20260921T160000")

    assert read(series(first, second, single)) == [
        (dates("9-7")[0], 840, 900),
        (dates("9-15")[0], 900, 960),
        (dates("9-21")[0], 960, 1020),
        (dates("9-30")[0], 540, 600),
        (dates("10-5")[0], 960, 1020),
    ]


def test_a_series_called_off_from_one_event_on_ends_there():
    off = change("20260921T140000", "20260921T140000", "\nSTATUS:CANCELLED")

    assert [day for day, _, _ in read(series(off))] == dates("9-7", "9-14")


def test_a_moment_leaves_out_the_day_of_an_event_without_time():
    event = "DTSTART;VALUE=DATE:20260907\nRRULE:FREQ=WEEKLY;COUNT=3\n"

    # Midnight of the 14th in Shanghai.
    found = read(feed(f"{event}EXDATE:20260913T160000Z"))
    assert [day for day, _, _ in found] == dates("9-7", "9-21")


def test_an_event_without_a_zone_is_at_the_clock_of_the_school():
    event = "DTSTART:20260907T080000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3\n"

    # 08:00 in Shanghai is 00:00 in UTC.
    found = read(feed(f"{event}EXDATE:20260914T000000Z"))
    assert found == [(d, 480, 540) for d in dates("9-7", "9-21")]


@settings(max_examples=40)
@given(
    home=st.sampled_from(ZONES[1:]),
    out=st.lists(st.tuples(st.integers(0, 7), st.sampled_from(ZONES)), max_size=4),
    added=st.lists(st.tuples(st.integers(0, 55), st.sampled_from(ZONES)), max_size=3),
    hour=st.integers(0, 22),
)
def test_exceptions_are_those_of_an_independent_expander(home, out, added, hour):
    """dateutil repeats by the event's clock; the zones are Python's own."""
    zone = ZoneInfo(home)
    first = dt.datetime.combine(dt.date(2026, 9, 2), dt.time(hour))
    expected = rruleset()
    expected.rrule(rrule(WEEKLY, dtstart=first, count=8))
    lines = [
        f"DTSTART;TZID={home}:{first:%Y%m%dT%H%M%S}",
        "DURATION:PT30M",
        "RRULE:FREQ=WEEKLY;COUNT=8",
    ]

    def line(name, day, written):
        at = (first + dt.timedelta(days=day)).replace(tzinfo=zone)
        there = at.astimezone(ZoneInfo(written))
        suffix = f";TZID={written}" if written != "UTC" else ""
        mark = "" if suffix else "Z"
        lines.append(f"{name}{suffix}:{there:%Y%m%dT%H%M%S}{mark}")
        return at.replace(tzinfo=None)

    for week, written in out:
        expected.exdate(line("EXDATE", 7 * week, written))
    for day, written in added:
        expected.rdate(line("RDATE", day, written))
    starts = [
        x.replace(tzinfo=zone).astimezone(HOME).replace(tzinfo=None) for x in expected
    ]
    wanted = {(x.date(), x.hour * 60 + x.minute) for x in starts}

    found = read(feed("\n".join(lines)))
    assert {(day, start) for day, start, _ in found} == wanted


ZONE = (
    "BEGIN:VTIMEZONE\nTZID:Far\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
    "TZOFFSETFROM:+0800\nTZOFFSETTO:+0800\n{}\nEND:STANDARD\nEND:VTIMEZONE"
)
WEEKLY_RULE = "DTSTART:20260901T100000Z\nRRULE:FREQ=WEEKLY"
HOSTILE = {
    "a rule of 200,000 weekdays": f"{WEEKLY_RULE};BYDAY={'MO,' * 200_000}TU",
    "a rule of 1,000 positions": f"{WEEKLY_RULE};BYSETPOS={'1,' * 1000}2",
    "a zone's name of 300 letters": f"DTSTART;TZID={'Z' * 300}:20260901T100000",
    "a zone's name with a mark": f'DTSTART;TZID="{"Z" * 300}":20260901T100000',
    "a zone's name, folded": f"DTSTART;TZID=Z\n {'Z' * 300}:20260901T100000",
    "five megabytes of short lines": "\n".join(["X:1"] * 1_250_000),
    "five megabytes of folds": "X:1" + "\n " * 1_250_000,
    "200,000 dates left out": "DTSTART:20260901T100000Z\nEXDATE:"
    + ",".join(["20260901T100000Z"] * 200_000),
    "200,000 events": "END:VEVENT\nBEGIN:VEVENT\n" * 200_000,
}
HOSTILE_ZONES = {
    "a zone of 200,000 dates": "RDATE:" + ",".join(["19800101T000000"] * 200_000),
    "a zone that changes each second": "RRULE:FREQ=SECONDLY",
    "a zone with rules by the hour": "RRULE:FREQ=YEARLY;BYHOUR=1,2,3,4,5,6,7,8",
    "a zone of 300 letters": f"TZID:{'Z' * 300}",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_events_are_refused_before_they_are_parsed(kind, monkeypatch):
    refused_unparsed(feed(HOSTILE[kind]), monkeypatch)


@pytest.mark.parametrize("kind", HOSTILE_ZONES)
def test_hostile_zones_are_refused_before_they_are_parsed(kind, monkeypatch):
    content = feed("DTSTART:20260901T100000Z").decode()
    zone = ZONE.format(HOSTILE_ZONES[kind])
    content = content.replace("BEGIN:VEVENT", f"{zone}\nBEGIN:VEVENT", 1)
    refused_unparsed(content.encode(), monkeypatch)


def refused_unparsed(content, monkeypatch):
    """Whatever it costs to parse is not spent."""

    def parse(*_, **__):
        raise AssertionError("parsed")

    monkeypatch.setattr("icalendar.Calendar.from_ical", parse)
    with pytest.raises(FeedError):
        read_bookings(content, "C", TERM, CalendarSettings(max_kilobytes=100_000))


def test_zones_as_programs_write_them_are_read():
    rules = "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20371025T010000Z"
    event = "DTSTART;TZID=Far:20260901T100000\nDURATION:PT1H"
    content = feed(event).decode()
    zone = ZONE.format(f"{rules}\nRDATE:19800101T000000,19810101T000000")
    content = content.replace("BEGIN:VEVENT", f"{zone}\nBEGIN:VEVENT", 1)

    assert read(content.encode()) == [(dates("9-1")[0], 600, 660)]
