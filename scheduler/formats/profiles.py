"""Curriculum profiles: TOML with values, lists, switches, and the CSV tables it names.

A profile that ``extends`` another gives only what differs: values, lists, rules,
rows of the curriculum (``[[curriculum]]``), names (``[[names]]``), norms
(``[[norms]]``). Tables are named relative to the file that names them.
"""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import fields, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from scheduler.audit.findings import Severity
from scheduler.audit.profile import (
    Lists,
    Profile,
    Share,
    Source,
    Switch,
    Values,
)
from scheduler.audit.standard import Standard
from scheduler.formats.standards import PROFILES, read_standard
from scheduler.model.course_names import CourseName, NameUse, course_names
from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text
from scheduler.model.times import parse_clock

NATIONAL = "national-2022"
_LETTERS = {s.letter: s for s in Severity}


def profile_names() -> tuple[str, ...]:
    """Profiles that come with the program."""
    return tuple(sorted(p.stem for p in PROFILES.glob("*.toml")))


def read_profile(name: str = NATIONAL) -> Profile:
    """Read a profile by its name or by the path of its TOML file.

    Raises:
        InputError: there is none, or it holds what no profile has; all faults.
    """
    layers = list(_layers(name))
    faults: list[DataError] = []
    tables = _Tables(layers[0][0].parent, layers[0][1])
    sources: dict[str, Source] = {}
    values = Values(**_collect(Values, "values", layers, sources, faults))
    lists = Lists(**_collect(Lists, "lists", layers, sources, faults))
    switches = _switches(layers, faults)
    rows, names, norms = tables.standard().rows, course_names(), tables.norms()
    for path, layer in layers:
        try:
            rows = tuple(_overridden(rows, _own(layer, "curriculum")))
            names = names.with_own(_names(_own(layer, "names")))
            for row in _own(layer, "norms"):
                norms[row["stage"], row.get("code", "")] = int(row["lessons"])
        except (KeyError, ValueError, TypeError) as fault:
            faults.append(DataError(path.name, _unreadable(fault)))
    if faults:
        raise InputError(faults)
    own = layers[-1][1]
    return Profile(
        own["id"],
        str(own["version"]),
        Text(**own["title"]),
        next(Text(**x["document"]) for _, x in reversed(layers) if "document" in x),
        Standard(rows),
        values,
        lists,
        names,
        tables.shares(),
        norms,
        switches,
        sources,
    )


def _layers(name: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The profile's files, what it rests on first."""
    known = PROFILES / f"{name}.toml"
    path = known if known.is_file() else Path(name)
    if not path.is_file():
        advice = "、".join(profile_names())
        raise InputError(
            [
                DataError(
                    name,
                    Text("没有这个口径", "there is no such profile"),
                    Text(f"现有：{advice}", f"There are: {', '.join(profile_names())}"),
                )
            ]
        )
    try:
        own = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise InputError([DataError(path.name, _unreadable(fault))]) from fault
    missing = {"id", "version", "title"} - set(own)
    if missing:
        column = sorted(missing)[0]
        problem = Text("缺少这一项", "is missing")
        raise InputError([DataError(path.name, problem, column=column)])
    if "extends" in own:
        yield from _layers(own["extends"])
    elif path.stem != NATIONAL or path.parent != PROFILES:
        yield from _layers(NATIONAL)
    yield path, own


def _unreadable(fault: Exception) -> Text:
    return Text(f"读不懂这个口径（{fault}）", f"cannot read this profile ({fault})")


def _collect(
    shape: type,
    part: str,
    layers: list[tuple[Path, dict[str, Any]]],
    sources: dict[str, Source],
    faults: list[DataError],
) -> dict[str, Any]:
    """Values by name, later files over earlier ones, as the fields want them."""
    kinds = {f.name: f.type for f in fields(shape)}
    found: dict[str, Any] = {}
    for path, layer in layers:
        for name, entry in layer.get(part, {}).items():
            column = f"{part}.{name}"
            if name not in kinds:
                problem = Text("口径里没有这一项", "profiles have no such value")
                faults.append(DataError(path.name, problem, column=column))
                continue
            given = entry if isinstance(entry, dict) else {"value": entry}
            try:
                found[name] = _value(kinds[name], given["value"])
            except (KeyError, ValueError, TypeError):
                problem = Text("值的写法不对", "the value is not of its kind")
                value = str(given.get("value"))
                faults.append(DataError(path.name, problem, column=column, value=value))
                found.setdefault(name, None)
            sources[name] = Source(
                given.get("source", path.stem),
                given.get("wording", ""),
                given.get("assumed", False),
            )
    return found


def _value(kind: Any, value: Any) -> Any:
    """A value as its field wants it; times of day are minutes."""
    if kind is bool:
        if not isinstance(value, bool):
            raise TypeError(value)
        return value
    if kind is Fraction:
        return Fraction(str(value))
    if kind is int:
        whole = parse_clock(value) if isinstance(value, str) else value
        if isinstance(whole, bool) or not isinstance(whole, int) or whole < 0:
            raise TypeError(value)
        return whole
    if not isinstance(value, list):
        raise TypeError(value)
    return tuple(map(str, value))


def _switches(
    layers: list[tuple[Path, dict[str, Any]]], faults: list[DataError]
) -> dict[str, Switch]:
    found: dict[str, Switch] = {}
    for path, layer in layers:
        for rule, entry in layer.get("rules", {}).items():
            try:
                letter = entry.get("severity")
                reason = entry.get("reason", "")
                text = Text(**reason) if isinstance(reason, dict) else None
                found[rule] = Switch(
                    bool(entry.get("enabled", True)),
                    _LETTERS[letter] if letter else None,
                    text or Text(str(reason), str(reason)),
                )
            except (KeyError, TypeError, AttributeError):
                problem = Text("规则的设置写法不对", "the rule's settings are wrong")
                faults.append(DataError(path.name, problem, column=f"rules.{rule}"))
    return found


def _own(layer: dict[str, Any], name: str) -> Any:
    """Rows that a profile gives in its own file; a table's name is no row."""
    given = layer.get(name, ())
    return () if isinstance(given, str) else given


def _overridden(rows: Any, changes: Any) -> Iterator[Any]:
    """Rows of the curriculum with the minima and maxima that a profile gives."""
    table = {
        (grade, change["code"]): change
        for change in changes
        for grade in change["grades"]
    }
    for row in rows:
        change = table.get((row.grade, row.code))
        if change is None:
            yield row
            continue
        low = Fraction(str(change.get("minimum", row.minimum)))
        high = Fraction(str(change.get("maximum", row.maximum)))
        if low > high:
            raise ValueError(f"{row.code}: {low} > {high}")
        yield replace(row, minimum=low, maximum=high)


def _names(rows: Any) -> Iterator[CourseName]:
    for row in rows:
        for name in str(row["names"]).split(";"):
            code, use = row.get("code") or "", NameUse(row["use"])
            yield CourseName.said(name.strip(), code, use)


class _Tables:
    """The CSV tables that the lowest layer names."""

    def __init__(self, folder: Path, own: dict[str, Any]) -> None:
        self.folder, self.own = folder, own

    def standard(self) -> Standard:
        """The curriculum."""
        return read_standard(self.folder / self.own["curriculum"])

    def shares(self) -> tuple[Share, ...]:
        """Shares over nine years."""
        return tuple(
            Share(
                Text(row["name_zh"], row["name_en"]),
                tuple(row["codes"].split(";")),
                Fraction(row["low_percent"]),
                Fraction(row["high_percent"]),
                row["source"],
            )
            for row in self._rows("shares")
        )

    def norms(self) -> dict[tuple[str, str], int]:
        """Lessons of a full post."""
        return {
            (row["stage"], row["code"]): int(row["lessons"])
            for row in self._rows("norms")
        }

    def _rows(self, name: str) -> list[dict[str, str]]:
        path = self.folder / self.own[name]
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))
