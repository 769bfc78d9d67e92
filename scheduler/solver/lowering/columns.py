"""What terms see of options: columns, each distinct one a counter."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from scheduler.constraints.primitives import InWeek, convex
from scheduler.model.meeting import Meeting
from scheduler.model.requirements import Lesson
from scheduler.model.times import LAYERS
from scheduler.solver.options import Compiled, LessonGroup


@dataclass(slots=True, eq=False)
class Part:
    """Options of a group by number, and the value of each, never 0.

    Parts that say the same are one object, so that columns are told apart quickly.
    ``low`` and ``high`` are the least and the most that its lessons can add up to.
    """

    number: int
    group: int
    options: tuple[int, ...]
    values: tuple[int, ...]
    low: int
    high: int


Column = tuple[Part, ...]
Options = tuple[tuple[int, ...], tuple[Meeting, ...]]
"""Some options of a group by number, and their meetings."""


class Look(NamedTuple):
    """Where a value may differ from 0: weekday, minute and layouts, None for any; and
    whether it depends on the layout, and on the time."""

    day: int | None = None
    minute: int | None = None
    by_layout: bool = True
    by_time: bool = True
    layouts: tuple[str, ...] | None = None


_Key = TypeVar("_Key", bound=Hashable)
_COUNT = "count"


EVERYWHERE = Look()


class Groups:
    """The groups by lesson, and what functions see of their options.

    Functions are asked as seldom as can be, for that takes most of the time: once for
    options that they cannot tell apart, and once for all terms that share one.
    """

    def __init__(self, compiled: Compiled) -> None:
        self.groups: tuple[LessonGroup, ...] = compiled.groups
        self.count = [group.count for group in self.groups]
        self.chance = [g.count / max(1, len(g.options)) for g in self.groups]
        """By group: of one of its lessons to be on an option."""
        self.parts: list[Part] = []
        self._number = {
            x.lesson_id: g for g, group in enumerate(self.groups) for x in group.lessons
        }
        self._days, self._layouts, self._weekly = [], [], []
        for group in self.groups:
            self._days.append(_numbers(m.day for m in group.options))
            places = (m.placement.layout_id for m in group.options)
            self._layouts.append(_numbers(places))
            self._weekly.append(all(m.layers == LAYERS for m in group.options))
        self.forget()

    def forget(self) -> None:
        """Let go of what was remembered in order not to be asked again."""
        self._of: dict[int, tuple[tuple[Lesson, ...], list[int]]] = {}
        self._at: dict[Hashable, Options] = {}
        self._told: dict[
            Hashable, tuple[tuple[Meeting, ...], tuple[int, ...] | None]
        ] = {}
        self._parts: dict[Hashable, Part] = {}
        self._seen: dict[Hashable, Part | None] = {}
        self._rows: dict[Hashable, tuple[tuple[int, Part], ...]] = {}

    def of(self, lessons: tuple[Lesson, ...]) -> list[int]:
        """Numbers of the groups that these lessons make up."""
        known = self._of.get(id(lessons))
        if known is None:
            ids = (self._number.get(x.lesson_id) for x in lessons)
            found = [*dict.fromkeys(i for i in ids if i is not None)]
            known = self._of[id(lessons)] = (lessons, found)
        return known[1]

    def at(self, g: int, look: Look = EVERYWHERE) -> Options:
        """Options of a group: all, of a day, at a minute of it, or on some layouts."""
        key = (g, look.day, look.minute, look.layouts)
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
            numbers, meetings = self.at(g, Look(day))
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

    def _apart(
        self, g: int, look: Look
    ) -> tuple[tuple[Meeting, ...], tuple[int, ...] | None]:
        """Options that a function can tell apart, and for each option which of them it
        is; None where it is itself."""
        known = self._told.get((g, look))
        if known is None:
            meetings, alike = self.at(g, look)[1], None
            if not look.by_time or (not look.by_layout and len(self._layouts[g]) > 1):
                found: dict[Hashable, tuple[int, Meeting]] = {}
                alike = tuple(
                    found.setdefault(_seen(m, look.by_time), (len(found), m))[0]
                    for m in meetings
                )
                meetings = tuple(m for _, m in found.values())
            known = self._told[g, look] = meetings, alike
        return known

    def part(
        self, g: int, options: tuple[int, ...], values: tuple[int, ...] | int = 1
    ) -> Part:
        """Options in ascending order with their values, or the one that all have."""
        known = self._parts.get((g, options, values))
        if known is None:
            known = self._new_part(g, options, values)
            self._parts[g, options, values] = known
        return known

    def _new_part(
        self, g: int, options: tuple[int, ...], values: tuple[int, ...] | int
    ) -> Part:
        if isinstance(values, int):
            least = most = values
            values = _uniform(values, len(options))
        else:
            least, most = min(values), max(values)
            if least == most:
                return self.part(g, options, least)
        # Several lessons of a group may be on one option while a search is under way.
        low, high = self.count[g] * min(0, least), self.count[g] * max(0, most)
        made = Part(len(self.parts), g, options, values, low, high)
        self.parts.append(made)
        return made

    def column(
        self,
        lessons: tuple[Lesson, ...],
        value: Callable[[Meeting], int],
        look: Look = EVERYWHERE,
    ) -> Column:
        """The value of every option of these lessons, where it may differ from 0."""
        parts = [self._valued(g, value, look) for g in self.of(lessons)]
        return tuple([x for x in parts if x is not None])

    def _valued(
        self, g: int, value: Callable[[Meeting], int], look: Look
    ) -> Part | None:
        value = self._asked(g, value)
        key = (g, value, look)
        if key not in self._seen:
            meetings, alike = self._apart(g, look)
            values = tuple(map(value, meetings))
            self._seen[key] = self._expanded(g, look, values, alike)
        return self._seen[key]

    def _asked(
        self, g: int, value: Callable[[Meeting], int]
    ) -> Callable[[Meeting], int]:
        """What is the same for both weeks is asked once."""
        return value.of if isinstance(value, InWeek) and self._weekly[g] else value

    def _expanded(
        self,
        g: int,
        look: Look,
        values: tuple[int, ...],
        alike: tuple[int, ...] | None,
    ) -> Part | None:
        if not any(values):
            return None
        key = (g, look, values)
        if key not in self._seen:
            every = values if alike is None else [values[k] for k in alike]
            options = tuple(compress(self.at(g, look)[0], every))
            self._seen[key] = self.part(g, options, tuple(filter(None, every)))
        return self._seen[key]

    def rows(
        self, g: int, mask: Callable[[Meeting], int], look: Look
    ) -> tuple[tuple[int, Part], ...]:
        """Bits of a group's masks, and the options that have each."""
        mask = self._asked(g, mask)
        known = self._rows.get((g, mask))
        if known is None:
            meetings, alike = self._apart(g, look)
            masks = tuple(map(mask, meetings))
            known = self._rows.get((g, look, masks))
            if known is None:
                every = masks if alike is None else [masks[k] for k in alike]
                known = tuple(self._bits(g, self.at(g, look)[0], every))
                self._rows[g, look, masks] = known
            self._rows[g, mask] = known
        return known

    def _bits(
        self, g: int, numbers: tuple[int, ...], masks: Sequence[int]
    ) -> Iterable[tuple[int, Part]]:
        for bit in range(max(masks, default=0).bit_length()):
            options = tuple(compress(numbers, [m >> bit & 1 for m in masks]))
            if options:
                yield bit, self.part(g, options)


@lru_cache(maxsize=4096)
def _uniform(value: int, count: int) -> tuple[int, ...]:
    """So many times the same value; kept once, for most parts are such."""
    return (value,) * count


def _seen(meeting: Meeting, by_time: bool) -> Hashable:
    """What a function sees that does not depend on the layout, or not on the time."""
    if by_time:
        return meeting.day, meeting.start, meeting.layers, meeting.teacher_ids
    return meeting.placement.layout_id, meeting.layers, meeting.teacher_ids


def _numbers(keys: Iterable[_Key]) -> dict[_Key, list[int]]:
    """Numbers of the options by key."""
    found: dict[_Key, list[int]] = defaultdict(list)
    for k, key in enumerate(keys):
        found[key].append(k)
    return found


@dataclass(slots=True)
class Counter:
    """One counter: its column, the counts it can reach, and the cost of each."""

    column: Column
    low: int
    high: int
    costs: NDArray[np.int64]
    """Of low, low + 1, ..., high; counters of equal costs may share them."""
    term: int
    """Number of the term that it began with."""
    unit: bool = False


class Counters:
    """All counters, one for each distinct column."""

    def __init__(self) -> None:
        self.found: list[Counter] = []
        self.term = 0
        """Number of the term that is being lowered."""
        self._known: dict[Hashable, int] = {}
        self._sums: dict[tuple[int, int], tuple[NDArray[np.int64], ...]] = {}

    def at(self, column: Column, kind: Hashable = _COUNT) -> int:
        """Number of the column's counter; those of other kinds are not shared."""
        return self.special((kind, column), *reach(column), column)

    def special(self, key: Hashable, low: int, high: int, column: Column = ()) -> int:
        """Number of a counter that may be fed by something else than options."""
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = len(self.found)
            costs = np.zeros(high - low + 1, np.int64)
            self.found.append(Counter(column, low, high, costs, self.term))
        return known

    def charge(
        self, column: Column, table: tuple[int, ...], begin: int, scale: int
    ) -> int | None:
        """Charge a column's sum by a convex table; None where it never costs anything.

        Parameters:
            table: As in CountCost; ``begin`` is the sum at which it begins.
        """
        low, high = reach(column)
        costs = convex_costs(table, begin, low, high, scale)
        if costs is None:
            return None
        number = self._known.get((_COUNT, column))
        if number is None:
            number = self._known[_COUNT, column] = len(self.found)
            self.found.append(Counter(column, low, high, costs, self.term))
        else:
            self.found[number].costs = self._sum(self.found[number].costs, costs)
        return number

    def _sum(
        self, before: NDArray[np.int64], more: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Both together; one object for the same two, as of odd and even weeks."""
        known = self._sums.get((id(before), id(more)))
        if known is None:
            known = self._sums[id(before), id(more)] = (before, more, before + more)
        return known[2]


def reach(column: Column) -> tuple[int, int]:
    """The least and the most that the column's values can add up to."""
    return sum([x.low for x in column]), sum([x.high for x in column])


@lru_cache(maxsize=4096)
def convex_costs(
    table: tuple[int, ...], begin: int, low: int, high: int, scale: int
) -> NDArray[np.int64] | None:
    """Scaled costs of low, low + 1, ..., high by a convex table; None if all are 0."""
    costs = np.array([convex(table, begin, n) for n in range(low, high + 1)], np.int64)
    return costs * scale if costs.any() else None
