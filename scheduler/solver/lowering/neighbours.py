"""Which lessons may be in conflict with which, by the hard rules."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np

from scheduler.solver.lowering.columns import Counter
from scheduler.solver.lowering.layout import HARD, Ints
from scheduler.solver.lowering.lower import Lowered
from scheduler.solver.options import LessonGroup

Together = set[frozenset[int]]
"""Groups that meet in one thing that costs hard."""


def neighbours(groups: Sequence[LessonGroup], together: Together) -> tuple[Ints, Ints]:
    """(first by lesson, lessons): those that share something a hard rule charges."""
    near: dict[int, set[int]] = defaultdict(set)
    for some in together:
        for g in some:
            near[g] |= some
    lessons: dict[int, list[int]] = defaultdict(list)
    owner = [g for g, group in enumerate(groups) for _ in group.lessons]
    for lesson, g in enumerate(owner):
        lessons[g].append(lesson)
    around = {
        g: [x for other in sorted(some) for x in lessons[other]]
        for g, some in near.items()
    }
    rows = [_without(lesson, around.get(g, [])) for lesson, g in enumerate(owner)]
    first = np.concatenate(([0], np.cumsum([len(x) for x in rows])))
    flat = np.fromiter(chain.from_iterable(rows), np.int32)
    return first.astype(np.int32), flat


def _without(lesson: int, lessons: list[int]) -> list[int]:
    if not lessons:
        return []
    place = lessons.index(lesson)
    return lessons[:place] + lessons[place + 1 :]


def counted_together(counters: Sequence[Counter]) -> Together:
    """Those of counters that cost hard."""
    hard = _hard(counters)
    # Most of a class's or a teacher's counters are of the same groups.
    return {
        frozenset([part.group for part in counter.column])
        for counter in counters
        if id(counter.costs) in hard
    }


def other_together(lowered: Lowered) -> Together:
    """Those of patterns, sets and events, and of counters that no capacity has."""
    found = set(map(frozenset, _met(lowered)))
    return found | counted_together(lowered.counters.found)


def _hard(counters: Sequence[Counter]) -> set[int]:
    costs_of = {id(counter.costs): counter.costs for counter in counters}
    return {k for k, x in costs_of.items() if np.abs(x).max(initial=0) >= HARD}


def _met(lowered: Lowered) -> Iterator[Iterable[int]]:
    counters = lowered.counters.found
    for pattern in lowered.patterns.found.values():
        hard = lowered.patterns.cost_table(pattern).max(initial=0) >= HARD
        fed = any(counters[c].costs.max(initial=0) >= HARD for c, _ in pattern.feeds)
        if hard or fed:
            yield (part.group for row in pattern.rows for part in row)
    for x in lowered.sets.values():
        if x.weight >= HARD:
            yield (part.group for m in x.members for part in counters[m].column)
    columns = lowered.events.columns
    for index, costs in enumerate(lowered.events.costs):
        hard_with = [other for other, cost in costs.items() if cost >= HARD]
        if hard_with:
            yield (part.group for k in (index, *hard_with) for part in columns[k])
