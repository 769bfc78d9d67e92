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

from scheduler.solver.kernel.anneal import keep_best
from scheduler.solver.kernel.arrays import Arrays, State
from scheduler.solver.kernel.compiled import called, entry, inlined
from scheduler.solver.kernel.ejection import (
    Chain,
    clash_price,
    clashing,
    make_room,
    worst,
)
from scheduler.solver.kernel.lower import BREACH
from scheduler.solver.kernel.moves import below, hard_part
from scheduler.solver.kernel.tally import put, take

TENURE, TENURE_SHARE = 8, 0.6
"""A lesson stays away so many insertions, and a share of the unplaced ones."""
_DEARER = 0.1
"""What a lesson costs more to throw out, in lessons, each time that it was."""


@called
def _cheapest(
    a: Arrays, s: State, c: Chain, barred: np.ndarray, worth: np.ndarray, lesson: int
) -> int:
    """The cheapest option for an unplaced lesson, -1 where all are barred."""
    best, least = np.int64(-1), np.inf
    g = a.lesson_group[lesson]
    for option in range(a.option_first[g], a.option_first[g + 1]):
        change = put(a, s, lesson, option)
        take(a, s, lesson)
        value, clashes = clash_price(a, s, option, worth, c.frozen)
        value += (hard_part(change) - clashes) / BREACH + below(s, 1024) / 4096.0
        if value < least and (
            barred[option] <= s.tally[0]
            or hard_part(s.cost[0] + change) < hard_part(s.cost[1])
        ):
            best, least = np.int64(option), value
    return best


@called
def _force(
    a: Arrays,
    s: State,
    c: Chain,
    lesson: int,
    option: int,
    neighbour: np.ndarray,
    first: int,
    end: int,
    barred: np.ndarray,
    worth: np.ndarray,
    unplaced: np.ndarray,
    count: int,
) -> int:
    """Place a lesson, throw out what is in its way; the new number of unplaced ones."""
    until = s.tally[0] + TENURE + below(s, TENURE) + int(TENURE_SHARE * count)
    s.cost[0] += put(a, s, lesson, option)
    c.frozen[lesson] = 1
    while True:
        other = clashing(a, s, lesson)
        if other < 0:
            other = worst(a, s, c, neighbour, first, end)
        if other < 0:
            break
        barred[s.option[other]] = until
        s.cost[0] += take(a, s, other)
        worth[other] += _DEARER
        unplaced[count] = other
        count += 1
    c.frozen[lesson] = 0
    return count


@inlined
def _list_unplaced(
    a: Arrays, s: State, hardest: np.ndarray, unplaced: np.ndarray
) -> int:
    """Write lessons without a place but with an option, the hardest last; how many."""
    count = 0
    for k in range(len(hardest) - 1, -1, -1):
        g = a.lesson_group[hardest[k]]
        if s.option[hardest[k]] < 0 and a.option_first[g] < a.option_first[g + 1]:
            unplaced[count] = hardest[k]
            count += 1
    return count


@entry
def insert(
    a: Arrays,
    s: State,
    c: Chain,
    neighbour_first: np.ndarray,
    neighbour: np.ndarray,
    hardest: np.ndarray,
    barred: np.ndarray,
    worth: np.ndarray,
    unplaced: np.ndarray,
    budget: int,
    steps: int,
) -> int:
    """Insert until no hard cost is left, at most so many times.

    Parameters:
        neighbour_first, neighbour: By lesson: lessons it may be in conflict with.
        hardest: All lessons in the order in which they are placed.
        barred: By option: the number of the insertion until which it is closed.
        worth: By lesson: grows whenever the lesson is thrown out.
        unplaced: Room for the numbers of all lessons.
        budget: Lessons that a chain may find places for.

    Returns:
        Insertions made.
    """
    count = _list_unplaced(a, s, hardest, unplaced)
    for step in range(steps):
        if hard_part(s.cost[0]) < hard_part(s.cost[1]):
            keep_best(s)
        if hard_part(s.cost[1]) <= 0:
            return step
        s.tally[0] += 1
        if count == 0:
            count = _kick(a, s, barred, unplaced)
            continue
        lesson = unplaced[count - 1]
        if make_room(a, s, c, lesson, worth, neighbour_first, neighbour, budget):
            count -= 1
            continue
        option = _cheapest(a, s, c, barred, worth, lesson)
        if option < 0:  # others first
            other = below(s, count)
            unplaced[count - 1], unplaced[other] = unplaced[other], lesson
            continue
        first, end = neighbour_first[lesson], neighbour_first[lesson + 1]
        count = _force(
            a, s, c, lesson, option, neighbour, first, end, barred, worth, unplaced,
            count - 1,
        )  # fmt: skip
    return steps


@called
def _kick(a: Arrays, s: State, barred: np.ndarray, unplaced: np.ndarray) -> int:
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
    barred[s.option[chosen]] = s.tally[0] + TENURE
    s.cost[0] += take(a, s, chosen)
    unplaced[0] = chosen
    return 1
