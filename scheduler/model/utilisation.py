"""When a room counts as little used: thresholds of the utilisation report."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from scheduler.model.errors import DataError
from scheduler.model.problem import Problem
from scheduler.model.settings import RuleSetting, parameters_of
from scheduler.model.text import Text

SETTINGS = "utilisation"
"""Name of the table of rules.toml."""


class UseLevel(StrEnum):
    """How well a place is used."""

    RED = "red"
    AMBER = "amber"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Utilisation:
    """Shares of use in per cent below which a place is amber, or red.

    Source: regulations.md 6.6; no official threshold is known.
    """

    amber: int = 40
    red: int = 20

    @staticmethod
    def of(problem: Problem) -> "Utilisation":
        """The settings of a problem that has been checked."""
        return Utilisation(**parameters_of(problem.rules, SETTINGS))

    def level(self, use: Fraction) -> UseLevel:
        """What a share of use (1 is always) counts as."""
        percent = 100 * use
        if percent < self.red:
            return UseLevel.RED
        return UseLevel.AMBER if percent < self.amber else UseLevel.GOOD


def check_utilisation(setting: RuleSetting) -> tuple[DataError, ...]:
    """Faults of the table ``[utilisation]``."""
    given = dict(setting.parameters)
    for name in ("enabled", "level", "weight"):
        if getattr(setting, name) is not None:
            given[name] = str(getattr(setting, name))
    wrong = [
        (name, value, Text("应为 amber 或 red，0 到 100 的整数。", _WANTED))
        for name, value in given.items()
        if name not in ("amber", "red")
        or type(value) is not int
        or not 0 <= value <= 100
    ]
    if not wrong:
        read = Utilisation(**given)  # type: ignore[arg-type]
        if read.red > read.amber:
            advice = Text("red 应不大于 amber。", "Maybe red and amber are swapped?")
            wrong = [("red", read.red, advice)]
    return tuple(
        DataError(
            "rules.toml",
            Text("不是可用的阈值", "is no threshold"),
            advice,
            column=f"{SETTINGS}.{name}",
            value=str(value),
        )
        for name, value, advice in wrong
    )


_WANTED = "Maybe amber or red, a whole number from 0 to 100?"
