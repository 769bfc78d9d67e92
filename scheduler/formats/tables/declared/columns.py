"""The columns of all tables, read from ``columns.csv``: a line for each.

``is`` lists what a column is: required, many, aside, spread, sole (``schema.Column``).
``refers`` is a table, or ``by`` and the column that says which; ``words`` are those
that stand for a value beside ids; ``called`` are other titles that offices give it.
"""

import csv
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from scheduler.formats.tables.schema import Column, Kind
from scheduler.formats.tables.words import (
    ANY_WORDS,
    GRADE_WORDS,
    HOME_WORDS,
    VENUE_WORDS,
    WORDS,
)
from scheduler.model.requirements import HOME
from scheduler.model.settings import MOST_WEIGHT
from scheduler.model.text import Text
from scheduler.model.venues import ANY_SUBJECT

_CHOICES = {type(member).__name__: type(member) for member, _ in WORDS}
_NAMED = {"MOST_WEIGHT": MOST_WEIGHT}
_WORDS: dict[str, dict[str, Any]] = {
    "": {},
    "home": {"also": (HOME,), "aliases": HOME_WORDS},
    "any": {"also": (ANY_SUBJECT,), "aliases": ANY_WORDS},
    "venue": {"aliases": VENUE_WORDS},
    "grade": {"aliases": GRADE_WORDS},
}


@cache
def _rows() -> tuple[dict[str, str], ...]:
    text = Path(__file__).with_name("columns.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def columns_of(table: str) -> tuple[Column, ...]:
    """The columns of a table, in their order."""
    return tuple(_column(row) for row in _rows() if row["table"] == table)


def _column(row: dict[str, str]) -> Column:
    refers, by = row["refers"], ""
    if refers.startswith("by "):
        refers, by = "", refers.removeprefix("by ")
    choices: type[StrEnum] | None = _CHOICES.get(row["choices"])
    return Column(
        row["name"],
        row["title"],
        Kind[row["kind"].upper()],
        choices=choices,
        refers=refers,
        refers_by=by,
        minimum=_number(row["least"]),
        maximum=_number(row["most"]),
        note=Text(row["note_zh"], row["note_en"]),
        field=row["field"],
        as_in=row["as_in"],
        called=tuple(filter(None, row["called"].split(";"))),
        **_WORDS[row["words"]],
        **dict.fromkeys(row["is"].split(), True),
    )


def _number(text: str) -> int | None:
    return _NAMED[text] if text in _NAMED else int(text) if text else None
