"""The user's settings of the rules (rules.toml)."""

from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from scheduler.model.resources import Level

MOST_WEIGHT = 10_000_000
"""Largest weight of a rule or of a row: a search adds up costs below 2**31."""
Setting: TypeAlias = bool | int | float | str | tuple["Setting", ...]


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """One table of rules.toml: what differs from the rule's defaults."""

    name: str
    enabled: bool | None = None
    level: Level | None = None
    weight: int | None = None
    parameters: tuple[tuple[str, Setting], ...] = ()


def with_parameter(
    rules: tuple[RuleSetting, ...], name: str, key: str, value: Setting
) -> tuple[RuleSetting, ...]:
    """The settings with one parameter of a rule set anew."""
    own = next((s for s in rules if s.name == name), RuleSetting(name))
    kept = tuple((k, v) for k, v in own.parameters if k != key)
    changed = replace(own, parameters=(*kept, (key, value)))
    return (*(s for s in rules if s.name != name), changed)


def parameters_of(rules: tuple[RuleSetting, ...], name: str) -> dict[str, Any]:
    """What a table of rules.toml sets, which has been checked; empty without it."""
    given = (setting.parameters for setting in rules if setting.name == name)
    return dict(next(given, ()))
