"""New ids for the rows of a folder: in the column that gives them, wherever named."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from scheduler.formats.tables.declared.problem_tables import REFERRED_BY_KIND, TABLE
from scheduler.formats.tables.records import Located, fields_of
from scheduler.formats.tables.schema import Column, Kind, Table
from scheduler.model.meeting import Placement

NewIds = dict[tuple[str, str], str]
"""The new id by table and old id."""
SITES, GROUPS = "sites", "groups"
"""What ids of sites and names of teaching-research groups are kept under."""
_GIVEN_ELSEWHERE = {("bookings", "calendar_id"): "calendars"}


def own_id(table: Table) -> str:
    """The column in which a table gives its ids; empty where it gives none."""
    first = table.columns[0]
    own = first.kind is Kind.ID and not first.refers and first.name in table.key
    return first.name if own and table.name != SITES else ""


def site_columns() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Columns of sites, by table."""
    yield "schools", ("site_id",)
    yield "venues", ("site_id",)
    yield "sites", ("from_site", "to_site")


def renamed(table: Table, row: Located, new: NewIds) -> Located:
    """The row with new ids in place of the old ones."""
    values = dict(row.values)
    for name, target, kind in _references(table.name):
        if name in values:
            target = target or REFERRED_BY_KIND.get(str(values.get(kind)), "")
            values[name] = _mapped(values[name], target, new)
    if values == row.values:
        return row
    own = own_id(table)
    cells = row.cells
    if own and values.get(own) != row.values.get(own):
        cells = {**cells, own: str(values[own])}
    made = table.item(**fields_of(table, values)) if row.made is not None else None
    return replace(row, values=values, cells=cells, made=made)


@cache
def _references(name: str) -> tuple[tuple[str, str, str], ...]:
    """Columns of a table that hold ids: of which table, or which column says so."""
    found = (
        (c.name, _target(TABLE[name], c), c.refers_by) for c in TABLE[name].columns
    )
    return tuple(x for x in found if x[1] or x[2])


def _target(table: Table, column: Column) -> str:
    """The table whose ids a column always holds; empty for none."""
    if column.name == own_id(table):
        return table.name
    if column.name in dict(site_columns()).get(table.name, ()):
        return SITES
    if (table.name, column.name) == ("teachers", "group"):
        return GROUPS
    if (table.name, column.name) == ("activities", "class_ids"):
        return "classes"
    if column.refers_by:
        return ""
    return column.refers or _GIVEN_ELSEWHERE.get((table.name, column.name), "")


def _mapped(value: object, target: str, new: NewIds) -> object:
    if isinstance(value, tuple):
        return tuple(_mapped(one, target, new) for one in value)
    return new_id(str(value), target, new)


def new_id(value: str, target: str, new: NewIds) -> str:
    """The id that a row of a table has now; of a lesson as ``R1#2`` its row's."""
    name, mark, rest = value.partition("#")
    return new.get((target, name), name) + mark + rest


def placed_anew(
    placements: Mapping[str, Placement], new: NewIds
) -> dict[str, Placement]:
    """Placements of a folder's lessons, with the ids that all rows have now."""
    return {
        new_id(lesson_id, "requirements", new): replace(
            p,
            layout_id=new_id(p.layout_id, "layouts", new),
            teacher_ids=tuple(new_id(t, "teachers", new) for t in p.teacher_ids),
        )
        for lesson_id, p in placements.items()
    }
