"""The user's settings of rules, from rules.toml or the sheet of a workbook."""

import tomllib
from collections.abc import Mapping
from typing import Any

from scheduler.formats.tables.cells import is_empty
from scheduler.formats.tables.sheet import Faults
from scheduler.formats.tables.words import member_of, word_of
from scheduler.model.resources import Level
from scheduler.model.settings import MOST_WEIGHT, RuleSetting, Setting
from scheduler.model.text import Text

RULES_FILE = "rules.toml"


_KEYS = {"启用": "enabled", "级别": "level", "权重": "weight"}
"""Words of a sheet for the keys that all rules have."""


def read_settings(
    file: str, content: Mapping[str, Any], faults: Faults
) -> tuple[RuleSetting, ...]:
    """Settings in the order of the file; their names are the catalogue's to check."""
    settings = []
    for name, table in content.items():
        if isinstance(table, dict):
            settings.append(_setting(file, name, table, faults))
        else:
            advice = Text(f"请写成 [{name}]。", f"Maybe write it as [{name}]?")
            zh, en = "不属于任何规则", "stands outside any rule"
            faults.error(file, zh, en, column=name, value=str(table), advice=advice)
    return tuple(settings)


def _setting(
    file: str, name: str, table: dict[str, Any], faults: Faults
) -> RuleSetting:
    parameters = []
    for key, value in table.items():
        if key not in ("enabled", "level", "weight"):
            frozen = _frozen(value)
            if frozen is None:
                _wrong(
                    file, f"{name}.{key}", value, "不是规则的值", "is no value", faults
                )
            else:
                parameters.append((key, frozen))
    return RuleSetting(
        name,
        _enabled(file, name, table.get("enabled"), faults),
        _level(file, name, table.get("level"), faults),
        _weight(file, name, table.get("weight"), faults),
        tuple(parameters),
    )


def _enabled(file: str, name: str, value: Any, faults: Faults) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    zh, en = "不是 true 或 false", "is neither true nor false"
    _wrong(file, f"{name}.enabled", value, zh, en, faults)
    return None


def _level(file: str, name: str, value: Any, faults: Faults) -> Level | None:
    if value is None or value in list(Level):
        return None if value is None else Level(value)
    zh, en = "不是 hard 或 soft", "is neither hard nor soft"
    _wrong(file, f"{name}.level", value, zh, en, faults)
    return None


def _weight(file: str, name: str, value: Any, faults: Faults) -> int | None:
    if value is None or (type(value) is int and 0 <= value <= MOST_WEIGHT):
        return value
    zh = f"不是0到{MOST_WEIGHT}的整数"
    en = f"is not a whole number from 0 to {MOST_WEIGHT}"
    _wrong(file, f"{name}.weight", value, zh, en, faults)
    return None


def _wrong(
    file: str, column: str, value: Any, zh: str, en: str, faults: Faults
) -> None:
    faults.error(file, zh, en, column=column, value=str(value))


def _frozen(value: Any) -> Setting | None:
    """The value with lists as tuples; None where it is no setting."""
    if isinstance(value, bool | int | float | str):
        return value
    if not isinstance(value, list):
        return None
    parts = [_frozen(part) for part in value]
    return None if None in parts else tuple(p for p in parts if p is not None)


def settings_of_rows(
    file: str, rows: list[tuple[int, tuple[str, ...]]], faults: Faults
) -> tuple[RuleSetting, ...]:
    """Settings from rows of rule, key and value; a value is written as in TOML.

    Bare words stand for text. A rule without a key has no settings of its own.
    """
    content: dict[str, dict[str, Any]] = {}
    for number, (rule, key, value) in rows:
        if is_empty(rule):
            zh, en = "没有填写规则", "names no rule"
            faults.error(file, zh, en, row=number, column="rule")
            continue
        table = content.setdefault(rule.strip(), {})
        if _KEYS.get(key.strip(), key.strip()) in table:
            zh, en = "这一项写了两次", "is set twice"
            faults.error(file, zh, en, row=number, column="key", value=key)
        elif not is_empty(key):
            name = _KEYS.get(key.strip(), key.strip())
            table[name] = _worded(name, toml_value(value))
    return read_settings(file, content, faults)


def toml_value(text: str) -> Any:
    """A cell as a TOML value, or as the text it is."""
    try:
        content = tomllib.loads(f"value = {text}")
    except tomllib.TOMLDecodeError:
        return text
    return content["value"] if list(content) == ["value"] else text


def setting_words(key: str, value: Setting, text: str) -> tuple[str, str]:
    """Key and value of an entry as an office reads them; ``text`` is the value's."""
    if key == "enabled":
        text = "是" if value else "否"
    elif key == "level":
        text = word_of(Level(value))
    words = {name: word for word, name in _KEYS.items()}
    return words.get(key, key), text


def _worded(key: str, value: Any) -> Any:
    """What a word of a sheet stands for; the value itself where it is none."""
    if key == "enabled":
        return {"是": True, "否": False}.get(value, value)
    if key == "level" and isinstance(value, str):
        return member_of(Level, value) or value
    return value
