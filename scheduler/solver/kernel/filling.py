"""Fill a partial timetable without breaking anything (compiled)."""

import numpy as np

from scheduler.solver.kernel.arrays import NOW, Arrays, State
from scheduler.solver.kernel.compiled import compiled
from scheduler.solver.kernel.tally import put, take
from scheduler.solver.kernel.worsening import worse


@compiled
def fill(a: Arrays, s: State, before: State, order: np.ndarray) -> int:
    """Place unplaced lessons where they cost least of where nothing hard gets worse.

    Parameters:
        before: The same timetable; it is kept the same.
        order: Lessons in the order in which they are tried.

    Returns:
        Lessons placed.
    """
    placed = 0
    for lesson in order:
        if s.option[lesson] >= 0:
            continue
        g = a.lesson_group[lesson]
        best, least = -1, 0
        for option in range(a.option_first[g], a.option_first[g + 1]):
            change = put(a, s, lesson, option)
            if (best < 0 or change < least) and not worse(a, s, before, option):
                best, least = option, change
            take(a, s, lesson)
        if best >= 0:
            s.cost[NOW] += put(a, s, lesson, best)
            put(a, before, lesson, best)
            placed += 1
    return placed
