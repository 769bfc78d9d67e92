"""Which date of a term is taught as which weekday, in which week."""

import datetime as dt
from dataclasses import dataclass

from scheduler.model.term import MakeUpDay, Term, monday
from scheduler.model.text import Text, weekday
from scheduler.model.times import Week


@dataclass(frozen=True, slots=True)
class TeachingDay:
    """A date on which the timetable of one weekday is taught.

    ``weekday`` is the pattern that is followed, 1 (Monday) to 7; on a make-up day
    it differs from the date's own. ``week`` is odd or even; ``number`` counts the
    calendar weeks of the term from 1.
    """

    date: dt.date
    weekday: int
    week: Week
    number: int
    make_up: bool = False


def teaching_dates(term: Term) -> tuple[TeachingDay, ...]:
    """All dates of the term that are not closed, in order.

    Saturdays and Sundays are among them: whether anything is taught on them is for
    the bell and the placements to say. A make-up day counts even inside closed
    days, for it is the more particular statement (the checks report the overlap).
    """
    days = (teaching_day(term, date) for date in _dates(term))
    return tuple(day for day in days if day is not None)


def teaching_day(term: Term, date: dt.date) -> TeachingDay | None:
    """How a date is taught; None where it is closed or outside the term."""
    if not term.first_day <= date <= term.last_day:
        return None
    make_up = next((day for day in term.make_up if day.date == date), None)
    if make_up is None and _closed(term, date):
        return None
    return _teaching_day(term, date, make_up)


def day_kind(term: Term, date: dt.date) -> Text:
    """What kind of day a date is: closed for what, of which weekday's timetable."""
    day = teaching_day(term, date)
    if day is None:
        closed = (x for x in term.closed if x.first <= date <= x.last)
        name = next((x.name for x in closed), "")
        return Text(f"{name}放假" if name else "放假", f"closed {name}".rstrip())
    as_ = weekday(day.weekday)
    if day.make_up:
        return Text(f"补班按{as_.zh}课表上课", f"taught as {as_.en}")
    if day.weekday > 5:
        return Text("周末", "a weekend")
    return Text(f"{as_.zh}", f"a {as_.en}")


def no_school(term: Term, date: dt.date) -> Text:
    """Why nothing is taught on a date."""
    kind = day_kind(term, date)
    return Text(
        f"当天不上课（{kind.zh}）", f"there is no school on this date ({kind.en})"
    )


def week_number(term: Term, date: dt.date) -> int:
    """Number of the date's Monday-to-Sunday week; runs on through holidays."""
    return (monday(date) - monday(term.week_one)).days // 7 + 1


def week_of(term: Term, date: dt.date) -> Week:
    """Tell whether the date's calendar week is odd or even."""
    other = Week.EVEN if term.first_week is Week.ODD else Week.ODD
    return (term.first_week, other)[(week_number(term, date) - 1) % 2]


def term_code(term: Term) -> str:
    """The academic year and term as registrars write it: ``2026-2027-1``.

    It is part of the permanent names of dated lessons, so it rests neither on the
    term's title nor on its exact first day, which schools correct.
    """
    year = term.first_day.year
    if term.first_day.month >= 7:
        return f"{year}-{year + 1}-1"
    return f"{year - 1}-{year}-2"


def _teaching_day(term: Term, date: dt.date, make_up: MakeUpDay | None) -> TeachingDay:
    number = week_number(term, date)
    if make_up is None:
        return TeachingDay(date, date.isoweekday(), week_of(term, date), number)
    week = make_up.week
    if week is None or week is Week.EVERY:
        # Not given: the week the make-up day itself lies in, which is what the wall
        # calendar shows. The week of the day made up for may be the other one, and
        # the notices do not say which: schools publish the weekday alone.
        week = week_of(term, date)
    return TeachingDay(date, make_up.acts_as, week, number, make_up=True)


def _dates(term: Term) -> tuple[dt.date, ...]:
    count = (term.last_day - term.first_day).days + 1
    return tuple(term.first_day + dt.timedelta(days=k) for k in range(count))


def _closed(term: Term, date: dt.date) -> bool:
    return any(days.first <= date <= days.last for days in term.closed)
