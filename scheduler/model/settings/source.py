"""Where a problem was imported from, and what of it was read approximately."""

from dataclasses import dataclass

from scheduler.model.errors import DataError
from scheduler.model.settings import RuleSetting, parameters_of
from scheduler.model.text import Text

SETTINGS = "source"
"""Name of the table of rules.toml."""


@dataclass(frozen=True, slots=True)
class Source:
    """The file a problem is made of; ``approximated`` are hard constraints of it.

    Each of these is expressed by rows that may ask for more than it does, so what is
    proven impossible is so of the file as read, not of the file.
    """

    file: str = ""
    approximated: tuple[str, ...] = ()

    @staticmethod
    def of(rules: tuple[RuleSetting, ...]) -> "Source":
        """The settings among those of rules.toml, which have been checked."""
        return Source(**parameters_of(rules, SETTINGS))

    @property
    def as_read(self) -> Text:
        """What to add to a proof that there is no timetable; empty without need."""
        if not self.approximated:
            return Text("", "")
        names = "、".join(self.approximated), ", ".join(self.approximated)
        return Text(
            f"这只对读入后的文件成立：{self.file}的{names[0]}是近似读入的，原文件可能有课表。",
            f"This holds of the file as read: {names[1]} of {self.file} were read "
            "approximately, so the file itself may have a timetable.",
        )


def check_source(setting: RuleSetting) -> tuple[DataError, ...]:
    """Faults of the table ``[source]``."""
    kinds = {"file": str, "approximated": tuple}
    return tuple(
        DataError(
            "rules.toml",
            Text("不是导入来源的值", "is no value of a source"),
            Text("请删去这一项。", "Maybe leave it out?"),
            column=f"{SETTINGS}.{name}",
            value=str(value),
        )
        for name, value in setting.parameters
        if not isinstance(value, kinds.get(name, bytes))
    )
