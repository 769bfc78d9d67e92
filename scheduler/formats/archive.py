"""A timetable with its problem as compressed JSON: what a publication keeps.

Not the tables of a problem folder: reading those checks them, and a check that is
added later must not make an old publication unreadable. Field by field instead, by
the types of the model: a field that is missing takes its default.
"""

import datetime as dt
import hashlib
import json
import types
import zlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from scheduler.model.meeting import Placement
from scheduler.model.problem import Problem
from scheduler.model.timetable import Timetable

_FORMAT = 1
_SINGLE_DATES = {"closures", "calendars", "bookings", "replacements"}


def pack(timetable: Timetable) -> bytes:
    """Write a timetable and its problem; the same bytes for equal ones."""
    problem = timetable.problem
    placed = sorted(problem.lesson.keys() & timetable.placements.keys())
    kept = {
        "format": _FORMAT,
        "problem": plain(problem),
        "placements": {key: plain(timetable.placements[key]) for key in placed},
    }
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    return zlib.compress(text.encode("utf-8", "surrogatepass"))


def digest(problem: Problem) -> str:
    """A fingerprint of everything a week is judged by: equal problems, equal ones.

    Tables of single dates are left out, for no rule reads them: what they close in
    the week stands in ``closed_weekly``.
    """
    given = {k: v for k, v in plain(problem).items() if k not in _SINGLE_DATES}
    text = json.dumps(given, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def unpack(archive: bytes) -> Timetable:
    """Read what :func:`pack` wrote.

    Raises:
        ValueError: a later release wrote it.
    """
    kept = json.loads(zlib.decompress(archive).decode("utf-8", "surrogatepass"))
    if kept["format"] != _FORMAT:
        raise ValueError(f"archive format {kept['format']} is not {_FORMAT}")
    problem: Problem = typed(Problem, kept["problem"])
    rows: Mapping[str, Any] = kept["placements"]
    placements = {key: typed(Placement, row) for key, row in rows.items()}
    return Timetable(problem, placements)


def plain(value: Any) -> Any:
    """A value of the model in the types of JSON."""
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value) if f.init}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, Fraction) else value


def typed(kind: Any, value: Any) -> Any:
    """The value of the model that :func:`plain` made this of."""
    if value is None:
        return None
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        kinds = [k for k in arguments if k is not types.NoneType]
        # Only a rule's settings may be one of several: these are JSON's own types.
        return typed(kinds[0], value) if len(kinds) == 1 else _tuples(value)
    if origin is tuple:
        if arguments[-1] is Ellipsis:
            return tuple(typed(arguments[0], item) for item in value)
        pairs = zip(arguments, value, strict=True)
        return tuple(typed(each, item) for each, item in pairs)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        given = {name: typed(hints[name], value[name]) for name in hints & value.keys()}
        return kind(**given)
    if kind is dt.date:
        return dt.date.fromisoformat(value)
    return kind(value)


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


@cache
def _hints(kind: Any) -> dict[str, Any]:
    """Types of a dataclass's fields, those it works out itself left out."""
    hints = get_type_hints(kind)
    return {f.name: hints[f.name] for f in fields(kind) if f.init}
