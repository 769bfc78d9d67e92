"""Which hard rules some moves break anew, one element of the cost at a time (compiled).

A sum of costs cannot tell: a move may end one clash and begin another.
"""

import numpy as np

from scheduler.solver.kernel.arrays import CROWD, Arrays, State
from scheduler.solver.kernel.compiled import compiled
from scheduler.solver.kernel.moves import hard_part
from scheduler.solver.lowering.layout import EVENT

NOWHERE = -1
"""No option, no counter, no lesson."""


@compiled
def worse(a: Arrays, s: State, b: State, option: int) -> bool:
    """Tell whether anything hard that the option has an effect on costs more than
    it did in the state ``b``."""
    if option < 0:
        return False
    e = a.option[option].at
    counters = a.effects[e] + a.effects[e + 1]
    rows, extras = a.effects[e + 2], a.effects[e + 3]
    e += 4
    for _ in range(counters):
        if _count_worse(a, s, b, a.effects[e]):
            return True
        e += 2
    for _ in range(rows):
        if _pattern_worse(a, s, b, s.row[a.effects[e]].pattern):
            return True
        e += 1
    for _ in range(extras):
        index = a.effects[e + 1]
        if a.effects[e] == EVENT:
            change = _pairs(a, s, index) - _pairs(a, b, index)
        else:
            which = a.member_set[index]
            change = (s.set_amounts[which] - b.set_amounts[which]) * a.set_weight[which]
        if hard_part(int(change)) > 0:
            return True
        e += 3
    return False


@compiled
def _count_worse(a: Arrays, s: State, b: State, c: int) -> bool:
    at = s.counter[c].table
    change = a.table[at + s.counter[c].count] - a.table[at + b.counter[c].count]
    return hard_part(change) > 0


@compiled
def _pattern_worse(a: Arrays, s: State, b: State, p: int) -> bool:
    at = a.pattern_at[p]
    change = a.pattern_table[at + s.masks[p]] - a.pattern_table[at + b.masks[p]]
    if hard_part(change) > 0:
        return True
    for f in range(a.feed_first[p], a.feed_first[p + 1]):
        if _count_worse(a, s, b, a.feed_counter[f]):
            return True
    return False


@compiled
def _pairs(a: Arrays, s: State, index: int) -> np.int64:
    """Cost of all pairs that an event is part of."""
    n = np.int64(s.event_counts[index])
    cost = np.int64(0)
    for k in range(a.event_first[index], a.event_first[index + 1]):
        other = a.event_other[k]
        if other == index:
            cost += a.event_cost[k] * (n * (n - 1) // 2)
        else:
            cost += a.event_cost[k] * n * s.event_counts[other]
    return cost


@compiled
def blocked(a: Arrays, s: State, option: int) -> int:
    """Which of the option's capacities is the first too full for it, or NOWHERE."""
    e = a.option[option].at
    for k in range(a.effects[e]):
        c, more = a.effects[e + 4 + 2 * k], a.effects[e + 5 + 2 * k]
        at = s.counter[c].table + s.counter[c].count
        if hard_part(a.table[at + more] - a.table[at]) > 0:
            return k
    return NOWHERE


@compiled
def _member(a: Arrays, s: State, option: int, k: int, number: int) -> np.int64:
    """One of the lessons known in an option's capacity, NOWHERE where there is none."""
    c = a.effects[a.option[option].at + 4 + 2 * k]
    if not s.counter[c].unit:
        return np.int64(s.crowds[s.counter[c].sum, number])
    alone = number == 0 and s.counter[c].count == 1
    return np.int64(s.counter[c].sum if alone else NOWHERE)


@compiled
def in_the_way(
    a: Arrays, s: State, first: int, end: int, apart: int, way: np.ndarray
) -> int:
    """Lessons of whom one must leave for some of the options to come free.

    Parameters:
        apart: A lesson not to be counted.
        way: Takes the lessons, as many as it has room for.

    Returns:
        Their number.
    """
    n = 0
    for option in range(first, end):
        k = blocked(a, s, option)
        if k < 0:
            continue
        for number in range(CROWD):
            other = _member(a, s, option, k, number)
            new = other >= 0 and other != apart and n < len(way)
            for j in range(n):
                new = new and way[j] != other
            if new:
                way[n] = other
                n += 1
    return n
