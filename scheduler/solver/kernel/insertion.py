"""Insertion with ejection: place what is unplaced, throw out what is in its way.

For problems whose hard rules leave little room, where annealing with everything placed
gets stuck. A partial timetable is kept; the cheapest insertion of an unplaced lesson is
made, lessons in conflict with it become unplaced, and may not come back to where they
were for a while. Source: Blöchliger and Zufferey, "A graph coloring heuristic using
partial solutions and a reactive tabu scheme", 2008; Müller, "Constraint-based
timetabling", 2005 (what was often thrown out is thrown out less willingly).
"""

import numpy as np

from scheduler.solver.kernel.anneal import keep_best
from scheduler.solver.kernel.arrays import (
    AT,
    COUNT,
    SUM,
    TABLE,
    UNIT,
    Arrays,
    State,
)
from scheduler.solver.kernel.compiled import entry, inlined
from scheduler.solver.kernel.lower import BREACH
from scheduler.solver.kernel.moves import below, hard_part
from scheduler.solver.kernel.tally import put, take

LOOKED_AT = 6
"""Unplaced lessons looked at for one insertion."""
TENURE, TENURE_SHARE = 8, 0.6
"""A lesson stays away so many insertions, and a share of the unplaced ones."""


@inlined
def _price(a: Arrays, s: State, option: int, hard: int, worth: np.ndarray) -> float:
    """Lessons that an insertion throws out, each with its worth; the rest of its hard
    cost in breaches.

    Whoever is in the way as a class's and as a teacher's lesson leaves but once.
    """
    total, clashes = 0.0, np.int64(0)
    one, two, three = -1, -1, -1
    e = a.option[option, AT] + 2
    for _ in range(a.effects[e - 2]):
        e += 2
        c = a.effects[e]
        if s.counter[c, UNIT] and s.counter[c, COUNT] == 1:
            at = s.counter[c, TABLE] + 1
            clashes += hard_part(a.table[at + 1] - a.table[at])
            other = s.counter[c, SUM]
            if other not in (one, two, three):
                total += 1.0 + worth[other]
                one, two, three = other, one, two
    return total + (hard - clashes) / BREACH


@inlined
def _cheapest(
    a: Arrays,
    s: State,
    barred: np.ndarray,
    worth: np.ndarray,
    unplaced: np.ndarray,
    count: int,
    now: int,
) -> tuple[int, int]:
    """(option, number among the unplaced) of the cheapest of some insertions."""
    best, least, which = np.int64(-1), np.inf, np.int64(0)
    turn = below(s, count)
    for j in range(min(count, LOOKED_AT)):
        k = (turn + j) % count
        lesson = unplaced[k]
        g = a.lesson_group[lesson]
        for option in range(a.option_first[g], a.option_first[g + 1]):
            change = put(a, s, lesson, option)
            take(a, s, lesson)
            value = _price(a, s, option, hard_part(change), worth)
            value += below(s, 1024) / 4096.0
            if value < least and (
                barred[option] <= now
                or hard_part(s.cost[0] + change) < hard_part(s.cost[1])
            ):
                best, least, which = np.int64(option), value, np.int64(k)
    return best, which


@inlined
def _clashing(a: Arrays, s: State, lesson: int) -> int:
    """Another lesson in a place for one where this lesson is, or -1."""
    e = a.option[s.option[lesson], AT] + 2
    for _ in range(a.effects[e - 2]):
        e += 2
        c = a.effects[e]
        if s.counter[c, UNIT] and s.counter[c, COUNT] == 2:
            return s.counter[c, SUM] - lesson
    return -1


@entry
def insert(
    a: Arrays,
    s: State,
    neighbour_first: np.ndarray,
    neighbour: np.ndarray,
    barred: np.ndarray,
    worth: np.ndarray,
    unplaced: np.ndarray,
    steps: int,
) -> int:
    """Insert until no hard cost is left, at most so many times.

    Parameters:
        neighbour_first, neighbour: By lesson: lessons it may be in conflict with.
        barred: By option: the number of the insertion until which it is closed.
        worth: By lesson: grows whenever the lesson is thrown out.
        unplaced: Room for the numbers of all lessons.

    Returns:
        Insertions made.
    """
    count = 0
    for lesson in range(len(s.option)):
        g = a.lesson_group[lesson]
        if s.option[lesson] < 0 and a.option_first[g] < a.option_first[g + 1]:
            unplaced[count] = lesson
            count += 1
    for step in range(steps):
        if hard_part(s.cost[0]) < hard_part(s.cost[1]):
            keep_best(s)
        if hard_part(s.cost[1]) <= 0:
            return step
        s.tally[0] += 1
        now = s.tally[0]
        if count == 0:
            count = _kick(a, s, barred, unplaced, now)
            continue
        best, which = _cheapest(a, s, barred, worth, unplaced, count, now)
        if best < 0:
            continue
        lesson = unplaced[which]
        count -= 1
        unplaced[which] = unplaced[count]
        s.cost[0] += put(a, s, lesson, best)
        s.moved[lesson] = now
        until = now + TENURE + below(s, TENURE) + int(TENURE_SHARE * count)
        first, end = neighbour_first[lesson], neighbour_first[lesson + 1]
        while True:
            other = _clashing(a, s, lesson)
            if other < 0:
                other = _worst(a, s, neighbour, first, end, now)
            if other < 0:
                break
            barred[s.option[other]] = until
            s.cost[0] += take(a, s, other)
            worth[other] += 0.1
            unplaced[count] = other
            count += 1
    return steps


@inlined
def _worst(
    a: Arrays, s: State, neighbour: np.ndarray, first: int, end: int, now: int
) -> int:
    """The neighbour whose leaving lowers the hard cost most, or -1."""
    best, most = -1, 0
    if end == first:
        return -1
    turn = below(s, end - first)
    for j in range(end - first):
        other = neighbour[first + (j + turn) % (end - first)]
        option = s.option[other]
        if option < 0 or s.moved[other] == now:
            continue
        gain = -hard_part(take(a, s, other))
        put(a, s, other, option)
        if gain > most:
            best, most = other, gain
    return best


@inlined
def _kick(
    a: Arrays, s: State, barred: np.ndarray, unplaced: np.ndarray, now: int
) -> int:
    """With all placed and a rule still broken: unplace a lesson that has part in it."""
    lessons = len(s.option)
    chosen = -1
    turn = below(s, lessons)
    for j in range(lessons):
        lesson = (turn + j) % lessons
        option = s.option[lesson]
        if option < 0:
            continue
        if chosen < 0:
            chosen = lesson
        change = take(a, s, lesson)
        put(a, s, lesson, option)
        if hard_part(change) < 0:
            chosen = lesson
            break
    if chosen < 0:
        return 0
    barred[s.option[chosen]] = now + TENURE
    s.cost[0] += take(a, s, chosen)
    unplaced[0] = chosen
    return 1
