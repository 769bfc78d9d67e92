"""The forecast of a term: what closed days take, and by when it can be back."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from scheduler.model.text import Text
from scheduler.services.school.ledgers import Books
from scheduler.term.ledgers.debts import Debt
from scheduler.term.ledgers.repaying import offers, owed


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """A subject of a class: lessons that closed days take, and those made up for.

    ``dates`` are closed dates with what closes them, open ones alone.
    """

    subject_id: str
    subject: str
    lost: int
    given_back: int
    dates: tuple[tuple[dt.date, Text], ...]

    @property
    def short(self) -> int:
        """Lessons left to be given back."""
        return self.lost - self.given_back


@dataclass(frozen=True, slots=True)
class ClassForecast:
    """A class: its subjects that lose something, and by when all of it can be back.

    ``by`` is the earliest date at one lesson a day in free periods, before teachers of
    several classes are divided; None where the term does not suffice.
    """

    class_id: str
    name: str
    lines: tuple[ForecastLine, ...]
    by: dt.date | None

    @property
    def short(self) -> int:
        """Lessons of the class left to be given back."""
        return sum(line.short for line in self.lines)


def forecast(books: Books) -> tuple[ClassForecast, ...]:
    """What each class loses to closed days, most first."""
    problem = books.problem
    by_class: dict[str, list[Debt]] = defaultdict(list)
    for debt in books.debts:
        if debt.closed:
            by_class[debt.class_id].append(debt)
    days = _free_days(books)
    found = [
        ClassForecast(
            class_id,
            name,
            lines := _lines(books, by_class[class_id]),
            _by(days.get(class_id, []), sum(line.short for line in lines)),
        )
        for class_id, name in problem.class_name.items()
        if class_id in by_class
    ]
    return tuple(sorted(found, key=lambda x: -x.short))


def _lines(books: Books, debts: list[Debt]) -> tuple[ForecastLine, ...]:
    found = []
    for subject in books.problem.subjects:
        own = [debt for debt in debts if debt.subject_id == subject.subject_id]
        if own:
            back = sum(debt.lessons for debt in own if debt.repaid_on is not None)
            dates = dict.fromkeys((d.date, d.why) for d in own if d.repaid_on is None)
            lost = sum(debt.lessons for debt in own)
            found.append(
                ForecastLine(
                    *(subject.subject_id, subject.name, lost, back, tuple(dates))
                )
            )
    return tuple(found)


def _free_days(books: Books) -> dict[str, list[dt.date]]:
    """Dates on which a class could be given something back, by class."""
    term = books.problem.term
    first = max(books.today + dt.timedelta(1), term.first_day)
    open_ = [debt for debt in books.debts if debt.closed and debt.repaid_on is None]
    some: dict[tuple[str, str], Debt] = {}
    for debt in open_:
        some.setdefault((debt.class_id, debt.subject_id), debt)
    wanted = owed(some.values())
    ways = offers(
        books.versions, books.changes, wanted, first, term.last_day, most=_ALL
    )
    days: dict[str, set[dt.date]] = defaultdict(set)
    for one, found in zip(wanted, ways, strict=True):
        for class_id in one.class_ids:
            days[class_id] |= {offer.date for offer in found}
    return {name: sorted(dates) for name, dates in days.items()}


_ALL = 400
"""Offers for a lesson in a whole term."""


def _by(days: list[dt.date], count: int) -> dt.date | None:
    return days[count - 1] if 0 < count <= len(days) else None
