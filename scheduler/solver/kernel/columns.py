"""What terms see of options: columns, each distinct one a counter."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from scheduler.model.meeting import Meeting
from scheduler.model.requirements import Lesson
from scheduler.solver.options import Compiled, LessonGroup

Part = tuple[int, tuple[int, ...], tuple[int, ...]]
"""A group's number, options within the group, and the value of each, never 0."""
Column = tuple[Part, ...]
Options = tuple[tuple[int, ...], tuple[Meeting, ...]]
"""Some options of a group by number, and their meetings."""

COUNT, CAPACITY = "count", "capacity"


@dataclass
class Counter:
    """One counter: its column, the counts it can reach, and the cost of each."""

    column: Column
    low: int
    high: int
    costs: NDArray[np.int64]
    unit: bool = False

    def charge(self, costs: Iterable[int], scale: int) -> None:
        """Add scaled costs of low, low + 1, ..., high."""
        self.costs += np.fromiter(costs, np.int64, len(self.costs)) * scale


@dataclass
class Groups:
    """The groups by lesson, and their options by time."""

    compiled: Compiled
    number: dict[str, int] = field(default_factory=dict)
    _of: dict[int, tuple[tuple[Lesson, ...], list[int]]] = field(default_factory=dict)
    _at: dict[tuple[int, int | None, int | None], Options] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, group in enumerate(self.compiled.groups):
            self.number |= {x.lesson_id: number for x in group.lessons}

    @property
    def groups(self) -> tuple[LessonGroup, ...]:
        """The compiled problem's groups."""
        return self.compiled.groups

    def of(self, lessons: tuple[Lesson, ...]) -> list[int]:
        """Numbers of the groups that these lessons make up."""
        known = self._of.get(id(lessons))
        if known is None:
            ids = (self.number.get(x.lesson_id) for x in lessons)
            found = [*dict.fromkeys(i for i in ids if i is not None)]
            known = self._of[id(lessons)] = (lessons, found)
        return known[1]

    def at(self, g: int, day: int | None = None, minute: int | None = None) -> Options:
        """Options of a group (of one weekday; under way at one minute of it)."""
        key = (g, day, minute)
        known = self._at.get(key)
        if known is None:
            known = self._at[key] = self._options(*key)
        return known

    def _options(self, g: int, day: int | None, minute: int | None) -> Options:
        if day is None:
            options = self.groups[g].options
            return tuple(range(len(options))), options
        numbers, meetings = self.at(g)
        if minute is None:
            chosen = [m.day == day for m in meetings]
        else:
            numbers, meetings = self.at(g, day)
            chosen = [m.start <= minute < m.end for m in meetings]
        return tuple(compress(numbers, chosen)), tuple(compress(meetings, chosen))

    def column(
        self,
        lessons: tuple[Lesson, ...],
        value: Callable[[Meeting], int],
        day: int | None = None,
        minute: int | None = None,
    ) -> Column:
        """The value of every option of these lessons (at one time)."""
        parts = []
        for g in self.of(lessons):
            numbers, meetings = self.at(g, day, minute)
            values = list(map(value, meetings))
            if any(values):
                seen = tuple(compress(numbers, values)), tuple(filter(None, values))
                parts.append((g, *seen))
        return tuple(parts)

    def reach(self, column: Column) -> tuple[int, int]:
        """The least and the most that the column's values can add up to."""
        # Several lessons of a group may be on one option while a search is under way.
        low = high = 0
        for g, _, values in column:
            count = self.groups[g].count
            low += count * min(0, *values)
            high += count * max(0, *values)
        return low, high


class Counters:
    """All counters, one for each distinct column."""

    def __init__(self, groups: Groups) -> None:
        self.groups = groups
        self.found: list[Counter] = []
        self.caps: set[int] = set()
        """Numbers of the counters of capacities."""
        self._known: dict[Hashable, int] = {}

    def at(self, column: Column, kind: Hashable = COUNT) -> int:
        """Number of the column's counter; those of other kinds are not shared."""
        known = self._known.get((kind, column))
        if known is None:
            low, high = self.groups.reach(column)
            costs = np.zeros(high - low + 1, np.int64)
            known = self._known[kind, column] = len(self.found)
            self.found.append(Counter(column, low, high, costs))
            if kind == CAPACITY:
                self.caps.add(known)
        return known

    def special(self, key: Hashable, low: int, high: int) -> int:
        """Number of a counter that is fed by something else than options."""
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = len(self.found)
            costs = np.zeros(high - low + 1, np.int64)
            self.found.append(Counter((), low, high, costs))
        return known

    def charge(
        self,
        column: Column,
        cost: Callable[[int], int],
        scale: int,
        kind: Hashable = COUNT,
    ) -> int | None:
        """Charge a column's sum; None where it never costs anything."""
        low, high = self.groups.reach(column)
        costs = [cost(n) for n in range(low, high + 1)]
        if not any(costs):
            return None
        number = self.at(column, kind)
        self.found[number].charge(costs, scale)
        return number


def as_column(uses: Iterable[tuple[int, int, int]]) -> Column:
    """(group, option, value) as a column, groups in the order of their first one."""
    parts: dict[int, tuple[list[int], list[int]]] = {}
    for g, k, value in uses:
        numbers, values = parts.setdefault(g, ([], []))
        numbers.append(k)
        values.append(value)
    return tuple((g, tuple(ks), tuple(vs)) for g, (ks, vs) in parts.items())
