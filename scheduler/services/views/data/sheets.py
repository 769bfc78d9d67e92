"""Sheets of a draft as plain data: columns with their choices, rows, faults."""

from collections.abc import Iterable
from typing import Any

from scheduler.formats.problem.typed import SHEET, SHEETS
from scheduler.formats.tables.schema import Column, Kind, Table
from scheduler.formats.tables.words import word_of
from scheduler.model.text import WEEKDAYS_EN, WEEKDAYS_ZH, Text
from scheduler.services.school.drafts.desk import Desk
from scheduler.services.school.drafts.operations import Part
from scheduler.services.views.data.cells import Shown
from scheduler.services.views.data.faults import fault_facts, pending_facts

_WHOLE = 300
"""A table of so many rows is told whole after each step."""
GROUPS: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (
        Text("学校与人", "School and people"),
        ("schools", "bells", "subjects", "classes", "teachers"),
    ),
    (
        Text("任课与活动", "Lessons and activities"),
        ("requirements", "activities", "fixed"),
    ),
    (
        Text("场地与协议", "Places and agreements"),
        ("venues", "zones", "layouts", "agreements", "sites", "venue_targets"),
    ),
    (
        Text("时间与规则", "Times and rules"),
        ("unavailable", "limits", "relations", "rules"),
    ),
    (
        Text("学期与日期", "Term and dates"),
        (
            *("term", "closed", "make_up", "closures", "calendars", "bookings"),
            "replacements",
        ),
    ),
)


def overview(desk: Desk, language: str) -> dict[str, Any]:
    """How many rows each table has, what is wrong, what is not in force."""
    rows, typed = desk.tables.shown(), desk.typed()
    told = fault_facts(typed, language)
    faults: dict[str, int] = {}
    for fault in told["faults"]:
        if not fault["warning"]:
            faults[fault["table"]] = faults.get(fault["table"], 0) + 1
    return {
        **told,
        "seen": desk.history.last,
        "pending": pending_facts(desk, typed, language),
        "groups": [
            (title, [(SHEET[x], len(rows[x]), faults.get(x, 0)) for x in names])
            for title, names in GROUPS
        ],
    }


def opened(desk: Desk, names: Iterable[str], language: str) -> dict[str, Any]:
    """Tables as they are now, with what may be typed in their columns."""
    shown = Shown(desk.tables.shown(), language)
    tables = [SHEET[name] for name in names]
    targets = {x for t in tables for c in t.columns if (x := _choices_of(t, c))}
    return {
        **state(desk, language),
        "columns": {
            t.name: [_column(t, c, language) for c in t.columns] for t in tables
        },
        "choices": {x: shown.choices(x) for x in sorted(targets)},
        "rows": {t.name: _rows(desk, shown, t) for t in tables},
    }


def since(desk: Desk, names: Iterable[str], seen: int, language: str) -> dict[str, Any]:
    """What has become of tables since a step: all rows of small ones, else the new.

    A row that is gone is told without cells.
    """
    shown = Shown(desk.tables.shown(), language)
    touched: dict[str, set[int]] = {}
    for operation in desk.history.operations[max(seen, 0) :]:
        for change in operation.changes:
            if change.cell.part in (Part.ROW, Part.TYPED):
                touched.setdefault(change.cell.table, set()).add(int(change.cell.key))
    rows: dict[str, Any] = {}
    changed: dict[str, Any] = {}
    for table in (SHEET[name] for name in names):
        if touched and len(shown.rows[table.name]) <= _WHOLE:
            rows[table.name] = _rows(desk, shown, table)
        elif table.name in touched:
            own = touched[table.name]
            changed[table.name] = _rows(desk, shown, table, own)
    last = desk.history.operations[-1:] if desk.history.last > seen else []
    return {
        **state(desk, language),
        "rows": rows,
        "changed": changed,
        "by": [x.who for x in last],
    }


def state(desk: Desk, language: str) -> dict[str, Any]:
    """What every answer tells: the last step, all faults, what is not in force."""
    typed = desk.typed()
    return {
        "seen": desk.history.last,
        **fault_facts(typed, language),
        "pending": pending_facts(desk, typed, language),
    }


def _rows(
    desk: Desk, shown: Shown, table: Table, only: set[int] | None = None
) -> list[list[Any]]:
    """Rows as number, whether they are not in force, cells."""
    pending = desk.tables.pending()
    rows = shown.rows[table.name]
    numbers = rows.keys() if only is None else sorted(only)
    return [
        [n, int((table.name, n) in pending), shown.row(table, rows[n])]
        if n in rows
        else [n, 0, None]
        for n in numbers
    ]


def _column(table: Table, column: Column, language: str) -> dict[str, Any]:
    return {
        "name": column.name,
        "title": column.titled(language),
        "note": column.note.in_language(language),
        "required": column.required and not column.as_in and not column.sole,
        "many": column.many,
        "number": column.kind in (Kind.COUNT, Kind.ROUNDED, Kind.HALVES),
        "words": _words(column, language),
        "choices": _choices_of(table, column),
    }


def _choices_of(table: Table, column: Column) -> str:
    """The table whose names may be typed; empty where there is none, or several."""
    if table.name == "activities" and column.name == "class_ids":
        return "classes"
    return column.refers if column.kind is Kind.ID and column.refers in SHEET else ""


def _words(column: Column, language: str) -> list[str]:
    """The few words that a column takes, or those beside names."""
    zh = language == "zh"
    match column.kind:
        case Kind.CHOICE if column.choices:
            return [word_of(x) if zh else x.value for x in column.choices]
        case Kind.FLAG:
            return ["是", "否"] if zh else ["1", "0"]
        case Kind.WEEKDAY:
            return list((WEEKDAYS_ZH if zh else WEEKDAYS_EN)[1:])
    seen: dict[str, str] = {}
    for word, meant in column.aliases:
        seen.setdefault(meant, word if zh else meant)
    return list(seen.values())


def names_of(asked: Iterable[str]) -> list[str]:
    """Names of tables that there are, each once."""
    known = {table.name for table in SHEETS}
    return [name for name in dict.fromkeys(asked) if name in known]
