"""When an event of an iCal feed takes place: its rules, dates added and left out.

A rule is asked day by day whether it holds, only on the days of the window unless it
counts its events. So nothing a stranger writes into a feed repeats without end.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from scheduler.formats.ical.feed_error import FeedError
from scheduler.model.text import Text

_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "RSCALE"} | {
    *("BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"),
}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ENDLESS = 2**31


def starts_of(
    event: Any,
    first: dt.date,
    window: tuple[dt.date, dt.date],
    budget: list[int],
    zone: dt.tzinfo = dt.UTC,
) -> Iterator[dt.date]:
    """Starts of an event from the first to the last date of a window.

    Dates stay dates, times keep their zone: a weekly event at 18:00 is at 18:00 by the
    clock of its own zone, in summer and in winter. ``budget[0]`` is counted down by the
    days that are asked; where it falls below 0 nothing more is found.

    Dates added and left out may stand in any zone, in ``zone`` where they name none; a
    date without a time leaves out whatever starts on it.

    Raises:
        FeedError: a rule repeats several times a day.
        ValueError: it cannot be read.
    """
    # A day to either side, for the zone of the event may be another.
    low, high = window[0] - dt.timedelta(days=1), window[1] + dt.timedelta(days=1)
    left_out = {_by_clock(x, first, zone) for x in _dates(event, "exdate")}
    days_out = {x for x in _dates(event, "exdate") if not isinstance(x, dt.datetime)}
    added = {_by_clock(x, first, zone) for x in _dates(event, "rdate")}
    starts = {_naive(first), *added}
    if "rrule" in event and "recurrence-id" not in event:
        rules = event["rrule"]
        for given in rules if isinstance(rules, list) else [rules]:
            rule = _Rule.of(given, first)
            starts |= set(rule.starts(_naive(first), low, high, budget))
    for start in sorted(starts - left_out):
        if low <= start.date() <= high and start.date() not in days_out:
            yield _like(first, start)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A repetition rule of RFC 5545 whose unit is a day or longer.

    ``days`` are pairs of weekday (0 is Monday) and ordinal (0 where it has none).
    """

    frequency: str
    interval: int
    count: int
    until: dt.datetime | None
    week_start: int
    days: tuple[tuple[int, int], ...]
    month_days: tuple[int, ...]
    months: tuple[int, ...]
    positions: tuple[int, ...]

    @staticmethod
    def of(given: Any, first: dt.date) -> "_Rule":
        """Read a rule of an event that first takes place then.

        Raises:
            FeedError: it is of a kind that no booking needs.
            ValueError: it cannot be read.
        """
        parts = {
            str(key).upper(): tuple(values) if isinstance(values, list) else (values,)
            for key, values in given.items()
        }
        frequency = str(parts.get("FREQ", ("",))[0]).upper()
        if frequency not in _FREQUENCIES:
            zh, en = "有日程一天重复多次", "has an event that repeats within a day"
            raise FeedError(Text(zh, en))
        if unknown := sorted(parts.keys() - _KNOWN):
            zh, en = "有日程按{}重复", "has an event that repeats by {}"
            raise FeedError(Text(zh.format(unknown[0]), en.format(unknown[0])))
        until = parts.get("UNTIL", (None,))[0]
        return _Rule(
            frequency,
            max(1, int(parts.get("INTERVAL", (1,))[0])),
            int(parts.get("COUNT", (_ENDLESS,))[0]),
            None if until is None else _until(until, first),
            _WEEKDAYS.index(str(parts.get("WKST", ("MO",))[0]).upper()),
            tuple(map(_weekday, parts.get("BYDAY", ()))),
            tuple(int(x) for x in parts.get("BYMONTHDAY", ())),
            tuple(int(x) for x in parts.get("BYMONTH", ())),
            tuple(int(x) for x in parts.get("BYSETPOS", ())),
        )

    def starts(
        self, first: dt.datetime, low: dt.date, high: dt.date, budget: list[int]
    ) -> Iterator[dt.datetime]:
        """Starts from ``first`` to ``high``; those before ``low`` may be left out."""
        if self.until is not None:
            high = min(high, self.until.date())
        begin = first.date() if self.count < _ENDLESS else max(first.date(), low)
        begin = self._begin_of_period(begin)
        # Positions count within whole periods, also beyond the last day wanted.
        end = self._end_of_period(high) if self.positions else high
        budget[0] -= max(0, (end - begin).days + 1)
        if budget[0] < 0:
            return
        days = (begin + dt.timedelta(k) for k in range((end - begin).days + 1))
        number = 0
        for period, inside in groupby(days, key=lambda day: self._period(day)):
            if (period - self._period(first.date())) % self.interval:
                continue
            for day in self._chosen([d for d in inside if self._holds(d, first)]):
                start = dt.datetime.combine(day, first.time())
                if start < first or (self.until and start > self.until):
                    continue
                if day > high:
                    return
                number += 1
                if number > self.count:
                    return
                yield start

    def _begin_of_period(self, day: dt.date) -> dt.date:
        match self.frequency:
            case "WEEKLY":
                return day - dt.timedelta((day.weekday() - self.week_start) % 7)
            case "MONTHLY":
                return day.replace(day=1)
            case "YEARLY":
                return day.replace(month=1, day=1)
        return day

    def _end_of_period(self, day: dt.date) -> dt.date:
        match self.frequency:
            case "WEEKLY":
                return self._begin_of_period(day) + dt.timedelta(days=6)
            case "MONTHLY":
                return day.replace(day=_month_length(day))
            case "YEARLY":
                return day.replace(month=12, day=31)
        return day

    def _period(self, day: dt.date) -> int:
        match self.frequency:
            case "WEEKLY":
                return (day.toordinal() - 1 - self.week_start) // 7
            case "MONTHLY":
                return day.year * 12 + day.month
            case "YEARLY":
                return day.year
        return day.toordinal()

    def _chosen(self, days: list[dt.date]) -> list[dt.date]:
        """Of the days of one period those at the wanted positions."""
        if not self.positions:
            return days
        count = len(days)
        wanted = {p - 1 if p > 0 else count + p for p in self.positions}
        return [day for k, day in enumerate(days) if k in wanted]

    def _holds(self, day: dt.date, first: dt.datetime) -> bool:
        if self.months and day.month not in self.months:
            return False
        left = _month_length(day) - day.day
        if self.month_days and not {day.day, -left - 1} & set(self.month_days):
            return False
        if self.days:
            return any(self._is_weekday(day, *wanted) for wanted in self.days)
        if self.month_days:
            return True
        match self.frequency:
            case "WEEKLY":
                return day.weekday() == first.weekday()
            case "MONTHLY":
                return day.day == first.day
            case "YEARLY":
                month = bool(self.months) or day.month == first.month
                return month and day.day == first.day
        return True

    def _is_weekday(self, day: dt.date, weekday: int, ordinal: int) -> bool:
        if day.weekday() != weekday:
            return False
        if not ordinal or self.frequency in ("DAILY", "WEEKLY"):
            return True
        before, after = day.day - 1, _month_length(day) - day.day
        if self.frequency == "YEARLY" and not self.months:
            before = day.timetuple().tm_yday - 1
            after = (day.replace(month=12, day=31) - day).days
        return ordinal in (before // 7 + 1, -(after // 7) - 1)


def _month_length(day: dt.date) -> int:
    later = day.replace(day=28) + dt.timedelta(days=4)
    return (later - dt.timedelta(days=later.day)).day


def _weekday(value: Any) -> tuple[int, int]:
    """``2TU`` as (1, 2), ``TU`` as (1, 0)."""
    text = str(value).upper()
    return _WEEKDAYS.index(text[-2:]), int(text[:-2] or 0)


def _until(value: dt.date, first: dt.date) -> dt.datetime:
    """The last start allowed, by the clock of the event's own zone."""
    if not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time.max)
    if value.tzinfo is not None and isinstance(first, dt.datetime) and first.tzinfo:
        value = value.astimezone(first.tzinfo)
    return value.replace(tzinfo=None)


def _dates(event: Any, name: str) -> Iterator[dt.date]:
    if name not in event:
        return
    lists = event[name]
    for values in lists if isinstance(lists, list) else [lists]:
        for value in values.dts:
            found = value.dt
            yield found[0] if isinstance(found, tuple) else found


def _naive(value: dt.date) -> dt.datetime:
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)
    return dt.datetime.combine(value, dt.time())


def _by_clock(value: dt.date, first: dt.date, zone: dt.tzinfo) -> dt.datetime:
    """A date added or left out, by the clock of the event's own zone.

    A date without a time is at the event's own; of an event of whole days only the
    date of a moment counts.
    """
    if not isinstance(value, dt.datetime):
        at = first.time() if isinstance(first, dt.datetime) else dt.time()
        return dt.datetime.combine(value, at)
    known = value if value.tzinfo else value.replace(tzinfo=zone)
    if isinstance(first, dt.datetime):
        return _naive(known.astimezone(first.tzinfo or zone))
    return dt.datetime.combine(known.astimezone(zone).date(), dt.time())


def _like(first: dt.date, start: dt.datetime) -> dt.date:
    """A start of the same kind, and in the same zone, as the first."""
    if isinstance(first, dt.datetime):
        return start.replace(tzinfo=first.tzinfo)
    return start.date()
