"""Calendar feeds and files (iCalendar, RFC 5545 and 7986)."""

from scheduler.formats.ical.export import export_ics
from scheduler.formats.ical.feed import feed, with_source
from scheduler.formats.ical.options import Cancelled, Options

__all__ = ["Cancelled", "Options", "export_ics", "feed", "with_source"]
