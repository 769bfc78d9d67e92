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

from scheduler.formats.ical.feed_error import FeedError
from scheduler.formats.ical.recurrence import starts_of
from scheduler.model.closures import Booking, CalendarSettings
from scheduler.model.term import Term
from scheduler.model.text import Text

_MOST_COMPONENTS = 20_000
_DEEPEST = 8
_LONGEST_NAME = 80
_LINE = re.compile(rb"^(BEGIN|END):", re.I | re.M)
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
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError) as error:
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
    depth = components = 0
    for match in _LINE.finditer(text):
        begins = match[1].upper() == b"BEGIN"
        depth += 1 if begins else -1
        components += begins
        if depth > _DEEPEST:
            raise FeedError(
                Text("日历层层嵌套，不予读取", "nests calendars within calendars")
            )
    if components > _MOST_COMPONENTS:
        raise FeedError(_too_many(_MOST_COMPONENTS))


def _bookings(events: list[Any], calendar_id: str, term: Term) -> Iterator[Booking]:
    zone = ZoneInfo(term.timezone)
    changed = {
        (str(event.get("uid", "")), _moment(event["recurrence-id"].dt, zone))
        for event in events
        if "recurrence-id" in event
    }
    # The budget of steps is shared: a thousand rules may take no longer than one.
    budget = [_STEPS]
    for event in events:
        if "dtstart" not in event or _is_free(event):
            continue
        first, length = _first_and_length(event)
        name = _name(event)
        window = (term.first_day - length, term.last_day)
        for start in starts_of(event, first, window, budget):
            single = "recurrence-id" in event
            key = (str(event.get("uid", "")), _moment(start, zone))
            if single or key not in changed:
                yield from _by_date(start, length, zone, term, calendar_id, name)
        if budget[0] < 0:
            raise FeedError(
                Text("日历里的重复规则太多", "repeats its events far too often")
            )


_STEPS = 1_000_000
"""Days that all repetition rules of a feed together may be asked about."""


def _is_free(event: Any) -> bool:
    status, transparency = event.get("status", ""), event.get("transp", "")
    return str(status).upper() == "CANCELLED" or (
        str(transparency).upper() == "TRANSPARENT"
    )


def _first_and_length(event: Any) -> tuple[dt.date, dt.timedelta]:
    first = event["dtstart"].dt
    if "dtend" in event:
        length = event["dtend"].dt - first
    elif "duration" in event:
        length = event["duration"].dt
    else:
        whole_day = not isinstance(first, dt.datetime)
        length = dt.timedelta(days=1) if whole_day else dt.timedelta()
    if length < dt.timedelta():
        raise FeedError(
            Text(
                f"日程“{_name(event)}”结束早于开始",
                f'has an event "{_name(event)}" that ends before it starts',
            )
        )
    return first, length


def _moment(value: dt.date, zone: ZoneInfo) -> dt.datetime:
    """A start as a moment at the school; a date begins at midnight."""
    if not isinstance(value, dt.datetime):
        value = dt.datetime.combine(value, dt.time())
    return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(zone)


def _by_date(
    start: dt.date,
    length: dt.timedelta,
    zone: ZoneInfo,
    term: Term,
    calendar_id: str,
    name: str,
) -> Iterator[Booking]:
    """One booking for each date of the term that an event touches."""
    begin = _moment(start, zone)
    end = _moment(start + length, zone)
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
