"""Three ledgers of a term (三本账): planned, published and delivered lessons.

Planned is the course plan times the school weeks, published what the versions in force
had on their dates, delivered what of it was given, with what was made up. They are
summed by class, teacher or venue, by subject, and by week, month or term.
"""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field, fields
from enum import StrEnum

import pandas as pd

from scheduler.model.term import Term
from scheduler.term.calendar import week_number
from scheduler.term.entries import Entry
from scheduler.term.ledgers.counting import (
    DELIVERED,
    LOST,
    PUBLISHED,
    Counted,
    alike,
    shape,
)
from scheduler.term.ledgers.planned import PlannedLine

CONFIRMED, PLANNED = "confirmed", "planned"
_KEY = ["resource", "subject", "period"]
_LINE = ["column", "resource", "subject", "lessons", "minutes"]


class Per(StrEnum):
    """The stretch of time that one row is about."""

    TERM = "term"
    MONTH = "month"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Sum:
    """Lessons (halves where the plan has them) and minutes."""

    lessons: float = 0
    minutes: float = 0


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """The books of a class, teacher or venue in one subject over one stretch of time.

    ``period`` is a month ``2026-09``, the number of a week, or empty for the term.
    ``delivered`` + ``lost`` = ``published`` + ``made_up``; ``confirmed`` of those given
    were checked in on the spot. Venues have nothing planned.
    """

    resource_id: str
    subject_id: str
    period: str
    planned: Sum
    published: Sum
    lost: Sum
    made_up: Sum
    delivered: Sum
    confirmed: Sum


COLUMNS = tuple(field.name for field in fields(LedgerRow) if field.type is Sum)
"""What a row holds, in the order of the books."""


@dataclass(frozen=True)
class Ledger:
    """The lines of a term, ready to be summed.

    Parameters:
        confirmed: Whether a lesson was checked in.
        first, until: Dates that are counted, the last not included; the plan counts
            weeks that begin on them, the term's first week with its first day.
    """

    term: Term
    entries: tuple[Entry, ...]
    plan: tuple[PlannedLine, ...]
    confirmed: Callable[[Entry], bool] | None = None
    first: dt.date = dt.date.min
    until: dt.date = dt.date.max
    _frames: dict[Counted, pd.DataFrame] = field(
        default_factory=dict, repr=False, compare=False
    )
    """Shared with the ledgers of other dates that are made of this one."""

    def rows(
        self, of: Counted, per: Per = Per.TERM, resource_id: str | None = None
    ) -> tuple[LedgerRow, ...]:
        """Rows by resource, subject and period, in the order of their ids.

        Parameters:
            resource_id: The one resource asked about, which takes far less time.
        """
        lines = self._lines(of, resource_id)
        if lines.empty:
            return ()
        lines = lines.assign(period=_periods(self.term, lines["date"], per))
        table = lines.groupby([*_KEY, "column"], observed=True)[["lessons", "minutes"]]
        wide = table.sum().unstack("column", fill_value=0)
        found = {
            name: wide.xs(name, axis=1, level="column").to_numpy().tolist()
            for name in wide.columns.get_level_values("column").unique()
        }
        none = [(0.0, 0.0)] * len(wide)
        columns = [found.get(name, none) for name in COLUMNS]
        return tuple(
            LedgerRow(*key, *(Sum(*pair) for pair in pairs))
            for key, *pairs in zip(wide.index, *columns, strict=True)
        )

    def _lines(self, of: Counted, resource_id: str | None) -> pd.DataFrame:
        if of not in self._frames:
            self._frames[of] = self._frame(of)
        frame = self._frames[of]
        if resource_id is not None:
            frame = frame[frame["resource"] == resource_id]
        days = frame["date"]
        return frame[(days >= self.first) & (days < self.until)]

    def _frame(self, of: Counted) -> pd.DataFrame:
        # Most entries are alike but for their dates: what they count is told once.
        shapes: dict[Hashable, int] = {}
        lines: list[_Told] = []
        found = []
        for entry in self.entries:
            same = alike(entry)
            number = shapes.get(same)
            if number is None:
                number = shapes[same] = len(shapes)
                lines += _told(number, entry, of)
            seen = self.confirmed is not None and self.confirmed(entry)
            found.append((number, entry.planned_date, entry.date, seen))
        rows = pd.DataFrame(found, columns=["shape", "planned", "date", "seen"])
        rows = rows.merge(pd.DataFrame(lines, columns=["shape", *_LINE]), on="shape")
        on_plan = rows["column"].isin((PUBLISHED, LOST))
        rows["date"] = rows["date"].mask(on_plan, rows["planned"])
        given = rows[rows["seen"].astype(bool) & (rows["column"] == DELIVERED)]
        plan = [
            (PLANNED, name, x.subject_id, x.lessons, x.minutes, x.date)
            for x in self.plan
            for name in x.of(of)
        ]
        parts = (
            rows[[*_LINE, "date"]],
            given.assign(column=CONFIRMED)[[*_LINE, "date"]],
            pd.DataFrame(plan, columns=[*_LINE, "date"]),
        )
        return pd.concat([x for x in parts if len(x)] or parts[:1])


_Told = tuple[int, str, str, str, int, int]


def _told(number: int, entry: Entry, of: Counted) -> Iterator[_Told]:
    """What entries of a shape count, without their dates."""
    size, minutes = len(entry.facts.rows), entry.facts.minutes
    return ((number, *line, size, minutes) for line in shape(entry, of))


def _periods(term: Term, dates: "pd.Series[dt.date]", per: Per) -> "pd.Series[str]":
    """The stretch of each date, weeks with leading zeros so that they sort."""
    match per:
        case Per.TERM:
            names = dict.fromkeys(dates.unique(), "")
        case Per.MONTH:
            names = {date: f"{date:%Y-%m}" for date in dates.unique()}
        case Per.WEEK:
            names = {date: f"{week_number(term, date):02}" for date in dates.unique()}
    return dates.map(names)


def total(rows: Iterable[LedgerRow]) -> dict[str, Sum]:
    """The sum of some rows, column by column."""
    found = dict.fromkeys(COLUMNS, Sum())
    for row in rows:
        for name in COLUMNS:
            one, more = found[name], getattr(row, name)
            found[name] = Sum(one.lessons + more.lessons, one.minutes + more.minutes)
    return found
