"""What a feed holds, counted line by line before any parser builds it in memory.

A feed is somebody else's: parsing takes long where lines, dates or rules are many, and
never ends where a time zone repeats every second. Bounds are far above what a venue's
calendar of a term needs.
"""

import re
from dataclasses import dataclass, field

from scheduler.formats.ical.feed_error import FeedError
from scheduler.model.text import Text

MOST_COMPONENTS = 20_000
MOST_LINES = 150_000
MOST_DATES = 20_000
"""Dates added to events or left out, all together."""
MOST_OBSERVANCES = 500
"""Changes of the clock that the feed's time zones describe, dates and rules alike."""
LONGEST_RULE = 500
LONGEST_ZONE = 100
DEEPEST = 8
_FOLD = re.compile(rb"\r?\n[ \t]")
_ZONE = re.compile(rb"^(?:[^:\"]*;)?TZID[=:]\"?([^\";:\r\n]*)", re.I)
_ZONE_RULE = re.compile(
    rb"RRULE:(?:(?:FREQ=YEARLY|INTERVAL=\d+|COUNT=\d+|UNTIL=\w+|WKST=\w+|BYMONTH=\d+"
    rb"|BYDAY=[-+\w]+|BYMONTHDAY=[-\d,]+)(?:;|$))+$",
    re.I,
)


@dataclass
class _Count:
    """How much of everything has been seen."""

    open: list[bytes] = field(default_factory=list)
    components: int = 0
    dates: int = 0
    observances: int = 0


def count_feed(content: bytes) -> None:
    """Refuse a feed that is too much of anything.

    Raises:
        FeedError: says of what.
    """
    if content.count(b"\n") > MOST_LINES:
        raise FeedError(_too_many("行", "lines", MOST_LINES))
    count = _Count()
    for line in _FOLD.sub(b"", content).splitlines():
        _take(line, count)


def _take(line: bytes, count: _Count) -> None:
    name = line[:6].upper()
    if name == b"BEGIN:":
        _begin(line[6:].strip().upper(), count)
    elif name[:4] == b"END:":
        del count.open[-1:]
    elif name[:5] in (b"RRULE", b"EXRUL"):
        _rule(line, count)
    elif name in (b"RDATE:", b"RDATE;", b"EXDATE"):
        _dates(line, count)
    if b"TZID" in line.upper()[:400]:
        zone = _ZONE.match(line)
        if zone and len(zone[1]) > LONGEST_ZONE:
            raise FeedError(
                Text("时区名称过长", "names a time zone of more than 100 letters")
            )


def _begin(component: bytes, count: _Count) -> None:
    count.open.append(component)
    count.components += 1
    if len(count.open) > DEEPEST:
        raise FeedError(
            Text("日历层层嵌套，不予读取", "nests calendars within calendars")
        )
    if count.components > MOST_COMPONENTS:
        raise FeedError(_too_many("项日程", "events", MOST_COMPONENTS))
    if component in (b"STANDARD", b"DAYLIGHT"):
        _observe(1, count)


def _rule(line: bytes, count: _Count) -> None:
    if len(line) > LONGEST_RULE:
        raise FeedError(
            Text(
                f"有重复规则长达{len(line)}个字符",
                f"has a repetition rule of {len(line)} letters",
            )
        )
    if b"VTIMEZONE" in count.open and not _ZONE_RULE.match(line.strip()):
        raise FeedError(
            Text(
                "时区的重复规则不是每年一次",
                "has a time zone whose rule is not a yearly one",
            )
        )


def _dates(line: bytes, count: _Count) -> None:
    dates = line.count(b",") + 1
    if b"VTIMEZONE" in count.open:
        _observe(dates, count)
        return
    count.dates += dates
    if count.dates > MOST_DATES:
        raise FeedError(
            _too_many("个增减的日期", "dates added or left out", MOST_DATES)
        )


def _observe(number: int, count: _Count) -> None:
    count.observances += number
    if count.observances > MOST_OBSERVANCES:
        raise FeedError(
            _too_many("次时区调整", "changes of its time zones", MOST_OBSERVANCES)
        )


def _too_many(zh: str, en: str, most: int) -> Text:
    return Text(f"超过{most}{zh}，不予读取", f"has more than {most} {en}")
