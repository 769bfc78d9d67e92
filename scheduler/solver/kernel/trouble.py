"""Lessons that have part in a broken hard rule: where to look first (compiled).

Source: Selman, Kautz and Cohen, "Noise strategies for improving local search", 1994:
near the end most variables are in no broken constraint, and moving them is idle.
"""

import numpy as np

from scheduler.solver.kernel.arrays import Arrays, State
from scheduler.solver.kernel.compiled import compiled
from scheduler.solver.kernel.moves import hard_part
from scheduler.solver.lowering.layout import EVENT


@compiled
def find_troubled(a: Arrays, s: State, found: np.ndarray) -> int:
    """Write the troubled lessons into ``found``; their number."""
    count = 0
    for lesson in range(len(s.option)):
        if s.option[lesson] >= 0 and _is_troubled(a, s, s.option[lesson]):
            found[count] = lesson
            count += 1
    return count


@compiled
def find_dear_days(a: Arrays, s: State, found: np.ndarray) -> int:
    """Write the lessons on days whose pattern costs into ``found``; their number."""
    count = 0
    for lesson in range(len(s.option)):
        if s.option[lesson] >= 0 and _is_on_dear_day(a, s, s.option[lesson]):
            found[count] = lesson
            count += 1
    return count


@compiled
def _is_on_dear_day(a: Arrays, s: State, option: int) -> bool:
    """Whether a day that hears of an option costs by its pattern, as idle ones do."""
    e = a.option[option].at
    rows = a.effects[e + 2]
    e += 4 + 2 * (a.effects[e] + a.effects[e + 1])
    for k in range(rows):
        p = s.row[a.effects[e + k]].pattern
        if a.pattern_table[a.pattern_at[p] + s.masks[p]] > 0:
            return True
    return False


@compiled
def _is_troubled(a: Arrays, s: State, option: int) -> bool:
    """Whether anything that hears of an option costs hard now."""
    e = a.option[option].at
    counters = a.effects[e] + a.effects[e + 1]
    rows, extras = a.effects[e + 2], a.effects[e + 3]
    if hard_part(a.option[option].cost) > 0:
        return True
    e += 4
    for _ in range(counters):
        if _costs(a, s, a.effects[e]):
            return True
        e += 2
    for _ in range(rows):
        if _day_costs(a, s, s.row[a.effects[e]].pattern):
            return True
        e += 1
    for _ in range(extras):
        if _extra_costs(a, s, a.effects[e], a.effects[e + 1]):
            return True
        e += 3
    return False


@compiled
def _costs(a: Arrays, s: State, c: int) -> bool:
    """Whether a counter costs hard."""
    return hard_part(a.table[s.counter[c].table + s.counter[c].count]) > 0


@compiled
def _day_costs(a: Arrays, s: State, p: int) -> bool:
    """Whether a day costs hard, or adds to a sum of days that does."""
    mask = s.masks[p]
    if hard_part(a.pattern_table[a.pattern_at[p] + mask]) > 0:
        return True
    for f in range(a.feed_first[p], a.feed_first[p + 1]):
        if a.feed_table[a.feed_at[f] + mask] != 0 and _costs(a, s, a.feed_counter[f]):
            return True
    return False


@compiled
def _extra_costs(a: Arrays, s: State, kind: int, index: int) -> bool:
    """Whether a set is at odds, or an event meets one that it must not."""
    if kind != EVENT:
        which = a.member_set[index]
        return hard_part(s.set_amounts[which] * a.set_weight[which]) > 0
    for k in range(a.event_first[index], a.event_first[index + 1]):
        other = a.event_other[k]
        met = s.event_counts[other] > (other == index)
        if met and hard_part(a.event_cost[k]) > 0:
            return True
    return False
