"""Scenarios: what would change in the tables, as a folder or one TOML file.

A folder holds CSV files of the tables that change, with the changed rows only: a row
whose key is there already changes that row's given cells, any other is added. A
``scenario.toml`` beside them, or such a file alone, gives a name and single changes::

    name = "把操场分成六区"
    [[change]]
    table = "zones"
    action = "add"          # add, replace or remove
    row = { zone_id = "Z6", venue_id = "V-FIELD", max_classes = 1 }
"""

import csv
import io
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scheduler.formats.problem.reading import Reading, read_problem
from scheduler.formats.tables.declared.problem_tables import FOLDER_TABLES
from scheduler.formats.tables.files.csv_files import read_rows
from scheduler.formats.tables.files.toml_files import read_toml
from scheduler.formats.tables.files.writing import csv_bytes, fill_folder
from scheduler.formats.tables.headers import recognise
from scheduler.formats.tables.schema import Table
from scheduler.formats.tables.sheet import Faults
from scheduler.model.errors import InputError
from scheduler.model.problem import Problem
from scheduler.model.text import Text

FILE = "scenario.toml"
ADD, REPLACE, REMOVE = "add", "replace", "remove"
ACTIONS = (ADD, REPLACE, REMOVE)
_PUT = "put"
"""A row of a CSV file: replaces the one of its key, or is added."""
_TABLES = {table.name: table for table in FOLDER_TABLES}


@dataclass(frozen=True, slots=True)
class Change:
    """One row that changes; ``where`` names it in errors."""

    where: str
    number: int | None
    table: Table
    action: str
    row: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A name and its changes."""

    name: str
    changes: tuple[Change, ...]


def read_scenario(path: Path) -> Scenario:
    """Read a folder or a TOML file.

    Raises:
        InputError: it has faults; all of them.
    """
    faults, changes, name = Faults(), [], path.stem if path.is_file() else path.name
    if not path.exists():
        faults.error(str(path), "没有这个情景文件或文件夹", "there is no such scenario")
    single = path / FILE if path.is_dir() else path
    if single.is_file():
        content = read_toml(single, faults) or {}
        name = str(content.get("name", name))
        where = path.name if single == path else f"{path.name}/{FILE}"
        changes += list(_of_toml(where, content, faults))
    if path.is_dir():
        for table in FOLDER_TABLES:
            if (path / table.file_name).is_file():
                changes += list(_of_csv(path / table.file_name, table, faults))
    if not changes and not faults.errors:
        advice = Text("请放入要改的行。", "Maybe put in the rows that change?")
        zh, en = "没有任何改动", "changes nothing"
        faults.error(path.name, zh, en, advice=advice)
    if faults.errors:
        raise InputError(faults.errors)
    return Scenario(name, tuple(changes))


def apply_scenario(problem: Problem, scenario: Scenario) -> Reading:
    """The problem with the changes, checked as if it were read.

    Raises:
        InputError: a change finds no row, or the changed tables have faults.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        fill_folder(problem, folder)
        faults = Faults()
        for change in scenario.changes:
            _apply(folder, change, faults)
        if faults.errors:
            raise InputError(faults.errors)
        return read_problem(folder, even_impossible=True)


def _of_csv(path: Path, table: Table, faults: Faults) -> Iterator[Change]:
    rows = read_rows(path, faults) or []
    where = f"{path.parent.name}/{path.name}"
    titles = [recognise(table, cell) or cell for cell in rows[0][1]] if rows else []
    if not _known(where, table, titles, faults):
        return
    for number, cells in rows[1:]:
        row = dict(zip(titles, cells, strict=False))
        if any(cell.strip() for cell in cells):
            yield Change(where, number, table, _PUT, row)


def _of_toml(where: str, content: dict[str, Any], faults: Faults) -> Iterator[Change]:
    changes = content.get("change", [])
    if not isinstance(changes, list):
        advice = Text("请写成 [[change]]。", "Maybe write it as [[change]]?")
        faults.error(where, "不是列表", "is no list", column="change", advice=advice)
        return
    for entry in changes:
        given = entry if isinstance(entry, dict) else {}
        table = _TABLES.get(str(given.get("table")))
        action, row = given.get("action", ADD), given.get("row")
        if table is None:
            names = ", ".join(_TABLES)
            zh, en, advice = (
                "没有这张表",
                "is no table",
                Text(f"可用 {names}。", f"Maybe one of {names}?"),
            )
            value = str(given.get("table"))
            faults.error(where, zh, en, column="table", value=value, advice=advice)
        elif action not in ACTIONS:
            advice = Text(
                "可用 add、replace、remove。", "Maybe add, replace or remove?"
            )
            zh, en = "不是可用的动作", "is no action"
            column, value = "action", str(action)
            faults.error(where, zh, en, column=column, value=value, advice=advice)
        elif not isinstance(row, dict) or not row:
            zh, en = "没有写明哪一行", "names no row"
            faults.error(where, zh, en, column="row", value=table.name)
        elif _known(where, table, list(row), faults):
            cells = {key: _cell(value) for key, value in row.items()}
            yield Change(where, None, table, action, cells)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(int(value))
    return ";".join(map(str, value)) if isinstance(value, list) else str(value)


def _known(where: str, table: Table, titles: list[str], faults: Faults) -> bool:
    unknown = [title for title in titles if title not in table.column]
    for title in unknown:
        names = ", ".join(table.column)
        zh, en = f"不是 {table.name} 的列", f"is no column of {table.name}"
        faults.error(where, zh, en, value=title, advice=Text(names, names))
    return not unknown


def _apply(folder: Path, change: Change, faults: Faults) -> None:
    """Change one table's file in the folder."""
    table, path = change.table, folder / change.table.file_name
    names = [column.name for column in table.columns]
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ",".join(names)
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    found = [row for row in rows if _is_meant(change, row)]
    if not found and change.action in (REPLACE, REMOVE):
        wanted = ", ".join(f"{k}={v}" for k, v in change.row.items())
        zh, en = f"{table.name} 里没有这一行", f"is no row of {table.name}"
        faults.error(change.where, zh, en, row=change.number, value=wanted)
        return
    if change.action == REMOVE:
        rows = [row for row in rows if row not in found]
    elif found and change.action in (REPLACE, _PUT):
        for row in found:
            row.update(change.row)
    else:
        rows.append(dict(change.row))
    cells = [[row.get(name) or "" for name in names] for row in rows]
    path.write_bytes(csv_bytes([names, *cells]))


def _is_meant(change: Change, row: Mapping[str, str]) -> bool:
    """By the table's key; a row to remove by all that is given of it."""
    key: tuple[str, ...] = change.table.key
    if change.action == REMOVE:
        key = tuple(change.row)
    return bool(key) and all(row.get(k, "") == change.row.get(k, "") for k in key)
