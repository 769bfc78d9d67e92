"""Periods needed against periods that fit, day by day and week by week of the cycle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scheduler.constraints.primitives import Capacity
from scheduler.model.text import Text
from scheduler.model.times import LAYERS
from scheduler.solver.explain.counting.packing import Interval, longest_row
from scheduler.solver.hard_view import HardView, every_week, in_week
from scheduler.solver.options import LessonGroup

ByDay = Mapping[int, int]

EVERY_WEEK = Text("每周", "a week")
_ONE_WEEK = (Text("单周", "in odd weeks"), Text("双周", "in even weeks"))
_FULLER = Text("较满的一周", "in the fuller week")
_CYCLE = Text("两周合计", "in two weeks")


@dataclass(frozen=True, slots=True)
class Shortage:
    """More is needed in a week (or in both) than fits.

    ``by_day`` adds up to the supply, or is empty.
    """

    need: int
    supply: int
    by_day: tuple[tuple[int, int], ...]
    week: Text


def periods(groups: Sequence[LessonGroup]) -> int:
    """Periods of all lessons of these groups, each counted once."""
    return sum(g.count * g.lessons[0].length for g in groups)


def cycle_periods(groups: Sequence[LessonGroup]) -> int:
    """Periods of these groups over both weeks."""
    return sum(g.count * g.lessons[0].length * g.lessons[0].layers_met for g in groups)


def shortage(
    groups: Sequence[LessonGroup], supply: tuple[ByDay, ByDay], cap: int | None = None
) -> Shortage | None:
    """Compare what groups need with what fits in the odd and in the even week.

    Lessons that may choose their week count in both weeks together: one of the two
    has at least half of them.

    Parameters:
        supply: For each week, an upper bound on periods by day.
        cap: At most so many periods a week, whatever the days hold.
    """
    fits = tuple(_capped(sum(by_day.values()), cap) for by_day in supply)
    if every_week(groups):
        worst = min(LAYERS, key=lambda layer: fits[layer])
        return _short(periods(groups), fits[worst], supply[worst], EVERY_WEEK)
    for layer in LAYERS:
        need = periods(in_week(groups, layer))
        found = _short(need, fits[layer], supply[layer], _ONE_WEEK[layer])
        if found is not None:
            return found
    both = cycle_periods(groups)
    if fits[0] == fits[1]:
        return _short((both + 1) // 2, fits[0], supply[0], _FULLER)
    return _short(both, sum(fits), {}, _CYCLE)


def _capped(supply: int, cap: int | None) -> int:
    return supply if cap is None else min(cap, supply)


def _short(need: int, supply: int, by_day: ByDay, week: Text) -> Shortage | None:
    if need <= supply:
        return None
    days = tuple(sorted(by_day.items()))
    exact = sum(n for _, n in days) == supply and all(day for day, _ in days)
    return Shortage(need, supply, days if exact else (), week)


def always_busy(view: HardView, term: Capacity) -> list[LessonGroup]:
    """Groups that use the resource in every option they have."""
    return [
        g
        for g in view.groups(term.lessons)
        if all(term.span(m) is not None for m in g.options)
    ]


def rows_by_day(term: Capacity, groups: Sequence[LessonGroup]) -> tuple[ByDay, ByDay]:
    """For each week and day, the most periods of these lessons one after the other.

    A lesson of one period counts with its walks; of a block the rows themselves
    count, which can only allow more.
    """
    odd, even = (_rows_in_week(term, groups, layer) for layer in LAYERS)
    return odd, even


def _rows_in_week(
    term: Capacity, groups: Sequence[LessonGroup], layer: int
) -> dict[int, int]:
    spans: dict[int, set[Interval]] = {}
    for group in groups:
        for meeting in group.options:
            busy = term.span(meeting)
            if layer not in meeting.layers or busy is None:
                continue
            here = spans.setdefault(meeting.day, set())
            if len(meeting.rows) == 1:
                here.add(busy)
            else:
                here.update((r.start, r.end) for r in meeting.rows)
    return {day: longest_row(intervals) for day, intervals in spans.items()}
