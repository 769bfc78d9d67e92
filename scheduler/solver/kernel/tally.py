"""The cost of a timetable in arrays, and how it changes lesson by lesson (compiled)."""

import numpy as np

from scheduler.solver.kernel.arrays import CROWD, Arrays, State
from scheduler.solver.kernel.compiled import compiled
from scheduler.solver.lowering.layout import CHOICE, EVENT


@compiled
def put(a: Arrays, s: State, lesson: int, option: int) -> int:
    """Place an unplaced lesson on an option; the change of cost."""
    s.option[lesson] = option
    return a.option[option].cost + _apply(a, s, lesson, option, 1)


@compiled
def take(a: Arrays, s: State, lesson: int) -> int:
    """Unplace a placed lesson; the change of cost."""
    option = s.option[lesson]
    s.option[lesson] = -1
    return _apply(a, s, lesson, option, -1) - a.option[option].cost


@compiled
def shift(a: Arrays, s: State, lesson: int, option: int) -> int:
    """Move a placed lesson to another option; the change of cost.

    It comes before it goes: rows of days that another lesson leaves meanwhile stay
    busy, and patterns that do not change are not looked up.
    """
    left = s.option[lesson]
    s.option[lesson] = option
    change = a.option[option].cost - a.option[left].cost
    change += _apply(a, s, lesson, option, 1)
    return change + _apply(a, s, lesson, left, -1)


@compiled
def _apply(a: Arrays, s: State, lesson: int, option: int, sign: int) -> int:
    """Let everything hear that a lesson comes (1) or goes (-1)."""
    e = a.option[option].at
    caps, counts = a.effects[e], a.effects[e + 1]
    rows, extras = a.effects[e + 2], a.effects[e + 3]
    e += 4
    change = np.int64(0)
    for _ in range(caps):
        c = a.effects[e]
        change += _count(a, s, c, sign * a.effects[e + 1])
        if s.counter[c].unit:
            s.counter[c].sum += sign * lesson
        else:
            _join(s, s.counter[c].sum, lesson, sign)
        e += 2
    for _ in range(counts):
        change += _count(a, s, a.effects[e], sign * a.effects[e + 1])
        e += 2
    for _ in range(rows):
        row = a.effects[e]
        n = s.row[row].count + sign
        s.row[row].count = n
        if n == (sign > 0):
            change += _flip(a, s, row)
        e += 1
    for _ in range(extras):
        index, value = a.effects[e + 1], a.effects[e + 2]
        if a.effects[e] == EVENT:
            change += _event(a, s, index, sign)
        else:
            change += _member(a, s, index, sign * value)
        e += 3
    return change


@compiled
def _join(s: State, crowd: int, lesson: int, sign: int) -> None:
    """A lesson joins or leaves a crowd; one that is full takes no more names."""
    gone = -1 if sign > 0 else lesson
    for k in range(CROWD):
        if s.crowds[crowd, k] == gone:
            s.crowds[crowd, k] = lesson if sign > 0 else -1
            return


@compiled
def _count(a: Arrays, s: State, c: int, more: int) -> int:
    """A counter's count changes."""
    now = s.counter[c].table + s.counter[c].count
    s.counter[c].count += more
    return a.table[now + more] - a.table[now]


@compiled
def _flip(a: Arrays, s: State, row: int) -> int:
    """A row of a day becomes busy or free."""
    p = s.row[row].pattern
    now = s.masks[p]
    then = now ^ s.row[row].bit
    s.masks[p] = then
    at = a.pattern_at[p]
    change = a.pattern_table[at + then] - a.pattern_table[at + now]
    for f in range(a.feed_first[p], a.feed_first[p + 1]):
        more = a.feed_table[a.feed_at[f] + then] - a.feed_table[a.feed_at[f] + now]
        if more != 0:
            change += _count(a, s, a.feed_counter[f], more)
    return change


@compiled
def _event(a: Arrays, s: State, index: int, sign: int) -> int:
    """An event of a pair cost comes or goes; it is no pair with itself."""
    change = np.int64(0)
    s.event_counts[index] -= sign < 0
    for k in range(a.event_first[index], a.event_first[index + 1]):
        change += a.event_cost[k] * s.event_counts[a.event_other[k]]
    s.event_counts[index] += sign > 0
    return sign * change


@compiled
def _member(a: Arrays, s: State, c: int, more: int) -> int:
    """The count of a member of a range or choice changes."""
    s.counter[c].count += more
    which = a.member_set[c]
    amount = set_amount(a, s, which)
    change = (amount - s.set_amounts[which]) * a.set_weight[which]
    s.set_amounts[which] = amount
    return change


@compiled
def set_amount(a: Arrays, s: State, which: int) -> int:
    """Range beyond its allowance, or lessons outside so many largest choices."""
    first, end = a.set_first[which], a.set_first[which + 1]
    allowance = a.set_allowance[which]
    if a.set_kind[which] == CHOICE:
        return _outside(a, s, first, end, allowance)
    least = most = s.counter[a.set_member[first]].count
    for k in range(first + 1, end):
        n = s.counter[a.set_member[k]].count
        least, most = min(least, n), max(most, n)
    return max(0, most - least - allowance)


@compiled
def _outside(a: Arrays, s: State, first: int, end: int, chosen: int) -> int:
    """Lessons of members that are not among the ``chosen`` largest."""
    total = np.int64(0)
    for k in range(first, end):
        n = s.counter[a.set_member[k]].count
        larger = 0
        for other in range(first, end):
            m = s.counter[a.set_member[other]].count
            larger += m > n or (m == n and other < k)
        if larger >= chosen:
            total += n
    return total


@compiled
def begin(a: Arrays, s: State) -> int:
    """Set the sums over days of an empty timetable; its cost, which may not be 0."""
    cost = 0
    for p in range(len(a.pattern_at)):
        cost += a.pattern_table[a.pattern_at[p]]
        for f in range(a.feed_first[p], a.feed_first[p + 1]):
            s.counter[a.feed_counter[f]].count += a.feed_table[a.feed_at[f]]
    for c in range(len(s.counter)):
        cost += a.table[s.counter[c].table + s.counter[c].count]
    return cost
