"""Rows that the model keeps in another shape than the tables do."""

from dataclasses import dataclass
from datetime import date

from scheduler.model.term import ClosedDays, MakeUpDay, Term
from scheduler.model.times import Bell, Period, RowKind, Week


@dataclass(frozen=True, slots=True)
class BellRow:
    """One row of bells.csv; times in minutes after midnight."""

    bell_id: str
    day: int
    period: int
    kind: RowKind
    start: int
    end: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class TermRow:
    """The single values of term.toml; ``week_one`` is the first day by default."""

    first_day: date
    last_day: date
    name: str = ""
    timezone: str = "Asia/Shanghai"
    week_one: date | None = None
    first_week: Week = Week.ODD


@dataclass(frozen=True, slots=True)
class ClosedRow:
    """A closed day (``only``) or stretch (``first`` to ``last``)."""

    only: date | None = None
    first: date | None = None
    last: date | None = None
    name: str = ""


def bells_of(rows: tuple[BellRow, ...]) -> tuple[Bell, ...]:
    """Gather rows to bells, in the order of their first rows."""
    order = {row.bell_id: None for row in rows}
    return tuple(
        Bell(
            name,
            tuple(
                Period(r.day, r.period, r.kind, r.start, r.end, r.name)
                for r in rows
                if r.bell_id == name
            ),
        )
        for name in order
    )


def bell_rows(bells: tuple[Bell, ...]) -> tuple[BellRow, ...]:
    """The rows of all bells."""
    return tuple(
        BellRow(bell.bell_id, p.day, p.number, p.kind, p.start, p.end, p.name)
        for bell in bells
        for p in bell.periods
    )


def term_of(
    row: TermRow, closed: tuple[ClosedRow, ...], make_up: tuple[MakeUpDay, ...]
) -> Term:
    """Put a term together."""
    return Term(
        name=row.name,
        first_day=row.first_day,
        last_day=row.last_day,
        timezone=row.timezone,
        week_one=row.week_one or row.first_day,
        first_week=row.first_week,
        closed=tuple(filter(None, map(closed_days, closed))),
        make_up=make_up,
    )


def closed_days(row: ClosedRow) -> ClosedDays | None:
    """The days of a row; None where it does not say both ends."""
    first, last = row.only or row.first, row.only or row.last
    return ClosedDays(first, last, row.name) if first and last else None


def term_row(term: Term) -> TermRow:
    """The single values of a term."""
    return TermRow(
        term.first_day,
        term.last_day,
        term.name,
        term.timezone,
        term.week_one,
        term.first_week,
    )


def closed_row(days: ClosedDays) -> ClosedRow:
    """A closed day by its date, a stretch by both ends."""
    if days.first == days.last:
        return ClosedRow(only=days.first, name=days.name)
    return ClosedRow(first=days.first, last=days.last, name=days.name)
