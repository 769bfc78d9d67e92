"""A timetable without a broken hard rule from a search's best, in milliseconds.

Lessons in conflict leave, then whatever is unplaced is put where nothing gets worse.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count

from scheduler.constraints.base import Constraint
from scheduler.model.meeting import Placement
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.timetable import Timetable
from scheduler.solver.kernel.search import Kernel, Search

_ROUNDS = 50


def without_conflicts(
    timetable: Timetable, rules: Iterable[Constraint], rounds: int = _ROUNDS
) -> Timetable:
    """Unplace lessons, those in most breaches first, until no rule is broken.

    Parameters:
        rules: Hard rules that an empty timetable keeps.
        rounds: After so many, all lessons of a breach leave, not one.
    """
    rules, placements = tuple(rules), dict(timetable.placements)
    for number in count():
        current = Timetable(timetable.problem, placements)
        breaches = list(_breaches(current, rules))
        if not breaches:
            return current
        known = [b for b in breaches if b]
        if not known:
            break
        # Late rounds are not thrifty any more, so that there are not too many.
        leaving = _cover(known) if number < rounds else set[str]().union(*known)
        for lesson_id in leaving:
            del placements[lesson_id]
    return Timetable(timetable.problem, {})


def _breaches(current: Timetable, rules: Iterable[Constraint]) -> Iterator[set[str]]:
    for rule in rules:
        for v in rule.violations(current):
            ids = rule.culprits(current, v)
            there = {i: p for i in ids if (p := current.placements.get(i))}
            yield _removable(rule, there)


def _removable(rule: Constraint, breach: dict[str, Placement]) -> set[str]:
    """Lessons of which one should go.

    Of a person's limits these are the last ones of days with idle periods or a late
    start, if there are any: what leaves in the middle of a day only opens a new gap.
    """
    if not rule.of_days:
        return set(breach)
    by_day: dict[int, list[str]] = defaultdict(list)
    for lesson_id in sorted(breach, key=lambda i: breach[i].period):
        by_day[breach[lesson_id].day].append(lesson_id)
    ragged = [ids for ids in by_day.values() if _is_ragged([breach[i] for i in ids])]
    return {ids[-1] for ids in ragged or by_day.values()}


def _is_ragged(day: list[Placement]) -> bool:
    """Whether some period before the last lesson is free."""
    busy = {n for p in day for n in range(p.period, p.period + p.length)}
    return busy != set(range(1, len(busy) + 1))


def _cover(breaches: list[set[str]]) -> list[str]:
    """Lessons of which each breach has one; greedily few."""
    found = []
    while breaches:
        counts = Counter(sorted(i for b in breaches for i in b))
        worst = counts.most_common(1)[0][0]
        found.append(worst)
        breaches = [b for b in breaches if worst not in b]
    return found


def kept_rules(rules: Iterable[Constraint]) -> tuple[Constraint, ...]:
    """Hard rules that an empty timetable keeps, but for rows of tables."""
    return tuple(r for r in rules if r.level is Level.HARD and not r.demands_lessons)


def without_demands(problem: Problem) -> Problem:
    """The problem without rows that an empty timetable breaks."""
    return replace(
        problem,
        limits=tuple(x for x in problem.limits if not x.kind.demands_lessons),
        relations=tuple(x for x in problem.relations if not x.kind.demands_lessons),
    )


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
