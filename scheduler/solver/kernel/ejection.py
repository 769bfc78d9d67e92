"""Depth-first ejection chains: make room for a lesson, and take nothing out (compiled).

A lesson goes where something is in its way; what leaves is placed elsewhere in the same
manner, and so on; where that fails, all is put back and the next place is tried. It
goes deeper than an insertion, which sees one step ahead only. Source: Lalescu, "FET
algorithm" (recursive swapping), 2007; Glover, "Ejection chains", 1996.
"""

from typing import NamedTuple

import numpy as np

from scheduler.solver.kernel.arrays import (
    AT,
    COUNT,
    SUM,
    TABLE,
    UNIT,
    Arrays,
    Ints,
    Longs,
    State,
)
from scheduler.solver.kernel.compiled import called, entry, inlined
from scheduler.solver.kernel.lower import BREACH
from scheduler.solver.kernel.moves import below, hard_part
from scheduler.solver.kernel.tally import put, take

MOST_NODES = 256
"""Lessons placed by one chain at most."""
DEEPEST, BROAD = 14, 5
"""Ejections on the way from the first lesson; where all its places are tried."""
PLACES = 24
"""Most places tried for a lesson."""
_LESSON, _PARENT, _DEPTH, _NEXT, _COUNT, _LOG, _WAITING = range(7)


class Chain(NamedTuple):
    """What a chain remembers, to put everything back."""

    node: Ints
    """[node, LESSON, PARENT, DEPTH, NEXT, COUNT, LOG or WAITING]."""
    places: Ints
    """[node, place]: options to try, the cheapest first."""
    prices: np.ndarray
    log: Ints
    """[change, lesson or option before]."""
    waiting: Ints
    """[ejected lesson, lesson or node that ejected it]."""
    frozen: Longs
    """By lesson: whether the chain has placed it."""
    demand: Ints
    """By lesson: hard cost of its missing."""


def fresh_chain(demand: Ints) -> Chain:
    """Room for chains of a problem."""
    lessons = len(demand)

    def ints(*shape: int) -> Ints:
        return np.zeros(shape, np.int32)

    return Chain(
        ints(MOST_NODES, 7),
        ints(MOST_NODES, PLACES),
        np.zeros(PLACES),
        ints(8 * MOST_NODES + 16, 2),
        ints(8 * MOST_NODES + 16, 2),
        np.zeros(lessons, np.int64),
        demand,
    )


@inlined
def clash_price(
    a: Arrays, s: State, option: int, worth: np.ndarray, frozen: np.ndarray
) -> tuple[float, int]:
    """(lessons that an insertion throws out, each with its worth; what they cost).

    Infinite where one of them may not leave.
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
            if frozen[other]:
                return np.inf, int(clashes)
            if other not in (one, two, three):
                total += 1.0 + worth[other]
                one, two, three = other, one, two
    return total, int(clashes)


@called
def _expand(a: Arrays, s: State, c: Chain, n: int, worth: np.ndarray) -> None:
    """Find a node's cheapest places."""
    lesson = c.node[n, _LESSON]
    g = a.lesson_group[lesson]
    most = PLACES if c.node[n, _DEPTH] < BROAD else 1
    count = 0
    for option in range(a.option_first[g], a.option_first[g + 1]):
        price, clashes = clash_price(a, s, option, worth, c.frozen)
        price += below(s, 1024) / 4096.0
        if price == np.inf or (count == most and price >= c.prices[count - 1]):
            continue
        change = put(a, s, lesson, option)
        take(a, s, lesson)
        price += (hard_part(change) + c.demand[lesson] - clashes) / BREACH
        if count == most and price >= c.prices[count - 1]:
            continue
        at = count if count < most else count - 1
        while at > 0 and c.prices[at - 1] > price:
            c.prices[at] = c.prices[at - 1]
            c.places[n, at] = c.places[n, at - 1]
            at -= 1
        c.prices[at], c.places[n, at] = price, option
        count = min(count + 1, most)
    c.node[n, _COUNT], c.node[n, _NEXT] = count, 0


@inlined
def clashing(a: Arrays, s: State, lesson: int) -> int:
    """Another lesson in a place for one where this lesson is, or -1."""
    e = a.option[s.option[lesson], AT] + 2
    for _ in range(a.effects[e - 2]):
        e += 2
        c = a.effects[e]
        if s.counter[c, UNIT] and s.counter[c, COUNT] == 2:
            return int(s.counter[c, SUM] - lesson)
    return -1


@called
def worst(
    a: Arrays, s: State, c: Chain, neighbour: np.ndarray, first: int, end: int
) -> int:
    """The neighbour whose leaving lowers the hard cost most, or -1.

    That it is missing then does not count: it is placed next.
    """
    best, most = -1, 0
    if end == first:
        return -1
    turn = below(s, end - first)
    for j in range(end - first):
        other = neighbour[first + (j + turn) % (end - first)]
        option = s.option[other]
        if option < 0 or c.frozen[other]:
            continue
        gain = -hard_part(take(a, s, other))
        put(a, s, other, option)
        if gain > most:
            best, most = other, gain
    return best


@called
def _undo(a: Arrays, s: State, c: Chain, logged: int, to: int) -> int:
    """Put back what was done after a mark; the mark."""
    while logged > to:
        logged -= 1
        lesson, option = c.log[logged, 0], c.log[logged, 1]
        if option < 0:
            s.cost[0] += take(a, s, lesson)
            c.frozen[lesson] = 0
        else:
            s.cost[0] += put(a, s, lesson, option)
    return logged


@called
def _apply(
    a: Arrays,
    s: State,
    c: Chain,
    n: int,
    option: int,
    logged: int,
    waiting: int,
    neighbour: np.ndarray,
    first: int,
    end: int,
) -> tuple[int, int]:
    """Place a node's lesson, throw out what is in its way.

    Returns:
        (changes logged, lessons waiting), -1 for the latter where something that may
        not leave is in the way.
    """
    lesson = c.node[n, _LESSON]
    bar = hard_part(s.cost[0]) - c.demand[lesson]
    s.cost[0] += put(a, s, lesson, option)
    c.log[logged, 0], c.log[logged, 1] = lesson, -1
    c.frozen[lesson] = 1
    logged += 1
    while True:
        other = clashing(a, s, lesson)
        if other < 0 and hard_part(s.cost[0]) > bar:
            other = worst(a, s, c, neighbour, first, end)
            if other < 0:
                return logged, -1
        if other < 0:
            return logged, waiting
        if c.frozen[other] or logged + 2 >= len(c.log):
            return logged, -1
        c.log[logged, 0], c.log[logged, 1] = other, s.option[other]
        logged += 1
        s.cost[0] += take(a, s, other)
        bar += c.demand[other]
        c.waiting[waiting, 0], c.waiting[waiting, 1] = other, n
        waiting += 1


@inlined
def _next_node(
    a: Arrays,
    s: State,
    c: Chain,
    n: int,
    logged: int,
    waiting: int,
    worth: np.ndarray,
    expanded: bool,
) -> None:
    """The last lesson that waits becomes a node, without places where too deep."""
    parent = c.waiting[waiting, 1]
    c.node[n, _LESSON], c.node[n, _PARENT] = c.waiting[waiting, 0], parent
    c.node[n, _DEPTH] = c.node[parent, _DEPTH] + 1 if parent >= 0 else 0
    c.node[n, _LOG], c.node[n, _WAITING] = logged, waiting
    c.node[n, _COUNT] = c.node[n, _NEXT] = 0
    if expanded and c.node[n, _DEPTH] < DEEPEST:
        _expand(a, s, c, n, worth)


@called
def make_room(
    a: Arrays,
    s: State,
    c: Chain,
    lesson: int,
    worth: np.ndarray,
    neighbour_first: np.ndarray,
    neighbour: np.ndarray,
    budget: int,
) -> bool:
    """Place an unplaced lesson so that no other is left unplaced and no hard rule is
    broken more.

    Parameters:
        worth: By lesson: how unwillingly it leaves.
        neighbour_first, neighbour: By lesson: lessons it may be in conflict with.
        budget: Lessons to find places for, at most.

    Returns:
        Whether it could be done; if not, nothing is changed.
    """
    start, spent = hard_part(s.cost[0]), 0
    c.waiting[0, 0], c.waiting[0, 1] = lesson, -1
    logged, nodes, waiting = 0, 0, 1
    while waiting > 0:
        n, waiting = nodes, waiting - 1
        more = spent < budget and n + 1 < MOST_NODES
        _next_node(a, s, c, n, logged, waiting, worth, more)
        spent += 1
        placed = False
        while n >= 0 and not placed:
            # Whoever has no place left leaves the choice to what threw it out.
            logged = _undo(a, s, c, logged, c.node[n, _LOG])
            if spent > budget or c.node[n, _NEXT] >= c.node[n, _COUNT]:
                n = c.node[n, _PARENT]
                continue
            option = c.places[n, c.node[n, _NEXT]]
            c.node[n, _NEXT] += 1
            mover = c.node[n, _LESSON]
            first, end = neighbour_first[mover], neighbour_first[mover + 1]
            logged, waiting = _apply(
                a, s, c, n, option, logged, c.node[n, _WAITING], neighbour, first, end
            )
            placed = waiting >= 0
        if n < 0:
            return False
        nodes = n + 1
    if hard_part(s.cost[0]) >= start:
        _undo(a, s, c, logged, 0)
        return False
    for k in range(logged):
        c.frozen[c.log[k, 0]] = 0
    return True


@entry
def demands(a: Arrays, s: State) -> np.ndarray:
    """By lesson: what it saves by coming to an empty timetable, wherever it goes."""
    found = np.zeros(len(s.option), np.int32)
    for lesson in range(len(s.option)):
        g = a.lesson_group[lesson]
        least = 1 << 30
        for option in range(a.option_first[g], a.option_first[g + 1]):
            least = min(least, _saved(a, s, option))
        found[lesson] = least
    return found


@inlined
def _saved(a: Arrays, s: State, option: int) -> int:
    """Hard cost that an option's plain counts save in an empty timetable."""
    e = a.option[option, AT]
    first = e + 4 + 2 * a.effects[e]
    saved = np.int64(0)
    for k in range(a.effects[e + 1]):
        c, value = a.effects[first + 2 * k], a.effects[first + 2 * k + 1]
        at = s.counter[c, TABLE] + s.counter[c, COUNT]
        saved += max(0, hard_part(a.table[at] - a.table[at + value]))
    return int(saved)
