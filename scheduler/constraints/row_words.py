"""Rows of limits.csv and relations.csv in words: what a row asks for."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from scheduler.constraints import describe, words
from scheduler.model.limits import Limit, LimitKind, LimitOn
from scheduler.model.problem import Problem
from scheduler.model.relations import Relation, RelationKind, Slot
from scheduler.model.resources import Level
from scheduler.model.text import Text
from scheduler.model.times import format_clock

_LIMITS = {
    LimitKind.MAX_DAYS: ("每周最多{v}天有课", "lessons on at most {v} days a week"),
    LimitKind.MIN_DAYS: ("每周至少{v}天有课", "lessons on at least {v} days a week"),
    LimitKind.MAX_DAYS_WITHIN: (
        "每周最多{v}天在{clock}有课",
        "lessons within {clock} on at most {v} days a week",
    ),
    LimitKind.MAX_PERIODS_A_DAY: ("每天最多{v}节", "at most {v} periods a day"),
    LimitKind.MIN_PERIODS_A_DAY: (
        "有课的日子至少{v}节",
        "at least {v} periods on a day with any",
    ),
    LimitKind.MIN_PERIODS_EVERY_DAY: (
        "每天至少{v}节",
        "at least {v} periods every day",
    ),
    LimitKind.MAX_RUN: ("最多连上{v}节", "at most {v} periods in a row"),
    LimitKind.MAX_IDLE_A_WEEK: ("每周最多{v}节空堂", "at most {v} idle periods a week"),
    LimitKind.MAX_IDLE_A_DAY: ("每天最多{v}节空堂", "at most {v} idle periods a day"),
    LimitKind.MAX_SPAN_A_DAY: (
        "每天首尾最多跨{v}节",
        "at most {v} periods from the first to the last of a day",
    ),
    LimitKind.MAX_LATE_STARTS: (
        "每周最多{v}天从第二节开始",
        "at most {v} days a week begin with the second period",
    ),
    LimitKind.MAX_PERIODS_A_DAY_WITHIN: (
        "每天在{clock}最多{v}节",
        "at most {v} periods a day within {clock}",
    ),
    LimitKind.MIN_FREE_HALF_DAYS: (
        "每周至少{v}个半天没有课",
        "at least {v} free half days a week",
    ),
    LimitKind.MAX_MOVES_A_DAY: (
        "每天最多往返校区{v}次",
        "at most {v} moves between sites a day",
    ),
}
_RELATIONS = {
    RelationKind.MIN_DAYS_BETWEEN: ("至少相隔{v}天", "at least {v} days apart"),
    RelationKind.MIN_DAYS_BETWEEN_OR_ADJACENT: (
        "至少相隔{v}天或连上",
        "at least {v} days apart or one right after the other",
    ),
    RelationKind.MAX_DAYS_BETWEEN: ("最多相隔{v}天", "at most {v} days apart"),
    RelationKind.MIN_GAP: (
        "同一天至少隔{v}节",
        "at least {v} periods between on a day",
    ),
    RelationKind.MAX_GAP: ("同一天最多隔{v}节", "at most {v} periods between on a day"),
    RelationKind.SAME_START: ("同时开始", "at the same time"),
    RelationKind.SAME_DAY: ("在同一天", "on the same day"),
    RelationKind.SAME_TIME: ("在每天的同一时刻", "at the same time of day"),
    RelationKind.NOT_OVERLAPPING: ("互不重叠", "not at the same time"),
    RelationKind.CONSECUTIVE: ("依次连上", "one right after the other, in order"),
    RelationKind.ADJACENT: ("连在一起", "one right after the other"),
    RelationKind.ADJACENT_IF_SAME_DAY: (
        "同一天则连上",
        "one right after the other if on the same day",
    ),
    RelationKind.ORDERED: ("按先后", "in order"),
    RelationKind.ORDERED_IF_SAME_DAY: ("同一天则按先后", "in order if on the same day"),
    RelationKind.ENDS_DAY: ("在班级一天的最后", "last of the classes' day"),
    RelationKind.BEGINS_DAY: ("在班级一天的最先", "first of the classes' day"),
    RelationKind.ENDS_TEACHER_DAY: ("在教师一天的最后", "last of the teachers' day"),
    RelationKind.BEGINS_TEACHER_DAY: ("在教师一天的最先", "first of the teachers' day"),
    RelationKind.STARTS_IN: ("只能开始于{slots}", "beginning only on {slots}"),
    RelationKind.STAYS_IN: ("只能排在{slots}", "only on {slots}"),
    RelationKind.IN_LAYOUTS: ("只能用{places}", "only at {places}"),
    RelationKind.MAX_USED_SLOTS: (
        "最多占用{slots}中的{v}个",
        "using at most {v} of {slots}",
    ),
    RelationKind.MIN_USED_SLOTS: (
        "至少占用{slots}中的{v}个",
        "using at least {v} of {slots}",
    ),
    RelationKind.MAX_AT_ONCE: (
        "在{slots}同时最多{v}节",
        "at most {v} at once on {slots}",
    ),
    RelationKind.MIN_AT_ONCE: (
        "在{slots}同时至少{v}节",
        "at least {v} at once on {slots}",
    ),
    RelationKind.MAX_IN: ("最多{v}节在{slots}", "at most {v} on {slots}"),
    RelationKind.MAX_LAYOUTS: ("最多用{v}个场地", "at most {v} places"),
    RelationKind.SAME_LAYOUT_IF_ADJACENT: (
        "连上则同一场地",
        "at one place if one right after the other",
    ),
    RelationKind.MIN_ROWS_BETWEEN: (
        "同一天至少隔{v}行（含休息行）",
        "at least {v} rows between on a day, breaks included",
    ),
    RelationKind.MAX_ROWS_BETWEEN: (
        "同一天最多隔{v}行（含休息行）",
        "at most {v} rows between on a day, breaks included",
    ),
    RelationKind.SUBJECTS_NOT_SAME_DAY: (
        "同一班级不排在同一天",
        "not on one day of a class",
    ),
    RelationKind.SUBJECTS_NOT_ADJACENT: (
        "同一班级不相邻",
        "not next to one another in a class",
    ),
    RelationKind.SUBJECTS_NOT_BEFORE: (
        "同一班级前者不紧接在后者之前",
        "the first not right before the second in a class",
    ),
}


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
    zh, en = _LIMITS[row.kind]
    return Text(
        f"{who.zh}{zh.format(v=row.value, clock=clock)}（限制{row.limit_id}）",
        f"{who.en}: {en.format(v=row.value, clock=clock)} (limit {row.limit_id})",
    )


def relation_name(problem: Problem, row: Relation) -> Text:
    """A row of relations.csv: its lessons and what it asks of them."""
    ids = [x.lesson_id for x in problem.related_lessons(row)]
    what, asks = words.teaching(problem, ids), asked_by(problem, row)
    return Text(what.zh + asks.zh, f"{what.en} {asks.en}")


def asked(problem: Problem, row: Relation) -> Text:
    """What a row of relations.csv asks of its lessons."""
    zh, en = _RELATIONS[row.kind]
    when = slots(row.slots)
    where = describe.join([describe.layout(problem, x) for x in row.layouts])
    return Text(
        zh.format(v=row.value, slots=when.zh, places=where.zh),
        en.format(v=row.value, slots=when.en, places=where.en),
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
    return describe.join(parts)


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
    told = describe.join(parts[: words.SHOWN])
    if len(parts) > words.SHOWN:
        more = len(parts) - words.SHOWN
        told = Text(f"{told.zh}等{len(parts)}项", f"{told.en} and {more} more")
    return Text(f"；{told.zh}", f"; {told.en}")
