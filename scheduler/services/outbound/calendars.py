"""Venues' calendars: fetched into the tables, never while solving.

``bookings.csv``, or the sheet of a workbook, holds the last good copy of every calendar
as dated bookings; ``calendars.json`` beside it (of ``school.xlsx``
``school.calendars.json``) says when each was fetched, and what went wrong since.
"""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scheduler.formats.ical.bookings import read_bookings, too_large
from scheduler.formats.ical.feed_error import FeedError
from scheduler.formats.tables.dated.date_writing import home_of, write_bookings
from scheduler.formats.tables.files.atomic import write_file
from scheduler.model.closures import Booking, Calendar, CalendarSettings
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.services.outbound.fetching import FetchError, Limits, fetch

STATE_FILE = "calendars.json"


@dataclass(frozen=True, slots=True)
class CalendarState:
    """When a calendar was fetched and tried last (UTC), and why it failed since."""

    source: str
    fetched_at: dt.datetime | None = None
    tried_at: dt.datetime | None = None
    fault: Text | None = None


@dataclass(frozen=True, slots=True)
class CalendarStatus:
    """A calendar, its bookings in the term, how old they are."""

    calendar: Calendar
    state: CalendarState
    bookings: int
    age: dt.timedelta | None
    stale: bool

    @property
    def shown_source(self) -> str:
        """The file, or the host alone: the rest of an address may be a secret."""
        if not self.calendar.is_remote:
            return self.calendar.source
        parts = urlsplit(self.calendar.source)
        return f"{parts.scheme}://{parts.hostname or ''}/…"


def statuses(
    problem: Problem, data: Path, now: dt.datetime
) -> tuple[CalendarStatus, ...]:
    """Every calendar with its age; stale where it is too old or was never fetched.

    Parameters:
        data: Folder of the tables, or a workbook.
    """
    known = read_states(data)
    limit = dt.timedelta(hours=CalendarSettings.of(problem.rules).stale_hours)
    counts = {c.calendar_id: 0 for c in problem.calendars}
    for booking in problem.bookings:
        counts[booking.calendar_id] += 1
    found = []
    for calendar in problem.calendars:
        state = _state(known, calendar)
        age = now - state.fetched_at if state.fetched_at else None
        stale = age is None or age > limit
        count = counts[calendar.calendar_id]
        found.append(CalendarStatus(calendar, state, count, age, stale))
    return tuple(found)


def refresh(
    problem: Problem,
    data: Path,
    now: Callable[[], dt.datetime],
    allow_private: bool = False,
) -> Problem:
    """Fetch every calendar; what cannot be fetched keeps its last good copy.

    Both files are written whole. The problem comes back with the new bookings.
    """
    states = read_states(data)
    rows: list[Booking] = []
    for calendar in problem.calendars:
        name, state = calendar.calendar_id, _state(states, calendar)
        try:
            found = _fetch(problem, calendar, home_of(data), allow_private)
        except (FetchError, FeedError) as error:
            found = tuple(b for b in problem.bookings if b.calendar_id == name)
            states[name] = replace(state, tried_at=now(), fault=error.text)
        else:
            states[name] = CalendarState(calendar.source, now(), now())
        rows += found
    names = [c.calendar_id for c in problem.calendars]
    write_bookings(rows, data)
    _write_states({name: states[name] for name in names}, data)
    return replace(problem, bookings=tuple(rows))


def _fetch(
    problem: Problem, calendar: Calendar, folder: Path, allow_private: bool
) -> tuple[Booking, ...]:
    settings = CalendarSettings.of(problem.rules)
    size = settings.max_kilobytes * 1024
    if calendar.is_remote:
        limits = Limits(size, settings.seconds, allow_private)
        content = fetch(calendar.source.strip(), limits)
    else:
        content = _read(folder, calendar.source.strip(), settings)
    return read_bookings(content, calendar.calendar_id, problem.term, settings)


def _read(folder: Path, source: str, settings: CalendarSettings) -> bytes:
    """A file of the folder; never one that a link leads out of it to."""
    path = (folder / source.replace("\\", "/")).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise FeedError(Text("不在数据文件夹之内", "is not inside the folder"))
    if not path.is_file():
        raise FeedError(Text("没有这个文件", "is a file that is not there"))
    size = settings.max_kilobytes * 1024
    try:
        with path.open("rb") as file:
            content = file.read(size + 1)
    except OSError as error:
        why = error.strerror or str(error)
        raise FeedError(Text(f"读不出来（{why}）", f"cannot be read ({why})")) from None
    if len(content) > size:
        raise FeedError(too_large(settings))
    return content


def _state(states: dict[str, CalendarState], calendar: Calendar) -> CalendarState:
    """What is known of a calendar; nothing where its source is another now."""
    state = states.get(calendar.calendar_id)
    if state is None or state.source != calendar.source:
        return CalendarState(calendar.source)
    return state


def _state_file(data: Path) -> Path:
    return data / STATE_FILE if data.is_dir() else data.with_suffix(f".{STATE_FILE}")


def read_states(data: Path) -> dict[str, CalendarState]:
    """States by calendar id; none where the file is missing or is no longer sound."""
    try:
        text = _state_file(data).read_text(encoding="utf-8")
        return {name: _typed(row) for name, row in json.loads(text).items()}
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return {}


def _typed(row: dict[str, Any]) -> CalendarState:
    fetched, tried, fault = row["fetched_at"], row["tried_at"], row["fault"]
    return CalendarState(
        row["source"],
        dt.datetime.fromisoformat(fetched) if fetched else None,
        dt.datetime.fromisoformat(tried) if tried else None,
        Text(fault["zh"], fault["en"]) if fault else None,
    )


def _write_states(states: dict[str, CalendarState], data: Path) -> None:
    rows = {name: asdict(state) for name, state in states.items()}
    text = json.dumps(rows, ensure_ascii=False, indent=1, default=dt.datetime.isoformat)
    write_file(_state_file(data), text.encode(), replace=True)
