"""The time it is; the only place that asks the system's clock for it."""

import datetime as dt
from zoneinfo import ZoneInfo


def utc_now() -> dt.datetime:
    """The moment it is."""
    return dt.datetime.now(dt.UTC)


def local_today(timezone: str) -> dt.date:
    """The date it is at a school."""
    return utc_now().astimezone(ZoneInfo(timezone)).date()
