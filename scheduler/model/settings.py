"""The user's settings of the rules (rules.toml)."""

from dataclasses import dataclass
from typing import TypeAlias

from scheduler.model.resources import Level

Setting: TypeAlias = bool | int | float | str | tuple["Setting", ...]


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """One table of rules.toml: what differs from the rule's defaults."""

    name: str
    enabled: bool | None = None
    level: Level | None = None
    weight: int | None = None
    parameters: tuple[tuple[str, Setting], ...] = ()
