"""Day patterns in the exact model: conjunctions where they suffice, else columns."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import pulp

from scheduler.constraints.terms import PatternCost
from scheduler.model.meeting import Meeting
from scheduler.solver.options import PostedTerm
from scheduler.solver.rows import ModelRows

Busy = tuple[frozenset[pulp.LpVariable], ...]
"""For each row of the day, the variables that make it busy."""


@dataclass
class _Family:
    """All pattern costs of one resource on one day, odd and even weeks alike."""

    term: PatternCost
    priced: list[tuple[PatternCost, int]] = field(default_factory=list)
    forbidding: list[PatternCost] = field(default_factory=list)


class PatternFamilies:
    """Gathers pattern costs by resource and day, then posts each day once.

    A day's cost as a function of its mask is a sum over subsets S of rows of
    c(S) [all rows of S are busy] (Moebius inversion). Where no c is negative, one
    row for each S with c > 0 is exact. Otherwise there is one column for each
    mask: one is chosen, and it covers just the busy rows.
    """

    def __init__(self, rows: ModelRows, clash_free: bool) -> None:
        self._rows = rows
        self._clash_free = clash_free
        self._families: dict[tuple[object, ...], _Family] = {}
        self._busy: dict[tuple[object, ...], Busy] = {}

    def add(
        self,
        posted: PostedTerm,
        term: PatternCost,
        columns: Iterable[tuple[Meeting, pulp.LpVariable]],
    ) -> None:
        """Take in one term and the variables that may use its rows."""
        found: list[set[pulp.LpVariable]] = [set() for _ in term.rows]
        for meeting, variable in columns:
            mask = term.mask(meeting)
            for bit in range(len(term.rows)):
                if mask >> bit & 1:
                    found[bit].add(variable)
        busy = tuple(map(frozenset, found))
        key = (term.resource, term.rows, busy)
        family = self._families.setdefault(key, _Family(term))
        self._busy[key] = busy
        if posted.hard:
            family.forbidding.append(term)
        else:
            family.priced.append((term, posted.rule.weight))

    def post(self) -> None:
        """Write all families into the model."""
        for key, family in self._families.items():
            self._post(family, self._busy[key])

    def _post(self, family: _Family, busy: Busy) -> None:
        usable = sum(1 << k for k, variables in enumerate(busy) if variables)
        masks = [m for m in self._masks(family.term) if not m & ~usable]
        costs = {m: sum(w * t.table(m) for t, w in family.priced) for m in masks}
        barred = {m for m in masks if any(t.table(m) for t in family.forbidding)}
        if not barred and not any(costs.values()):
            return
        name = f"day_{family.term.resource}"
        parts = [self._sum(name, variables) for variables in busy]
        shares = {} if barred else _conjunctions(costs)
        if not barred and all(c >= 0 for c in shares.values()):
            self._post_conjunctions(name, shares, parts)
        else:
            self._post_columns(name, costs, barred, parts)

    def _masks(self, term: PatternCost) -> Iterable[int]:
        return term.masks() if self._clash_free else range(1 << len(term.rows))

    def _sum(
        self, name: str, variables: frozenset[pulp.LpVariable]
    ) -> dict[pulp.LpVariable, int]:
        """Whether a row is busy: the sum, or a 0/1 variable where lessons may clash."""
        ordered = sorted(variables, key=lambda v: v.name)
        if self._clash_free or len(ordered) < 2:
            return dict.fromkeys(ordered, 1)
        either = self._rows.variable(f"{name}_busy", 1, whole=True)
        for variable in ordered:
            self._rows.at_most(f"{name}_busy", {variable: 1, either: -1}, 0)
        self._rows.at_least(f"{name}_free", dict.fromkeys(ordered, 1) | {either: -1}, 0)
        return {either: 1}

    def _post_conjunctions(
        self, name: str, shares: dict[int, int], parts: list[dict[pulp.LpVariable, int]]
    ) -> None:
        for mask, cost in shares.items():
            if not cost:
                continue
            together = self._rows.variable(f"{name}_together")
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
    ) -> None:
        covering: dict[int, dict[pulp.LpVariable, int]] = defaultdict(dict)
        chosen: dict[pulp.LpVariable, int] = {}
        for mask, cost in costs.items():
            if mask in barred:
                continue
            column = self._rows.variable(f"{name}_pattern_{mask:b}", 1)
            chosen[column] = 1
            if cost:
                self._rows.charge(column, cost)
            for bit in range(len(parts)):
                if mask >> bit & 1:
                    covering[bit][column] = 1
        self._rows.equal(f"{name}_one_pattern", chosen, 1)
        for bit, part in enumerate(parts):
            row = covering[bit] | {v: -c for v, c in part.items()}
            if row:
                self._rows.equal(f"{name}_row{bit}", row, 0)


def _conjunctions(costs: dict[int, int]) -> dict[int, int]:
    """Moebius inversion over masks closed under subsets: cost = sum of c(subset)."""
    shares = dict(costs)
    bits = max(costs).bit_length()
    for bit in range(bits):
        for mask in costs:
            if mask >> bit & 1:
                shares[mask] -= shares[mask ^ (1 << bit)]
    return shares
