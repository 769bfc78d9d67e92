"""Hard rules in the portions in which people know them, and relax them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from scheduler.constraints import describe
from scheduler.constraints.base import Constraint, Violation
from scheduler.constraints.primitives import (
    Capacity,
    PatternCost,
    PatternSumCost,
    Primitive,
    SameChoice,
)
from scheduler.constraints.rules.availability import RespectAvailability
from scheduler.constraints.rules.avoid_clashes import (
    AvoidClassClashes,
    AvoidTeacherClashes,
)
from scheduler.constraints.rules.fill_class_days import FillClassDays
from scheduler.constraints.rules.give_daily_pe import GiveDailyPE
from scheduler.constraints.rules.keep_fixed import KeepFixed
from scheduler.constraints.rules.keep_to_bell import KeepToBell
from scheduler.constraints.rules.limit_lessons_per_day import LimitLessonsPerDay
from scheduler.constraints.rules.limit_teacher_load import LimitTeacherLoad
from scheduler.constraints.rules.limits.rules import LimitRule
from scheduler.constraints.rules.place_every_lesson import PlaceEveryLesson
from scheduler.constraints.rules.places.agreements import (
    FitAgreementCaps,
    HonourAgreements,
)
from scheduler.constraints.rules.places.capacities import (
    FitLayoutCapacity,
    FitZoneCapacity,
)
from scheduler.constraints.rules.places.keep_grades_together import (
    KeepGradesTogether,
    limit_name,
)
from scheduler.constraints.rules.places.keep_venue_ceilings import (
    KeepVenueCeilings,
    target_name,
)
from scheduler.constraints.rules.places.use_allowed_layouts import UseAllowedLayouts
from scheduler.constraints.rules.relations.rules import RelationRule
from scheduler.constraints.rules.respect_weeks import RespectWeeks
from scheduler.constraints.rules.staff_lessons import StaffLessons
from scheduler.model.problem import Problem
from scheduler.model.resources import ResourceKind
from scheduler.model.text import Text
from scheduler.solver.explain import row_words, words
from scheduler.solver.explain.person_limits import limit_words
from scheduler.solver.options import Posted

ALWAYS = (
    PlaceEveryLesson,
    AvoidClassClashes,
    KeepToBell,
    UseAllowedLayouts,
    RespectWeeks,
    StaffLessons,
)
"""Rules that say what a timetable is; nobody relaxes them."""
_BY_ROW = LimitRule | RelationRule | KeepGradesTogether
"""Rules that say of which row of a table each of their terms speaks."""


@dataclass(frozen=True, slots=True, order=True)
class RuleGroup:
    """A portion of the hard rules: a rule, and whom or what it speaks of."""

    rule: str
    ids: tuple[str, ...] = ()


def rows_of_terms(problem: Problem, posted: Iterable[Posted]) -> dict[int, str]:
    """By the ids of term objects, the ids of the rows of tables they come from."""
    by_rule: dict[Constraint, list[Posted]] = defaultdict(list)
    for p in posted:
        if isinstance(p.rule, _BY_ROW):
            by_rule[p.rule].append(p)
    found: dict[int, str] = {}
    for rule, mine in by_rule.items():
        assert isinstance(rule, _BY_ROW)
        names = [name for name, _ in rule.primitives_by_row(problem)]
        if len(names) == len(mine):
            found |= {id(p.term): name for p, name in zip(mine, names, strict=True)}
    return found


def group_of_term(
    problem: Problem, posted: Posted, rows: Mapping[int, str]
) -> RuleGroup | None:
    """The portion a term belongs to; None where it always holds.

    Parameters:
        rows: As :func:`rows_of_terms` gives them.
    """
    rule, term = posted.rule, posted.term
    if isinstance(rule, RespectWeeks) and isinstance(term, SameChoice):
        name = term.lessons[0].requirement.requirement_id
        return RuleGroup(rule.name, (name,))
    if isinstance(rule, ALWAYS):
        return None
    if id(term) in rows:
        return RuleGroup(rule.name, (rows[id(term)],))
    match rule:
        case AvoidTeacherClashes() | FitAgreementCaps():
            return RuleGroup(rule.name, (_resource(term),))
        case FitZoneCapacity():
            return _capacity_at(problem.zone[_resource(term)].venue_id)
        case FitLayoutCapacity():
            return _capacity_at(problem.layout[_resource(term)].venue_id)
        case KeepVenueCeilings() if isinstance(term, Capacity):
            return RuleGroup(rule.name, term.resource[:2])
        case LimitLessonsPerDay():
            return RuleGroup(rule.name, (term.lessons[0].requirement.requirement_id,))
        case LimitTeacherLoad():
            return RuleGroup(rule.name, _teachers_with(problem, posted))
        case FillClassDays() if isinstance(term, PatternCost | PatternSumCost):
            return RuleGroup(rule.name, (term.resource,))
        case GiveDailyPE():
            return RuleGroup(rule.name, _classes_with(problem, rule, posted))
    return RuleGroup(rule.name)


def _resource(term: Primitive) -> str:
    """Id of what a capacity is about."""
    assert isinstance(term, Capacity)
    return term.resource[0]


def _capacity_at(venue_id: str) -> RuleGroup:
    return RuleGroup("FitZoneCapacity", (venue_id,))


def _teachers_with(problem: Problem, posted: Posted) -> tuple[str, ...]:
    """Teachers of just these lessons: one, but for those who always work together."""
    lessons = posted.term.lessons
    return tuple(t for t, own in problem.lessons_of_teacher.items() if own == lessons)


def _classes_with(
    problem: Problem, rule: GiveDailyPE, posted: Posted
) -> tuple[str, ...]:
    lessons = posted.term.lessons
    return tuple(
        g.class_id for g, own, _ in rule.daily_classes(problem) if own == lessons
    )


def group_of_breach(
    problem: Problem, rule: Constraint, violation: Violation
) -> RuleGroup:
    """The portion that forbids an option of one lesson by itself."""
    match rule:
        case RespectAvailability():
            return RuleGroup(rule.name, violation.resource_ids[:2])
        case HonourAgreements():
            venue_id = problem.layout[violation.resource_ids[1]].venue_id
            return RuleGroup(rule.name, (venue_id,))
        case KeepFixed():
            return RuleGroup(rule.name, violation.lesson_ids)
    return RuleGroup(rule.name)


def by_rule(portions: Iterable[RuleGroup]) -> tuple[tuple[RuleGroup, ...], ...]:
    """Portions of one rule together; people hear of them as one item."""
    together = groupby(sorted(portions), key=lambda p: p.rule)
    return tuple(tuple(mine) for _, mine in together)


def item_name(
    problem: Problem, rules: dict[str, Constraint], item: Sequence[RuleGroup]
) -> Text:
    """Portions of one rule in words; many of them by their number."""
    if len(item) == 1:
        return group_name(problem, rules, item[0])
    ids = [i for group in item for i in group.ids]
    match item[0].rule:
        case "AvoidTeacherClashes":
            zh, en = _people([describe.teacher(problem, t) for t in ids], "位教师")
            return Text(
                f"{zh}同一时间各只能上一节课",
                f"{en or f'{len(ids)} teachers'} give one lesson at a time each",
            )
        case "GiveDailyPE":
            zh, en = _people([problem.class_name[c] for c in ids], "个班")
            return Text(
                f"{zh}每天一节体育类课程",
                f"PE every day for {en or f'{len(ids)} classes'}",
            )
    names = [group_name(problem, rules, group) for group in item]
    shown = describe.join(names[: words.SHOWN])
    if len(names) <= words.SHOWN:
        return shown
    more = len(names) - words.SHOWN
    return Text(f"{shown.zh}等{len(names)}项", f"{shown.en} and {more} more")


def _people(names: Sequence[str], unit: str) -> tuple[str, str]:
    """Names in Chinese and English; many only by number, in English then empty."""
    if len(names) > words.SHOWN:
        return f"{len(names)}{unit}", ""
    return "、".join(names), ", ".join(names)


def group_name(
    problem: Problem, rules: dict[str, Constraint], group: RuleGroup
) -> Text:
    """The portion in words, with its numbers."""
    parts = list(_named(problem, group))
    return describe.join(parts) if parts else rules[group.rule].title


def _named(problem: Problem, group: RuleGroup) -> Iterator[Text]:
    match group.rule:
        case "AvoidTeacherClashes":
            name = describe.teacher(problem, group.ids[0])
            yield Text(
                f"教师{name}同一时间只能上一节课", f"{name} gives one lesson at a time"
            )
        case "FitZoneCapacity":
            yield _venue_capacity(problem, group.ids[0])
        case "FitAgreementCaps":
            found = {a.agreement_id: a for a in problem.agreements}[group.ids[0]]
            name, most = found.agreement_id, found.max_classes
            yield Text(
                f"协议{name}同时最多{most}个班",
                f"agreement {name} for at most {most} at once",
            )
        case "KeepVenueCeilings" if group.ids:
            yield _ceiling(problem, group.ids)
        case "HonourAgreements":
            name = problem.venue[group.ids[0]].name
            yield Text(f"{name}的协议时段", f"the agreements' windows for {name}")
        case "RespectAvailability":
            yield _unavailable(problem, ResourceKind(group.ids[0]), group.ids[1])
        case "KeepFixed":
            yield words.fixed_lesson(problem, group.ids[0])
        case "KeepGradesTogether" if group.ids:
            yield limit_name(problem, group.ids[0])
        case "KeepLimits" if group.ids:
            yield row_words.limit_name(problem, problem.limit[group.ids[0]])
        case "KeepRelations" if group.ids:
            yield row_words.relation_name(problem, problem.relation[group.ids[0]])
        case "RespectWeeks" if group.ids:
            yield _same_weeks(problem, group.ids[0])
        case "LimitLessonsPerDay":
            yield _daily_limit(problem, group.ids[0])
        case "LimitTeacherLoad":
            for teacher_id in group.ids:
                name = describe.teacher(problem, teacher_id)
                limits = limit_words(problem.teacher[teacher_id])
                yield Text(f"教师{name}{limits.zh}", f"{name} {limits.en}")
        case "FillClassDays":
            for class_id in group.ids:
                name = problem.class_name[class_id]
                yield Text(f"{name}中间不空节", f"no empty period within {name}'s day")
        case "GiveDailyPE":
            for class_id in group.ids:
                name = problem.class_name[class_id]
                yield Text(f"{name}每天一节体育类课程", f"PE every day for {name}")


def _venue_capacity(problem: Problem, venue_id: str) -> Text:
    name = problem.venue[venue_id].name
    zones = [z for z in problem.all_zones if z.venue_id == venue_id]
    most = sum(z.max_classes for z in zones)
    return Text(
        f"{name}的容量（{len(zones)}个分区，分区合计最多{most}个班）",
        f"the capacity of {name} ({words.plural(len(zones), 'zone')}, at most {most} "
        f"{'class' if most == 1 else 'classes'} in all)",
    )


def _ceiling(problem: Problem, ids: tuple[str, ...]) -> Text:
    name = target_name(problem, ids)
    most = next(
        r.limit for r in KeepVenueCeilings().resources(problem) if r.ids[:2] == ids
    )
    return Text(
        f"{name.zh}同时最多{most}个班的上限",
        f"the ceiling of {most} at once on {name.en}",
    )


def _unavailable(problem: Problem, kind: ResourceKind, key: str) -> Text:
    name = words.resource_name(problem, kind, key)
    times = words.closed(problem, kind, key) or Text("", "")
    return Text(f"{name}不可用（{times.zh}）", f"{name} unavailable ({times.en})")


def _same_weeks(problem: Problem, requirement_id: str) -> Text:
    requirement = problem.requirement[requirement_id]
    what = words.teaching(problem, [x.lesson_id for x in requirement.lessons])
    return Text(
        f"{what.zh}隔周上，各节同在单周或同在双周",
        f"{what.en} alternate, all in odd or all in even weeks",
    )


def _daily_limit(problem: Problem, requirement_id: str) -> Text:
    requirement = problem.requirement[requirement_id]
    what = words.teaching(problem, [x.lesson_id for x in requirement.lessons])
    most = requirement.max_per_day
    return Text(f"{what.zh}每天最多{most}节", f"at most {most} a day of {what.en}")
