"""Classes and weekdays that rules.toml excepts from a rule exist."""

from collections.abc import Iterator

from scheduler.formats.tables.draft import Draft
from scheduler.model.errors import DataError
from scheduler.model.settings import parameters_of
from scheduler.model.text import Text

_RULE = "GiveDailyPE"


def daily_pe_exceptions(draft: Draft) -> Iterator[DataError]:
    """An exception that names no class or no weekday excepts nothing."""
    given = parameters_of(draft.problem.rules, _RULE)
    classes = given.get("except_classes", ())
    if "classes" not in draft.partial and isinstance(classes, tuple):
        known = draft.problem.class_group
        for name in classes:
            if name not in known:
                yield _fault("except_classes", str(name), "没有这个班", "is no class")
    days = given.get("except_days", ())
    for day in days if isinstance(days, tuple) else ():
        if day not in range(1, 8):
            zh, en = "不是星期几（1至7）", "is no weekday (1 to 7)"
            yield _fault("except_days", str(day), zh, en)


def _fault(key: str, value: str, zh: str, en: str) -> DataError:
    return DataError(
        "rules.toml",
        Text(zh, en),
        Text("请核对。", "Maybe it is misspelt?"),
        column=f"{_RULE}.{key}",
        value=value,
    )
