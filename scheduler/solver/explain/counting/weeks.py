"""Periods needed against periods that fit, week by week of the cycle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scheduler.model.text import Text
from scheduler.model.times import LAYERS
from scheduler.solver.hard_view import every_week, in_week
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
