"""Day patterns for CP-SAT, written in three ways; which is best is measured."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from scheduler.constraints.primitives import PatternCost, PatternSumCost
from scheduler.model.meeting import Meeting
from scheduler.model.requirements import Lesson
from scheduler.solver.options import Posted
from tests.benchmarks.cpsat.rows import Rows

Busy = tuple[frozenset[int], ...]
"""For each row of the day, the variables that make it busy."""


class Encoding(StrEnum):
    """How a day whose cost is no sum of conjunctions is written."""

    PATTERNS = "patterns"
    """One Boolean for each pattern, just one of which is true."""
    TABLE = "table"
    """A table of all patterns with their costs (AddAllowedAssignments)."""
    SPANS = "spans"
    """A row is idle if there is a lesson before and one after it; else a table."""


@dataclass
class Sum:
    """A sum over days: its row, and the least and most it can be."""

    posted: Posted
    term: PatternSumCost
    row: dict[int, int] = field(default_factory=dict)
    least: int = 0
    most: int = 0


@dataclass
class _Family:
    """All pattern costs of one resource on one day, odd and even weeks alike."""

    term: PatternCost
    priced: list[tuple[PatternCost, int]] = field(default_factory=list)
    forbidding: list[PatternCost] = field(default_factory=list)
    valued: list[tuple[Sum, PatternCost]] = field(default_factory=list)


class DayPatterns:
    """Gathers pattern costs by resource and day, then posts each day once."""

    def __init__(
        self, rows: Rows, hard_rules: frozenset[str], encoding: Encoding
    ) -> None:
        self._rows, self._hard_rules, self._encoding = rows, hard_rules, encoding
        self._families: dict[tuple[object, ...], _Family] = {}
        self.sums: list[Sum] = []

    def add(
        self,
        posted: Posted,
        term: PatternCost,
        columns: list[tuple[Meeting, int]],
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
        columns: Callable[[tuple[Lesson, ...]], list[tuple[Meeting, int]]],
    ) -> None:
        """Take in a sum over days; its row is there after :meth:`post`."""
        whole = Sum(posted, term)
        self.sums.append(whole)
        for day in term.days:
            self._family(day, columns(day.lessons)).valued.append((whole, day))

    def _family(self, term: PatternCost, columns: list[tuple[Meeting, int]]) -> _Family:
        found: list[set[int]] = [set() for _ in term.rows]
        for meeting, variable in columns:
            mask = term.mask(meeting) if term.day in (None, meeting.day) else 0
            for bit in range(len(term.rows)):
                if mask >> bit & 1:
                    found[bit].add(variable)
        key = (term.resource, term.rows, tuple(map(frozenset, found)), term.clash_rule)
        return self._families.setdefault(key, _Family(term))

    def post(self) -> None:
        """Write all families into the model."""
        for (_, _, busy, _), family in self._families.items():
            self._post(family, busy)

    def _post(self, family: _Family, busy: Busy) -> None:
        usable = sum(1 << k for k, variables in enumerate(busy) if variables)
        clash_free = family.term.clash_rule in self._hard_rules
        every = range(1 << len(family.term.rows))
        masks = family.term.masks() if clash_free else every
        masks = [m for m in masks if not m & ~usable]
        costs = {m: sum(w * t.table(m) for t, w in family.priced) for m in masks}
        barred = {m for m in masks if any(t.table(m) for t in family.forbidding)}
        if not barred and not any(costs.values()) and not family.valued:
            return
        literals = [self._literal(variables, clash_free) for variables in busy]
        shares = {} if barred or family.valued else _conjunctions(costs)
        if shares and all(c >= 0 for c in shares.values()):
            self._post_conjunctions(shares, literals)
            return
        idle = _idle_rows(costs) if self._spans_may(family, barred) else None
        if idle is not None:
            self._post_spans(idle, literals)
            self._post_conjunctions(_conjunctions(_without(costs, idle)), literals)
            return
        allowed = {m: c for m, c in costs.items() if m not in barred}
        values = [
            (whole, {m: day.table(m) for m in allowed}) for whole, day in family.valued
        ]
        if self._encoding is Encoding.PATTERNS:
            self._post_patterns(allowed, values, literals)
        else:
            self._post_table(allowed, values, literals)
        for whole, known in values:
            whole.least += min(known.values(), default=0)
            whole.most += max(known.values(), default=0)

    def _spans_may(self, family: _Family, barred: set[int]) -> bool:
        wanted = self._encoding is Encoding.SPANS
        return wanted and not barred and not family.valued

    def _post_spans(self, idle: dict[int, int], literals: list[int | None]) -> None:
        """Idle rows lie behind a lesson, before another, and have none themselves."""
        known = [(k, x) for k, x in enumerate(literals) if x is not None]
        begun = self._chain(known)
        to_come = self._chain(known[::-1])
        for row, cost in idle.items():
            before = [begun[k] for k, _ in known if k < row]
            after = [to_come[k] for k, _ in known if k > row]
            if before and after:
                gap = self._rows.variable("idle", 1)
                self._rows.charge(gap, cost)
                outer = {before[-1]: 1, after[0]: 1, gap: -1}
                own = literals[row]
                self._rows.between(outer | ({} if own is None else {own: -1}), None, 1)

    def _chain(self, literals: list[tuple[int, int]]) -> dict[int, int]:
        """By row: whether it or any row earlier in this order is busy."""
        found: dict[int, int] = {}
        last: int | None = None
        for row, literal in literals:
            found[row] = self._rows.variable("span", 1) if last is not None else literal
            if last is not None:
                self._rows.between({literal: 1, found[row]: -1}, None, 0)
                self._rows.between({last: 1, found[row]: -1}, None, 0)
            last = found[row]
        return found

    def _literal(self, variables: frozenset[int], clash_free: bool) -> int | None:
        """Whether a row is busy; None where nothing can make it so."""
        ordered = sorted(variables)
        if len(ordered) < 2:
            return ordered[0] if ordered else None
        busy = self._rows.variable("busy", 1)
        if clash_free:
            self._rows.equal("busy", dict.fromkeys(ordered, 1) | {busy: -1}, 0)
            return busy
        for variable in ordered:
            self._rows.between({variable: 1, busy: -1}, None, 0)
        self._rows.between(dict.fromkeys(ordered, 1) | {busy: -1}, 0, None)
        return busy

    def _post_conjunctions(
        self, shares: dict[int, int], literals: list[int | None]
    ) -> None:
        for mask, cost in shares.items():
            if cost:
                together = self._rows.variable("together", 1)
                self._rows.charge(together, cost)
                row = {x: 1 for x in _of(mask, literals)}
                most = mask.bit_count() - 1
                self._rows.between(row | {together: -1}, None, most)

    def _post_patterns(
        self,
        costs: dict[int, int],
        values: list[tuple[Sum, dict[int, int]]],
        literals: list[int | None],
    ) -> None:
        chosen = {mask: self._rows.variable("pattern", 1) for mask in costs}
        self._rows.equal("one", dict.fromkeys(chosen.values(), 1), 1)
        for mask, cost in costs.items():
            if cost:
                self._rows.charge(chosen[mask], cost)
        for bit, literal in enumerate(literals):
            if literal is not None:
                row = {v: 1 for m, v in chosen.items() if m >> bit & 1}
                self._rows.equal("row", row | {literal: -1}, 0)
        for whole, known in values:
            for mask, value in known.items():
                if value:
                    column = chosen[mask]
                    whole.row[column] = whole.row.get(column, 0) + value

    def _post_table(
        self,
        costs: dict[int, int],
        values: list[tuple[Sum, dict[int, int]]],
        literals: list[int | None],
    ) -> None:
        bits = [k for k, literal in enumerate(literals) if literal is not None]
        columns = [x for x in literals if x is not None]
        parts = [costs] if any(costs.values()) else []
        every = parts + [known for _, known in values]
        for part in every:
            columns.append(self._rows.variable("cost", max(part.values(), default=0)))
        if parts:
            self._rows.charge(columns[len(bits)], 1)
        tuples = [
            (*(m >> k & 1 for k in bits), *(part[m] for part in every)) for m in costs
        ]
        self._rows.table(columns, tuples)
        for (whole, _), column in zip(
            values, columns[len(bits) + len(parts) :], strict=True
        ):
            whole.row[column] = whole.row.get(column, 0) + 1


def _of(mask: int, literals: list[int | None]) -> Iterator[int]:
    for bit, literal in enumerate(literals):
        if mask >> bit & 1:
            assert literal is not None
            yield literal


def _conjunctions(costs: dict[int, int]) -> dict[int, int]:
    """Moebius inversion over masks closed under subsets: cost = sum of c(subset)."""
    shares = dict(costs)
    for bit in range(max(costs).bit_length()):
        for mask in costs:
            if mask >> bit & 1:
                shares[mask] -= shares[mask ^ (1 << bit)]
    return shares


def _idle_rows(costs: dict[int, int]) -> dict[int, int] | None:
    """Cost of each row's idleness, if that and conjunctions make up the table."""
    bits = max(costs).bit_length()
    idle = {}
    for row in range(1, bits - 1):
        around = 1 << row - 1 | 1 << row + 1
        if costs.get(around):
            idle[row] = costs[around]
    rest = _conjunctions(_without(costs, idle)) if idle else {0: -1}
    return idle if all(c >= 0 for c in rest.values()) else None


def _without(costs: dict[int, int], idle: dict[int, int]) -> dict[int, int]:
    """The table less the idle rows' costs."""
    return {
        mask: cost
        - sum(
            c
            for row, c in idle.items()
            if not mask >> row & 1 and mask >> row + 1 and mask & (1 << row) - 1
        )
        for mask, cost in costs.items()
    }
