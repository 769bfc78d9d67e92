"""Applying the plan for bad weather to a date: a batch of dated changes; undoing it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.model.weather import HalfDay, RainPlan, Weather
from scheduler.services.jobs.answers import Answer, Answers
from scheduler.services.jobs.contract import JobKind
from scheduler.services.school.changes import (
    NOTHING_PUBLISHED,
    Changes,
    Transaction,
)
from scheduler.services.school.publishing import OTHER_VERSION, Publications, local_date
from scheduler.services.store.change_rows import Batch
from scheduler.services.store.database import OfficeDatabase
from scheduler.solver.rain.planning import rain_plan
from scheduler.term.changes import Batch as Asked
from scheduler.term.changes import DatedChange, Reason
from scheduler.term.rain import CannotApply, diversions_on

__all__ = ["BadDay", "BadDays", "CannotApply"]
NOT_IN_FORCE = Text(
    "没有这一次启用，或已经撤销。",
    "There is no such plan in force; maybe undone before.",
)
NOT_COMPUTED = Text(
    "这份课表的预案还没有算好，请等它算完再启用。",
    "The plan of this timetable is not computed yet: apply it when it is.",
)


@dataclass(frozen=True, slots=True)
class BadDay:
    """A plan applied to a date or half-day, and by whom; its id is the batch's."""

    bad_day_id: int
    date: dt.date
    half: HalfDay
    weather: Weather
    diversions: tuple[DatedChange, ...]
    applied_at: dt.datetime
    applied_by: str

    @staticmethod
    def of(batch: Batch) -> "BadDay":
        """The bad day that a batch is."""
        found = tuple(c for c in batch.changes if isinstance(c, DatedChange))
        weather, asked = found[0].weather, batch.asked
        assert weather is not None
        return BadDay(
            *(batch.batch_id, found[0].held_on, asked.half, weather, found),
            *(batch.made_at, asked.made_by),
        )


class BadDays:
    """The bad days of an office; those undone stay in the log."""

    def __init__(
        self,
        database: OfficeDatabase,
        publications: Publications,
        changes: Changes,
        answers: Answers,
    ) -> None:
        self._database, self._answers = database, answers
        self._publications, self._changes = publications, changes

    def plan(self) -> RainPlan:
        """The plan for the timetable in force; computed here where it is not known.

        Raises:
            CannotApply: nothing is published.
        """
        return self._plan(self._in_force())

    def asked(self, by: str, again: bool = False) -> Answer[RainPlan]:
        """The plan for the timetable in force, or the job that computes it.

        Parameters:
            again: Ask once more where that job failed or was stopped.

        Raises:
            CannotApply: nothing is published.
        """
        return self._asked(self._in_force(), by, again)

    def known(self) -> Answer[RainPlan]:
        """The plan for the timetable in force, if it is known; asks for no job.

        Raises:
            CannotApply: nothing is published.
        """
        return self._answers.rain(self._in_force())

    def _in_force(self) -> Timetable:
        current = self._publications.current()
        if current is None:
            raise CannotApply(NOTHING_PUBLISHED)
        return current.timetable

    def all(self) -> tuple[BadDay, ...]:
        """Plans applied in the term in force and not undone, by date."""
        return _by_date(self._changes.batches())

    def today(self) -> dt.date | None:
        """The date at the school; None where nothing is published."""
        current = self._publications.current()
        if current is None:
            return None
        return local_date(self._database.now(), current.problem.term.timezone)

    def coming(self) -> tuple[BadDay, ...]:
        """Those of today and later."""
        today = self.today()
        return tuple(d for d in self.all() if today is not None and d.date >= today)

    def apply(
        self,
        date: dt.date,
        half: HalfDay,
        weather: Weather,
        by: str = "",
        compute: bool = True,
    ) -> BadDay:
        """Send the outdoor lessons of a date or half-day indoors.

        Parameters:
            compute: Make a plan that is not known; else a job is asked for it.

        Raises:
            CannotApply: the date is past, outside the term, without lessons (outdoors),
                or a plan is in force for it already, or none is computed; nothing
                has changed.
        """
        versions = self._publications.versions(date)
        if versions is None:
            raise CannotApply(NOTHING_PUBLISHED)
        # Known before the log is closed to others, for it takes a while.
        timetable = versions.at(date).timetable
        plan = self._plan(timetable) if compute else self._asked(timetable, by).value
        if plan is None:
            raise CannotApply(NOT_COMPUTED)
        with self._changes.open(date) as log:
            if log.versions.at(date).timetable != timetable:
                raise CannotApply(OTHER_VERSION)
            _refuse_past(date, log)
            _refuse_again(_by_date(log.batches()), date, half)
            found = diversions_on(
                log.versions, plan, date, half, weather, log.in_force()
            )
            asked = Asked(Reason.WEATHER, half=half, made_by=by)
            return BadDay.of(log.make(asked, found, checked=True))

    def undo(self, bad_day_id: int, by: str = "") -> BadDay:
        """Send the lessons back where the timetable has them.

        Raises:
            CannotApply: it is not in force, or its date is past.
        """
        found = next((d for d in self.all() if d.bad_day_id == bad_day_id), None)
        if found is None:
            raise CannotApply(NOT_IN_FORCE)
        with self._changes.open(found.date) as log:
            batch = log.batch(bad_day_id)
            if batch is None:
                raise CannotApply(NOT_IN_FORCE)
            _refuse_past(found.date, log)
            log.undo(batch, by)
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

    def _plan(self, timetable: Timetable) -> RainPlan:
        plan = self._answers.rain(timetable).value
        if plan is None:
            plan = rain_plan(timetable)
            self._answers.keep(JobKind.RAIN, timetable, plan)
        return plan

    def _asked(
        self, timetable: Timetable, by: str, again: bool = False
    ) -> Answer[RainPlan]:
        found = self._answers.rain(timetable)
        if found.value is not None or (found.job is not None and not again):
            return found
        return Answer(None, self._answers.ask(JobKind.RAIN, timetable, by))


def _by_date(batches: Iterable[Batch]) -> tuple[BadDay, ...]:
    found = (
        BadDay.of(b)
        for b in batches
        if b.asked.reason is Reason.WEATHER and not b.undone
    )
    return tuple(sorted(found, key=lambda d: (d.date, d.bad_day_id)))


def _refuse_past(date: dt.date, log: Transaction) -> None:
    if date < log.today:
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
