"""A timetable without a broken hard rule from a search's best, in milliseconds.

Lessons in conflict leave, then whatever is unplaced is put where nothing gets worse.
"""

from collections.abc import Sequence

from scheduler.constraints.base import Constraint
from scheduler.model.timetable import Timetable
from scheduler.solver.conflicts import kept_rules, without_conflicts, without_demands
from scheduler.solver.kernel.search import Kernel, Search


def place_greedily(
    kernel: Kernel, rules: Sequence[Constraint], near: Timetable | None
) -> Timetable:
    """Lessons placed without breaking a hard rule but those that demand lessons.

    Parameters:
        rules: All rules in force.
        near: A timetable to begin with, conflicts included; None for an empty one.
    """
    problem, kept = kernel.compiled.problem, kept_rules(rules)
    asked = without_demands(problem)
    clean = Timetable(asked, {})
    if near is not None:
        clean = without_conflicts(Timetable(asked, near.placements), kept)
    search = Search(kernel, 0)
    search.place(kernel.options_of(clean))
    search.fill()
    filled = kernel.timetable(search.state.option)
    if filled is not None:
        clean = without_conflicts(Timetable(asked, filled.placements), kept)
    return Timetable(problem, clean.placements)
