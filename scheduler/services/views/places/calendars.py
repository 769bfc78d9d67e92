"""Sentences about venues' calendars: what was fetched, when, what it closes."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scheduler.constraints import describe
from scheduler.formats.problem.reading import read_problem
from scheduler.model.closures import Booking
from scheduler.model.errors import InputError
from scheduler.model.problem import Problem
from scheduler.model.text import Text, weekday
from scheduler.model.times import format_clock
from scheduler.services.outbound.calendars import CalendarStatus, statuses


@dataclass(frozen=True, slots=True)
class CalendarsView:
    """Calendars of the tables: how old they are, and what is booked by now.

    ``bookings`` may be newer than those a publication was made with.
    """

    statuses: tuple[CalendarStatus, ...]
    bookings: tuple[Booking, ...]


class ServedTables:
    """The tables a site serves, read again only when one of their files has changed."""

    def __init__(self, data: Path) -> None:
        """``data`` is a folder of tables, or a workbook."""
        self.data = data
        self._read: tuple[object, Problem | None] | None = None

    def view(self, now: dt.datetime) -> CalendarsView | None:
        """Their calendars; None where the tables have faults by now."""
        problem = self._problem()
        if problem is None:
            return None
        return CalendarsView(statuses(problem, self.data, now), problem.bookings)

    def _problem(self) -> Problem | None:
        # Looked at before reading: a change meanwhile is read the next time.
        files = _files(self.data)
        if self._read is None or self._read[0] != files:
            try:
                self._read = files, read_problem(self.data).problem
            except InputError:
                self._read = files, None
        return self._read[1]


def _files(data: Path) -> tuple[tuple[str, int, int], ...]:
    """Name, time and size of every file."""
    found = []
    for path in sorted(data.iterdir()) if data.is_dir() else (data,):
        try:
            state = path.stat()
        except OSError:
            continue  # deleted this moment
        found.append((path.name, state.st_mtime_ns, state.st_size))
    return tuple(found)


def status_sentence(problem: Problem, status: CalendarStatus) -> Text:
    """One calendar: its venue, source, bookings, age, and what went wrong."""
    calendar = status.calendar
    venue = problem.venue[calendar.venue_id].name
    place = describe.zone(problem, calendar.zone_id) if calendar.zone_id else venue
    age, fault = age_text(status), status.state.fault
    stale = Text("，已过期", ", stale") if status.stale else Text("", "")
    wrong = Text("", "")
    if fault is not None:
        wrong = Text(
            f"；上次更新失败：{fault.zh}", f"; the last try failed: {fault.en}"
        )
    return Text(
        f"{calendar.title}（{place}，{status.shown_source}）：学期内{status.bookings}条预订，"
        f"{age.zh}{stale.zh}{wrong.zh}",
        f"{calendar.title} ({place}, {status.shown_source}): {status.bookings} "
        f"booking(s) in the term, {age.en}{stale.en}{wrong.en}",
    )


def age_text(status: CalendarStatus) -> Text:
    """How long ago a calendar was fetched."""
    age = status.age
    if age is None:
        return Text("从未更新", "never fetched")
    hours = max(0, age // dt.timedelta(hours=1))
    if hours >= 48:
        return Text(f"{hours // 24}天前更新", f"fetched {hours // 24} days ago")
    return Text(f"{hours}小时前更新", f"fetched {hours} hour(s) ago")


def booking_sentences(problem: Problem, since: dt.date) -> tuple[Text, ...]:
    """Bookings from a date on, in order."""
    of = {c.calendar_id: c for c in problem.calendars}
    found = []
    for b in sorted(problem.bookings, key=lambda b: (b.date, b.start)):
        if b.date < since:
            continue
        calendar, day = of[b.calendar_id], weekday(b.date.isoweekday())
        place = problem.venue[calendar.venue_id].name
        if calendar.zone_id:
            place = describe.zone(problem, calendar.zone_id)
        clock = f"{format_clock(b.start)}–{format_clock(b.end)}"
        zh = f"{b.date} {day.zh} {clock} {place} {b.name}"
        en = f"{b.date} {day.en} {clock} {place} {b.name}"
        found.append(Text(zh.rstrip(), en.rstrip()))
    return tuple(found)


def status_facts(status: CalendarStatus) -> dict[str, Any]:
    """A calendar as data."""
    state, calendar = status.state, status.calendar
    return {
        "calendar_id": calendar.calendar_id,
        "venue_id": calendar.venue_id,
        "zone_id": calendar.zone_id,
        "source": status.shown_source,
        "bookings": status.bookings,
        "fetched_at": state.fetched_at.isoformat() if state.fetched_at else None,
        "stale": status.stale,
        "error": state.fault.both() if state.fault else None,
    }
