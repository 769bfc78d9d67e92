"""Simulated annealing over Kempe chains (compiled)."""

import numpy as np

from scheduler.solver.kernel.arrays import ACCEPTED, BEST, LONGEST, NOW, Arrays, State
from scheduler.solver.kernel.compiled import compiled
from scheduler.solver.kernel.moves import (
    below,
    best_of,
    breaks,
    hard_part,
    plan,
    score,
    swing,
)
from scheduler.solver.kernel.tally import put, take
from scheduler.solver.kernel.trouble import find_dear_days, find_troubled

LOOK_EVERY = 512
"""Moves between two looks for lessons to begin with."""
BROKEN_TURN, DEAR_TURN = 2, 4
"""One move in so many begins with a lesson that has part in a broken hard rule, or
else is on a day that costs: idle periods are what is left of a cost in the end."""


@compiled
def construct(a: Arrays, s: State, order: np.ndarray, weight: float) -> None:
    """Place all unplaced lessons one after the other where they cost least."""
    for lesson in order:
        g = a.lesson_group[lesson]
        first, end = a.option_first[g], a.option_first[g + 1]
        if s.option[lesson] < 0 and first < end:
            option = best_of(a, s, lesson, first, end, weight)
            s.cost[NOW] += put(a, s, lesson, option)


@compiled
def keep_best(s: State) -> None:
    """Remember the timetable as it is."""
    s.cost[BEST] = s.cost[NOW]
    for lesson in range(len(s.option)):  # an assignment of slices compiles for 1.5 s
        s.best[lesson] = s.option[lesson]


@compiled
def restore(a: Arrays, s: State, options: np.ndarray) -> None:
    """Go to a timetable: back to the best one, or to that of another search."""
    for lesson in range(len(s.option)):
        if s.option[lesson] != options[lesson]:
            if s.option[lesson] >= 0:
                s.cost[NOW] += take(a, s, lesson)
            if options[lesson] >= 0:
                s.cost[NOW] += put(a, s, lesson, options[lesson])


@compiled
def _propose(a: Arrays, s: State, lesson: int, weight: float) -> int:
    """Another option of a lesson: mostly another slot, sometimes another place."""
    g = a.lesson_group[lesson]
    now = s.option[lesson]
    slot = a.option[now].slot
    first, end = a.slot_first[g, slot], a.slot_first[g, slot + 1]
    if end - first > 1 and below(s, 4) == 0:
        other = first + below(s, end - first - 1)
        return other if other < now else other + 1
    at, last = a.slot_list_first[g], a.slot_list_first[g + 1]
    if last - at < 2:
        return -1
    slot = a.slot_list[at + below(s, last - at)]
    first, end = a.slot_first[g, slot], a.slot_first[g, slot + 1]
    if first <= now < end:
        return -1
    if end - first == 1:
        return first
    if below(s, 4) == 0:
        return first + below(s, end - first)
    s.cost[NOW] += take(a, s, lesson)
    option = best_of(a, s, lesson, first, end, weight)
    s.cost[NOW] += put(a, s, lesson, now)
    return option


@compiled
def _choose(
    s: State, free: np.ndarray, troubled: np.ndarray, count: int, turn: int
) -> int:
    """A lesson to move: one time in ``turn`` one of the troubled, if there are any."""
    if count > 0 and below(s, turn) == 0:
        return np.int64(troubled[below(s, count)])
    return np.int64(free[below(s, len(free))])


@compiled
def anneal(
    a: Arrays,
    s: State,
    free: np.ndarray,
    steps: int,
    hot: float,
    cold: float,
    weight: float,
    longest: int,
    troubled: np.ndarray,
) -> None:
    """Try so many moves while the temperature falls from hot to cold.

    Parameters:
        free: Lessons that may move.
        weight: What a unit of hard cost weighs in soft cost.
        longest: Most lessons in a chain.
        troubled: Room for all lessons: for those that have part in a broken hard rule,
            or are on days that cost where none is broken.
    """
    count, turn = 0, DEAR_TURN
    cooling = (cold / hot) ** (1.0 / max(1, steps))
    heat = hot
    for step in range(steps):
        heat *= cooling
        if step % LOOK_EVERY == 0:
            if hard_part(s.cost[NOW]) > 0:
                count, turn = find_troubled(a, s, troubled), BROKEN_TURN
            else:
                count, turn = find_dear_days(a, s, troubled), DEAR_TURN
        lesson = _choose(s, free, troubled, count, turn)
        option = _propose(a, s, lesson, weight)
        if option < 0:
            continue
        depth = plan(a, s, lesson, option, longest)
        if depth == 0 or (hard_part(s.cost[NOW]) == 0 and breaks(a, s, depth)):
            continue
        change = swing(a, s, depth)
        value = score(change, weight)
        if value > 0 and below(s, 1 << 30) >= np.exp(-value / heat) * (1 << 30):
            swing(a, s, depth)
            continue
        s.tally[ACCEPTED] += 1
        s.tally[LONGEST] = max(s.tally[LONGEST], depth)
        s.cost[NOW] += change
        if s.cost[NOW] < s.cost[BEST]:
            keep_best(s)
