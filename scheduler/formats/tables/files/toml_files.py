"""term.toml as the tables term, closed and make_up; rules.toml as settings."""

import datetime
import re
import tomllib
from pathlib import Path
from typing import Any

from scheduler.formats.tables.declared.problem_tables import TERM, TERM_TABLES
from scheduler.formats.tables.files.csv_files import read_text
from scheduler.formats.tables.sheet import Faults, Line, Sheet
from scheduler.model.text import Text

_AT = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")


def read_toml(path: Path, faults: Faults) -> dict[str, Any] | None:
    """A TOML file; None after noting why it cannot be read."""
    text = read_text(path, faults)
    if text is None:
        return None
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        match = _AT.search(str(error))
        line = int(match[1]) if match and match[1] else text.count("\n") + 1
        reason = _AT.sub("", str(error))
        faults.error(
            path.name,
            f"不是有效的 TOML（{reason}）",
            f"is not valid TOML ({reason})",
            row=line,
            advice=Text(
                "文字和列表要加引号或方括号，日期不加。",
                "Maybe a quote or a bracket is missing?",
            ),
        )
        return None


def term_sheets(file: str, content: dict[str, Any], faults: Faults) -> dict[str, Sheet]:
    """The three tables of a term."""
    names = [table.name for table in TERM_TABLES if table is not TERM]
    single = {key: x for key, x in content.items() if key not in names}
    sheets = {TERM.name: _sheet(file, [("", single)], faults)}
    for name in names:
        entries = content.get(name, [])
        if not isinstance(entries, list) or not all(
            isinstance(entry, dict) for entry in entries
        ):
            advice = Text(f"请写成 [[{name}]]。", f"Maybe write it as [[{name}]]?")
            zh, en = "不是表的列表", "is not a list of tables"
            faults.error(file, zh, en, column=name, advice=advice)
            entries = []
        parts = [(f"{name} {k}: ", entry) for k, entry in enumerate(entries, 1)]
        sheets[name] = _sheet(file, parts, faults)
    return sheets


def _sheet(file: str, parts: list[tuple[str, dict[str, Any]]], faults: Faults) -> Sheet:
    titles = tuple(dict.fromkeys(key for _, entry in parts for key in entry))
    lines = tuple(
        Line(None, tuple(_text(file, p + t, e.get(t), faults) for t in titles), p)
        for p, e in parts
    )
    return Sheet(file, titles, lines)


def _text(file: str, key: str, value: Any, faults: Faults) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case datetime.datetime() | datetime.date():
            return value.isoformat()
        case int() if not isinstance(value, bool):
            return str(value)
    zh, en = "类型不对", "is of a wrong type"
    faults.error(file, zh, en, column=key, value=str(value))
    return ""
