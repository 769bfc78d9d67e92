"""Rule settings of single schools in a district, with the ids their rows have now."""

from collections.abc import Mapping, Sequence

from scheduler.formats.district.ids import NewIds
from scheduler.model.settings import RuleSetting, Setting

Settings = tuple[RuleSetting, ...]


def with_own_rules(
    shared: Settings, own: Sequence[Settings], schools: Sequence[tuple[str, ...]]
) -> Mapping[str, Settings]:
    """Settings by school of those that have any: a table of its own counts first."""
    found = {}
    for settings, ids in zip(own, schools, strict=True):
        if settings:
            names = {s.name for s in settings}
            whole = (*(s for s in shared if s.name not in names), *settings)
            found |= dict.fromkeys(ids, whole)
    return found


def qualified_rules(settings: Settings, new: NewIds) -> Settings:
    """The settings with new ids in place of old ones in lists of ids."""
    by_name = {old: name for (_, old), name in new.items()}
    return tuple(
        RuleSetting(
            s.name,
            s.enabled,
            s.level,
            s.weight,
            tuple((key, _mapped(value, by_name)) for key, value in s.parameters),
        )
        for s in settings
    )


def _mapped(value: Setting, new: Mapping[str, str]) -> Setting:
    if isinstance(value, tuple):
        return tuple(
            new.get(v, v) if isinstance(v, str) else _mapped(v, new) for v in value
        )
    return value
