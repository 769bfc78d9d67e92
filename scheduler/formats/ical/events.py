"""One VEVENT per dated lesson."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote
from zoneinfo import ZoneInfo

from scheduler.formats.ical import wording
from scheduler.formats.ical.lines import line, text
from scheduler.formats.ical.options import Cancelled, Options
from scheduler.term.entries import EntryKey, FeedKind
from scheduler.term.showing import Showing

_BEGIN, _END = b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n"


def uid(key: EntryKey) -> str:
    """Permanent and unique: the key's parts, each escaped so that dots divide them."""
    lesson = _escaped(key.school_id, key.term, key.requirement_id, key.index)
    return f"{lesson}.{key.original_date:%Y%m%d}@cuofeng"


@lru_cache(maxsize=4096)
def _escaped(*parts: str | int) -> str:
    """What all dates of a lesson share."""
    return ".".join(quote(str(x), safe="").replace(".", "%2E") for x in parts)


@dataclass(frozen=True, slots=True)
class EventWriter:
    """Writes the events of one calendar."""

    kind: FeedKind
    zone: ZoneInfo
    options: Options

    def event(self, showing: Showing) -> bytes:
        """The component, deterministic to the byte."""
        entry, facts = showing.entry, showing.facts
        changed = _utc(entry.changed_at)
        rows = [
            _BEGIN,
            line("UID", text(uid(entry.key))),
            line("SEQUENCE", str(entry.sequence)),
            line("DTSTAMP", changed),
            line("LAST-MODIFIED", changed),
            self._time("DTSTART", showing.date, facts.start),
            self._time("DTEND", showing.date, facts.end),
            line("SUMMARY", text(wording.summary(showing, self.kind))),
            line("LOCATION", text(wording.location(facts))),
            line("DESCRIPTION", text(wording.description(showing, self.zone))),
            line("CATEGORIES", text(wording.CATEGORIES[facts.kind])),
            *self._status(showing),
        ]
        if self.options.alarm is not None and not showing.off:
            rows += _alarm(self.options.alarm, wording.summary(showing, self.kind))
        return b"".join((*rows, _END))

    def _time(self, name: str, date: dt.date, minutes: int) -> bytes:
        # Adding within one zone moves the wall clock, which is what a bell shows.
        midnight = dt.datetime.combine(date, dt.time(), self.zone)
        clock = midnight + dt.timedelta(minutes=minutes)
        if self.options.utc:
            return line(name, _utc(clock))
        return line(f"{name};TZID={self.zone.key}", f"{clock:%Y%m%dT%H%M%S}")

    def _status(self, showing: Showing) -> tuple[bytes, bytes]:
        if not showing.off:
            return line("STATUS", "CONFIRMED"), line("TRANSP", "OPAQUE")
        shown = self.options.cancelled is Cancelled.STATUS
        status = "CANCELLED" if shown else "CONFIRMED"
        return line("STATUS", status), line("TRANSP", "TRANSPARENT")


def _utc(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _alarm(minutes: int, title: str) -> list[bytes]:
    return [
        b"BEGIN:VALARM\r\n",
        line("ACTION", "DISPLAY"),
        line("DESCRIPTION", text(title)),
        line("TRIGGER", f"-PT{minutes}M"),
        b"END:VALARM\r\n",
    ]
