"""From a problem back to the text of its tables."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from scheduler.formats.tables.declared.problem_tables import TERM_TABLES
from scheduler.formats.tables.rows import bell_rows, closed_row, term_row
from scheduler.formats.tables.schema import Column, Kind, Table
from scheduler.formats.tables.words import word_of
from scheduler.model.expansion import (
    own_activities,
    own_requirements,
    own_subjects,
)
from scheduler.model.problem import Problem
from scheduler.model.text import WEEKDAYS_ZH
from scheduler.model.times import format_clock


def items_of(problem: Problem, table: Table) -> tuple[Any, ...]:
    """The objects of a table's rows."""
    match table.name:
        case "bells":
            return bell_rows(problem.bells)
        case "term":
            return (term_row(problem.term),)
        case "closed":
            return tuple(map(closed_row, problem.term.closed))
        case "make_up":
            return problem.term.make_up
        case "requirements":
            return own_requirements(problem)
        case "subjects":
            return own_subjects(problem)
        case "activities":
            return own_activities(problem)
    rows: tuple[Any, ...] = getattr(problem, table.name)
    return rows


def rows_of(problem: Problem, table: Table, language: str = "en") -> list[list[str]]:
    """A table's rows as text, in the order of its columns."""
    return [
        [
            write_cell(column, getattr(item, column.attribute), language)
            for column in table.columns
        ]
        for item in items_of(problem, table)
    ]


def write_cell(column: Column, value: Any, language: str = "en") -> str:
    """The text of a value; empty for None.

    Parameters:
        language: ``"en"`` for the words of the data contract, ``"zh"`` for those that
            an office writes; both read back as the same value.
    """
    if value is None:
        return ""
    text = _chinese if language == "zh" else _text
    if column.many:
        return join(text(column, part) for part in value)
    return text(column, value)


def join(parts: Iterable[str]) -> str:
    """Ids as a list in a cell."""
    return ";".join(parts)


def _chinese(column: Column, value: Any) -> str:
    """A value in the words of an office, where there are some."""
    for word, meant in column.aliases:
        if value == meant:
            return word
    match column.kind:
        case Kind.CHOICE if column.choices is not None:
            return word_of(column.choices(value))
        case Kind.FLAG:
            return "是" if value else "否"
        case Kind.WEEKDAY:
            return WEEKDAYS_ZH[value]
        case Kind.SLOT:
            day, period = value
            return f"{WEEKDAYS_ZH[day]}-{period}"
    return _text(column, value)


def _text(column: Column, value: Any) -> str:
    if column.kind is Kind.CLOCK:
        return format_clock(value)
    if column.kind is Kind.SLOT:
        day, period = value
        return f"{day}-{period}"
    match value:
        case bool():
            return str(int(value))
        case Fraction():
            return str(value.numerator) if value.denominator == 1 else str(float(value))
        case date():
            return value.isoformat()
    return str(value)


def term_parts(problem: Problem) -> list[tuple[Table, list[dict[str, str]]]]:
    """The tables of the term, each row as its cells that are not empty."""
    return [
        (table, [filled_cells(table, item) for item in items_of(problem, table)])
        for table in TERM_TABLES
    ]


def filled_cells(table: Table, item: Any) -> dict[str, str]:
    """The cells of a row that are not empty, by the names of their columns."""
    cells = {c.name: write_cell(c, getattr(item, c.attribute)) for c in table.columns}
    return {name: text for name, text in cells.items() if text}
