"""All rules, and the ones in force for a problem."""

import inspect
from dataclasses import Field, fields, replace
from difflib import get_close_matches

from scheduler.constraints.base import Constraint
from scheduler.constraints.rules.availability import RespectAvailability, RespectWishes
from scheduler.constraints.rules.avoid_clashes import (
    AvoidClassClashes,
    AvoidTeacherClashes,
)
from scheduler.constraints.rules.exercise.give_activity_minutes import (
    GiveActivityMinutes,
)
from scheduler.constraints.rules.exercise.give_daily_pe import GiveDailyPE
from scheduler.constraints.rules.exercise.keep_pe_from_lunch import KeepPEFromLunch
from scheduler.constraints.rules.fill_class_days import FillClassDays
from scheduler.constraints.rules.keep_fixed import KeepFixed
from scheduler.constraints.rules.keep_to_bell import KeepToBell
from scheduler.constraints.rules.limit_lessons_per_day import LimitLessonsPerDay
from scheduler.constraints.rules.limits.rules import KeepLimits, PreferLimits
from scheduler.constraints.rules.place_every_lesson import PlaceEveryLesson
from scheduler.constraints.rules.places.agreements import (
    FitAgreementCaps,
    HonourAgreements,
)
from scheduler.constraints.rules.places.allow_setup import AllowSetup
from scheduler.constraints.rules.places.allow_travel import AllowTravel
from scheduler.constraints.rules.places.bring_escorts import BringEscorts
from scheduler.constraints.rules.places.capacities import (
    FitLayoutCapacity,
    FitZoneCapacity,
)
from scheduler.constraints.rules.places.charge_moments import ChargeMoments
from scheduler.constraints.rules.places.keep_grades_together import KeepGradesTogether
from scheduler.constraints.rules.places.keep_venue_ceilings import KeepVenueCeilings
from scheduler.constraints.rules.places.limit_moves_at_once import LimitMovesAtOnce
from scheduler.constraints.rules.places.prefer_layouts import PreferLayouts
from scheduler.constraints.rules.places.stagger_venue_load import StaggerVenueLoad
from scheduler.constraints.rules.places.use_allowed_layouts import UseAllowedLayouts
from scheduler.constraints.rules.places.walks import LimitWalks, StayLongEnough
from scheduler.constraints.rules.prefer_mornings import PreferMornings
from scheduler.constraints.rules.relations.rules import KeepRelations, PreferRelations
from scheduler.constraints.rules.respect_weeks import RespectWeeks
from scheduler.constraints.rules.spread_lessons import SpreadLessons
from scheduler.constraints.rules.spread_single_lessons import SpreadSingleLessons
from scheduler.constraints.rules.teachers.balance_halves import (
    BalanceHalfDays,
    BalanceWeeks,
)
from scheduler.constraints.rules.teachers.keep_parallel_pace import KeepParallelPace
from scheduler.constraints.rules.teachers.keep_teacher_lunch import KeepTeacherLunch
from scheduler.constraints.rules.teachers.limit_site_moves import LimitSiteMoves
from scheduler.constraints.rules.teachers.limit_teacher_load import LimitTeacherLoad
from scheduler.constraints.rules.teachers.staff_lessons import StaffLessons
from scheduler.constraints.rules.teachers.teacher_days import (
    LimitIdlePeriods,
    LimitRuns,
)
from scheduler.model.closures import SETTINGS as CALENDARS
from scheduler.model.closures import check_calendar_settings
from scheduler.model.errors import DataError, InputError
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.settings import RuleSetting
from scheduler.model.settings.agreements import SETTINGS as AGREEMENTS
from scheduler.model.settings.agreements import check_agreement_settings
from scheduler.model.settings.district import SETTINGS as DISTRICT
from scheduler.model.settings.district import check_district_settings
from scheduler.model.settings.source import SETTINGS as SOURCE
from scheduler.model.settings.source import check_source
from scheduler.model.text import Text
from scheduler.model.utilisation import SETTINGS as UTILISATION
from scheduler.model.utilisation import check_utilisation
from scheduler.model.weather import SETTINGS as BAD_WEATHER
from scheduler.model.weather import check_bad_weather

RULES: tuple[type[Constraint], ...] = (
    PlaceEveryLesson,
    AvoidTeacherClashes,
    AvoidClassClashes,
    AllowTravel,
    RespectAvailability,
    KeepToBell,
    UseAllowedLayouts,
    FitZoneCapacity,
    FitLayoutCapacity,
    HonourAgreements,
    FitAgreementCaps,
    AllowSetup,
    KeepGradesTogether,
    KeepVenueCeilings,
    KeepFixed,
    RespectWeeks,
    StaffLessons,
    LimitLessonsPerDay,
    LimitTeacherLoad,
    GiveDailyPE,
    FillClassDays,
    KeepLimits,
    KeepRelations,
    SpreadLessons,
    PreferMornings,
    KeepPEFromLunch,
    GiveActivityMinutes,
    StaggerVenueLoad,
    LimitMovesAtOnce,
    LimitRuns,
    LimitIdlePeriods,
    KeepTeacherLunch,
    LimitSiteMoves,
    BalanceWeeks,
    BalanceHalfDays,
    KeepParallelPace,
    SpreadSingleLessons,
    PreferLayouts,
    ChargeMoments,
    LimitWalks,
    StayLongEnough,
    BringEscorts,
    RespectWishes,
    PreferLimits,
    PreferRelations,
)

_TABLES = {
    BAD_WEATHER: check_bad_weather,
    CALENDARS: check_calendar_settings,
    AGREEMENTS: check_agreement_settings,
    DISTRICT: check_district_settings,
    UTILISATION: check_utilisation,
    SOURCE: check_source,
}
"""Tables of rules.toml that belong to no rule, and who checks them."""
_COMMON = ("title", "fault", "level", "weight")


def parameters(rule: type[Constraint]) -> tuple[Field[object], ...]:
    """A rule's own parameters, beside level and weight."""
    return tuple(f for f in fields(rule) if f.name not in _COMMON)


def rules_in_force(problem: Problem) -> tuple[Constraint, ...]:
    """The rules of a problem: defaults, changed by its settings.

    Raises:
        InputError: a setting names no rule or parameter, or has a wrong type.
    """
    errors = check_settings(problem.rules)
    if errors:
        raise InputError(errors)
    given = {s.name: s for s in problem.rules}
    return tuple(
        _configured(rule(), given.get(rule.__name__))
        for rule in RULES
        if rule.__name__ not in given or given[rule.__name__].enabled is not False
    )


def _configured(rule: Constraint, setting: RuleSetting | None) -> Constraint:
    if setting is None:
        return rule
    return replace(
        rule,
        level=setting.level or rule.level,
        weight=rule.weight if setting.weight is None else setting.weight,
        **dict(setting.parameters),
    )


def check_settings(settings: tuple[RuleSetting, ...]) -> tuple[DataError, ...]:
    """Faults of rules.toml that only the rules themselves can know."""
    known = {rule.__name__: rule for rule in RULES}
    errors: list[DataError] = []
    for setting in settings:
        if setting.name in _TABLES:
            errors += _TABLES[setting.name](setting)
            continue
        rule = known.get(setting.name)
        if rule is None:
            errors.append(_unknown("", setting.name, list(known)))
            continue
        if setting.weight == 0 and (setting.level or rule().level) is Level.HARD:
            errors.append(_weightless(setting.name))
        given = dict(setting.parameters)
        errors += [
            _missing(setting.name, name)
            for name in rule.needs
            if setting.enabled is not False and not given.get(name)
        ]
        names = {f.name: f for f in parameters(rule)}
        for name, value in setting.parameters:
            if name not in names:
                errors.append(_unknown(setting.name, name, list(names)))
            elif not _fits(value, names[name].default):
                errors.append(_wrong_type(setting.name, names[name], value))
    return tuple(errors)


_NUMBER = Text("应为非负整数。", "Maybe a whole number of 0 or more is meant?")


def _fits(value: object, default: object) -> bool:
    """Whether a value is of the default's type; numbers are of 0 or more."""
    if isinstance(value, tuple):
        return isinstance(default, tuple)
    return type(value) is type(default) and not (isinstance(value, int) and value < 0)


def _unknown(table: str, name: str, known: list[str]) -> DataError:
    close = get_close_matches(name, known, 1)
    advice = Text("请核对名称。", "Maybe it is misspelt?")
    if close:
        advice = Text(f"是否应为 {close[0]}？", f"Maybe {close[0]} is meant?")
    what = Text("没有这条规则", "is not the name of a rule")
    if table:
        what = Text(f"不是规则 {table} 的参数", f"is not a parameter of {table}")
    return DataError("rules.toml", what, advice, column=table or None, value=name)


def _weightless(table: str) -> DataError:
    return DataError(
        "rules.toml",
        Text("硬性规则的权重不能为0", "cannot be the weight of a hard rule"),
        Text("要停用请写 enabled = false。", "Maybe enabled = false is meant?"),
        column=f"{table}.weight",
        value="0",
    )


def _missing(table: str, name: str) -> DataError:
    return DataError(
        "rules.toml",
        Text(
            "没有填写或为 0，规则不起作用", "is missing or 0, so the rule says nothing"
        ),
        Text("请填写，或删去这条规则。", "Maybe fill it in, or leave the rule out?"),
        column=f"{table}.{name}",
    )


def _wrong_type(table: str, field: Field[object], value: object) -> DataError:
    name, advice = field.name, _NUMBER
    if isinstance(field.default, tuple):
        advice = Text(
            "请写成列表，如 [1, 2]。", "Maybe a list such as [1, 2] is meant?"
        )
    return DataError(
        "rules.toml",
        Text(f"不能作为参数 {name} 的值", f"cannot be the value of {name}"),
        advice,
        column=f"{table}.{name}",
        value=str(value),
    )


def render_markdown() -> str:
    """The page docs/constraints.md, from the rules' own docstrings."""
    parts = [
        "# Constraints",
        "",
        "Generated from the rules' docstrings by `make docs`.",
        "Amounts count both weeks of the two-week cycle.",
        "",
    ]
    for rule in RULES:
        default = rule()
        parts += [f"## {rule.__name__} {rule.title.zh}", ""]
        parts += [f"*{rule.title.en}.* Level: {default.level}"]
        parts[-1] += f", weight {default.weight}." if default.level == "soft" else "."
        parts += ["", inspect.cleandoc(rule.__doc__ or ""), ""]
        parts += [f"- `{kind}`: {text}" for kind, text in rule.kinds().items()]
        parts += [""] if rule.kinds() else []
        for field in parameters(rule):
            parts += [f"- `{field.name}` = {field.default}"]
        parts += [""] if parameters(rule) else []
    return "\n".join(parts).rstrip() + "\n"
