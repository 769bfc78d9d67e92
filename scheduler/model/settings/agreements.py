"""How agreements are judged: dates they must cover, how fast classes walk."""

from dataclasses import dataclass

from scheduler.model.errors import DataError
from scheduler.model.settings import RuleSetting, parameters_of
from scheduler.model.settings.numbers import check_numbers
from scheduler.model.venues import Agreement

SETTINGS = "agreements"
"""Name of the table of rules.toml."""


@dataclass(frozen=True, slots=True)
class AgreementSettings:
    """Settings that hold for all agreements.

    A window may carry weekly lessons if it is valid on ``percent`` of its weekday's
    dates in the term; lessons on the others are moved one by one. ``expiry_days``
    before an agreement ends it is warned of. A class of grades 1 to 3 (4 to 6, 7 to 9)
    walks so many metres a minute, and needs ``overhead`` minutes more to line up.
    Source: regulations.md 3.3 (0.8, 1.0, 1.2 m/s and 4 minutes).
    """

    percent: int = 100
    expiry_days: int = 30
    metres_1_3: int = 48
    metres_4_6: int = 60
    metres_7_9: int = 72
    overhead: int = 4

    @staticmethod
    def of(rules: tuple[RuleSetting, ...]) -> "AgreementSettings":
        """The settings among those of rules.toml, which have been checked."""
        return AgreementSettings(**parameters_of(rules, SETTINGS))

    def walk_minutes(self, agreement: Agreement, grade: int) -> int:
        """Minutes a class of this grade walks: those agreed, or longer if it is far."""
        if agreement.walk_metres is None:
            return agreement.walk_minutes
        pace = (self.metres_1_3, self.metres_4_6, self.metres_7_9)[(grade - 1) // 3]
        minutes = -(-agreement.walk_metres // pace) + self.overhead
        return max(agreement.walk_minutes, minutes)


_RANGES = {
    "percent": (1, 100),
    "expiry_days": (0, 366),
    "metres_1_3": (1, 300),
    "metres_4_6": (1, 300),
    "metres_7_9": (1, 300),
    "overhead": (0, 60),
}


def check_agreement_settings(setting: RuleSetting) -> tuple[DataError, ...]:
    """Faults of the table ``[agreements]``."""
    return check_numbers(setting, _RANGES)
