"""What a sheet need not say: the only school, the only bell, a name that is the id."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from scheduler.formats.tables.cells import is_empty
from scheduler.formats.tables.headers import recognise
from scheduler.formats.tables.problem_tables import TABLE
from scheduler.formats.tables.records import Located, given_ids
from scheduler.formats.tables.schema import Column, Table
from scheduler.formats.tables.sheet import Line, Sheet

Records = Mapping[str, tuple[Located, ...]]
Fill = Callable[[Line], str]


def with_defaults(table: Table, sheet: Sheet, records: Records) -> Sheet:
    """The sheet with what goes without saying.

    A column whose ``sole`` table has one id takes that id where it is missing or its
    cell is empty; a missing column with ``as_in`` takes the cells of that one.

    Parameters:
        records: Those of earlier tables.
    """
    at = {recognise(table, title): k for k, title in enumerate(sheet.titles)}
    if not any(at):
        return sheet
    for column in table.columns:
        only = _only(column, records)
        if column.name not in at:
            if only or column.as_in in at:
                sheet = _with_column(sheet, column, _filling(only, column, at))
                at = {name: k + 1 for name, k in at.items()} | {column.name: 0}
        elif only:
            sheet = _filled(sheet, at[column.name], only)
    return sheet


def _only(column: Column, records: Records) -> str:
    """The only id that the column may name; empty where there are others or none."""
    if not column.sole:
        return ""
    ids = set(given_ids(TABLE[column.refers], records.get(column.refers)))
    return ids.pop() if len(ids) == 1 else ""


def _filling(only: str, column: Column, at: Mapping[str | None, int]) -> Fill:
    if only:
        return lambda line: only
    return lambda line: _cell(line, at[column.as_in])


def _cell(line: Line, position: int) -> str:
    return line.cells[position] if position < len(line.cells) else ""


def _with_column(sheet: Sheet, column: Column, fill: Fill) -> Sheet:
    """The sheet with a column more; it comes first, for rows may be too long."""
    lines = (replace(one, cells=(fill(one), *one.cells)) for one in sheet.lines)
    return replace(sheet, titles=(column.name, *sheet.titles), lines=tuple(lines))


def _filled(sheet: Sheet, position: int, value: str) -> Sheet:
    """The sheet with a value in the empty cells of a column."""

    def line(one: Line) -> Line:
        if not is_empty(_cell(one, position)):
            return one
        padded = [*one.cells, *[""] * (position + 1 - len(one.cells))]
        padded[position] = value
        return replace(one, cells=tuple(padded))

    return replace(sheet, lines=tuple(map(line, sheet.lines)))
