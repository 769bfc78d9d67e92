"""Take out of a timetable what breaks hard rules."""

from collections import Counter
from collections.abc import Iterable

from scheduler.constraints.base import Constraint
from scheduler.model.timetable import Timetable

_ROUNDS = 50


def without_conflicts(timetable: Timetable, rules: Iterable[Constraint]) -> Timetable:
    """Unplace lessons, those in most breaches first, until no rule is broken.

    Parameters:
        rules: Hard rules that an empty timetable keeps.
    """
    rules, placements = tuple(rules), dict(timetable.placements)
    for _ in range(_ROUNDS):
        current = Timetable(timetable.problem, placements)
        breaches = [
            {i for i in v.lesson_ids if i in placements}
            for rule in rules
            for v in rule.violations(current)
        ]
        if not breaches:
            return current
        for lesson_id in _cover([b for b in breaches if b]):
            del placements[lesson_id]
    return Timetable(timetable.problem, {})


def _cover(breaches: list[set[str]]) -> list[str]:
    """Lessons of which each breach has one; greedily few."""
    found = []
    while breaches:
        counts = Counter(sorted(i for b in breaches for i in b))
        worst = counts.most_common(1)[0][0]
        found.append(worst)
        breaches = [b for b in breaches if worst not in b]
    return found
