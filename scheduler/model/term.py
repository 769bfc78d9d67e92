"""The dates a timetable runs on."""

from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.model.times import Week


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """Dates without lessons, first and last included."""

    first: date
    last: date
    name: str = ""


@dataclass(frozen=True, slots=True)
class MakeUpDay:
    """A date that is taught like another weekday (调休)."""

    date: date
    acts_as: int
    week: Week | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A term: its dates, its holidays and make-up days.

    ``week_one`` is any date in week 1; ``first_week`` says whether week 1 is
    odd or even.
    """

    name: str
    first_day: date
    last_day: date
    timezone: str
    week_one: date
    first_week: Week = Week.ODD
    closed: tuple[ClosedDays, ...] = ()
    make_up: tuple[MakeUpDay, ...] = ()

    def weekday_dates(self, day: int) -> tuple[date, ...]:
        """All dates of one weekday in the term, holidays included."""
        first = self.first_day + timedelta(days=(day - self.first_day.isoweekday()) % 7)
        count = max(0, (self.last_day - first).days // 7 + 1)
        return tuple(first + timedelta(weeks=k) for k in range(count))


def monday(day: date) -> date:
    """The first day of a date's calendar week."""
    return day - timedelta(days=day.weekday())
