"""When a room counts as little used: thresholds of the utilisation report."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from scheduler.model.errors import DataError
from scheduler.model.problem import Problem
from scheduler.model.settings import RuleSetting, parameters_of
from scheduler.model.settings.numbers import check_numbers
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


_RANGES = {"amber": (0, 100), "red": (0, 100)}


def check_utilisation(setting: RuleSetting) -> tuple[DataError, ...]:
    """Faults of the table ``[utilisation]``."""
    found = check_numbers(setting, _RANGES)
    if found:
        return found
    read = Utilisation(**dict(setting.parameters))  # type: ignore[arg-type]
    if read.red <= read.amber:
        return ()
    return (
        DataError(
            "rules.toml",
            Text(
                f"red（{read.red}）大于 amber（{read.amber}）",
                f"red ({read.red}) is above amber ({read.amber})",
            ),
            Text("red 应不大于 amber。", "Maybe red and amber are swapped?"),
            column=f"{SETTINGS}.red",
            value=str(read.red),
        ),
    )
