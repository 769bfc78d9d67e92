"""What terms see of options: columns, each distinct one a counter."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import compress
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from scheduler.constraints.primitives import convex
from scheduler.model.meeting import Meeting
from scheduler.model.requirements import Lesson
from scheduler.solver.options import Compiled, LessonGroup

Part = tuple[int, tuple[int, ...], tuple[int, ...]]
"""A group's number, options within the group, and the value of each, never 0."""
Column = tuple[Part, ...]
Options = tuple[tuple[int, ...], tuple[Meeting, ...]]
"""Some options of a group by number, and their meetings."""

_Key = TypeVar("_Key", bound=Hashable)
COUNT, CAPACITY = "count", "capacity"


@dataclass
class Counter:
    """One counter: its column, the counts it can reach, and the cost of each."""

    column: Column
    low: int
    high: int
    costs: NDArray[np.int64]
    unit: bool = False

    def charge(self, costs: NDArray[np.int64], scale: int) -> None:
        """Add scaled costs of low, low + 1, ..., high."""
        self.costs += costs * scale


@dataclass
class Groups:
    """The groups by lesson, and their options by time."""

    compiled: Compiled
    number: dict[str, int] = field(default_factory=dict)
    count: list[int] = field(default_factory=list)
    _of: dict[int, tuple[tuple[Lesson, ...], list[int]]] = field(default_factory=dict)
    _at: dict[Hashable, Options] = field(default_factory=dict)
    _times: dict[
        tuple[int, int | None], tuple[tuple[Meeting, ...], tuple[int, ...]]
    ] = field(default_factory=dict)
    _days: list[dict[int, list[int]]] = field(default_factory=list)
    _layouts: list[dict[str, list[int]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for number, group in enumerate(self.compiled.groups):
            self.number |= {x.lesson_id: number for x in group.lessons}
            self.count.append(group.count)
            self._days.append(_numbers(m.day for m in group.options))
            places = (m.placement.layout_id for m in group.options)
            self._layouts.append(_numbers(places))

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

    def at(
        self,
        g: int,
        day: int | None = None,
        minute: int | None = None,
        layouts: tuple[str, ...] | None = None,
    ) -> Options:
        """Options of a group: all, of a day, at a minute of it, or on some layouts."""
        key = (g, day, minute, layouts)
        known = self._at.get(key)
        if known is None:
            known = self._at[key] = self._options(*key)
        return known

    def _options(
        self,
        g: int,
        day: int | None,
        minute: int | None,
        layouts: tuple[str, ...] | None,
    ) -> Options:
        if minute is not None:
            numbers, meetings = self.at(g, day)
            chosen = [m.start <= minute < m.end for m in meetings]
            return tuple(compress(numbers, chosen)), tuple(compress(meetings, chosen))
        options = self.groups[g].options
        if day is not None:
            some = self._days[g].get(day, ())
        elif layouts is not None:
            some = sorted(k for x in layouts for k in self._layouts[g].get(x, ()))
        else:
            return tuple(range(len(options))), options
        return tuple(some), tuple([options[k] for k in some])

    def by_time(
        self, g: int, value: Callable[[Meeting], int], day: int | None
    ) -> list[int]:
        """What each option of a group has that does not depend on the layout."""
        some, times = self._at_times(g, day)
        values = list(map(value, some))
        return [values[k] for k in times] if len(times) > len(values) else values

    def _at_times(
        self, g: int, day: int | None
    ) -> tuple[tuple[Meeting, ...], tuple[int, ...]]:
        """A group's options with layouts left out, and for each option which it is."""
        known = self._times.get((g, day))
        if known is None:
            meetings = self.at(g, day)[1]
            found: dict[Hashable, tuple[int, Meeting]] = {}
            times: Iterable[int] = range(len(meetings))
            if len(self._layouts[g]) > 1:
                keys = ((m.day, m.start, m.layers, m.teacher_ids) for m in meetings)
                times = [
                    found.setdefault(key, (len(found), m))[0]
                    for key, m in zip(keys, meetings, strict=True)
                ]
                meetings = tuple(m for _, m in found.values())
            known = self._times[g, day] = meetings, tuple(times)
        return known

    def column(
        self,
        lessons: tuple[Lesson, ...],
        value: Callable[[Meeting], int],
        day: int | None = None,
        minute: int | None = None,
        by_layout: bool = True,
    ) -> Column:
        """The value of every option of these lessons (at one time)."""
        parts = []
        for g in self.of(lessons):
            numbers, meetings = self.at(g, day, minute)
            if by_layout:
                values = list(map(value, meetings))
            else:
                values = self.by_time(g, value, day)
            if any(values):
                seen = tuple(compress(numbers, values)), tuple(filter(None, values))
                parts.append((g, *seen))
        return tuple(parts)

    def reach(self, column: Column) -> tuple[int, int]:
        """The least and the most that the column's values can add up to."""
        # Several lessons of a group may be on one option while a search is under way.
        low = high = 0
        for g, _, values in column:
            least, most = min(values), max(values)
            if least < 0:
                low += self.count[g] * least
            if most > 0:
                high += self.count[g] * most
        return low, high


def _numbers(keys: Iterable[_Key]) -> dict[_Key, list[int]]:
    """Numbers of the options by key."""
    found: dict[_Key, list[int]] = defaultdict(list)
    for k, key in enumerate(keys):
        found[key].append(k)
    return found


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
            known = self._new(column, kind, *self.groups.reach(column))
        return known

    def _new(self, column: Column, kind: Hashable, low: int, high: int) -> int:
        number = self._known[kind, column] = len(self.found)
        costs = np.zeros(high - low + 1, np.int64)
        self.found.append(Counter(column, low, high, costs))
        if kind == CAPACITY:
            self.caps.add(number)
        return number

    def special(self, key: Hashable, low: int, high: int, column: Column = ()) -> int:
        """Number of a counter that is fed by something else than options alone."""
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = len(self.found)
            costs = np.zeros(high - low + 1, np.int64)
            self.found.append(Counter(column, low, high, costs))
        return known

    def charge(
        self,
        column: Column,
        table: tuple[int, ...],
        begin: int,
        scale: int,
        kind: Hashable = COUNT,
    ) -> int | None:
        """Charge a column's sum by a convex table; None where it never costs anything.

        Parameters:
            table: As in CountCost; ``begin`` is the sum at which it begins.
        """
        number = self._known.get((kind, column))
        if number is None:
            low, high = self.groups.reach(column)
        else:
            low, high = self.found[number].low, self.found[number].high
        costs = convex_costs(table, begin, low, high)
        if not costs.any():
            return None
        if number is None:
            number = self._new(column, kind, low, high)
        self.found[number].charge(costs, scale)
        return number


@lru_cache(maxsize=4096)
def convex_costs(
    table: tuple[int, ...], begin: int, low: int, high: int
) -> NDArray[np.int64]:
    """Costs of low, low + 1, ..., high by a convex table."""
    costs = [convex(table, begin, n) for n in range(low, high + 1)]
    return np.array(costs, np.int64)


def as_column(uses: Iterable[tuple[int, int, int]]) -> Column:
    """(group, option, value) as a column, groups in the order of their first one."""
    parts: dict[int, tuple[list[int], list[int]]] = {}
    for g, k, value in uses:
        numbers, values = parts.setdefault(g, ([], []))
        numbers.append(k)
        values.append(value)
    return tuple((g, tuple(ks), tuple(vs)) for g, (ks, vs) in parts.items())
