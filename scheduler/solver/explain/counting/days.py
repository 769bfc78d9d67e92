"""PE on every school day: lessons against days."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from scheduler.constraints import describe, words
from scheduler.model.resources import ClassGroup
from scheduler.model.text import Text, joined, weekday
from scheduler.model.times import LAYERS
from scheduler.solver.explain.counting.matching import day_choices, most_assigned
from scheduler.solver.explain.sentences.closures import absences
from scheduler.solver.explain.sentences.explanation import Kind, Statement
from scheduler.solver.hard_view import HardView, lesson_ids, possible_in_week
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
