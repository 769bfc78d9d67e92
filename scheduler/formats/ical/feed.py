"""A calendar file: header, time zone, events."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone

from scheduler.formats.ical.events import EventWriter
from scheduler.formats.ical.lines import line, text
from scheduler.formats.ical.options import Cancelled, Options
from scheduler.formats.ical.wording import calendar_name
from scheduler.model.term import Term
from scheduler.term.showing import Audience, Showing

# Hours stand behind a T: with "P4H" one maker's phones reject the whole file.
REFRESH = "PT4H"
_TOP = (
    b"BEGIN:VCALENDAR\r\n"
    b"VERSION:2.0\r\n"
    b"PRODID:-//Cuofeng//Timetable//ZH\r\n"
    b"CALSCALE:GREGORIAN\r\n"
)
DEFAULT = Options()


def feed(
    shown: Sequence[Showing],
    audience: Audience,
    term: Term,
    options: Options = DEFAULT,
) -> bytes:
    """The file of one calendar, the same bytes for the same arguments.

    Raises:
        zoneinfo.ZoneInfoNotFoundError: the term's time zone does not exist.
    """
    zone = ZoneInfo(term.timezone)
    if options.cancelled is Cancelled.HIDE:
        shown = [showing for showing in shown if not showing.off]
    if options.changes:
        shown = [showing for showing in shown if showing.differs]
    writer = EventWriter(audience.kind, zone, options)
    rows = [_TOP, *_header(audience, term, options)]
    # A file needs some component (RFC 5545, 3.6): without events, the time zone.
    if not (options.utc and shown):
        rows.append(_timezone(zone, term, shown))
    rows += [writer.event(showing) for showing in shown]
    return b"".join((*rows, b"END:VCALENDAR\r\n"))


def with_source(body: bytes, url: str) -> bytes:
    """The same calendar, naming the address it can be fetched from again.

    Apart from :func:`feed`, so that bodies can be kept without anyone's address.
    """
    if not body.startswith(_TOP):
        raise ValueError("not a calendar written by feed()")
    return _TOP + line("SOURCE;VALUE=URI", url) + body[len(_TOP) :]


def _header(audience: Audience, term: Term, options: Options) -> tuple[bytes, ...]:
    name = text(calendar_name(audience) + ("变动" if options.changes else ""))
    return (
        line("NAME", name),
        line("X-WR-CALNAME", name),
        line("X-WR-TIMEZONE", term.timezone),
        line("REFRESH-INTERVAL;VALUE=DURATION", REFRESH),
        line("X-PUBLISHED-TTL", REFRESH),
    )


def _timezone(zone: ZoneInfo, term: Term, shown: Sequence[Showing]) -> bytes:
    """The zone's rules in the term alone: some phones stumble over those of 1986."""
    dates = [showing.date for showing in shown]
    first = min((term.first_day, *dates))
    return _rules(zone, first, max((term.last_day, *dates)))


# It takes as long as 300 events and is the same for every calendar of a term.
@lru_cache(maxsize=16)
def _rules(zone: ZoneInfo, first: dt.date, last: dt.date) -> bytes:
    after = last + dt.timedelta(days=1)
    rules = Timezone.from_tzinfo(zone, zone.key, first, after)
    # Published calendars have no comment there (RFC 5546, 3.2.1); libical objects.
    rules.pop("COMMENT")
    written: bytes = rules.to_ical()
    return written
