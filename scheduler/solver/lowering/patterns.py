"""Day patterns as tables of costs by mask, shared by days of one shape."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from scheduler.constraints.primitives import PatternCost, PatternSumCost
from scheduler.solver.lowering.columns import (
    Column,
    Counters,
    Groups,
    Look,
    Part,
    reach,
)

MOST_ROWS = 20
"""Rows of one day that still make a table of all masks; 2 ** 20 entries, 8 MB."""

Shape = Callable[[int], int]


@dataclass
class Pattern:
    """One resource's day: the columns of its usable rows, and what is charged."""

    rows: tuple[Column, ...]
    bits: tuple[int, ...]
    """The usable rows' bits in the terms' own masks."""
    charged: dict[int, tuple[Shape, int]] = field(default_factory=dict)
    feeds: list[tuple[int, Shape]] = field(default_factory=list)

    def charge(self, shape: Shape, scale: int) -> None:
        """Add a cost function of masks; the same one in both weeks counts twice."""
        before = self.charged.get(id(shape), (shape, 0))[1]
        self.charged[id(shape)] = (shape, before + scale)


class Patterns:
    """All day patterns; those of the same rows are one."""

    def __init__(self, groups: Groups, counters: Counters) -> None:
        self._groups, self._counters = groups, counters
        self.found: dict[Hashable, Pattern] = {}
        self.tables: dict[Hashable, NDArray[np.int64]] = {}
        self._fed: set[Hashable] = set()
        self._seen: dict[tuple[int, int], tuple[PatternCost, list[Column]]] = {}
        self._shaped: dict[Hashable, NDArray[np.int64]] = {}

    def add(self, term: PatternCost, scale: int) -> None:
        """Take in one day's cost."""
        if scale:
            self._pattern(term).charge(term.table, scale)

    def add_sum(self, term: PatternSumCost, scale: int, wanting: bool = False) -> None:
        """Take in a sum over days: each day feeds a counter of its own.

        Parameters:
            wanting: Lower the sum by as much as unplaced lessons could lower it.
        """
        patterns = [self._pattern(day) for day in term.days]
        shapes = [day.table for day in term.days]
        tables = [
            self.table_of(p.bits, shape)
            for p, shape in zip(patterns, shapes, strict=True)
        ]
        column: Column = ()
        if wanting:
            column = self._helpers(patterns, max(map(_fall, tables)))
        all_placed = most = reach(column)[1]
        key = (tuple(map(id, patterns)), tuple(map(id, shapes)), column)
        low, high = (sum(int(f(t)) for t in tables) for f in (np.min, np.max))
        counter = self._counters.special((key, low, high), low, high + most, column)
        if key not in self._fed:
            self._fed.add(key)
            for pattern, shape in zip(patterns, shapes, strict=True):
                pattern.feeds.append((counter, shape))
        costs = [
            term.cost(max(low, n - all_placed)) for n in range(low, high + most + 1)
        ]
        fed = self._counters.found[counter]
        fed.costs = fed.costs + np.array(costs, np.int64) * scale

    def _helpers(self, patterns: Sequence[Pattern], fall: int) -> Column:
        """By how much each lesson can lower the sum of some days at the least, wherever
        it is placed; told by what is placed, for the rest is still to come."""
        rows: dict[int, list[tuple[int, ...]]] = defaultdict(list)
        for pattern in patterns:
            for part in (part for row in pattern.rows for part in row):
                rows[part.group].append(part.options)
        parts = []
        for g, some in rows.items():
            options = tuple(range(len(self._groups.groups[g].options)))
            taken = Counter(chain.from_iterable(some))
            if len(taken) == len(options):  # else it may be placed where nothing falls
                least = min(taken.values())
                parts.append(self._groups.part(g, options, fall * least))
        return tuple(parts)

    def grows(self, term: PatternCost | PatternSumCost) -> bool:
        """Whether no further lesson can ever lower the cost: limits, not gaps."""
        if isinstance(term, PatternSumCost):
            return term.cost(0) == 0 and all(map(self.grows, term.days))
        pattern = self._pattern(term)
        table = self.table_of(pattern.bits, term.table)
        halves = (table.reshape(-1, 2, 1 << k) for k in range(len(pattern.bits)))
        return all(bool((h[:, 1] >= h[:, 0]).all()) for h in halves)

    def _pattern(self, term: PatternCost) -> Pattern:
        key = (id(term.mask), id(term.lessons))
        if key not in self._seen:
            self._seen[key] = term, self._rows(term)
        columns = self._seen[key][1]
        bits = tuple(k for k, column in enumerate(columns) if column)
        rows = tuple(columns[k] for k in bits)
        known = self.found.get((rows, bits))
        if known is None:
            known = self.found[rows, bits] = Pattern(rows, bits)
        return known

    def _rows(self, term: PatternCost) -> list[Column]:
        """For each row the options that make it busy."""
        found: list[list[Part]] = [[] for _ in term.rows]
        look = Look(term.day, by_layout=term.by_layout)
        for g in self._groups.of(term.lessons):
            for bit, part in self._groups.rows(g, term.mask, look):
                found[bit].append(part)
        return [tuple(parts) for parts in found]

    def table_of(self, bits: tuple[int, ...], shape: Shape) -> NDArray[np.int64]:
        """A shape's cost of every mask over the usable rows.

        Raises:
            ValueError: more rows than a table of all masks may have.
        """
        key = (id(shape), bits)
        known = self._shaped.get(key)
        if known is None:
            if len(bits) > MOST_ROWS:
                raise ValueError(f"a day of {len(bits)} rows")
            masks = np.zeros(1 << len(bits), np.int64)
            for k, bit in enumerate(bits):
                masks[1 << k : 2 << k] = masks[: 1 << k] | 1 << bit
            costs = [shape(int(m)) for m in masks]
            known = self._shaped[key] = np.array(costs, np.int64)
        return known

    def cost_table(self, pattern: Pattern) -> NDArray[np.int64]:
        """What each mask of a pattern costs, all charges together."""
        key = (pattern.bits, tuple((i, s) for i, (_, s) in pattern.charged.items()))
        known = self.tables.get(key)
        if known is None:
            known = np.zeros(1 << len(pattern.bits), np.int64)
            for shape, scale in pattern.charged.values():
                known = known + scale * self.table_of(pattern.bits, shape)
            self.tables[key] = known
        return known

    def finish(self) -> None:
        """Forget patterns that can cost nothing."""
        kept = {}
        for key, pattern in self.found.items():
            if pattern.feeds or self.cost_table(pattern).any():
                kept[key] = pattern
        self.found = kept


def _fall(table: NDArray[np.int64]) -> int:
    """The most that one more busy row can lower a day's value."""
    rows = len(table).bit_length() - 1
    halves = (table.reshape(-1, 2, 1 << k) for k in range(rows))
    falls = (int((h[:, 0] - h[:, 1]).max(initial=0)) for h in halves)
    return max(falls, default=0)
