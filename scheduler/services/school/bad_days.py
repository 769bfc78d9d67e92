"""Applying the plan for bad weather to a date of the timetable in force; undoing it."""

import datetime as dt
import threading
from collections.abc import Callable

from sqlalchemy import Connection, insert, select

from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.model.weather import HalfDay, RainPlan, Weather
from scheduler.services.school.publishing import (
    OTHER_VERSION,
    Publication,
    local_date,
    newest_publication,
)
from scheduler.services.store.bad_day_rows import (
    BadDay,
    add_bad_day,
    bad_days_by_slot,
    diversions_of,
    end_bad_day,
    load_bad_days,
)
from scheduler.services.store.database import OfficeDatabase
from scheduler.services.store.entry_rows import load_date, save
from scheduler.services.store.office_check import here
from scheduler.services.store.schema import PUBLICATIONS
from scheduler.solver.rain.planning import rain_plan
from scheduler.term.calendar import term_code
from scheduler.term.history import Publishing, revise
from scheduler.term.rain import CannotApply, Diversion, diversions_on

NOTHING_PUBLISHED = Text("还没有发布过课表。", "No timetable has been published yet.")
NOT_IN_FORCE = Text(
    "没有这一次启用，或已经撤销。",
    "There is no such plan in force; maybe undone before.",
)


class BadDays:
    """The bad days of an office; every change is a publication of its own.

    So calendars, pages and versions follow, and nothing is lost: an applied plan that
    is undone stays in the history.
    """

    def __init__(
        self, database: OfficeDatabase, current: Callable[[], Publication | None]
    ) -> None:
        self._database = database
        self._current = current
        self._planned: tuple[Timetable, RainPlan] | None = None
        self._lock = threading.Lock()

    def plan(self) -> RainPlan:
        """The plan for the timetable in force; made once for each timetable.

        Raises:
            CannotApply: nothing is published.
        """
        timetable = self._publication().timetable
        with self._lock:
            if self._planned is None or self._planned[0] != timetable:
                self._planned = timetable, rain_plan(timetable)
            return self._planned[1]

    def all(self) -> tuple[BadDay, ...]:
        """Plans applied in the term in force and not undone, by date."""
        current = self._current()
        if current is None:
            return ()
        with self._database.read() as connection:
            return load_bad_days(connection, term_code(current.problem.term))

    def diversions(self) -> tuple[Diversion, ...]:
        """Where they send lessons."""
        return diversions_of(self.all())

    def today(self) -> dt.date | None:
        """The date at the school; None where nothing is published."""
        current = self._current()
        if current is None:
            return None
        return local_date(self._database.now(), current.problem.term.timezone)

    def coming(self) -> tuple[BadDay, ...]:
        """Those of today and later."""
        today = self.today()
        return tuple(d for d in self.all() if today is not None and d.date >= today)

    def apply(
        self, date: dt.date, half: HalfDay, weather: Weather, by: str = ""
    ) -> BadDay:
        """Send the outdoor lessons of a date or half-day indoors, and publish that.

        Raises:
            CannotApply: the date is past, outside the term, without lessons (outdoors),
                or a plan is in force for it already; nothing has changed.
        """
        current, plan = self._publication(), self.plan()
        term = current.problem.term
        code = term_code(term)
        at = self._database.now().replace(microsecond=0)
        with self._database.write() as connection:
            before = load_bad_days(connection, code)
            self._refuse_past(date, at, term.timezone)
            _refuse_again(before, date, half)
            found = diversions_on(
                current.timetable, plan, date, half, weather, bad_days_by_slot(before)
            )
            add_bad_day(connection, code, half, found, at, by)
            name = f"{weather.text.zh}预案：{date} {half.text.zh}"
            _republish(connection, current, name, date, at)
            after = load_bad_days(connection, code)
        known = {day.bad_day_id for day in before}
        return next(day for day in after if day.bad_day_id not in known)

    def undo(self, bad_day_id: int, by: str = "") -> BadDay:
        """Send the lessons back where the timetable has them, and publish that.

        Raises:
            CannotApply: it is not in force, or its date is past.
        """
        current = self._publication()
        term = current.problem.term
        at = self._database.now().replace(microsecond=0)
        with self._database.write() as connection:
            known = load_bad_days(connection, term_code(term))
            found = next((d for d in known if d.bad_day_id == bad_day_id), None)
            if found is None:
                raise CannotApply(NOT_IN_FORCE)
            self._refuse_past(found.date, at, term.timezone)
            end_bad_day(connection, bad_day_id, at, by)
            label = f"{found.weather.text.zh}预案：{found.date} {found.half.text.zh}"
            _republish(connection, current, f"撤销{label}", found.date, at)
        return found

    def undo_date(self, date: dt.date, half: HalfDay, by: str = "") -> BadDay:
        """Undo what is in force on a date or half-day.

        Raises:
            CannotApply: nothing is, or the date is past.
        """
        found = [d for d in self.all() if d.date == date and d.half is half]
        if not found:
            raise CannotApply(
                Text(
                    f"{date} {half.text.zh}没有启用预案。",
                    f"No plan is in force on {date} ({half.text.en}).",
                )
            )
        return self.undo(found[0].bad_day_id, by)

    def _publication(self) -> Publication:
        current = self._current()
        if current is None:
            raise CannotApply(NOTHING_PUBLISHED)
        return current

    def _refuse_past(self, date: dt.date, at: dt.datetime, timezone: str) -> None:
        today = local_date(at, timezone)
        if date < today:
            raise CannotApply(
                Text(
                    f"{date} 已经过去，日历上的课不再改动。",
                    f"{date} is past: its lessons in the calendars stay as they were.",
                )
            )


def _refuse_again(before: tuple[BadDay, ...], date: dt.date, half: HalfDay) -> None:
    for day in before:
        if day.date == date and day.half.meets(half):
            raise CannotApply(
                Text(
                    f"{date} {day.half.text.zh}已经启用了预案，请先撤销再启用。",
                    f"A plan is in force on {date} ({day.half.text.en}) already. "
                    "Undo it first.",
                )
            )


def _republish(
    connection: Connection,
    current: Publication,
    name: str,
    date: dt.date,
    at: dt.datetime,
) -> None:
    """A new version of the same timetable, with the diversions now in force.

    Raises:
        CannotApply: another version has come between.
    """
    newest = newest_publication(connection)
    if newest is None or newest.version != current.version:
        raise CannotApply(OTHER_VERSION)
    version = newest.version + 1
    kept = select(PUBLICATIONS).where(
        here(connection, PUBLICATIONS), PUBLICATIONS.c.version == newest.version
    )
    row = connection.execute(kept).one()._asdict()
    changed = {"version": version, "name": name, "published_at": at}
    connection.execute(insert(PUBLICATIONS).values(**row | changed))
    code = term_code(current.problem.term)
    act = Publishing(version, at, local_date(at, newest.timezone))
    previous = load_date(connection, code, date)
    diversions = diversions_of(load_bad_days(connection, code))
    entries = revise(previous, current.timetable, act, diversions, date)
    save(connection, previous, entries)
