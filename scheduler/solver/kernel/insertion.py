"""Insertion with ejection: place what is unplaced, throw out what is in its way.

For problems whose hard rules leave little room, where annealing with everything placed
gets stuck. A partial timetable is kept. Lessons that are hard to place come first. A
chain makes room for a lesson where it can (ejection.py). Where it cannot the lesson is
placed all the same; lessons in conflict with it become unplaced, are the next to be
placed, and may not come back to where they were for a while. Source: Lalescu, "FET
algorithm", 2007; Blöchliger and Zufferey, "A graph coloring heuristic using partial
solutions and a reactive tabu scheme", 2008; Müller, "Constraint-based timetabling",
2005 (what was often thrown out is thrown out less willingly).
"""

import numpy as np
from numba.experimental import structref

from scheduler.solver.kernel.anneal import keep_best
from scheduler.solver.kernel.arrays import BEST, NOW, TRIED, Arrays, State
from scheduler.solver.kernel.compiled import compiled
from scheduler.solver.kernel.ejection import (
    Chain,
    clash_price,
    clashing,
    make_room,
    worst,
)
from scheduler.solver.kernel.moves import below, hard_part
from scheduler.solver.kernel.records import Record, RecordType
from scheduler.solver.kernel.tally import put, take
from scheduler.solver.lowering.layout import BREACH, Ints, Longs

TENURE, TENURE_SHARE = 8, 0.6
"""A lesson stays away so many insertions, and a share of the unplaced ones."""
_DEARER = 0.02
"""What a lesson costs more to throw out, in lessons, each time that it was: were it
much, what is dear everywhere would soon be all that counts."""


@structref.register
class InsertionType(RecordType):
    """Insertion to Numba."""


class Insertion(Record, kind=InsertionType):
    """What insertion works with, and remembers from one to the next."""

    chain: Chain
    hardest: Ints
    """All lessons in the order in which they are placed."""
    barred: Longs
    """By option: the number of the insertion until which it is closed."""
    unplaced: Ints
    """Room for the numbers of all lessons."""


def fresh_insertion(chain: Chain, hardest: Ints, options: int) -> Insertion:
    """Nothing barred."""
    return Insertion(
        chain=chain,
        hardest=hardest,
        barred=np.zeros(options, np.int64),
        unplaced=np.zeros(len(hardest) + 1, np.int32),
    )


@compiled
def _cheapest(a: Arrays, s: State, x: Insertion, lesson: int) -> int:
    """The cheapest option for an unplaced lesson, -1 where all are barred."""
    best, least = np.int64(-1), np.inf
    g = a.lesson_group[lesson]
    for option in range(a.option_first[g], a.option_first[g + 1]):
        change = put(a, s, lesson, option)
        take(a, s, lesson)
        value, clashes = clash_price(a, s, x.chain, option)
        value += (hard_part(change) - clashes) / BREACH + below(s, 1024) / 4096.0
        if value < least and (
            x.barred[option] <= s.tally[TRIED]
            or hard_part(s.cost[NOW] + change) < hard_part(s.cost[BEST])
        ):
            best, least = np.int64(option), value
    return best


@compiled
def _force(
    a: Arrays, s: State, x: Insertion, lesson: int, option: int, count: int
) -> int:
    """Place a lesson, throw out what is in its way; the new number of unplaced ones."""
    c = x.chain
    until = s.tally[TRIED] + TENURE + below(s, TENURE) + int(TENURE_SHARE * count)
    s.cost[NOW] += put(a, s, lesson, option)
    c.frozen[lesson] = 1
    while True:
        other = clashing(a, s, lesson)
        if other < 0:
            other = worst(a, s, c, lesson)
        if other < 0:
            break
        x.barred[s.option[other]] = until
        s.cost[NOW] += take(a, s, other)
        c.worth[other] += _DEARER
        x.unplaced[count] = other
        count += 1
    c.frozen[lesson] = 0
    return count


@compiled
def _list_unplaced(a: Arrays, s: State, x: Insertion) -> int:
    """Write lessons without a place but with an option, the hardest last; how many."""
    count = 0
    for k in range(len(x.hardest) - 1, -1, -1):
        lesson = x.hardest[k]
        g = a.lesson_group[lesson]
        if s.option[lesson] < 0 and a.option_first[g] < a.option_first[g + 1]:
            x.unplaced[count] = lesson
            count += 1
    return count


@compiled
def insert(a: Arrays, s: State, x: Insertion, budget: int, steps: int) -> int:
    """Insert until no hard cost is left, at most so many times.

    Parameters:
        budget: Lessons that a chain may find places for.

    Returns:
        Insertions made.
    """
    count = _list_unplaced(a, s, x)
    for step in range(steps):
        if hard_part(s.cost[NOW]) < hard_part(s.cost[BEST]):
            keep_best(s)
        if hard_part(s.cost[BEST]) <= 0:
            return step
        s.tally[TRIED] += 1
        if count == 0:
            count = _kick(a, s, x)
            continue
        lesson = x.unplaced[count - 1]
        if make_room(a, s, x.chain, lesson, budget):
            count -= 1
            continue
        option = _cheapest(a, s, x, lesson)
        if option < 0:  # others first
            other = below(s, count)
            x.unplaced[count - 1], x.unplaced[other] = x.unplaced[other], lesson
            continue
        count = _force(a, s, x, lesson, option, count - 1)
    return steps


@compiled
def _kick(a: Arrays, s: State, x: Insertion) -> int:
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
    x.barred[s.option[chosen]] = s.tally[TRIED] + TENURE
    s.cost[NOW] += take(a, s, chosen)
    x.unplaced[0] = chosen
    return 1
