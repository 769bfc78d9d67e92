"""Moves of a search: a lesson goes elsewhere, and what is in its way goes back.

A move to another slot is a Kempe chain: lessons that would clash there move by the
same distance the other way, those that would clash with them come after the first,
and so on. Where every class is busy nearly all the time no other move is possible.
Source: design.md section 4; Kempe chains in Mühlenthaler, "Fairness in Academic Course
Timetabling", 2015.
"""

import numpy as np

from scheduler.solver.kernel.arrays import CROWD, GIVEN_UP, TRIED, Arrays, State
from scheduler.solver.kernel.compiled import compiled
from scheduler.solver.kernel.tally import put, shift, take
from scheduler.solver.lowering.layout import HARD


@compiled
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


@compiled
def hard_part(change: int) -> int:
    """Hard part of a cost or a difference of costs."""
    return (change + (HARD >> 1)) >> 32


@compiled
def score(change: int, weight: float) -> float:
    """A difference of costs as one number; ``weight`` is a hard unit's."""
    hard = hard_part(change)
    return weight * hard + (change - hard * HARD)


@compiled
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


@compiled
def _in_the_way(a: Arrays, s: State, c: int, more: int, lesson: int) -> int:
    """A lesson that must leave a capacity for another one to come, or -1.

    In a capacity for one lesson it is the one there; otherwise one by chance.
    """
    if s.counter[c].unit:
        other = s.counter[c].sum
        alone = s.counter[c].count == 1 and other != lesson
        return other if alone and s.moved[other] != s.tally[TRIED] else -1
    at = s.counter[c].table + s.counter[c].count
    if a.table[at + more] < HARD or a.table[at + more] == a.table[at]:
        return -1
    crowd = s.counter[c].sum
    turn = below(s, CROWD)
    for j in range(CROWD):
        other = s.crowds[crowd, (j + turn) % CROWD]
        if other >= 0 and other != lesson and s.moved[other] != s.tally[TRIED]:
            return other
    return -1


@compiled
def _back(a: Arrays, s: State, lesson: int, shift: int) -> int:
    """Where a lesson in the way goes: the other way; -1 if it cannot."""
    g = a.lesson_group[lesson]
    option = s.option[lesson]
    slot = a.option[option].slot - shift
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
    return _alike(a, s, option, first, end)


@compiled
def _alike(a: Arrays, s: State, option: int, first: int, end: int) -> int:
    """One of some options: mostly one that differs in time only."""
    if end - first == 1:
        return first
    if below(s, 4) == 0:
        return first + below(s, end - first)
    key = a.option[option].key
    for o in range(first, end):
        if a.option[o].key == key:
            return o
    return first + below(s, end - first)


@compiled
def _with_ties(a: Arrays, s: State, k: int, queued: int, longest: int) -> int:
    """Queue the lessons that must begin with the k-th of the stack; 0 if one cannot."""
    mover, slot = s.stack[0, k], a.option[s.stack[1, k]].slot
    for j in range(a.tie_first[mover], a.tie_first[mover + 1]):
        other = a.tie_lesson[j]
        option = s.option[other]
        away = option >= 0 and a.option[option].slot != slot
        if not away or s.moved[other] == s.tally[TRIED]:
            continue
        g = a.lesson_group[other]
        first, end = a.slot_first[g, slot], a.slot_first[g, slot + 1]
        if first == end or queued >= longest:
            return 0
        queued = _queue(s, queued, other, _alike(a, s, option, first, end))
    return queued


@compiled
def _queue(s: State, queued: int, lesson: int, option: int) -> int:
    """Put a lesson and where it goes on the stack; how many are there now."""
    s.stack[0, queued], s.stack[1, queued] = lesson, option
    s.moved[lesson] = s.tally[TRIED]
    return queued + 1


@compiled
def _with_mates(a: Arrays, s: State, k: int, queued: int, longest: int) -> int:
    """Queue the lessons that must choose as the k-th of the stack does now; 0 if one
    cannot at its time."""
    mover = s.stack[0, k]
    if a.mate_first[mover] == a.mate_first[mover + 1]:
        return queued
    choice = a.key_choice[a.option[s.stack[1, k]].key]
    if choice == a.key_choice[a.option[s.option[mover]].key]:
        return queued
    for j in range(a.mate_first[mover], a.mate_first[mover + 1]):
        other = a.mate_lesson[j]
        if s.option[other] < 0 or s.moved[other] == s.tally[TRIED]:
            continue
        target = _choosing(a, s, other, choice)
        if target < 0 or queued >= longest:
            return 0
        if target != s.option[other]:
            queued = _queue(s, queued, other, target)
    return queued


@compiled
def _choosing(a: Arrays, s: State, lesson: int, choice: int) -> int:
    """An option of a lesson at its time with a choice, its own if it has it; or -1."""
    g, now = a.lesson_group[lesson], s.option[lesson]
    if a.key_choice[a.option[now].key] == choice:
        return now
    slot = a.option[now].slot
    first, end = a.slot_first[g, slot], a.slot_first[g, slot + 1]
    turn = below(s, end - first)
    for j in range(end - first):
        option = first + (j + turn) % (end - first)
        if a.key_choice[a.option[option].key] == choice:
            return option
    return -1


@compiled
def plan(a: Arrays, s: State, lesson: int, option: int, longest: int) -> int:
    """Work out a chain that begins with a lesson going to an option.

    Only occupancies are looked at, and nothing is moved yet, for most chains that are
    begun come to no end.

    Returns:
        Number of lessons to move, told in the stack; 0 where somebody in the way has
        nowhere to go, or the chain is longer than ``longest``.
    """
    s.tally[TRIED] += 1
    s.stack[0, 0], s.stack[1, 0] = lesson, option
    s.moved[lesson] = s.tally[TRIED]
    queued, k = 1, 0
    while k < queued:
        queued = _with_ties(a, s, k, queued, longest)
        if queued > 0:
            queued = _with_mates(a, s, k, queued, longest)
        if queued == 0:
            s.tally[GIVEN_UP] += 1
            return 0
        mover, to = s.stack[0, k], s.stack[1, k]
        way = a.option[to].slot - a.option[s.option[mover]].slot
        e = a.option[to].at + 2
        for _ in range(a.effects[e - 2]):
            e += 2
            other = _in_the_way(a, s, a.effects[e], a.effects[e + 1], mover)
            if other < 0:
                continue
            target = _back(a, s, other, way)
            if target < 0 or queued >= longest:
                s.tally[GIVEN_UP] += 1
                return 0
            queued = _queue(s, queued, other, target)
        k += 1
    return queued


@compiled
def breaks(a: Arrays, s: State, depth: int) -> bool:
    """Whether the chain of the stack goes beyond a hard limit on a count.

    Two chains of five do, as soon as every hard rule is kept; it is told by looking at
    the counts that the lessons come to, before anything is moved.
    """
    for k in range(depth):
        e = a.option[s.stack[1, k]].at
        counts = a.effects[e + 1]
        e += 4 + 2 * a.effects[e]
        for _ in range(counts):
            c = a.effects[e]
            now = s.counter[c].table + s.counter[c].count
            more = a.table[now + a.effects[e + 1]] - a.table[now]
            if more > HARD >> 1:
                more = a.table[now + _net(a, s, c, depth)] - a.table[now]
                if more > HARD >> 1:
                    return True
            e += 2
    return False


@compiled
def _net(a: Arrays, s: State, c: int, depth: int) -> int:
    """By how much the chain of the stack changes a count."""
    total = np.int64(0)
    for k in range(depth):
        total += _value(a, s.stack[1, k], c)
        total -= _value(a, s.option[s.stack[0, k]], c)
    return total


@compiled
def _value(a: Arrays, option: int, c: int) -> int:
    """What an option adds to a count."""
    e = a.option[option].at
    counts = a.effects[e + 1]
    e += 4 + 2 * a.effects[e]
    for _ in range(counts):
        if a.effects[e] == c:
            return a.effects[e + 1]
        e += 2
    return 0


@compiled
def swing(a: Arrays, s: State, depth: int) -> int:
    """Move the lessons of the stack to the options beside them, which become those
    they come from: a second time takes the moves back. The change of cost."""
    change = np.int64(0)
    for k in range(depth):
        lesson, to = s.stack[0, k], s.stack[1, k]
        s.stack[1, k] = s.option[lesson]
        change += shift(a, s, lesson, to)
    return change
