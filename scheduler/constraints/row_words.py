"""Rows of limits.csv and relations.csv in words: what a row asks for."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from scheduler.constraints import describe, words
from scheduler.constraints.rules.limits.kinds import KINDS as LIMIT_KINDS
from scheduler.constraints.rules.relations.kinds import KINDS as RELATION_KINDS
from scheduler.model.limits import Limit, LimitOn
from scheduler.model.problem import Problem
from scheduler.model.relations import Relation, RelationKind, Slot
from scheduler.model.resources import Level
from scheduler.model.text import Text, joined
from scheduler.model.times import format_clock


def limit_name(problem: Problem, row: Limit) -> Text:
    """A row of limits.csv: whom it speaks of and what it asks for."""
    everybody = {
        LimitOn.TEACHER: Text("所有教师", "all teachers"),
        LimitOn.CLASS: Text("所有班级", "all classes"),
        LimitOn.GROUP: Text("各教研组", "all groups"),
    }[row.on]
    who = everybody
    if row.ids and row.on is LimitOn.CLASS:
        who = describe.same(describe.classes(problem, row.ids))
    elif row.ids and row.on is LimitOn.GROUP:
        who = describe.same("、".join(row.ids))
    elif row.ids:
        who = describe.same("、".join(describe.teacher(problem, t) for t in row.ids))
    clock = f"{format_clock(row.start or 0)}–{format_clock(row.end or 0)}"
    asks = LIMIT_KINDS[row.kind].asks
    return Text(
        f"{who.zh}{asks.zh.format(v=row.value, clock=clock)}（限制{row.limit_id}）",
        f"{who.en}: {asks.en.format(v=row.value, clock=clock)} (limit {row.limit_id})",
    )


def relation_name(problem: Problem, row: Relation) -> Text:
    """A row of relations.csv: its lessons and what it asks of them."""
    ids = [x.lesson_id for x in problem.related_lessons(row)]
    what, asks = words.teaching(problem, ids), asked_by(problem, row)
    return Text(what.zh + asks.zh, f"{what.en} {asks.en}")


def asked(problem: Problem, row: Relation) -> Text:
    """What a row of relations.csv asks of its lessons."""
    asks = RELATION_KINDS[row.kind].asks
    when = slots(row.slots)
    where = joined(describe.layout(problem, x) for x in row.layouts)
    return Text(
        asks.zh.format(v=row.value, slots=when.zh, places=where.zh),
        asks.en.format(v=row.value, slots=when.en, places=where.en),
    )


def asked_by(problem: Problem, row: Relation) -> Text:
    """What a row asks, with its id."""
    asks, name = asked(problem, row), row.relation_id
    return Text(f"{asks.zh}（关系{name}）", f"{asks.en} (relation {name})")


def slots(given: Iterable[Slot]) -> Text:
    """Slots by days that are alike, as "周一至周五第5、6节"."""
    by_day: dict[int, list[int]] = defaultdict(list)
    for day, period in sorted(set(given)):
        by_day[day].append(period)
    alike: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for day, periods in by_day.items():
        alike[tuple(periods)].append(day)
    parts = []
    for numbers, on in alike.items():
        days, told = words.days_named(on), words.periods_named(numbers)
        parts.append(Text(days.zh + told.zh, f"{days.en} {told.en}"))
    return joined(parts)


def slot_note(problem: Problem, lesson_ids: Sequence[str]) -> Text:
    """Hard relations that leave some of these lessons only some slots, or nothing."""
    wanted = set(lesson_ids)
    kinds = (RelationKind.STARTS_IN, RelationKind.STAYS_IN)
    parts = [
        asked_by(problem, row)
        for row in problem.relations
        if row.level is Level.HARD
        and row.kind in kinds
        and any(x.lesson_id in wanted for x in problem.related_lessons(row))
    ]
    if not parts:
        return Text("", "")
    told = joined(parts[: words.SHOWN])
    if len(parts) > words.SHOWN:
        more = len(parts) - words.SHOWN
        told = Text(f"{told.zh}等{len(parts)}项", f"{told.en} and {more} more")
    return Text(f"；{told.zh}", f"; {told.en}")
