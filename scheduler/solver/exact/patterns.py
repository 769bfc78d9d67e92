"""Day patterns in the exact model: conjunctions where they suffice, else columns."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import pulp

from scheduler.constraints.primitives import PatternCost, PatternSumCost
from scheduler.model.meeting import Meeting
from scheduler.model.requirements import Lesson
from scheduler.solver.exact.rows import ModelRows
from scheduler.solver.options import Posted

Busy = tuple[frozenset[pulp.LpVariable], ...]
"""For each row of the day, the variables that make it busy."""


@dataclass
class _Family:
    """All pattern costs of one resource on one day, odd and even weeks alike."""

    term: PatternCost
    priced: list[tuple[PatternCost, int]] = field(default_factory=list)
    forbidding: list[PatternCost] = field(default_factory=list)
    valued: list[tuple["_Sum", PatternCost]] = field(default_factory=list)


@dataclass
class _Sum:
    """A sum over days: its row of columns, and the least and most it can be."""

    posted: Posted
    term: PatternSumCost
    row: dict[pulp.LpVariable, int] = field(default_factory=dict)
    least: int = 0
    most: int = 0


class PatternFamilies:
    """Gathers pattern costs by resource and day, then posts each day once.

    A day's cost as a function of its mask is a sum over subsets S of rows of
    c(S) [all rows of S are busy] (Moebius inversion). Where no c is negative, one
    row for each S with c > 0 is exact. Otherwise there is one column for each
    mask: one is chosen, and it covers just the busy rows.
    """

    def __init__(self, rows: ModelRows, hard_rules: frozenset[str]) -> None:
        self._rows = rows
        self._hard_rules = hard_rules
        self._families: dict[tuple[object, ...], _Family] = {}
        self._busy: dict[tuple[object, ...], Busy] = {}
        self._sums: list[_Sum] = []

    def add(
        self,
        posted: Posted,
        term: PatternCost,
        columns: Iterable[tuple[Meeting, pulp.LpVariable]],
    ) -> None:
        """Take in one term and the variables that may use its rows."""
        family = self._family(term, columns)
        if posted.hard:
            family.forbidding.append(term)
        else:
            family.priced.append((term, posted.rule.weight))

    def add_sum(
        self,
        posted: Posted,
        term: PatternSumCost,
        columns: Callable[
            [tuple[Lesson, ...]], Iterable[tuple[Meeting, pulp.LpVariable]]
        ],
    ) -> None:
        """Take in a sum over days; its row is there after :meth:`post`."""
        whole = _Sum(posted, term)
        self._sums.append(whole)
        for day in term.days:
            self._family(day, columns(day.lessons)).valued.append((whole, day))

    def sums(
        self,
    ) -> Iterator[
        tuple[Posted, Callable[[int], int], dict[pulp.LpVariable, int], int, int]
    ]:
        """Each sum's term, cost, row, and the least and most it can be."""
        for x in self._sums:
            yield x.posted, x.term.cost, x.row, x.least, x.most

    def _family(
        self, term: PatternCost, columns: Iterable[tuple[Meeting, pulp.LpVariable]]
    ) -> _Family:
        found: list[set[pulp.LpVariable]] = [set() for _ in term.rows]
        for meeting, variable in columns:
            if term.day not in (None, meeting.day):
                continue
            mask = term.mask(meeting)
            for bit in range(len(term.rows)):
                if mask >> bit & 1:
                    found[bit].add(variable)
        busy = tuple(map(frozenset, found))
        key = (term.resource, term.rows, busy, term.clash_rule)
        family = self._families.setdefault(key, _Family(term))
        self._busy[key] = busy
        return family

    def post(self) -> None:
        """Write all families into the model."""
        for key, family in self._families.items():
            self._post(family, self._busy[key])

    def _post(self, family: _Family, busy: Busy) -> None:
        usable = sum(1 << k for k, variables in enumerate(busy) if variables)
        masks = [m for m in self._masks(family.term) if not m & ~usable]
        costs = {m: sum(w * t.table(m) for t, w in family.priced) for m in masks}
        barred = {m for m in masks if any(t.table(m) for t in family.forbidding)}
        if not barred and not any(costs.values()) and not family.valued:
            return
        name = f"day_{family.term.resource}"
        clash_free = self._clash_free(family.term)
        parts = [self._sum(name, variables, clash_free) for variables in busy]
        shares = {} if barred else _conjunctions(costs)
        if not barred and not family.valued and all(c >= 0 for c in shares.values()):
            self._post_conjunctions(name, shares, parts)
            return
        columns = self._post_columns(name, costs, barred, parts)
        for whole, day in family.valued:
            values = {mask: day.table(mask) for mask in columns}
            for mask, value in values.items():
                if value:  # odd and even weeks may share their columns
                    column = columns[mask]
                    whole.row[column] = whole.row.get(column, 0) + value
            whole.least += min(values.values(), default=0)
            whole.most += max(values.values(), default=0)

    def _masks(self, term: PatternCost) -> Iterable[int]:
        if self._clash_free(term):
            return term.masks()
        return range(1 << len(term.rows))

    def _clash_free(self, term: PatternCost) -> bool:
        return term.clash_rule in self._hard_rules

    def _sum(
        self, name: str, variables: frozenset[pulp.LpVariable], clash_free: bool
    ) -> dict[pulp.LpVariable, int]:
        """Whether a row is busy: the sum, or a 0/1 variable where several may be."""
        ordered = sorted(variables, key=lambda v: v.name)
        parts = [] if clash_free else [*self._rows.packed(ordered)]
        if len(parts) < 2:
            return dict.fromkeys(ordered, 1)
        either = self._rows.variable(f"{name}_busy", 1, whole=True)
        for part in parts:
            self._rows.at_most(f"{name}_busy", part | {either: -1}, 0)
        self._rows.at_least(f"{name}_free", dict.fromkeys(ordered, 1) | {either: -1}, 0)
        return {either: 1}

    def _post_conjunctions(
        self, name: str, shares: dict[int, int], parts: list[dict[pulp.LpVariable, int]]
    ) -> None:
        for mask, cost in shares.items():
            if not cost:
                continue
            # At most all of its rows are busy; bounds by multipliers rest on limits.
            together = self._rows.variable(f"{name}_together", 1)
            self._rows.charge(together, cost)
            row = defaultdict(int, {together: -1})
            for bit, part in enumerate(parts):
                if mask >> bit & 1:
                    for variable, share in part.items():
                        row[variable] += share  # a block makes several rows busy
            self._rows.at_most(f"{name}_together", row, mask.bit_count() - 1)

    def _post_columns(
        self,
        name: str,
        costs: dict[int, int],
        barred: set[int],
        parts: list[dict[pulp.LpVariable, int]],
    ) -> dict[int, pulp.LpVariable]:
        """One column for each mask that may be, just one of which is chosen."""
        covering: dict[int, dict[pulp.LpVariable, int]] = defaultdict(dict)
        columns: dict[int, pulp.LpVariable] = {}
        for mask, cost in costs.items():
            if mask in barred:
                continue
            column = self._rows.variable(f"{name}_pattern_{mask:b}", 1)
            columns[mask] = column
            if cost:
                self._rows.charge(column, cost)
            for bit in range(len(parts)):
                if mask >> bit & 1:
                    covering[bit][column] = 1
        self._rows.equal(f"{name}_one_pattern", dict.fromkeys(columns.values(), 1), 1)
        for bit, part in enumerate(parts):
            row = covering[bit] | {v: -c for v, c in part.items()}
            if row:
                self._rows.equal(f"{name}_row{bit}", row, 0)
        return columns


def _conjunctions(costs: dict[int, int]) -> dict[int, int]:
    """Moebius inversion over masks closed under subsets: cost = sum of c(subset)."""
    shares = dict(costs)
    bits = max(costs).bit_length()
    for bit in range(bits):
        for mask in costs:
            if mask >> bit & 1:
                shares[mask] -= shares[mask ^ (1 << bit)]
    return shares
