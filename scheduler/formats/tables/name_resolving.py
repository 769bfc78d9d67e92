"""Names in place of ids: cells of long tables that say what people say.

A teacher, class, subject or place may be named where its name is that of one row. An id
counts before a name, so that nothing changes for tables that keep to ids.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from scheduler.formats.tables.cells import CellError, plain
from scheduler.formats.tables.declared.problem_tables import (
    REFERRED_BY_KIND,
    TABLE,
    TABLES,
)
from scheduler.formats.tables.names import Names, class_number
from scheduler.formats.tables.records import Located, fields_of
from scheduler.formats.tables.references import KnownIds
from scheduler.formats.tables.schema import Column, Table
from scheduler.formats.tables.sheet import Faults
from scheduler.model.course_names import course_names
from scheduler.model.requirements import HOME
from scheduler.model.text import Text

Records = dict[str, tuple[Located, ...]]

_CALLED = {
    "schools": ("name",),
    "subjects": ("name", "short_name", "name_en"),
    "classes": ("name",),
    "teachers": ("name",),
    "venues": ("name",),
    "zones": ("name",),
    "layouts": ("name",),
}
"""Columns of names, by table."""
_WHOLE_SCHOOL = ("全校", "全部", "所有班级")


def _usual(table: str) -> Callable[[str], str]:
    """What brings the names of a table to one spelling."""
    if table == "subjects":
        return course_names().course
    return class_number if table == "classes" else lambda text: ""


def with_names_resolved(records: Records, known: KnownIds, faults: Faults) -> Records:
    """The records with ids in place of names; a name of several rows is a fault."""
    called = _Called(records, known)
    return {
        table.name: tuple(
            _resolved(table, record, called, faults)
            for record in records.get(table.name, ())
        )
        for table in TABLES
    }


class _Called:
    """The ids of all tables by their names."""

    def __init__(self, records: Records, known: KnownIds) -> None:
        self._records, self.known = records, known
        self._names: dict[str, Names] = {}

    def ids(self, table: str, text: str, row: Mapping[str, object]) -> tuple[str, ...]:
        """Ids that a text may stand for; none where it is no name.

        Raises:
            CellError: several rows bear the name.
        """
        names = self._names_of(table)
        found = names.found(text) if names else ()
        if not found and table in ("zones", "layouts"):
            return self._of_venue(table, text, row)
        if names and len(found) > 1:
            raise names.ambiguous(text, found)
        return found

    def _names_of(self, table: str) -> Names | None:
        if table not in _CALLED:
            return None
        if table not in self._names:
            columns = (TABLE[table].columns[0].name, *_CALLED[table])
            rows = self._records.get(table, ())
            title = Text(TABLE[table].title, table)
            usual = _usual(table)
            self._names[table] = Names(title, rows, columns, usual)
        return self._names[table]

    def _of_venue(
        self, table: str, text: str, row: Mapping[str, object]
    ) -> tuple[str, ...]:
        """Zones of a venue, or its layouts that take the row's subject."""
        venues = self.ids("venues", text, row)
        rows = self._records.get(table, ())
        at = [r.values for r in rows if r.values.get("venue_id") in venues]
        subject = row.get("subject_id")
        if table == "layouts" and subject:
            at = [v for v in at if {subject, "*"} & {*v.get("subjects", ())}]
        key = TABLE[table].columns[0].name
        found = tuple(v[key] for v in at if key in v)
        return found if found or table == "layouts" else venues

    def whole_school(self) -> tuple[str, ...]:
        """What all classes of the only school are called in activities."""
        schools = self._records.get("schools", ())
        ids = [r.values["school_id"] for r in schools if "school_id" in r.values]
        return (f"school:{ids[0]}",) if len(ids) == 1 else ()


def _resolved(
    table: Table, record: Located, called: _Called, faults: Faults
) -> Located:
    """The row with the ids that its names stand for."""
    values, sound = dict(record.values), record.sound
    for column, target in _targets(table, record):
        given = values[column.name]
        try:
            ids = tuple(_ids(column, target, given, values, called))
        except CellError as error:
            problem = error.problem
            faults.errors.append(
                record.fault(
                    column.name, problem.zh, problem.en, error.advice, error.value
                )
            )
            sound = sound and column.aside
            values.pop(column.name)
            continue
        values[column.name] = ids if column.many else ids[0]
    if values == record.values:
        return record
    made = table.item(**fields_of(table, values)) if sound and record.made else None
    return replace(record, values=values, sound=sound, made=made)


def _targets(table: Table, record: Located) -> Iterator[tuple[Column, str]]:
    """The columns of a row that name others, and the table these stand in."""
    for column in table.columns:
        if column.name not in record.values:
            continue
        if column.refers_by:
            if column.refers_by in record.values:
                yield column, REFERRED_BY_KIND[record.values[column.refers_by]]
        elif column.refers and column.refers in _CALLED:
            yield column, column.refers
        elif table.name == "activities" and column.name == "class_ids":
            yield column, "classes"


def _ids(
    column: Column,
    target: str,
    given: object,
    row: Mapping[str, object],
    called: _Called,
) -> Iterator[str]:
    """The ids of a cell, each once; what is no name stays what it is."""
    parts = given if isinstance(given, tuple) else (given,)
    found: dict[str, None] = {}
    for part in map(str, parts):
        ids: tuple[str, ...] = (part,)
        if not called.known.has(column, target, part) and part != HOME:
            if column.name == "class_ids" and plain(part) in _WHOLE_SCHOOL:
                ids = called.whole_school()
            else:
                ids = called.ids(target, part, row)
        if len(ids) > 1 and not column.many:
            raise _several(target, part, ids)
        found |= dict.fromkeys(ids or (part,))
    yield from found


def _several(target: str, text: str, ids: tuple[str, ...]) -> CellError:
    listed = "、".join(ids), ", ".join(ids)
    return CellError(
        f"有{len(ids)}种用法（{listed[0]}）",
        f"stands for several of {target} ({listed[1]})",
        Text("请写其中一个编号。", "Maybe write one of these ids?"),
        text,
    )
