"""A timetable with its problem as compressed JSON: what a publication keeps.

Not the tables of a problem folder: reading those checks them, and a check that is
added later must not make an old publication unreadable. Field by field instead, by
the types of the model: a field that is missing takes its default. What else changes
raises the number of the format, and an older archive is read by way of the upgrades.
"""

import datetime as dt
import hashlib
import json
import types
import zlib
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Union, get_args, get_origin

from cattrs import Converter

from scheduler.model.errors import DataError, InputError
from scheduler.model.meeting import Placement
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]

_UPGRADES: Mapping[int, Upgrade] = {}
"""By its number, what makes an archive one of the next number, as plain JSON."""
NUMBER = 1 + len(_UPGRADES)
"""The number of the format; tests keep an archive of each."""
_SINGLE_DATES = {"closures", "calendars", "bookings", "replacements"}


def pack(timetable: Timetable) -> bytes:
    """Write a timetable and its problem; the same bytes for equal ones."""
    problem = timetable.problem
    placed = sorted(problem.lesson.keys() & timetable.placements.keys())
    kept = {
        "format": NUMBER,
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
    """Read what :func:`pack` wrote, in this release or an earlier one.

    Raises:
        InputError: a later release wrote it.
    """
    read = json.loads(zlib.decompress(archive).decode("utf-8", "surrogatepass"))
    kept = upgraded(read, _UPGRADES)
    problem: Problem = typed(Problem, kept["problem"])
    rows: Mapping[str, Any] = kept["placements"]
    placements = {key: typed(Placement, row) for key, row in rows.items()}
    return Timetable(problem, placements)


def upgraded(kept: dict[str, Any], upgrades: Mapping[int, Upgrade]) -> dict[str, Any]:
    """Plain JSON of any number as that of the newest.

    Parameters:
        upgrades: The step from each number to the next, from 1 on.

    Raises:
        InputError: its number is later than the newest.
    """
    number, newest = kept["format"], 1 + len(upgrades)
    if number > newest:
        raise InputError([_later(number, newest)])
    for step in range(number, newest):
        kept = upgrades[step](kept) | {"format": step + 1}
    return kept


def _later(number: int, newest: int) -> DataError:
    return DataError(
        "archive",
        Text(
            f"这份课表由更新版本的程序保存（存档格式{number}，本程序读到{newest}）",
            f"a later release kept this timetable (format {number}, ours {newest})",
        ),
        Text("请升级程序后再打开。", "Upgrade the program, then open it again."),
    )


def plain(value: Any) -> Any:
    """A value of the model in the types of JSON."""
    return _CONVERTER.unstructure(value)


def typed(kind: Any, value: Any) -> Any:
    """The value of the model that :func:`plain` made this of."""
    return _CONVERTER.structure(value, kind)


def _converter() -> Converter:
    made = Converter(detailed_validation=False)
    made.register_unstructure_hook(dt.date, dt.date.isoformat)
    made.register_structure_hook(dt.date, lambda value, _: dt.date.fromisoformat(value))
    made.register_unstructure_hook(dt.datetime, dt.datetime.isoformat)
    made.register_structure_hook(
        dt.datetime, lambda value, _: dt.datetime.fromisoformat(value)
    )
    made.register_unstructure_hook(Fraction, str)
    made.register_structure_hook(Fraction, lambda value, _: Fraction(value))
    made.register_structure_hook_func(_is_setting, lambda value, _: _tuples(value))
    return made


def _is_setting(kind: Any) -> bool:
    """Whether values may be of several kinds: a rule's settings, JSON's own types."""
    several = get_origin(kind) in (Union, types.UnionType)
    return several and len({*get_args(kind)} - {types.NoneType}) > 1


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


_CONVERTER = _converter()
