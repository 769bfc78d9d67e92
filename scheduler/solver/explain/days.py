"""Rules that count lessons on days: PE every day, and so many a day at most."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from scheduler.constraints import describe
from scheduler.constraints.base import Constraint
from scheduler.constraints.counting import DailyLimit, DailyLimitRule
from scheduler.constraints.give_daily_pe import GiveDailyPE, daily_classes
from scheduler.model.resources import ClassGroup, ResourceKind
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


@dataclass(frozen=True, slots=True)
class _Uncovered:
    """Why some classes have no PE on every day; classes alike in it are one proof."""

    days: tuple[int, ...]
    served: tuple[int, ...]
    lessons: int
    reached: int


def days_without_pe(view: HardView) -> Iterator[Statement]:
    """Classes whose PE-type lessons cannot reach every school day."""
    if view.rule(GiveDailyPE) is None:
        return
    found: dict[_Uncovered, list[ClassGroup]] = {}
    ids: dict[str, tuple[str, ...]] = {}
    for group, lessons, days in daily_classes(view.problem):
        given = view.groups(lessons)
        ids[group.class_id] = lesson_ids(given)
        if len(ids[group.class_id]) < len(lessons):
            continue  # one with nowhere to go is a proof of its own
        uncovered = _uncovered(given, days)
        if uncovered is not None:
            found.setdefault(uncovered, []).append(group)
    for uncovered, groups in found.items():
        names = tuple(dict.fromkeys(i for g in groups for i in ids[g.class_id]))
        yield _daily_pe(view, uncovered, groups, names)


def _uncovered(
    given: Sequence[LessonGroup], days: tuple[int, ...]
) -> _Uncovered | None:
    room: dict[Hashable, int] = dict.fromkeys(days, 1)
    for layer in LAYERS:
        possible = _day_choices(possible_in_week(given, layer))
        choices = [[d for d in mine if d in days] for mine in possible]
        served = tuple(d for d in days if any(d in c for c in choices))
        reached = most_assigned(choices, room)
        if reached < len(days):
            return _Uncovered(days, served, len(choices), reached)
    return None


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
    uncovered: _Uncovered,
    groups: Sequence[ClassGroup],
    names: tuple[str, ...],
) -> Statement:
    class_ids = tuple(g.class_id for g in groups)
    who = describe.classes(view.problem, class_ids)
    count, reached = uncovered.lessons, uncovered.reached
    need = len(uncovered.days)
    each = Text("每班", " each") if len(groups) > 1 else Text("", "")
    unserved = [weekday(d) for d in uncovered.days if d not in uncovered.served]
    why, closed = Text("", ""), Text("", "")
    if unserved:
        missing, closed = describe.join(unserved), _away(view, names)
        why = Text(f"，{missing.zh}没有可排的时间和场地", f", none on {missing.en}")
    return Statement(
        Kind.DAILY_PE,
        Text(
            f"{who}{each.zh}每周{need}个上学日都要有体育类课程，可用的体育类课程有{count}次"
            f"{why.zh}，最多覆盖{reached}天{closed.zh}。",
            f"{who}{each.en} must have a PE-type lesson on each of {need} school days "
            f"but can have {words.plural(count, 'lesson')}{why.en}, which reach at "
            f"most {words.plural(reached, 'day')}{closed.en}.",
        ),
        Text(
            f"{each.zh}至少再让{need - reached}天有体育类课程：拆开连堂、增加课时，"
            "或开放那天的时间和场地。",
            f"Let at least {words.plural(need - reached, 'more day')}{each.en} have "
            "one: split blocks, add lessons, or open times and places on those days.",
        ),
        class_ids,
        names,
        need,
        reached,
    )


def _away(view: HardView, names: Sequence[str]) -> Text:
    """When teachers of these lessons are unavailable."""
    problem = view.problem
    adults = dict.fromkeys(
        t
        for name in names
        for t in problem.lesson[name].requirement.teacher_ids
        + problem.lesson[name].requirement.escort_ids
    )
    parts = [
        Text(f"{describe.teacher(problem, t)}{times.zh}", f"{who} {times.en}")
        for t in adults
        if (times := words.closed(problem, ResourceKind.TEACHER, t)) is not None
        for who in (describe.teacher(problem, t),)
    ]
    if not parts:
        return Text("", "")
    told = describe.join(parts)
    return Text(f"（教师不可用：{told.zh}）", f" (teachers unavailable: {told.en})")


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
    need, closed = len(ids), _away(view, ids)
    return Statement(
        Kind.DAILY_LIMIT,
        Text(
            f"{what.zh}要排{need}次课，每天最多{limit.limit}次（{rule.title.zh}），"
            f"能排的只有{open_days.zh}{closed.zh}，最多排{most}次。",
            f"{what.en}: {words.plural(need, 'lesson')} with at most {limit.limit} a "
            f"day ({rule.title.en}) can only be on {open_days.en}{closed.en}, so at "
            f"most {most} {'fits' if most == 1 else 'fit'}.",
        ),
        Text(
            f"至少放宽每天的上限、再开放一天，或减少{need - most}次课"
            "（这是必要条件，未必足够）。",
            "Raise the daily limit, open another day, or have at least "
            f"{words.plural(need - most, 'lesson')} fewer (necessary, perhaps not "
            "enough).",
        ),
        limit.class_ids,
        ids,
        need,
        most,
    )
