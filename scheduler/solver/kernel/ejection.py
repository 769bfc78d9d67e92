"""Depth-first ejection chains: make room for a lesson, and take nothing out (compiled).

A lesson goes where something is in its way; what leaves is placed elsewhere in the same
manner, and so on; where that fails, all is put back and the next place is tried. It
goes deeper than an insertion, which sees one step ahead only. Source: Lalescu, "FET
algorithm" (recursive swapping), 2007; Glover, "Ejection chains", 1996.
"""

import numpy as np
from numba.experimental import structref

from scheduler.solver.kernel.arrays import NODES, NOW, Arrays, State
from scheduler.solver.kernel.compiled import compiled
from scheduler.solver.kernel.moves import below, hard_part
from scheduler.solver.kernel.records import Record, RecordType
from scheduler.solver.kernel.tally import put, take
from scheduler.solver.lowering.layout import BREACH, Ints, Longs, Rows

MOST_NODES = 256
"""Lessons placed by one chain at most."""
DEEPEST, BROAD = 14, 5
"""Ejections on the way from the first lesson; where all its places are tried."""
PLACES = 24
"""Most places tried for a lesson."""
NODE = np.dtype(
    [
        (name, np.int32)
        for name in ("lesson", "parent", "depth", "next", "count", "log", "waiting")
    ]
)
"""A lesson to place; the node that threw it out; how deep that is; its next place and
how many it has; how long the log and the list of those waiting were before."""
LOGGED = np.dtype([("lesson", np.int32), ("option", np.int32)])
"""A lesson that was moved, and its option before."""
WAITING = np.dtype([("lesson", np.int32), ("node", np.int32)])
"""An ejected lesson, and the node that ejected it."""


@structref.register
class ChainType(RecordType):
    """Chain to Numba."""


class Chain(Record, kind=ChainType):
    """What a chain works with, and remembers to put everything back."""

    node: Rows
    places: Ints
    """[node, place]: options to try, the cheapest first."""
    prices: np.ndarray
    log: Rows
    waiting: Rows
    frozen: Longs
    """By lesson: whether the chain has placed it."""
    demand: Ints
    """By lesson: hard cost of its missing."""
    worth: np.ndarray
    """By lesson: how unwillingly it leaves; grows whenever it is thrown out."""
    neighbour_first: Ints
    neighbour: Ints
    """By lesson: lessons that it may be in conflict with."""


def fresh_chain(demand: Ints, neighbours: tuple[Ints, Ints]) -> Chain:
    """Room for chains of a problem."""
    lessons = len(demand)
    return Chain(
        node=np.zeros(MOST_NODES, NODE),
        places=np.zeros((MOST_NODES, PLACES), np.int32),
        prices=np.zeros(PLACES),
        log=np.zeros(8 * MOST_NODES + 16, LOGGED),
        waiting=np.zeros(8 * MOST_NODES + 16, WAITING),
        frozen=np.zeros(lessons, np.int64),
        demand=demand,
        worth=np.zeros(lessons),
        neighbour_first=neighbours[0],
        neighbour=neighbours[1],
    )


@compiled
def clash_price(a: Arrays, s: State, c: Chain, option: int) -> tuple[float, int]:
    """(lessons that an insertion throws out, each with its worth; what they cost).

    Infinite where one of them may not leave.
    """
    total, clashes = 0.0, np.int64(0)
    one, two, three = -1, -1, -1
    e = a.option[option].at + 2
    for _ in range(a.effects[e - 2]):
        e += 2
        k = a.effects[e]
        if s.counter[k].unit and s.counter[k].count == 1:
            at = s.counter[k].table + 1
            clashes += hard_part(a.table[at + 1] - a.table[at])
            other = s.counter[k].sum
            if c.frozen[other]:
                return np.inf, int(clashes)
            if other not in (one, two, three):
                total += 1.0 + c.worth[other]
                one, two, three = other, one, two
    return total, int(clashes)


@compiled
def _expand(a: Arrays, s: State, c: Chain, n: int) -> None:
    """Find a node's cheapest places."""
    lesson = c.node[n].lesson
    g = a.lesson_group[lesson]
    most = PLACES if c.node[n].depth < BROAD else 1
    count = 0
    for option in range(a.option_first[g], a.option_first[g + 1]):
        price, clashes = clash_price(a, s, c, option)
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
    c.node[n].count, c.node[n].next = count, 0


@compiled
def clashing(a: Arrays, s: State, lesson: int) -> int:
    """Another lesson in a place for one where this lesson is, or -1."""
    e = a.option[s.option[lesson]].at + 2
    for _ in range(a.effects[e - 2]):
        e += 2
        c = a.effects[e]
        if s.counter[c].unit and s.counter[c].count == 2:
            return int(s.counter[c].sum - lesson)
    return -1


@compiled
def worst(a: Arrays, s: State, c: Chain, lesson: int) -> int:
    """The neighbour whose leaving lowers the hard cost most, or -1.

    That it is missing then does not count: it is placed next.
    """
    first, end = c.neighbour_first[lesson], c.neighbour_first[lesson + 1]
    best, most = -1, 0
    if end == first:
        return -1
    turn = below(s, end - first)
    for j in range(end - first):
        other = c.neighbour[first + (j + turn) % (end - first)]
        option = s.option[other]
        if option < 0 or c.frozen[other]:
            continue
        gain = -hard_part(take(a, s, other))
        put(a, s, other, option)
        if gain > most:
            best, most = other, gain
    return best


@compiled
def _undo(a: Arrays, s: State, c: Chain, logged: int, to: int) -> int:
    """Put back what was done after a mark; the mark."""
    while logged > to:
        logged -= 1
        lesson, option = c.log[logged].lesson, c.log[logged].option
        if option < 0:
            s.cost[NOW] += take(a, s, lesson)
            c.frozen[lesson] = 0
        else:
            s.cost[NOW] += put(a, s, lesson, option)
    return logged


@compiled
def _apply(
    a: Arrays, s: State, c: Chain, n: int, option: int, logged: int, waiting: int
) -> tuple[int, int]:
    """Place a node's lesson, throw out what is in its way.

    Returns:
        (changes logged, lessons waiting), -1 for the latter where something that may
        not leave is in the way.
    """
    lesson = c.node[n].lesson
    bar = hard_part(s.cost[NOW]) - c.demand[lesson]
    s.cost[NOW] += put(a, s, lesson, option)
    c.log[logged].lesson, c.log[logged].option = lesson, -1
    c.frozen[lesson] = 1
    logged += 1
    while True:
        other = clashing(a, s, lesson)
        if other < 0 and hard_part(s.cost[NOW]) > bar:
            other = worst(a, s, c, lesson)
            if other < 0:
                return logged, -1
        if other < 0:
            return logged, waiting
        if c.frozen[other] or logged + 2 >= len(c.log):
            return logged, -1
        c.log[logged].lesson, c.log[logged].option = other, s.option[other]
        logged += 1
        s.cost[NOW] += take(a, s, other)
        bar += c.demand[other]
        c.waiting[waiting].lesson, c.waiting[waiting].node = other, n
        waiting += 1


@compiled
def _next_node(
    a: Arrays, s: State, c: Chain, n: int, logged: int, waiting: int, expanded: bool
) -> None:
    """The last lesson that waits becomes a node, without places where too deep."""
    parent = c.waiting[waiting].node
    c.node[n].lesson, c.node[n].parent = c.waiting[waiting].lesson, parent
    c.node[n].depth = c.node[parent].depth + 1 if parent >= 0 else 0
    c.node[n].log, c.node[n].waiting = logged, waiting
    c.node[n].count = c.node[n].next = 0
    if expanded and c.node[n].depth < DEEPEST:
        _expand(a, s, c, n)


@compiled
def make_room(a: Arrays, s: State, c: Chain, lesson: int, budget: int) -> bool:
    """Place an unplaced lesson so that no other is left unplaced and no hard rule is
    broken more.

    Parameters:
        budget: Lessons to find places for, at most.

    Returns:
        Whether it could be done; if not, nothing is changed.
    """
    start, spent = hard_part(s.cost[NOW]), 0
    c.waiting[0].lesson, c.waiting[0].node = lesson, -1
    logged, nodes, waiting = 0, 0, 1
    while waiting > 0:
        n, waiting = nodes, waiting - 1
        more = spent < budget and n + 1 < MOST_NODES
        _next_node(a, s, c, n, logged, waiting, more)
        spent += 1
        s.tally[NODES] += 1
        placed = False
        while n >= 0 and not placed:
            # Whoever has no place left leaves the choice to what threw it out.
            logged = _undo(a, s, c, logged, c.node[n].log)
            if spent > budget or c.node[n].next >= c.node[n].count:
                n = c.node[n].parent
                continue
            option = c.places[n, c.node[n].next]
            c.node[n].next += 1
            logged, waiting = _apply(a, s, c, n, option, logged, c.node[n].waiting)
            placed = waiting >= 0
        if n < 0:
            return False
        nodes = n + 1
    if hard_part(s.cost[NOW]) >= start:
        _undo(a, s, c, logged, 0)
        return False
    for k in range(logged):
        c.frozen[c.log[k].lesson] = 0
    return True


@compiled
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


@compiled
def _saved(a: Arrays, s: State, option: int) -> int:
    """Hard cost that an option's plain counts save in an empty timetable."""
    e = a.option[option].at
    first = e + 4 + 2 * a.effects[e]
    saved = np.int64(0)
    for k in range(a.effects[e + 1]):
        c, value = a.effects[first + 2 * k], a.effects[first + 2 * k + 1]
        at = s.counter[c].table + s.counter[c].count
        saved += max(0, hard_part(a.table[at] - a.table[at + value]))
    return int(saved)
