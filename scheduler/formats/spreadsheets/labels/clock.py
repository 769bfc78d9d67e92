"""Clock times on sheets: 8:20-9:00, 8：20—9：00, 0820, 8点20分, fractions of a day."""

import re
from datetime import datetime, time

from scheduler.formats.sheets.grid import Cell
from scheduler.formats.spreadsheets.labels.words import plain

_ONE = (
    r"(?:(上午|下午|早上|晚上|中午|AM|PM)\s*)?"
    r"(\d{1,2})(?:[:.点时](\d{2})分?)(?::\d{2})?"
)
_RANGE = re.compile(rf"\(?{_ONE}\s*(?:-+|~|至|到|—)\s*{_ONE}\)?", re.IGNORECASE)
_SINGLE = re.compile(_ONE, re.IGNORECASE)
_FRACTION = re.compile(r"0\.\d{3,}")
LATE = ("下午", "晚上", "PM", "pm")
Span = tuple[int | None, int | None]
NO_TIME: Span = (None, None)


def span_in(text: str) -> tuple[Span, str]:
    """The time range that a text holds, in minutes, and the text without it."""
    spelt = plain(text)
    match = _RANGE.search(spelt)
    if match is None:
        return NO_TIME, spelt
    start = _minutes(match[1], match[2], match[3])
    end = _minutes(match[4], match[5], match[6])
    if start is None or end is None:
        return NO_TIME, spelt
    rest = f"{spelt[: match.start()]} {spelt[match.end() :]}".strip()
    if end < start and end + 720 > start:
        end += 720
    return (start, end), rest


def moment(cell: Cell) -> int | None:
    """The time of day in a cell that holds nothing else, in minutes."""
    match cell.value:
        case datetime(hour=hour, minute=minute) | time(hour=hour, minute=minute):
            return 60 * hour + minute
        case float(value) if 0.2 <= value < 1:
            return round(value * 1440)
        case _:
            return _moment_of(plain(cell.text))


def _moment_of(spelt: str) -> int | None:
    single = _SINGLE.fullmatch(spelt)
    if single and "." not in spelt:
        return _minutes(single[1], single[2], single[3])
    if _FRACTION.fullmatch(spelt) and float(spelt) >= 0.2:
        return round(float(spelt) * 1440)
    return None


def _minutes(part: str | None, hour: str, minute: str) -> int | None:
    value = 60 * int(hour) + int(minute)
    if part in LATE and int(hour) < 12:
        value += 720
    return value if value < 1440 and int(minute) < 60 else None
