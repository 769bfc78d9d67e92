"""Other people's calendars as bookings on dates; 1 September is a Tuesday."""

import datetime as dt

import pytest
from dateutil.rrule import rrulestr
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import vRecur

from scheduler.formats.ical.bookings import read_bookings
from scheduler.formats.ical.feed_error import FeedError
from scheduler.formats.ical.recurrence import starts_of
from scheduler.model.closures import CalendarSettings
from tests.services.feed_server import feed
from tests.term.builders import TERM, dates


def read(*events, **limits):
    """Bookings as (date, start, end)."""
    found = read_bookings(feed(*events), "C", TERM, CalendarSettings(**limits))
    return [(b.date, b.start, b.end) for b in found]


def days(*events):
    """Dates of the bookings."""
    return [day for day, _, _ in read(*events)]


EVENING = "DTSTART;TZID=Asia/Shanghai:20260901T180000\nDURATION:PT1H30M"


def test_weekly_event_until_a_moment_in_utc():
    # 18:00 in Shanghai is 10:00 in UTC: the 22nd is in, the 29th a second too late.
    found = read(f"{EVENING}\nRRULE:FREQ=WEEKLY;UNTIL=20260929T095959Z")

    assert found == [(d, 1080, 1170) for d in dates("9-1", "9-8", "9-15", "9-22")]


def test_dates_left_out_and_added():
    event = f"{EVENING}\nRRULE:FREQ=WEEKLY;COUNT=3\n"
    event += "EXDATE;TZID=Asia/Shanghai:20260908T180000\n"
    event += "RDATE;TZID=Asia/Shanghai:20260910T180000"

    assert days(event) == dates("9-1", "9-10", "9-15")


def test_one_event_of_a_series_is_moved_and_one_is_called_off():
    series = f"UID:S\n{EVENING}\nRRULE:FREQ=WEEKLY;COUNT=3"
    moved = (
        "UID:S\nRECURRENCE-ID;TZID=Asia/Shanghai:20260908T180000\n"
        "DTSTART;TZID=Asia/Shanghai:20260909T100000\nDURATION:PT1H"
    )
    off = (
        "UID:S\nRECURRENCE-ID:20260915T100000Z\nSTATUS:CANCELLED\n"
        "DTSTART;TZID=Asia/Shanghai:20260915T180000\nDURATION:PT1H"
    )
    text = "".join(
        f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in (series, moved, off)
    )
    content = f"BEGIN:VCALENDAR\n{text}END:VCALENDAR\n".encode()
    found = read_bookings(content, "C", TERM, CalendarSettings())

    assert [(b.date, b.start) for b in found] == [
        (dt.date(2026, 9, 1), 1080),
        (dt.date(2026, 9, 9), 600),
    ]


def test_event_over_midnight_and_event_of_whole_days():
    late = "DTSTART:20260901T230000\nDTEND:20260902T010000"
    fair = "DTSTART;VALUE=DATE:20260905\nDTEND;VALUE=DATE:20260907"
    one, two, five, six = dates("9-1", "9-2", "9-5", "9-6")

    assert read(late) == [(one, 1380, 1440), (two, 0, 60)]
    assert read(fair) == [(five, 0, 1440), (six, 0, 1440)]


def test_time_of_another_zone_is_the_schools_and_seconds_widen_to_minutes():
    found = read("DTSTART:20260901T233030Z\nDTEND:20260902T003030Z")

    assert found == [(dt.date(2026, 9, 2), 450, 511)]


@pytest.mark.parametrize("line", ["STATUS:CANCELLED", "TRANSP:TRANSPARENT"])
def test_event_that_takes_nothing_closes_nothing(line):
    assert days(f"{EVENING}\n{line}") == []


def test_only_dates_of_the_term_are_kept():
    event = "DTSTART;VALUE=DATE:20000101\nDTEND;VALUE=DATE:20000102\nRRULE:FREQ=DAILY"

    assert len(days(event)) == 61
    assert days("DTSTART;VALUE=DATE:20300101") == []


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", []),
        ("FREQ=YEARLY;BYMONTH=2", []),
        ("FREQ=MONTHLY", ["10-31"]),
    ],
)
def test_rule_that_seldom_or_never_holds_ends(rule, found):
    assert days(f"DTSTART;VALUE=DATE:19000131\nRRULE:{rule}") == dates(*found)


def why(*events, **limits):
    """The sentence with which a feed is refused."""
    with pytest.raises(FeedError) as error:
        read(*events, **limits)
    assert error.value.text.zh
    return error.value.text.en


def test_feed_that_never_ends_to_repeat_is_refused():
    counted = "DTSTART:19000101T000000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=99999"

    assert why(*[counted] * 40) == "repeats its events far too often"
    assert "within a day" in why("DTSTART:20260901T000000\nRRULE:FREQ=MINUTELY")
    assert "BYHOUR" in why("DTSTART:20260901T000000\nRRULE:FREQ=DAILY;BYHOUR=1,2")


def test_parser_s_own_words_stay_out_of_the_chinese_sentence():
    with pytest.raises(FeedError) as error:
        read("DTSTART:hello")

    assert error.value.text.zh == "日历有误，有的内容不合 iCalendar 格式，无法读取"
    assert "hello" in error.value.text.en


def test_too_many_bookings_are_refused():
    event = "DTSTART;VALUE=DATE:20260901\nRRULE:FREQ=DAILY"

    assert why(event, max_events=60) == "has more than 60 events"


@pytest.mark.parametrize(
    "event",
    [
        "DTSTART:yesterday",
        "DTSTART:20260901T100000\nDTEND:20260901T090000",
        "DTSTART:20260901T100000\nDTEND;VALUE=DATE:20260902",
        "DTSTART:20260901T100000\nRRULE:FREQ=WEEKLY;BYDAY=XX",
        "DTSTART:20260901T100000\nRRULE:FREQ=WEEKLY;COUNT=many",
    ],
)
def test_senseless_event_is_a_sentence_and_no_crash(event):
    assert why(event)


_RULES = st.builds(
    lambda freq, interval, count, by: (
        f"FREQ={freq};INTERVAL={interval}" + (f";COUNT={count}" if count else "") + by
    ),
    st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")),
    st.integers(1, 4),
    st.none() | st.integers(1, 30),
    st.sampled_from(
        (
            *("", ";BYDAY=TU,TH", ";BYMONTH=9,10", ";BYMONTHDAY=-1,8", ";BYDAY=FR"),
            *(";BYDAY=MO,WE;BYSETPOS=-1", ";BYMONTH=9;BYMONTHDAY=1,15"),
            *(";WKST=SU;BYDAY=SU,MO", ";BYMONTHDAY=13;BYDAY=FR"),
        )
    ),
)


@settings(max_examples=60, deadline=None)
@example("FREQ=YEARLY;INTERVAL=1;BYDAY=MO,WE;BYSETPOS=-1", dt.date(2025, 9, 1))
@example("FREQ=MONTHLY;INTERVAL=1;BYDAY=MO,WE;BYSETPOS=-1", dt.date(2026, 9, 1))
@given(_RULES, st.dates(dt.date(2025, 9, 1), dt.date(2026, 10, 15)))
def test_rules_hold_on_the_dates_that_another_program_finds(rule, day):
    first = dt.datetime.combine(day, dt.time(18))
    if ";BYSETPOS" in rule and "DAILY" in rule:
        return  # a set of one day has no last but one; programs differ
    low, high = TERM.first_day, TERM.last_day
    event = {"rrule": vRecur.from_ical(rule)}
    ours = set(starts_of(event, first, (low, high), [10**9]))
    theirs = set(
        rrulestr(rule, dtstart=first).between(
            dt.datetime.combine(low, dt.time()) - dt.timedelta(days=1),
            dt.datetime.combine(high, dt.time.max) + dt.timedelta(days=1),
            inc=True,
        )
    )

    # The first start always counts as one (RFC 5545, 3.8.5.3).
    assert ours - {first} == theirs - {first}
