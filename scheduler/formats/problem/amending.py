"""Amending of a problem: some rows of its tables changed, all checked anew."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scheduler.formats.problem.reading import Reading, problem_of
from scheduler.formats.tables.declared.problem_tables import TABLES, TERM, TERM_TABLES
from scheduler.formats.tables.encode import rows_of
from scheduler.formats.tables.schema import Table
from scheduler.formats.tables.sheet import Faults, Line, Sheet
from scheduler.formats.tables.source import Source
from scheduler.model.errors import DataError, InputError
from scheduler.model.problem import Problem
from scheduler.model.text import Text

Cells = Mapping[str, str]
"""Texts of a row's cells by column; a column left out is empty."""
_BY_NAME = {table.name: table for table in TABLES}


@dataclass(frozen=True, slots=True)
class Amendment:
    """A row put in, changed or taken out: one of ``before`` and ``after`` may be None.

    A row is found by the columns of its table's key in ``before``.
    """

    table: str
    before: Cells | None
    after: Cells | None


def table_named(name: str) -> Table:
    """A table of the contract.

    Raises:
        InputError: there is none of this name.
    """
    if name not in _BY_NAME:
        names = "、".join(_BY_NAME)
        what = Text("没有这张表", "there is no such table")
        advice = Text(f"有：{names}。", f"Maybe one of {', '.join(_BY_NAME)}?")
        raise InputError([DataError(name, what, advice)])
    return _BY_NAME[name]


def key_of(table: Table, cells: Cells) -> tuple[str, ...]:
    """What tells a row from the others of its table."""
    return tuple(cells.get(name, "") for name in table.key)


def cells_of(problem: Problem, table: Table) -> list[dict[str, str]]:
    """A table's rows as texts by column, empty cells left out."""
    names = [column.name for column in table.columns]
    return [
        {name: cell for name, cell in zip(names, row, strict=True) if cell}
        for row in rows_of(problem, table)
    ]


def amended(problem: Problem, amendments: Iterable[Amendment]) -> Reading:
    """The problem with some rows changed, and what looks like a mistake in it.

    With no row changed it is checked as it stands, as if it had been read. Rows
    keep their order; new ones stand at the end of their table.

    Raises:
        InputError: a row is gone or there already, or the tables have faults then.
    """
    by_table: dict[str, list[Amendment]] = {}
    for amendment in amendments:
        by_table.setdefault(amendment.table, []).append(amendment)
    sheets = {}
    for table in TABLES:
        rows = cells_of(problem, table)
        for amendment in by_table.get(table.name, ()):
            rows = _with(table, rows, amendment)
        sheets[table.name] = _sheet(table, rows)
    return problem_of(Source(sheets, frozenset(), problem.rules), Faults())


def _with(
    table: Table, rows: list[dict[str, str]], amendment: Amendment
) -> list[dict[str, str]]:
    before, after = amendment.before, amendment.after
    keys = [key_of(table, row) for row in rows]
    if before is not None and key_of(table, before) not in keys:
        raise InputError([_gone(table, before)])
    if after is not None and before is None and key_of(table, after) in keys:
        raise InputError([_there(table, after)])
    if before is None:
        return [*rows, dict(after or {})]
    place = keys.index(key_of(table, before))
    new = [] if after is None else [dict(after)]
    return [*rows[:place], *new, *rows[place + 1 :]]


def _sheet(table: Table, rows: list[dict[str, str]]) -> Sheet:
    """Rows numbered as in the file the table would make; those of a TOML have none."""
    names = tuple(column.name for column in table.columns)
    cells = [tuple(row.get(name, "") for name in names) for row in rows]
    if table not in TERM_TABLES:
        lines = [Line(number, row) for number, row in enumerate(cells, start=2)]
    elif table is TERM:
        lines = [Line(None, row) for row in cells]
    else:
        lines = [Line(None, r, f"{table.name} {n}: ") for n, r in enumerate(cells, 1)]
    return Sheet(table.file_name, names, tuple(lines))


def _gone(table: Table, cells: Cells) -> DataError:
    what = Text("表中没有这一行", "there is no such row")
    advice = Text("是否已被改过或删去？", "Maybe it was changed or taken out?")
    return _fault(table, cells, what, advice)


def _there(table: Table, cells: Cells) -> DataError:
    what = Text("表中已有这一行", "there is such a row already")
    return _fault(table, cells, what, Text("请改用另一个编号。", "Maybe another id?"))


def _fault(table: Table, cells: Cells, what: Text, advice: Text) -> DataError:
    key = "、".join(key_of(table, cells))
    return DataError(table.file_name, what, advice, value=key, sheet=table.title)
