"""What a sheet need not say: the only school, the only bell, a name that is the id."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from scheduler.formats.tables.cells import is_empty, read_id
from scheduler.formats.tables.declared.problem_tables import TABLE
from scheduler.formats.tables.headers import recognise
from scheduler.formats.tables.records import Located, given_ids
from scheduler.formats.tables.schema import Column, Table
from scheduler.formats.tables.sheet import Line, Sheet

Records = Mapping[str, tuple[Located, ...]]
Fill = Callable[[Line], str]


def with_defaults(table: Table, sheet: Sheet, records: Records) -> Sheet:
    """The sheet with what goes without saying.

    A column whose ``sole`` table has one id takes that id where it is missing or its
    cell is empty; a missing column with ``as_in`` takes the cells of that one. Venues
    without a column of sites are at those of their schools.

    Parameters:
        records: Those of earlier tables.
    """
    at = {recognise(table, title): k for k, title in enumerate(sheet.titles)}
    if not any(at):
        return sheet
    if table.name == "venues" and "site_id" not in at:
        sheet = _with_sites(sheet, at, records)
        at = {recognise(table, title): k for k, title in enumerate(sheet.titles)}
    for column in table.columns:
        only = _only(column, records)
        if column.name not in at:
            if only or column.as_in in at:
                sheet = _with_column(sheet, column, _filling(only, column, at))
                at = {name: k + 1 for name, k in at.items()} | {column.name: 0}
        elif only:
            sheet = _filled(sheet, at[column.name], only)
    return sheet


def _with_sites(sheet: Sheet, at: Mapping[str | None, int], records: Records) -> Sheet:
    """Venues at the sites of their schools; at the only one where none is named."""
    schools = records.get("schools", ())
    rows = [school.values for school in schools if "school_id" in school.values]
    sites = {
        str(v[key]): str(v.get("site_id") or v["school_id"])
        for v in rows
        for key in ("name", "school_id")
        if key in v
    }
    owner = TABLE["venues"].column["owner"]
    if "owner" not in at and len(rows) == 1:
        only = str(rows[0]["school_id"])
        sheet = _with_column(sheet, owner, lambda line: only)
        at = {"owner": 0}
    if "owner" not in at:
        return sheet
    place = at["owner"]
    site = TABLE["venues"].column["site_id"]

    def fill(line: Line) -> str:
        return sites.get(read_id(_cell(line, place)), "")

    return _with_column(sheet, site, fill)


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
