"""Moves of a search: a lesson goes elsewhere, and what is in its way goes back.

A move to another slot is a Kempe chain: lessons that would clash there move by the
same distance the other way, those that would clash with them come after the first,
and so on. Where every class is busy nearly all the time no other move is possible.
Source: design.md section 4; Kempe chains in Mühlenthaler, "Fairness in Academic Course
Timetabling", 2015.
"""

import numpy as np

from scheduler.solver.kernel.arrays import (
    AT,
    COUNT,
    HARD,
    KEY,
    SLOT,
    SUM,
    TABLE,
    UNIT,
    Arrays,
    State,
)
from scheduler.solver.kernel.compiled import inlined
from scheduler.solver.kernel.tally import put, take


@inlined
def below(s: State, n: int) -> int:
    """A random whole number from 0 to n - 1 (xoroshiro128+)."""
    x, y = s.random[0], s.random[1]
    total = x + y
    y ^= x
    s.random[0] = (
        ((x << np.uint64(24)) | (x >> np.uint64(40))) ^ y ^ (y << np.uint64(16))
    )
    s.random[1] = (y << np.uint64(37)) | (y >> np.uint64(27))
    return np.int64((total >> np.uint64(33)) * np.uint64(n) >> np.uint64(31))


@inlined
def hard_part(change: int) -> int:
    """Hard part of a cost or a difference of costs."""
    return (change + (HARD >> 1)) >> 32


@inlined
def score(change: int, weight: float) -> float:
    """A difference of costs as one number; ``weight`` is a hard unit's."""
    hard = hard_part(change)
    return weight * hard + (change - hard * HARD)


@inlined
def best_of(
    a: Arrays, s: State, lesson: int, first: int, end: int, weight: float
) -> int:
    """The cheapest of some options for an unplaced lesson; ties by chance."""
    if end - first == 1:
        return first
    best, least = first, np.inf
    turn = below(s, end - first)
    for k in range(end - first):
        option = first + (k + turn) % (end - first)
        change = put(a, s, lesson, option)
        take(a, s, lesson)
        value = score(change, weight)
        if value < least:
            best, least = option, value
    return best


@inlined
def undo(a: Arrays, s: State, depth: int) -> None:
    """Take back the moves remembered."""
    for k in range(depth - 1, -1, -1):
        lesson = s.stack[0, k]
        take(a, s, lesson)
        put(a, s, lesson, s.stack[1, k])


@inlined
def _in_the_way(a: Arrays, s: State, c: int, lesson: int) -> int:
    """Another lesson in an overfull capacity that has not moved yet, or -1."""
    if s.counter[c, UNIT]:
        if s.counter[c, COUNT] != 2:
            return -1
        other = s.counter[c, SUM] - lesson
        return other if s.moved[other] != s.tally[0] else -1
    first, end = a.link_first[c], a.link_first[c + 1]
    turn = below(s, end - first)
    for j in range(end - first):
        g = a.link_group[first + (j + turn) % (end - first)]
        for i in range(a.group_lesson_first[g], a.group_lesson_first[g + 1]):
            other = a.group_lesson[i]
            option = s.option[other]
            if option < 0 or s.moved[other] == s.tally[0]:
                continue
            e = a.option[option, AT]
            for k in range(a.effects[e]):
                if a.effects[e + 4 + 2 * k] == c:
                    return other
    return -1


@inlined
def _back(a: Arrays, s: State, lesson: int, shift: int) -> int:
    """Where a lesson in the way goes: the other way; -1 if it cannot."""
    g = a.lesson_group[lesson]
    option = s.option[lesson]
    slot = a.option[option, SLOT] - shift
    if slot < 0 or slot + 1 >= a.slot_first.shape[1]:
        return -1
    first, end = a.slot_first[g, slot], a.slot_first[g, slot + 1]
    if first == end:
        return -1
    if shift == 0:
        if end - first == 1:
            return -1
        other = first + below(s, end - first - 1)
        return other if other < option else other + 1
    if end - first == 1:
        return first
    if below(s, 4) == 0:
        return first + below(s, end - first)
    key = a.option[option, KEY]
    for o in range(first, end):
        if a.option[o, KEY] == key:
            return o
    return first + below(s, end - first)


@inlined
def blocked(a: Arrays, s: State, lesson: int, option: int) -> bool:
    """Whether somebody in the way of a move has nowhere to go back to."""
    came = s.option[lesson]
    shift = a.option[option, SLOT] - a.option[came, SLOT]
    e = a.option[option, AT] + 2
    for _ in range(a.effects[e - 2]):
        e += 2
        c = a.effects[e]
        if s.counter[c, UNIT] == 0:
            return False
        other = s.counter[c, SUM]
        if s.counter[c, COUNT] != 1 or other == lesson or shift == 0:
            continue
        slot = a.option[s.option[other], SLOT] - shift
        if slot < 0 or slot + 1 >= a.slot_first.shape[1]:
            return True
        g = a.lesson_group[other]
        if a.slot_first[g, slot] == a.slot_first[g, slot + 1]:
            return True
    return False


@inlined
def chain(
    a: Arrays, s: State, lesson: int, option: int, longest: int
) -> tuple[int, int, bool]:
    """Move a lesson to an option, and what is in its way back.

    Returns:
        (change of cost, lessons moved, whether the chain came to an end); one that
        did not is to be undone.
    """
    s.tally[0] += 1
    s.stack[0, 0], s.stack[1, 0] = lesson, option
    s.moved[lesson] = s.tally[0]
    change, queued, depth = np.int64(0), 1, 0
    while depth < queued:
        mover, to = s.stack[0, depth], s.stack[1, depth]
        came = s.option[mover]
        s.stack[1, depth] = came
        depth += 1
        change += take(a, s, mover)
        change += put(a, s, mover, to)
        way = a.option[to, SLOT] - a.option[came, SLOT]
        e = a.option[to, AT] + 2
        for _ in range(a.effects[e - 2]):
            e += 2
            c = a.effects[e]
            at = s.counter[c, TABLE] + s.counter[c, COUNT]
            if a.table[at] < HARD or a.table[at] == a.table[at - a.effects[e + 1]]:
                continue
            other = _in_the_way(a, s, c, mover)
            if other < 0:
                continue
            target = _back(a, s, other, way)
            if target < 0 or queued >= longest:
                s.tally[2] += 1
                return change, depth, False
            s.stack[0, queued], s.stack[1, queued] = other, target
            s.moved[other] = s.tally[0]
            queued += 1
    return change, depth, True
