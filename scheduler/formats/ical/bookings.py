"""Read a venue's iCal feed as its bookings on the dates of a term.

A feed is somebody else's: it is checked before it is parsed, and everything it may
repeat or nest is bounded, so that no feed can take longer than a few seconds.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from scheduler.formats.ical.counting import count_feed
from scheduler.formats.ical.feed_error import FeedError
from scheduler.formats.ical.series import moment, occurrences
from scheduler.model.closures import Booking, CalendarSettings
from scheduler.model.term import Term
from scheduler.model.text import Text

_LONGEST_NAME = 80
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def read_bookings(
    content: bytes, calendar_id: str, term: Term, settings: CalendarSettings
) -> tuple[Booking, ...]:
    """Bookings of a feed on the term's dates, by date and time.

    Events that are cancelled or marked as free time (TRANSPARENT) close nothing; times
    without a zone are the school's. An event over several dates is one booking a date.

    Raises:
        FeedError: it is no calendar, cut off, too large, or repeats without end.
    """
    _check(content, settings)
    try:
        parts = icalendar.Calendar.from_ical(content, multiple=True)
        events = [event for part in parts for event in part.walk("VEVENT")]
        found: dict[Booking, None] = {}
        for booking in _bookings(events, calendar_id, term):
            found[booking] = None
            if len(found) > settings.max_events:
                raise FeedError(_too_many(settings.max_events))
    except FeedError:
        raise
    except (
        ValueError,
        ArithmeticError,
        LookupError,
        TypeError,
        AttributeError,
        OSError,
    ) as error:
        # Whatever a parser of other people's files may stumble over.
        raise FeedError(_unreadable(error)) from error
    return tuple(sorted(found, key=lambda b: (b.date, b.start, b.end, b.name)))


def _check(content: bytes, settings: CalendarSettings) -> None:
    """What can be seen before parsing."""
    if len(content) > settings.max_kilobytes * 1024:
        raise FeedError(too_large(settings))
    text = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not text[:15].upper().startswith(b"BEGIN:VCALENDAR"):
        raise FeedError(_no_calendar(text))
    if not text.rstrip().upper().endswith(b"END:VCALENDAR"):
        raise FeedError(
            Text("日历不完整，没有结尾", "is cut off: the calendar has no end")
        )
    count_feed(text)


def _bookings(events: list[Any], calendar_id: str, term: Term) -> Iterator[Booking]:
    zone = ZoneInfo(term.timezone)
    # The budget of steps is shared: a thousand rules may take no longer than one.
    window, budget = (term.first_day, term.last_day), [_STEPS]
    for found in occurrences(events, window, zone, budget):
        name = _name(found.event)
        yield from _by_date(found.start, found.length, zone, term, calendar_id, name)


_STEPS = 1_000_000
"""Days that all repetition rules of a feed together may be asked about."""


def _by_date(
    start: dt.date,
    length: dt.timedelta,
    zone: ZoneInfo,
    term: Term,
    calendar_id: str,
    name: str,
) -> Iterator[Booking]:
    """One booking for each date of the term that an event touches."""
    begin = moment(start, zone)
    end = moment(start + length, zone)
    day = max(begin.date(), term.first_day)
    while day <= min(end.date(), term.last_day):
        midnight = dt.datetime.combine(day, dt.time(), zone)
        first = max(0, (begin - midnight) // dt.timedelta(minutes=1))
        last = min(24 * 60, -(-(end - midnight) // dt.timedelta(minutes=1)))
        if first < last:
            yield Booking(calendar_id, day, first, last, name)
        day += dt.timedelta(days=1)


def _name(event: Any) -> str:
    name = _CONTROL.sub(" ", str(event.get("summary", ""))).strip()
    return name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME] + "…"


def too_large(settings: CalendarSettings) -> Text:
    """Why a feed is refused that is larger than the settings say."""
    size = settings.max_kilobytes
    return Text(f"超过{size} KB，不予读取", f"is larger than {size} KB")


def _no_calendar(text: bytes) -> Text:
    if text[:1] == b"<":
        return Text(
            "是网页，不是日历；请用“订阅”或“iCal”链接，或先确认不需要登录",
            "is a web page (HTML), not a calendar; maybe the address of its iCal feed "
            "is another, or one must sign in",
        )
    if not text:
        return Text("是空的", "is empty")
    return Text("不是 iCal 日历", "is not an iCal calendar")


def _too_many(limit: int) -> Text:
    return Text(f"日程超过{limit}项", f"has more than {limit} events")


def _unreadable(error: Exception) -> Text:
    why = _CONTROL.sub(" ", str(error))[:120]
    return Text(
        "日历有误，有的内容不合 iCalendar 格式，无法读取",
        f"cannot be read as a calendar ({why})",
    )
