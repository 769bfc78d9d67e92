"""Cells of a sheet as people read and type them: words for values, names for ids."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from scheduler.formats.problem.typed import SHEET, Cells, Rows
from scheduler.formats.tables.cells import (
    SEPARATORS,
    CellError,
    is_empty,
    plain,
    read_cell,
)
from scheduler.formats.tables.declared.problem_tables import REFERRED_BY_KIND, TABLE
from scheduler.formats.tables.encode import write_cell
from scheduler.formats.tables.schema import Column, Kind, Table

_NAMED = ("schools", "subjects", "classes", "teachers", "venues", "zones", "layouts")
"""Tables whose rows may be called by their name."""


@dataclass
class Shown:
    """The words of one language for all cells of a draft."""

    rows: Rows
    language: str
    _texts: dict[tuple[str, str, str], str] = field(default_factory=dict)
    _kept: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def row(self, table: Table, row: Cells) -> list[str]:
        """The cells of a row in the order of the columns."""
        return [self.cell(table, column, row) for column in table.columns]

    def cell(self, table: Table, column: Column, row: Cells) -> str:
        """A cell; what cannot be read stands as it was typed."""
        text = row.get(column.name, "")
        if is_empty(text):
            return ""
        target = self._target(table, column, row)
        key = (table.name, f"{column.name} {target}", text)
        if key not in self._texts:
            self._texts[key] = (
                self._listed(column, target, text)
                if target
                else self._read(column, text)
            )
        return self._texts[key]

    def choices(self, name: str) -> list[str]:
        """What may be typed for the rows of a table: their names, else their ids."""
        return list(dict.fromkeys(self._names(name).values()))

    def name(self, table: str, row_id: str) -> str:
        """What a row is called; its id where that alone tells it."""
        return self._names(table).get(row_id, row_id)

    def _read(self, column: Column, text: str) -> str:
        if column.kind is Kind.TEXT and not column.many:
            return text
        try:
            value = read_cell(column, text, loose=not self._marks)
        except CellError:
            return text
        written = write_cell(column, value, self.language)
        return written.replace(";", self._joiner) if column.many else written

    def _listed(self, column: Column, target: str, text: str) -> str:
        words = {meant: word for word, meant in reversed(column.aliases)}
        known = words if self.language == "zh" else {}
        names = self._names(target)
        parts = [x.strip() for x in text.split(";")] if column.many else [text]
        return self._joiner.join(known.get(x) or names.get(x, x) for x in parts if x)

    def _target(self, table: Table, column: Column, row: Cells) -> str:
        """The table whose rows a cell names by their ids."""
        if table.name == "activities" and column.name == "class_ids":
            return "classes"
        if column.refers_by:
            return REFERRED_BY_KIND.get(row.get(column.refers_by, ""), "")
        return column.refers if column.kind is Kind.ID else ""

    @cached_property
    def _marks(self) -> bool:
        """Whether an id holds a comma or its like, which parts no list then."""
        firsts = (
            (t.columns[0].name, self.rows.get(t.name, {})) for t in TABLE.values()
        )
        return any(
            SEPARATORS.search(row.get(column, ""))
            for column, rows in firsts
            for row in rows.values()
        )

    @property
    def _joiner(self) -> str:
        return "、" if self.language == "zh" and not self._marks else ";"

    def _names(self, name: str) -> Mapping[str, str]:
        """By id, what names that row alone."""
        if name == "groups":
            groups = (x.get("group", "") for x in self.rows["teachers"].values())
            return {x: x for x in groups if x}
        if name not in self._kept:
            rows = self.rows.get(name, {}).values()
            key = SHEET[name].columns[0].name
            self._kept[name] = _called(name, key, rows)
        return self._kept[name]


def _called(table: str, key: str, rows: Iterable[Cells]) -> Mapping[str, str]:
    found = {x[key]: x.get("name", "") for x in rows if x.get(key)}
    if table not in _NAMED:
        return {x: x for x in found}
    spelled = Counter(map(_spelled, found.values()))
    ids = {_spelled(x) for x in found}
    return {
        x: name
        if name
        and spelled[_spelled(name)] == 1
        and (_spelled(name) not in ids or _spelled(name) == _spelled(x))
        and not SEPARATORS.search(name)
        else x
        for x, name in found.items()
    }


def _spelled(text: str) -> str:
    return plain(text).replace(" ", "").lower()
