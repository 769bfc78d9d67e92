"""Write term.toml and rules.toml."""

import math
import re
from typing import Any

from scheduler.formats.tables.declared.problem_tables import TERM
from scheduler.formats.tables.encode import filled_cells, term_parts
from scheduler.formats.tables.schema import Kind, Table
from scheduler.model.problem import Problem
from scheduler.model.settings import RuleSetting, Setting

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPED = re.compile(r'[\x00-\x1f\x7f"\\]')
_PLAIN = (Kind.DATE, Kind.WEEKDAY, Kind.COUNT)


def term_toml(problem: Problem) -> str:
    """The term with its closed and make-up days."""
    return "\n".join(
        _entry(table, row) for table, rows in term_parts(problem) for row in rows
    )


def table_toml(table: Table, item: Any) -> str:
    """One row of a table of the term."""
    return _entry(table, filled_cells(table, item))


def _entry(table: Table, row: dict[str, str]) -> str:
    head = "" if table is TERM else f"[[{table.name}]]\n"
    return head + _entries(table, row)


def _entries(table: Table, row: dict[str, str]) -> str:
    lines = [
        f"{name} = {x if table.column[name].kind in _PLAIN else toml_text(x)}\n"
        for name, x in row.items()
    ]
    return "".join(lines)


def rules_toml(problem: Problem) -> str:
    """The settings of rules; empty where all are at their defaults."""
    return "\n".join(
        f"[{_key(s.name)}]\n"
        + "".join(f"{_key(key)} = {toml_literal(x)}\n" for key, x in entries_of(s))
        for s in problem.rules
    )


def entries_of(setting: RuleSetting) -> list[tuple[str, Setting]]:
    """What a setting says, as keys and values."""
    common = (
        ("enabled", setting.enabled),
        ("level", None if setting.level is None else str(setting.level)),
        ("weight", setting.weight),
    )
    given = [(key, x) for key, x in common if x is not None]
    return given + list(setting.parameters)


def toml_literal(value: Setting) -> str:
    """A value as TOML writes it."""
    match value:
        case bool():
            return "true" if value else "false"
        case float() if not math.isfinite(value):
            return str(value)
        case int() | float():
            return repr(value)
        case str():
            return toml_text(str(value))
    return f"[{', '.join(map(toml_literal, value))}]"


def toml_text(text: str) -> str:
    """A text in quotation marks."""
    escaped = _ESCAPED.sub(
        lambda m: rf"\u{ord(m[0]):04x}" if m[0] not in '"\\' else f"\\{m[0]}", text
    )
    return f'"{escaped}"'


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else toml_text(name)
