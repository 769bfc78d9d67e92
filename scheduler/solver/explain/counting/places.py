"""Places: lessons that can only use some layouts, against what these can hold."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from scheduler.model.components import components
from scheduler.model.requirements import HOME
from scheduler.solver.explain.counting.place_counter import PlaceCounter
from scheduler.solver.explain.counting.place_sentences import (
    DayNeed,
    short_on_days,
    short_places,
)
from scheduler.solver.explain.counting.weeks import shortage
from scheduler.solver.explain.sentences.explanation import Statement
from scheduler.solver.hard_view import HardView, lesson_ids
from scheduler.solver.options import LessonGroup

Places = frozenset[str]


def overfull_places(view: HardView, seconds: float) -> Iterator[Statement]:
    """Sets of layouts asked for more than they hold, in a week or on single days.

    Parameters:
        seconds: For each exact packing; those cut short prove nothing.
    """
    counter = PlaceCounter.of(view)
    for places in _place_sets(view):
        yield from _short(view, counter, places, seconds)


def lesson_sets_by_place(view: HardView) -> Iterator[tuple[str, ...]]:
    """For each set of layouts, the ids of all lessons that can use no other."""
    for places in _place_sets(view):
        yield lesson_ids(g for g in view.free_groups if _layouts(g) <= places)


def _short(
    view: HardView, counter: PlaceCounter, places: Places, seconds: float
) -> Iterator[Statement]:
    groups = [g for g in view.free_groups if _layouts(g) <= places]
    packed = counter.most(groups, seconds)
    if packed is None:
        return
    supply = [dict(p.by_day) for p in packed]
    short = shortage(groups, (supply[0], supply[1]))
    days = _short_days(view, places, groups, supply)
    if short is not None:
        yield short_places(view, sorted(places), groups, short, days)
    elif days:
        yield short_on_days(view, sorted(places), groups, days)


def _layouts(group: LessonGroup) -> Places:
    return frozenset(m.placement.layout_id for m in group.options)


def _place_sets(view: HardView) -> list[Places]:
    """Layouts open to some lesson, and unions of two that overlap; small ones first."""
    own = dict.fromkeys(_layouts(g) for g in view.free_groups)
    kept = [places for places in own if HOME not in places]
    unions = dict.fromkeys(a | b for a, b in combinations(kept, 2) if a & b)
    layouts = dict.fromkeys(x for places in kept for x in places)
    whole = map(frozenset, components(layouts, kept))
    everything = dict.fromkeys(kept) | unions | dict.fromkeys(whole)
    return sorted(everything, key=lambda places: (len(places), sorted(places)))


def _short_days(
    view: HardView,
    places: Places,
    groups: Sequence[LessonGroup],
    supply: Sequence[dict[int, int]],
) -> tuple[DayNeed, ...]:
    """Days on which daily PE asks for more than the places hold.

    Every class that must have PE on the day, and can have it only here, needs one
    lesson at least. Those that cannot have any then are counted elsewhere.
    """
    weight = {g.lessons: g.lessons[0].requirement.classes_counted for g in groups}
    need: dict[int, int] = defaultdict(int)
    for _, lessons, days in view.daily_classes:
        mine = view.groups(lessons)
        known = sum(g.count for g in mine) == len(lessons)
        alone = all(weight.get(g.lessons) == 1 for g in mine)
        if known and alone and all(_layouts(g) <= places for g in mine):
            for day in days:
                need[day] += _least_on(mine, day)
    worst = {d: min(by_day.get(d, 0) for by_day in supply) for d in need}
    return tuple(
        DayNeed(d, n, worst[d]) for d, n in sorted(need.items()) if n > worst[d]
    )


def _least_on(groups: Sequence[LessonGroup], day: int) -> int:
    """Periods of the shortest lesson that may be on this day; 0 without any."""
    able = [g for g in groups if any(m.day == day for m in g.options)]
    return min((g.lessons[0].length for g in able), default=0)
