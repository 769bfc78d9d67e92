"""What an import read, what it could not, and what it made of the rest."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from scheduler.model.text import Text


class Unsupported(Exception):
    """A constraint that cannot be expressed; says why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.reason = Text(zh, en)


def whole(text: str) -> int:
    """A number that a constraint gives.

    Raises:
        Unsupported: it gives none.
    """
    if not text.strip().isdecimal():
        raise Unsupported("缺少数值", "its number is missing")
    return int(text)


@dataclass
class ImportReport:
    """Counts of constraints by type; nothing of a file is left out unsaid.

    ``unsupported`` and ``approximated`` tell a type's constraints by reason;
    ``approximated_hard`` are types of which a hard constraint was approximated.
    ``without_effect`` are constraints on nothing: under 0 %, or of fewer lessons than
    they compare.
    """

    version: str = ""
    read: Counter[str] = field(default_factory=Counter)
    inactive: Counter[str] = field(default_factory=Counter)
    without_effect: Counter[str] = field(default_factory=Counter)
    inactive_activities: int = 0
    idle_sets: int = 0
    unsupported: Counter[tuple[str, Text]] = field(default_factory=Counter)
    approximated: Counter[tuple[str, Text]] = field(default_factory=Counter)
    approximated_hard: set[str] = field(default_factory=set)

    @property
    def is_complete(self) -> bool:
        """Whether every active constraint was read."""
        return not self.unsupported

    def sentences(self) -> Iterator[Text]:
        """What people must know, one sentence each."""
        for (name, reason), count in sorted(self.unsupported.items(), key=_by_type):
            yield Text(
                f"未支持：{name}，{count}条（{reason.zh}）",
                f"not supported: {name}, {count} constraint(s) ({reason.en})",
            )
        for (name, reason), count in sorted(self.approximated.items(), key=_by_type):
            yield Text(
                f"近似处理：{name}，{count}条（{reason.zh}）",
                f"approximated: {name}, {count} constraint(s) ({reason.en})",
            )
        if self.inactive_activities or self.inactive:
            constraints = self.inactive.total()
            yield Text(
                f"已停用而跳过：活动{self.inactive_activities}个，约束{constraints}条",
                f"skipped as not active: {self.inactive_activities} activities, "
                f"{constraints} constraints",
            )

    def as_json(self) -> dict[str, Any]:
        """The whole report for import-report.json."""
        return {
            "fet_version": self.version,
            "complete": self.is_complete,
            "read": dict(sorted(self.read.items())),
            "unsupported": [
                _entry(x) for x in sorted(self.unsupported.items(), key=_by_type)
            ],
            "approximated": [
                _entry(x) for x in sorted(self.approximated.items(), key=_by_type)
            ],
            "inactive": dict(sorted(self.inactive.items())),
            "inactive_activities": self.inactive_activities,
            "without_effect": dict(sorted(self.without_effect.items())),
            "students_sets_without_activities": self.idle_sets,
        }


def _by_type(item: tuple[tuple[str, Text], int]) -> tuple[str, str]:
    return item[0][0], item[0][1].en


def _entry(item: tuple[tuple[str, Text], int]) -> dict[str, Any]:
    (name, reason), count = item
    return {"type": name, "count": count, "zh": reason.zh, "en": reason.en}
