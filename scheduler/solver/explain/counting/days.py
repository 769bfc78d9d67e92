"""Lessons against days: PE on every day, so many a day at most, days apart."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from scheduler.constraints import describe, row_words, words
from scheduler.constraints.counting import DailyLimitRule
from scheduler.model.limits import Limit, LimitKind, LimitOn
from scheduler.model.problem import Problem
from scheduler.model.relations import RelationKind
from scheduler.model.requirements import Lesson
from scheduler.model.resources import ClassGroup, Level
from scheduler.model.text import Text, joined, weekday
from scheduler.model.times import LAYERS
from scheduler.solver.explain.counting.matching import day_choices, most_assigned
from scheduler.solver.explain.sentences.closures import absences, kept_off
from scheduler.solver.explain.sentences.explanation import Kind, Statement
from scheduler.solver.hard_view import HardView, in_week, lesson_ids, possible_in_week
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
    found: dict[_Uncovered, list[ClassGroup]] = {}
    ids: dict[str, tuple[str, ...]] = {}
    for group, lessons, days in view.daily_classes:
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
        possible = day_choices(possible_in_week(given, layer))
        choices = [[d for d in mine if d in days] for mine in possible]
        served = tuple(d for d in days if any(d in c for c in choices))
        reached = most_assigned(choices, room)
        if reached < len(days):
            return _Uncovered(days, served, len(choices), reached)
    return None


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
    unserved = [d for d in uncovered.days if d not in uncovered.served]
    why, closed = Text("", ""), Text("", "")
    if unserved:
        missing = joined(weekday(d) for d in unserved)
        lessons = [view.problem.lesson[x] for x in names]
        closed = absences(view.problem, view.groups(lessons), unserved)
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


@dataclass(frozen=True, slots=True)
class _Spread:
    """At most so many of the lessons a day; days used lie ``apart`` from each other.

    ``days`` are those for which it is said; None for all.
    """

    lessons: tuple[Lesson, ...]
    limit: int
    name: Text
    ids: tuple[str, ...]
    days: tuple[int, ...] | None = None
    apart: int = 1


@dataclass(frozen=True, slots=True)
class _Short:
    """Lessons due in a week, the days they may be on, and the most that fit."""

    groups: tuple[LessonGroup, ...]
    days: tuple[int, ...]
    need: int
    most: int


def over_daily_limit(view: HardView) -> Iterator[Statement]:
    """Lessons with a limit a day, or days apart, for which the days do not suffice."""
    for spread in _spreads(view):
        caps = list(_day_caps(view, spread.lessons))
        groups = view.groups(spread.lessons)
        for layer in LAYERS:
            short = _short(spread, caps, in_week(groups, layer))
            if short is not None:
                yield _statement(view, spread, caps, short)
                break


def _spreads(view: HardView) -> Iterator[_Spread]:
    problem = view.problem
    for rule in view.rules:
        if isinstance(rule, DailyLimitRule):
            for x in rule.limits(problem):
                name = Text(
                    f"每天最多{x.limit}次（{rule.title.zh}）",
                    f"at most {x.limit} a day ({rule.title.en})",
                )
                yield _Spread(x.lessons, x.limit, name, x.class_ids, x.days)
    if not view.keeps("relations"):
        return
    for row in problem.relations:
        apart, hard = row.value or 0, row.level is Level.HARD
        if hard and row.kind is RelationKind.MIN_DAYS_BETWEEN and apart:
            lessons, name = (
                problem.related_lessons(row),
                row_words.asked_by(problem, row),
            )
            yield _Spread(lessons, 1, name, (row.relation_id,), None, apart)


def _day_caps(view: HardView, lessons: tuple[Lesson, ...]) -> Iterator[Limit]:
    """Hard limits on days a week of a person whom all these lessons need."""
    problem = view.problem
    if not view.keeps("limits") or not lessons:
        return
    given = [x.requirement for x in lessons]
    whole = [() if r.is_partial else r.class_ids for r in given]
    people = {
        LimitOn.TEACHER: set.intersection(*(set(r.teacher_ids) for r in given)),
        LimitOn.CLASS: set.intersection(*map(set, whole)),
        LimitOn.GROUP: set[str](),
    }
    for row in problem.limits:
        named = people[row.on].intersection(row.ids) if row.ids else people[row.on]
        tagged = all(not row.tags or set(row.tags) & set(r.tags) for r in given)
        hard = row.level is Level.HARD and row.kind is LimitKind.MAX_DAYS
        if hard and named and tagged:
            yield row


def _short(
    spread: _Spread, caps: Sequence[Limit], groups: Sequence[LessonGroup]
) -> _Short | None:
    choices = day_choices(groups)
    days = tuple(sorted({d for mine in choices for d in mine}))
    at_most = min((row.value for row in caps), default=len(days))
    most = max(
        _most(spread, choices, mine) for mine in _day_sets(days, at_most, spread)
    )
    if most >= len(choices):
        return None
    return _Short(tuple(groups), days, len(choices), most)


def _day_sets(
    days: Sequence[int], at_most: int, spread: _Spread
) -> Iterable[tuple[int, ...]]:
    """Days that may be used together: not too many, and far enough apart."""
    if at_most >= len(days) and spread.apart == 1:
        return [tuple(days)]
    return [
        mine
        for size in range(min(at_most, len(days)) + 1)
        for mine in combinations(days, size)
        if all(b - a >= spread.apart for a, b in pairwise(mine))
    ]


def _most(
    spread: _Spread, choices: Sequence[tuple[int, ...]], days: Sequence[int]
) -> int:
    room: dict[Hashable, int] = {
        d: spread.limit if spread.days is None or d in spread.days else len(choices)
        for d in days
    }
    return most_assigned([[d for d in mine if d in room] for mine in choices], room)


def _statement(
    view: HardView, spread: _Spread, caps: Sequence[Limit], short: _Short
) -> Statement:
    problem, ids = view.problem, lesson_ids(short.groups)
    what = words.teaching(problem, ids)
    days = joined(weekday(d) for d in short.days)
    closed = absences(problem, short.groups, kept_off(problem, short.groups))
    only = row_words.slot_note(problem, ids)
    limits = _limits(problem, caps)
    need, most, missing = short.need, short.most, short.need - short.most
    return Statement(
        Kind.DAILY_LIMIT,
        Text(
            f"{what.zh}要排{need}次课，{spread.name.zh}{limits.zh}，"
            f"能排的只有{days.zh}{closed.zh}{only.zh}，最多排{most}次。",
            f"{what.en}: {words.plural(need, 'lesson')}, {spread.name.en}{limits.en}, "
            f"can only be on {days.en}{closed.en}{only.en}, so at most {most} "
            f"{'fits' if most == 1 else 'fit'}.",
        ),
        Text(
            f"至少放宽这一限制、再开放一天，或减少{missing}次课"
            "（这是必要条件，未必足够）。",
            "Relax this limit, open another day, or have at least "
            f"{words.plural(missing, 'lesson')} fewer (necessary, perhaps not "
            "enough).",
        ),
        (*spread.ids, *(row.limit_id for row in caps)),
        ids,
        need,
        most,
    )


def _limits(problem: Problem, caps: Sequence[Limit]) -> Text:
    if not caps:
        return Text("", "")
    told = joined(row_words.limit_name(problem, row) for row in caps)
    return Text(f"，{told.zh}", f", {told.en}")
