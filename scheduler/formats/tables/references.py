"""Ids that must exist, and keys that must be there once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from scheduler.formats.tables.declared.problem_tables import (
    REFERRED_BY_KIND,
    TABLE,
    TABLES,
)
from scheduler.formats.tables.records import Located, given_ids
from scheduler.formats.tables.schema import Column, Table
from scheduler.formats.tables.sheet import Faults
from scheduler.model.activities import requirements_of
from scheduler.model.errors import SHOWN_AT_MOST, DataError, meant
from scheduler.model.text import Text

Records = Mapping[str, tuple[Located, ...]]

_JOINED = re.compile(r"[\s/|+&,，、和]+")


class KnownIds:
    """Ids by table; a table that could not be read knows every id."""

    def __init__(
        self, records: Records, unreadable: frozenset[str], labels: Mapping[str, str]
    ) -> None:
        self._unreadable = unreadable
        self._labels = labels
        self._ids = {
            t.name: dict.fromkeys(given_ids(t, records.get(t.name))) for t in TABLES
        }
        divided = {r.values.get("venue_id") for r in records.get("zones", ())}
        whole = (v for v in self._ids["venues"] if v not in divided)
        self._ids["zones"] |= dict.fromkeys(whole)
        groups = (r.values.get("group") for r in records.get("teachers", ()))
        self._ids["groups"] = dict.fromkeys(g for g in groups if g)
        self._ids["requirements"] |= dict.fromkeys(_of_activities(records))
        self._advised = 0

    def has(self, column: Column, table: str, name: str) -> bool:
        """Tell whether the table has the id, or cannot be asked."""
        if table in self._unreadable or name in column.also:
            return True
        if table == "zones" and "venues" in self._unreadable:
            return True
        if table == "groups" and "teachers" in self._unreadable:
            return True
        return name in self._ids[table]

    def missing(
        self, record: Located, column: Column, table: str, name: str
    ) -> DataError:
        """The fault of an unknown id, with the id it may stand for."""
        sheet = "teachers" if table == "groups" else table
        return record.fault(
            column.name,
            f"不在【{TABLE[sheet].title}】表中",
            f"is not in the table of {sheet}",
            self._advice(table, name),
            name,
        )

    def _advice(self, table: str, name: str) -> Text:
        # Finding close matches is slow, and nobody reads more than a few.
        self._advised += 1
        parts = [part for part in _JOINED.split(name) if part]
        if len(parts) > 1 and all(part in self._ids[table] for part in parts):
            return Text("多个请用“;”或“、”分隔。", 'Maybe separate the ids by ";"?')
        renamed = Text("是否改过名？", "Maybe renamed?")
        if self._advised > SHOWN_AT_MOST or len(name) > 100:
            return renamed
        return meant(name, self._ids[table], renamed)


def _of_activities(records: Records) -> Iterator[str]:
    """Ids of the requirements that activities are made into."""
    classes = [r.made for r in records.get("classes", ()) if r.made is not None]
    for record in records.get("activities", ()):
        if record.made is not None:
            yield from (r.requirement_id for r in requirements_of(record.made, classes))


def named(table: Table, record: Located) -> Iterator[tuple[Column, str, str]]:
    """Every id a row names: its column, the table it belongs to, the id."""
    for column in table.columns:
        if column.name not in record.values:
            continue
        value = record.values[column.name]
        target = column.refers
        if column.refers_by and column.refers_by in record.values:
            target = REFERRED_BY_KIND[record.values[column.refers_by]]
        if target:
            names = value if column.many else (value,)
            yield from ((column, target, column.id_in(name)) for name in names)


def check_references(records: Records, known: KnownIds, faults: Faults) -> Records:
    """Note unknown ids; rows with one that a check builds on lose their object."""
    checked = {}
    for table in TABLES:
        rows = []
        for record in records.get(table.name, ()):
            sound = record.sound
            for column, target, name in named(table, record):
                if not known.has(column, target, name):
                    fault = known.missing(record, column, target, name)
                    faults.errors.append(fault)
                    sound = sound and column.aside
            rows.append(record if sound == record.sound else _unsound(record))
        checked[table.name] = tuple(rows)
    return checked


def check_keys(records: Records, faults: Faults) -> Records:
    """Note rows that repeat the key of an earlier one; they lose their object."""
    checked = {}
    for table in TABLES:
        first: dict[tuple[Any, ...], Located] = {}
        rows = []
        for record in records.get(table.name, ()):
            key = tuple(record.values.get(name) for name in table.key)
            if not key or None in key or first.setdefault(key, record) is record:
                rows.append(record)
                continue
            faults.errors.append(_twice(table, record, first[key]))
            rows.append(_unsound(record))
        checked[table.name] = tuple(rows)
    return checked


def _twice(table: Table, record: Located, first: Located) -> DataError:
    columns = "", ", ".join(table.key)
    titles = "、".join(table.column[name].title for name in table.key)
    return record.fault(
        table.key[-1],
        f"与{first.place_zh}重复（{titles}）",
        f"repeats {first.place} ({columns[1]})",
        _ONE_OR_TWO if table.column[table.key[-1]].as_in else _COPIED,
        ", ".join(record.cells[name] for name in table.key),
    )


_COPIED = Text("请删去一行或改编号。", "Maybe the row was copied?")
_ONE_OR_TWO = Text(
    "若为同一个，请删去一行；若为两个，请分别编号，如“张伟（大）”。",
    "Maybe the row was copied?",
)


def _unsound(record: Located) -> Located:
    return replace(record, sound=False, made=None)
