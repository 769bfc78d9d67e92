"""What the official calendar would add to a term, and where a school says otherwise.

``term.toml`` stays the contract: nothing here is in force until it stands there, and
what a school has written is never overridden.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from scheduler.model.term import ClosedDays, MakeUpDay, Term
from scheduler.model.text import Text, weekday
from scheduler.term.holidays.official import (
    OfficialMakeUp,
    OfficialYear,
    describe_closed,
    describe_day,
    official_year,
)


@dataclass(frozen=True, slots=True)
class HolidayProposal:
    """Rows that a term lacks of the official calendar.

    ``own`` says where the school's own rows differ from it, ``years`` are those that
    the term touches.
    """

    years: tuple[OfficialYear, ...]
    closed: tuple[ClosedDays, ...]
    make_up: tuple[MakeUpDay, ...]
    own: tuple[Text, ...]

    @property
    def complete(self) -> bool:
        """Whether the term has all that is announced."""
        return not (self.closed or self.make_up)

    def sentences(self) -> Iterator[Text]:
        """The sources with their dates, what differs, and each row that is lacking."""
        yield from (year.source for year in self.years)
        yield from self.own
        yield from map(describe_closed, self.closed)
        yield from map(describe_day, self.make_up)

    def added_to(self, term: Term) -> Term:
        """The term with all that is lacking."""
        closed = sorted((*term.closed, *self.closed), key=lambda days: days.first)
        make_up = sorted((*term.make_up, *self.make_up), key=lambda day: day.date)
        return replace(term, closed=tuple(closed), make_up=tuple(make_up))


def propose_holidays(term: Term) -> HolidayProposal:
    """Compare a term with the official calendar of its years."""
    years = tuple(
        official_year(year)
        for year in range(term.first_day.year, term.last_day.year + 1)
    )
    closed = [run for year in years for run in _missing(term, year)]
    known = {day.date for day in term.make_up}
    asked = [m for year in years for m in year.make_up if _inside(term, m.date)]
    make_up = [m.day for m in asked if m.date not in known and not _shut(term, m.date)]
    own = (text for m in asked for text in _differs(term, m))
    return HolidayProposal(years, tuple(closed), tuple(make_up), tuple(own))


def _missing(term: Term, year: OfficialYear) -> Iterator[ClosedDays]:
    """Runs of official dates off that the term neither closes nor says to teach."""
    taught = {day.date for day in term.make_up}
    for block in year.closed:
        run: list[dt.date] = []
        date = max(block.first, term.first_day)
        while date <= min(block.last, term.last_day):
            if _shut(term, date) or date in taught:
                yield from _run(run, block.name)
                run = []
            else:
                run.append(date)
            date += dt.timedelta(1)
        yield from _run(run, block.name)


def _run(dates: list[dt.date], name: str) -> Iterator[ClosedDays]:
    if dates:
        yield ClosedDays(dates[0], dates[-1], name)


def _differs(term: Term, official: OfficialMakeUp) -> Iterator[Text]:
    """Where the school treats an official make-up day in its own way."""
    date = official.date
    row = next((day for day in term.make_up if day.date == date), None)
    if row is None and _shut(term, date):
        yield Text(
            f"{date}是调休上班日，本校停课，以本校为准。",
            f"{date} is officially worked; the school is closed, which holds.",
        )
    elif row is not None and row.acts_as != official.day.acts_as:
        ours, theirs = weekday(row.acts_as), weekday(official.day.acts_as)
        yield Text(
            f"{date}本校按{ours.zh}上课（推定为{theirs.zh}），以本校为准。",
            f"{date} follows {ours.en} at the school ({theirs.en} by the rule), which "
            "holds.",
        )


def _inside(term: Term, date: dt.date) -> bool:
    return term.first_day <= date <= term.last_day


def _shut(term: Term, date: dt.date) -> bool:
    return any(days.first <= date <= days.last for days in term.closed)
