"""From terms, capacities aside, to counters, patterns, sets and events."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations_with_replacement
from typing import Any, assert_never

from scheduler.constraints.primitives import (
    Capacity,
    CountCost,
    OptionCost,
    PairCost,
    PatternCost,
    PatternSumCost,
    Primitive,
    RangeCost,
    SameChoice,
)
from scheduler.constraints.uses import is_used
from scheduler.model.times import LAYERS
from scheduler.solver.lowering.columns import (
    Column,
    Counters,
    Groups,
    Look,
    Part,
    reach,
)
from scheduler.solver.lowering.layout import BREACH, CHOICE, HARD, RANGE
from scheduler.solver.lowering.patterns import Patterns
from scheduler.solver.options import Compiled, Posted

Event = tuple[Hashable, ...]

DEMAND, SHAPE = 8, 8
"""Hard cost, in a search, of something missing: less than BREACH, so that it pays to
take a lesson out of a clash; of a gap in a day: least, for while lessons are missing
it says little."""
_MOST_DAYS = 12


@dataclass
class CounterSet:
    """Counters of a range or a choice, and what their disagreement costs."""

    kind: int
    members: list[int]
    allowance: int
    weight: int


@dataclass
class Events:
    """Events of pair costs: the column of each, and what two together cost."""

    columns: list[Column] = field(default_factory=list)
    costs: list[dict[int, int]] = field(default_factory=list)


class Lowered:
    """Terms of a compiled problem as counters, patterns, sets and events.

    Parameters:
        exact: Charge hard rules by their amounts, as the rules do. A search instead
            charges what guides it better: every breach alike.
    """

    def __init__(self, compiled: Compiled, exact: bool = False) -> None:
        self.compiled, self.exact = compiled, exact
        self.groups = Groups(compiled)
        self.counters = Counters()
        self.patterns = Patterns(self.groups, self.counters)
        self.option_costs: dict[tuple[int, int], int] = defaultdict(int)
        self.sets: dict[Hashable, CounterSet] = {}
        self.events = Events()
        self._pairs: dict[Hashable, list[int]] = {}
        self._matrices: dict[Hashable, list[tuple[int, int, int]]] = {}
        self._shapes: dict[Hashable, tuple[Posted, list[PatternCost]]] = {}
        for number, posted in enumerate(compiled.terms):
            self.counters.term = number
            self._post(posted)
        self.counters.term = len(compiled.terms)
        for posted, days in self._shapes.values():
            self._wanting(posted, PatternSumCost(days[0].resource, tuple(days), (0, 1)))
        self.patterns.finish()
        self.groups.forget()

    def _post(self, posted: Posted) -> None:
        term = posted.term
        match term:
            case OptionCost():
                self._option_cost(posted, term)
            case Capacity():
                pass  # those are lowered by themselves: capacities.py
            case CountCost():
                column = self._counted(term)
                self.counters.charge(column, term.table, term.low, self._scale(posted))
            case PatternCost():
                self._pattern(posted, term)
            case PatternSumCost():
                self._pattern_sum(posted, term)
            case PairCost():
                self._pair_cost(posted, term)
            case RangeCost():
                look = Look(by_layout=term.by_layout)
                columns = [self.groups.column(g, term.value, look) for g in term.groups]
                self._set(posted, RANGE, columns, term.allowance)
            case SameChoice():
                self._same_choice(posted, term)
            case _:
                assert_never(term)

    def _counted(self, term: CountCost) -> Column:
        look = Look(term.day, term.minute, term.by_layout)
        return self.groups.column(term.lessons, term.value, look)

    def _scale(self, posted: Posted) -> int:
        """Cost of one unit of a term's amount."""
        if not posted.hard:
            return posted.rule.weight
        return HARD * (posted.rule.weight if self.exact else self._guide(posted.term))

    def _guide(self, term: Primitive) -> int:
        """What a unit of a hard term's amount costs in a search."""
        if isinstance(term, PatternCost | PatternSumCost):
            return BREACH if self.patterns.grows(term) else SHAPE
        if isinstance(term, CountCost) and term.day is None and term.cost(0) > 0:
            return DEMAND
        return BREACH

    def _option_cost(self, posted: Posted, term: OptionCost) -> None:
        scale = self._scale(posted)
        # What a hard one forbids is no option any more.
        if posted.hard or not scale:
            return
        look = Look(None, None, term.by_layout, term.by_time, term.layouts)
        for part in self.groups.column(term.lessons, term.of, look):
            for k, amount in zip(part.options, part.values, strict=True):
                self.option_costs[part.group, k] += scale * amount

    def _pair_cost(self, posted: Posted, term: PairCost) -> None:
        scale = self._scale(posted)
        for columns in self._by_week(term):
            matrix = self._matrix(term, tuple(columns))
            used = {i for a, b, _ in matrix for i in (a, b)}
            key = tuple(c for i, c in enumerate(columns.values()) if i in used)
            numbers = self._pairs.get((id(term.of), key))
            if numbers is None:
                numbers = self._new_events(columns, used)
                self._pairs[id(term.of), key] = numbers
            place = {i: n for i, n in zip(sorted(used), numbers, strict=True)}
            for a, b, amount in matrix:
                self._charge_pair(place[a], place[b], amount * scale)

    def _new_events(self, columns: dict[Event, Column], used: set[int]) -> list[int]:
        first = len(self.events.columns)
        kept = [c for i, c in enumerate(columns.values()) if i in used]
        self.events.columns += kept
        self.events.costs += [defaultdict(int) for _ in kept]
        return list(range(first, first + len(kept)))

    def _charge_pair(self, a: int, b: int, cost: int) -> None:
        self.events.costs[a][b] += cost
        if a != b:
            self.events.costs[b][a] += cost

    def _matrix(
        self, term: PairCost, events: tuple[Event, ...]
    ) -> list[tuple[int, int, int]]:
        """(event, event, amount) of all pairs that cost something."""
        key = (id(term.of), events)
        if key not in self._matrices:
            pairs = combinations_with_replacement(enumerate(events), 2)
            self._matrices[key] = [
                (i, j, amount) for (i, a), (j, b) in pairs if (amount := term.of(a, b))
            ]
        return self._matrices[key]

    def _by_week(self, term: PairCost) -> Iterator[dict[Event, Column]]:
        """For each week a column of ones for each event of it."""
        weeks: list[dict[Event, list[Part]]] = [defaultdict(list) for _ in LAYERS]
        for g in self.groups.of(term.lessons):
            options = self.groups.groups[g].options
            events = list(map(term.event, options))
            for layer, found in enumerate(weeks):
                here = [layer in m.layers for m in options]
                mine = (e if x else None for x, e in zip(here, events, strict=True))
                self._split(g, found, mine)
        for found in weeks:
            if found:
                yield {event: tuple(parts) for event, parts in found.items()}

    def _split(
        self, g: int, found: dict[Any, list[Part]], seen: Iterable[Hashable]
    ) -> None:
        """Parts of ones for each thing that is seen of a group's options; None is
        nothing."""
        split: dict[Hashable, list[int]] = defaultdict(list)
        for k, thing in enumerate(seen):
            if thing is not None:
                split[thing].append(k)
        for thing, some in split.items():
            found[thing].append(self.groups.part(g, tuple(some)))

    def _pattern(self, posted: Posted, term: PatternCost) -> None:
        guided = posted.hard and not self.exact
        if guided and not self.patterns.grows(term) and not term.table(0):
            # Days of all shapes together: a lesson to come may fill a gap on any.
            key = (posted.rule.name, id(term.lessons), term.resource)
            self._shapes.setdefault(key, (posted, []))[1].append(term)
        else:
            self.patterns.add(term, self._scale(posted))

    def _pattern_sum(self, posted: Posted, term: PatternSumCost) -> None:
        if self.exact or not posted.hard:
            self.patterns.add_sum(term, self._scale(posted))
        elif (most := days_at_most(term)) is not None:
            columns = [
                self.groups.column(
                    d.lessons, d.mask, Look(d.day, by_layout=d.by_layout)
                )
                for d in term.days
            ]
            self._set(posted, CHOICE, columns, most)
        else:
            self._wanting(posted, term)

    def _wanting(self, posted: Posted, term: PatternSumCost) -> None:
        """A sum that lessons still to be placed may lower, as those that fill a gap.

        A search counts on them to do so; with all placed the sum is as it is.
        """
        scale = HARD * self._guide(term)
        if term.cost(0) or self.patterns.grows(term):
            self.patterns.add_sum(term, scale)
        else:
            self.patterns.add_sum(term, scale, wanting=True)

    def _same_choice(self, posted: Posted, term: SameChoice) -> None:
        found: dict[Hashable, list[Part]] = defaultdict(list)
        for g in self.groups.of(term.lessons):
            self._split(g, found, map(term.choice, self.groups.groups[g].options))
        if len(found) > 1:
            self._set(posted, CHOICE, list(map(tuple, found.values())), 1)

    def _set(
        self, posted: Posted, kind: int, columns: list[Column], allowance: int
    ) -> None:
        if kind == RANGE:
            most = max(reach(c)[1] for c in columns)
            if most <= allowance:
                return
        key = (kind, tuple(columns), allowance)
        known = self.sets.get(key)
        if known is None:
            name = (kind, len(self.sets))
            members = [self.counters.at(c, (name, i)) for i, c in enumerate(columns)]
            known = self.sets[key] = CounterSet(kind, members, allowance, 0)
        known.weight += self._scale(posted)


def days_at_most(term: PatternSumCost) -> int | None:
    """The most days with a lesson that cost nothing, where a term limits just these.

    A search counts the lessons outside so many fullest days in place of days too many:
    each lesson that goes there or away is felt, not only a day's first and last one.
    """
    used = all(len(d.rows) == 1 and d.table is is_used for d in term.days)
    if not used or len(term.days) > _MOST_DAYS:
        return None
    costs = [term.cost(n) for n in range(len(term.days) + 1)]
    free = costs.count(0)
    return free - 1 if costs == sorted(costs) and 1 < free < len(costs) else None
