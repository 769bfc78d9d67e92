"""Tables of rules.toml that belong to no rule and hold whole numbers only."""

from collections.abc import Mapping

from scheduler.model.errors import DataError
from scheduler.model.settings import RuleSetting
from scheduler.model.text import Text


def check_numbers(
    setting: RuleSetting, ranges: Mapping[str, tuple[int, int]]
) -> tuple[DataError, ...]:
    """Faults of a table whose keys have these least and greatest values."""
    given: dict[str, object] = dict(setting.parameters)
    for name in ("enabled", "level", "weight"):
        if getattr(setting, name) is not None:
            given[name] = getattr(setting, name)
    known = ", ".join(ranges)
    found = []
    for name, value in given.items():
        if name not in ranges:
            what = Text(
                f"不是 {setting.name} 的设置", f"is no setting of {setting.name}"
            )
            advice = Text(f"可用：{known}。", f"There are {known}.")
        else:
            low, high = ranges[name]
            if type(value) is int and low <= value <= high:
                continue
            what = Text(
                f"不是{low}到{high}的整数", f"is no whole number of {low} to {high}"
            )
            advice = Text("请核对。", "Maybe a slip?")
        column = f"{setting.name}.{name}"
        found.append(
            DataError("rules.toml", what, advice, column=column, value=str(value))
        )
    return tuple(found)
