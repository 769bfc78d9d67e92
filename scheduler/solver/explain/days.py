"""Rules that count lessons on days: PE every day, and so many a day at most."""

from collections.abc import Hashable, Iterator, Sequence

from scheduler.constraints import describe
from scheduler.constraints.base import Constraint
from scheduler.constraints.counting import DailyLimit, DailyLimitRule
from scheduler.constraints.give_daily_pe import GiveDailyPE, daily_classes
from scheduler.model.resources import ClassGroup
from scheduler.model.text import Text, weekday
from scheduler.model.times import LAYERS
from scheduler.solver.explain import words
from scheduler.solver.explain.explanation import Kind, Statement
from scheduler.solver.explain.hard_view import (
    HardView,
    in_week,
    lesson_ids,
    possible_in_week,
)
from scheduler.solver.explain.matching import most_assigned
from scheduler.solver.options import LessonGroup


def days_without_pe(view: HardView) -> Iterator[Statement]:
    """Classes whose PE-type lessons cannot reach every school day."""
    if view.rule(GiveDailyPE) is None:
        return
    for group, lessons, days in daily_classes(view.problem):
        given = view.groups(lessons)
        if len(lesson_ids(given)) < len(lessons):
            continue  # one with nowhere to go is a proof of its own
        for layer in LAYERS:
            possible = _day_choices(possible_in_week(given, layer))
            choices = [[d for d in mine if d in days] for mine in possible]
            one_each: dict[Hashable, int] = dict.fromkeys(days, 1)
            served = [d for d in days if any(d in c for c in choices)]
            reached = most_assigned(choices, one_each)
            if reached < len(days):
                yield _daily_pe(view, group, given, days, served, reached)
                break


def over_daily_limit(view: HardView) -> Iterator[Statement]:
    """Lessons with a daily limit for which the days do not suffice."""
    for rule in view.rules:
        if not isinstance(rule, DailyLimitRule):
            continue
        for limit in rule.limits(view.problem):
            found = _over_limit(view, rule, limit)
            if found is not None:
                yield found


def _day_choices(groups: Sequence[LessonGroup]) -> list[tuple[int, ...]]:
    """For each lesson, the days on which it has an option."""
    return [
        tuple(sorted({m.day for m in g.options})) for g in groups for _ in g.lessons
    ]


def _all_days(choices: Sequence[tuple[int, ...]]) -> list[int]:
    return sorted({d for days in choices for d in days})


def _daily_pe(
    view: HardView,
    group: ClassGroup,
    given: Sequence[LessonGroup],
    days: tuple[int, ...],
    served: list[int],
    reached: int,
) -> Statement:
    unserved = [weekday(d) for d in days if d not in served]
    count = sum(g.count for g in given)
    why = Text(f"{count}次课", f"{count} lesson(s)")
    if unserved:
        missing = describe.join(unserved)
        why = Text(
            f"{count}次课，且{missing.zh}没有可排的时间和场地",
            f"{count} lesson(s) and none that may be on {missing.en}",
        )
    short = len(days) - reached
    return Statement(
        Kind.DAILY_PE,
        Text(
            f"{group.name}每周有{len(days)}个上学日，每天要有一节体育类课程，但体育类课程只有"
            f"{why.zh}，最多覆盖{reached}天。",
            f"{group.name} must have a PE-type lesson on each of {len(days)} school "
            f"days but has {why.en}: at most {reached} days can have one.",
        ),
        Text(
            f"至少再让{short}天有体育类课程：拆开连堂、增加课时或开放那天的时间和场地。",
            f"Let at least {short} more day(s) have one: split blocks, add lessons, or "
            "open times and places on those days.",
        ),
        (group.class_id,),
        lesson_ids(given),
        len(days),
        reached,
    )


def _over_limit(
    view: HardView, rule: Constraint, limit: DailyLimit
) -> Statement | None:
    groups = view.groups(limit.lessons)
    for layer in LAYERS:
        due = in_week(groups, layer)
        choices = _day_choices(due)
        days = _all_days(choices)
        room: dict[Hashable, int] = {
            d: limit.limit if d in limit.days else len(choices) for d in days
        }
        most = most_assigned(choices, room)
        if most < len(choices):
            return _daily_limit(view, rule, limit, due, days, most)
    return None


def _daily_limit(
    view: HardView,
    rule: Constraint,
    limit: DailyLimit,
    groups: Sequence[LessonGroup],
    days: list[int],
    most: int,
) -> Statement:
    ids = lesson_ids(groups)
    what, open_days = (
        words.teaching(view.problem, ids),
        describe.join([weekday(d) for d in days]),
    )
    need = len(ids)
    return Statement(
        Kind.DAILY_LIMIT,
        Text(
            f"{what.zh}，共{need}次课，每天最多{limit.limit}次（{rule.title.zh}），"
            f"能排的日子有{open_days.zh}，最多排{most}次。",
            f"{what.en}: {need} lessons, at most {limit.limit} a day "
            f"({rule.title.en}), on {open_days.en} only, so at most {most} fit.",
        ),
        Text(
            f"至少放宽每天的上限、再开放一天，或减少{need - most}次课"
            "（这是必要条件，未必足够）。",
            f"Raise the daily limit, open another day, or have at least {need - most} "
            "lesson(s) fewer (necessary, perhaps not enough).",
        ),
        limit.class_ids,
        ids,
        need,
        most,
    )
