"""What takes place of a feed: repeated, moved singly, or changed from then on."""

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.formats.ical.feed_error import FeedError
from scheduler.formats.ical.recurrence import starts_of
from scheduler.model.text import Text

Window = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Occurrence:
    """An event at one time; ``event`` is where its name stands."""

    start: dt.date
    length: dt.timedelta
    event: Any


@dataclass(frozen=True, slots=True)
class _Change:
    """A change that holds from one event of a series on (``RANGE=THISANDFUTURE``)."""

    since: dt.datetime
    event: Any
    shift: dt.timedelta
    length: dt.timedelta

    @staticmethod
    def of(event: Any, zone: ZoneInfo) -> "_Change":
        """Read it; the shift is by the clock, so that it stays in summer and winter."""
        since = moment(event["recurrence-id"].dt, zone)
        first, length = first_and_length(event, zone)
        shift = moment(first, zone).replace(tzinfo=None) - since.replace(tzinfo=None)
        return _Change(since, event, shift, length)

    def applied(self, start: dt.date, zone: ZoneInfo) -> Occurrence:
        """The later event at its new time, of the same kind as the change is."""
        begin = moment(start, zone).replace(tzinfo=None) + self.shift
        if isinstance(self.event["dtstart"].dt, dt.datetime):
            return Occurrence(begin.replace(tzinfo=zone), self.length, self.event)
        return Occurrence(begin.date(), self.length, self.event)


def occurrences(
    events: Iterable[Any], window: Window, zone: ZoneInfo, budget: list[int]
) -> Iterator[Occurrence]:
    """All that takes place in a window of dates and is neither cancelled nor free.

    Parameters:
        zone: Of times that name none.
        budget: Counted down by the days that rules are asked about.

    Raises:
        FeedError: an event cannot be, or rules repeat far too often.
    """
    events = [event for event in events if "dtstart" in event]
    single = {_key(x, x["recurrence-id"].dt, zone) for x in events if _is_change(x)}
    later: dict[str, list[_Change]] = defaultdict(list)
    for event in events:
        if _is_change(event) and _holds_on(event):
            later[str(event.get("uid", ""))].append(_Change.of(event, zone))
    for changes in later.values():
        changes.sort(key=lambda change: change.since)
    for event in events:
        changes = [] if _is_change(event) else later[str(event.get("uid", ""))]
        for found in _of_event(event, changes, window, zone, budget, single):
            if not _is_free(found.event):
                yield found
        if budget[0] < 0:
            raise FeedError(
                Text("日历里的重复规则太多", "repeats its events far too often")
            )


def _of_event(
    event: Any,
    changes: list[_Change],
    window: Window,
    zone: ZoneInfo,
    budget: list[int],
    single: set[tuple[str, dt.datetime]],
) -> Iterator[Occurrence]:
    first, length = first_and_length(event, zone)
    reach = max((abs(x.shift) + x.length for x in changes), default=dt.timedelta())
    wide = (window[0] - length - reach, window[1] + reach)
    for start in starts_of(event, first, wide, budget, zone):
        if not _is_change(event) and _key(event, start, zone) in single:
            continue
        at = bisect_right(changes, moment(start, zone), key=lambda x: x.since)
        if at:
            yield changes[at - 1].applied(start, zone)
        else:
            yield Occurrence(start, length, event)


def _is_change(event: Any) -> bool:
    return "recurrence-id" in event


def _holds_on(event: Any) -> bool:
    value = str(event["recurrence-id"].params.get("RANGE", ""))
    return value.upper() == "THISANDFUTURE"


def _key(event: Any, start: dt.date, zone: ZoneInfo) -> tuple[str, dt.datetime]:
    return str(event.get("uid", "")), moment(start, zone)


def _is_free(event: Any) -> bool:
    status, transparency = event.get("status", ""), event.get("transp", "")
    return str(status).upper() == "CANCELLED" or (
        str(transparency).upper() == "TRANSPARENT"
    )


def first_and_length(event: Any, zone: ZoneInfo) -> tuple[dt.date, dt.timedelta]:
    """Start of an event, in the school's zone where it names none, and its length.

    Raises:
        FeedError: it ends before it starts.
    """
    first = event["dtstart"].dt
    if "dtend" in event:
        length = event["dtend"].dt - first
    elif "duration" in event:
        length = event["duration"].dt
    else:
        whole_day = not isinstance(first, dt.datetime)
        length = dt.timedelta(days=1) if whole_day else dt.timedelta()
    if length < dt.timedelta():
        name = str(event.get("summary", ""))[:80]
        raise FeedError(
            Text(
                f"日程“{name}”结束早于开始",
                f'has an event "{name}" that ends before it starts',
            )
        )
    if isinstance(first, dt.datetime) and first.tzinfo is None:
        first = first.replace(tzinfo=zone)
    return first, length


def moment(value: dt.date, zone: ZoneInfo) -> dt.datetime:
    """A start as a moment at the school; a date begins at midnight."""
    if not isinstance(value, dt.datetime):
        value = dt.datetime.combine(value, dt.time())
    return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(zone)
