"""Ledgers as heat maps: who has how much of what, down to single weeks and lessons."""

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.services.school.ledgers import Books
from scheduler.term.ledgers.counting import Counted
from scheduler.term.ledgers.debts import Debt
from scheduler.term.ledgers.tables import Ledger, LedgerRow, Per

OF = {
    Counted.CLASS: Text("班级", "Classes"),
    Counted.TEACHER: Text("教师", "Teachers"),
    Counted.VENUE: Text("场地", "Venues"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A sum of the books; ``step`` is the shade: -3 far short to 3 far over, 0 even."""

    row: LedgerRow
    step: int

    @property
    def short(self) -> float:
        """Lessons short of what was to be; negative where there are more."""
        return _wanted(self.row) - self.row.delivered.lessons


@dataclass(frozen=True, slots=True)
class HeatLine:
    """A class, teacher or venue, or a subject of one, and its cells by column."""

    key: str
    name: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Lines over columns; ``columns`` are keys with names."""

    columns: tuple[tuple[str, Text], ...]
    lines: tuple[HeatLine, ...]


def overview(books: Books, of: Counted, to_date: bool) -> HeatMap:
    """Resources over subjects.

    Parameters:
        to_date: Count until today; else the whole term, as published where it is to
            come.
    """
    rows = _ledger(books, to_date).rows(of)
    subjects = [x for x in books.problem.subjects if _has(rows, x.subject_id)]
    columns = [
        (x.subject_id, Text(x.name, x.name_en or x.name))
        for x in subjects
        if of is not Counted.VENUE or any(r.subject_id == x.subject_id for r in rows)
    ]
    by_key = {(row.resource_id, row.subject_id): row for row in rows}
    lines = [
        HeatLine(key, name, tuple(_cell(by_key.get((key, x))) for x, _ in columns))
        for key, name in names_of(books.problem, of).items()
        if any(row.resource_id == key for row in rows)
    ]
    return HeatMap(tuple(columns), tuple(lines))


def weekly(books: Books, of: Counted, resource_id: str, to_date: bool) -> HeatMap:
    """Subjects of one resource over weeks."""
    rows = _ledger(books, to_date).rows(of, Per.WEEK, resource_id)
    weeks = sorted({row.period for row in rows})
    by_key = {(row.subject_id, row.period): row for row in rows}
    lines = [
        HeatLine(
            subject.subject_id,
            subject.name,
            tuple(_cell(by_key.get((subject.subject_id, x))) for x in weeks),
        )
        for subject in books.problem.subjects
        if _has(rows, subject.subject_id)
    ]
    columns = [(x, Text(f"{int(x)}", f"{int(x)}")) for x in weeks]
    return HeatMap(tuple(columns), tuple(lines))


def sums(books: Books, of: Counted, resource_id: str, to_date: bool) -> list[LedgerRow]:
    """The ledger of one resource by subject, for the table below its heat map."""
    order = {x.subject_id: k for k, x in enumerate(books.problem.subjects)}
    rows = _ledger(books, to_date).rows(of, Per.TERM, resource_id)
    return sorted(rows, key=lambda row: order.get(row.subject_id, len(order)))


def debts_of_class(books: Books, class_id: str) -> tuple[Debt, ...]:
    """Debts of a class, open ones first."""
    own = (debt for debt in books.debts if debt.class_id == class_id)
    return tuple(sorted(own, key=lambda d: (d.repaid_on is not None, d.date)))


def names_of(problem: Problem, of: Counted) -> dict[str, str]:
    """Names by id, in the order of the tables."""
    match of:
        case Counted.CLASS:
            return dict(problem.class_name)
        case Counted.TEACHER:
            return dict(problem.teacher_name)
        case Counted.VENUE:
            return {v.venue_id: v.name for v in problem.venues}


def _ledger(books: Books, to_date: bool) -> Ledger:
    return books.ledger(until=books.today) if to_date else books.ledger()


def _has(rows: Iterable[LedgerRow], subject_id: str) -> bool:
    return any(row.subject_id == subject_id for row in rows)


def _wanted(row: LedgerRow) -> float:
    return row.planned.lessons or row.published.lessons


def _cell(row: LedgerRow | None) -> Cell | None:
    if row is None:
        return None
    wanted = _wanted(row)
    short = wanted - row.delivered.lessons
    if not short:
        return Cell(row, 0)
    share = abs(short) / wanted if wanted else 1.0
    size = 1 if share <= _LITTLE else 2 if share <= _MUCH else 3
    return Cell(row, -size if short > 0 else size)


_LITTLE, _MUCH = 0.05, 0.1
"""Shares of the plan that are little, and much; beyond is a discounted timetable."""
