"""Tables of rules.toml that belong to no rule: whole numbers and switches."""

from collections.abc import Collection, Mapping

from scheduler.model.errors import DataError
from scheduler.model.settings import RuleSetting
from scheduler.model.text import Text

_SLIP = Text("请核对。", "Maybe a slip?")


def check_numbers(
    setting: RuleSetting,
    ranges: Mapping[str, tuple[int, int]],
    flags: Collection[str] = (),
    advice: Text = _SLIP,
) -> tuple[DataError, ...]:
    """Faults of a table whose keys have these least and greatest values.

    Parameters:
        flags: Keys that are true or false.
        advice: What to say of a number out of its range.
    """
    given: dict[str, object] = dict(setting.parameters)
    for name in ("enabled", "level", "weight"):
        if getattr(setting, name) is not None:
            given[name] = getattr(setting, name)
    found = []
    for name, value in given.items():
        wrong = _wrong(setting.name, name, value, ranges, flags, advice)
        if wrong is not None:
            column = f"{setting.name}.{name}"
            found.append(
                DataError("rules.toml", *wrong, column=column, value=str(value))
            )
    return tuple(found)


def _wrong(
    table: str,
    name: str,
    value: object,
    ranges: Mapping[str, tuple[int, int]],
    flags: Collection[str],
    advice: Text,
) -> tuple[Text, Text] | None:
    """What is wrong with one key, and what to do; None where nothing is."""
    if name in flags:
        if isinstance(value, bool):
            return None
        return (
            Text("不是 true 或 false", "is neither true nor false"),
            Text("请写 true 或 false。", "Maybe write true or false?"),
        )
    if name not in ranges:
        known = ", ".join((*ranges, *flags))
        return (
            Text(f"不是 {table} 的设置", f"is no setting of {table}"),
            Text(f"可用：{known}。", f"There are {known}."),
        )
    low, high = ranges[name]
    if type(value) is int and low <= value <= high:
        return None
    what = Text(f"不是{low}到{high}的整数", f"is no whole number of {low} to {high}")
    return what, advice
