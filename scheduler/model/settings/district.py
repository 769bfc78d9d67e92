"""How a district shares teachers among its schools."""

from dataclasses import dataclass

from scheduler.model.errors import DataError
from scheduler.model.settings import RuleSetting, parameters_of
from scheduler.model.settings.numbers import check_numbers

SETTINGS = "district"
"""Name of the table of rules.toml."""


@dataclass(frozen=True, slots=True)
class DistrictSettings:
    """Settings of ``[district]`` in rules.toml.

    A teacher of several schools teaches at no more than ``schools_a_day`` of them on
    one day, and should not teach at more than ``schools_a_term``.
    """

    schools_a_day: int = 2
    schools_a_term: int = 3

    @staticmethod
    def of(rules: tuple[RuleSetting, ...]) -> "DistrictSettings":
        """The settings among those of rules.toml, which have been checked."""
        return DistrictSettings(**parameters_of(rules, SETTINGS))


_RANGES = {"schools_a_day": (1, 2), "schools_a_term": (1, 10)}


def check_district_settings(setting: RuleSetting) -> tuple[DataError, ...]:
    """Faults of the table ``[district]``."""
    return check_numbers(setting, _RANGES)
