"""Closed times and events by date, a venue's own calendar, lessons moved for a date."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from scheduler.model.errors import DataError
from scheduler.model.settings import RuleSetting, parameters_of
from scheduler.model.settings.numbers import check_numbers
from scheduler.model.term import Term
from scheduler.model.times import MINUTES_A_DAY

SETTINGS = "calendars"
"""Name of the table of rules.toml."""


class ClosureKind(StrEnum):
    """What a row of closures.csv closes."""

    VENUE = "venue"
    ZONE = "zone"
    SCHOOL = "school"
    CLASS = "class"

    @property
    def is_place(self) -> bool:
        """A place is closed, so lessons lose it; else lessons themselves fall out."""
        return self in (ClosureKind.VENUE, ClosureKind.ZONE)


@dataclass(frozen=True, slots=True)
class Closure:
    """Something closed, or a one-off event, by date.

    ``to_date`` is the last date (None: the first only), on each of which it holds
    from ``start`` to ``end`` in minutes after midnight (None: all day).
    """

    closure_id: str
    kind: ClosureKind
    resource_id: str
    date: dt.date
    to_date: dt.date | None = None
    start: int | None = None
    end: int | None = None
    name: str = ""
    reason: str = ""

    @property
    def title(self) -> str:
        """What people call it."""
        return self.name or self.reason


@dataclass(frozen=True, slots=True)
class Calendar:
    """A venue's own bookings, published as an iCal file or address.

    Its events close ``zone_id``, or the whole venue where that is empty. ``source``
    is a path relative to the folder of the tables, or an http(s) address.
    """

    calendar_id: str
    venue_id: str
    source: str
    zone_id: str = ""
    name: str = ""

    @property
    def is_remote(self) -> bool:
        """Tell whether the source is an address, not a file."""
        return "://" in self.source

    @property
    def title(self) -> str:
        """What people call it."""
        return self.name or self.calendar_id


@dataclass(frozen=True, slots=True)
class Booking:
    """One event of a calendar on one date, as it was last fetched."""

    calendar_id: str
    date: dt.date
    start: int
    end: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Replacement:
    """A lesson that is at another place, or at ``home``, on one date."""

    date: dt.date
    lesson_id: str
    layout_id: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Shut:
    """Something closed on one date, from ``start`` to ``end``.

    ``calendar_id`` names the calendar it comes from; empty for closures.csv.
    """

    kind: ClosureKind
    resource_id: str
    date: dt.date
    start: int
    end: int
    title: str = ""
    calendar_id: str = ""


def shut_times(
    term: Term,
    closures: tuple[Closure, ...],
    calendars: tuple[Calendar, ...],
    bookings: tuple[Booking, ...],
) -> tuple[Shut, ...]:
    """Every closed time of the term, date by date."""
    found: list[Shut] = []
    for row in closures:
        start, end = row.start or 0, MINUTES_A_DAY if row.end is None else row.end
        first, last = max(row.date, term.first_day), row.to_date or row.date
        days = (min(last, term.last_day) - first).days + 1
        found += (
            Shut(
                row.kind,
                row.resource_id,
                first + dt.timedelta(k),
                start,
                end,
                row.title,
            )
            for k in range(days)
        )
    of = {c.calendar_id: c for c in calendars}
    for booking in bookings:
        calendar = of[booking.calendar_id]
        kind = ClosureKind.ZONE if calendar.zone_id else ClosureKind.VENUE
        name = calendar.zone_id or calendar.venue_id
        start, end, title = booking.start, booking.end, booking.name
        found.append(
            Shut(kind, name, booking.date, start, end, title, booking.calendar_id)
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class CalendarSettings:
    """How calendars are fetched, and when dates close a time of the week.

    ``share``: percent of a weekday's dates in the term, from which on the weekly
    pattern keeps off that time. A calendar is stale ``stale_hours`` after it was last
    fetched. A feed has at most ``max_kilobytes`` and gives at most ``max_events``
    dated bookings in the term; fetching it takes at most ``seconds``.
    """

    share: int = 50
    stale_hours: int = 72
    max_kilobytes: int = 5 * 1024
    max_events: int = 5000
    seconds: int = 20

    @staticmethod
    def of(rules: tuple[RuleSetting, ...]) -> "CalendarSettings":
        """The settings among those of rules.toml, which have been checked."""
        return CalendarSettings(**parameters_of(rules, SETTINGS))


_RANGES = {
    "share": (1, 100),
    "stale_hours": (1, 24 * 366),
    "max_kilobytes": (1, 50 * 1024),
    "max_events": (1, 50_000),
    "seconds": (1, 120),
}


def check_calendar_settings(setting: RuleSetting) -> tuple[DataError, ...]:
    """Faults of the table ``[calendars]``."""
    return check_numbers(setting, _RANGES)
