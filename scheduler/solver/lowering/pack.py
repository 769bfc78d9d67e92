"""Lowered terms packed into flat arrays."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from scheduler.solver.lowering.columns import Counter
from scheduler.solver.lowering.counted import Counted
from scheduler.solver.lowering.flat import (
    Entries,
    Entry,
    Flat,
    firsts,
    interleave,
    joined,
    option_first,
    shared,
)
from scheduler.solver.lowering.layout import COUNTER, EVENT, OPTION, ROW, Ints
from scheduler.solver.lowering.lower import Lowered
from scheduler.solver.lowering.slots import option_keys, option_slots
from scheduler.solver.lowering.ties import mates, ties


def pack(
    lowered: Lowered, counted: Counted, caps: Ints, others: Ints, capped: Flat
) -> dict[str, Any]:
    """All arrays of a lowered problem, by the names that ``Arrays`` has for them.

    Parameters:
        counted: All counters.
        caps: Numbers of those of capacities, among all.
        others: Numbers of the others, those of ``lowered``.
        capped: Entries of capacities, their counters by the numbers among all.
    """
    return _Packer(lowered, counted, caps, others, capped).arrays()


class _Packer:
    def __init__(
        self, lowered: Lowered, counted: Counted, caps: Ints, others: Ints, capped: Flat
    ) -> None:
        self.lowered, self.counted = lowered, counted
        self.caps, self.others, self.capped = caps, others, capped
        self.groups = lowered.groups.groups
        self.counters = lowered.counters.found
        self.patterns = list(lowered.patterns.found.values())
        self.sets = list(lowered.sets.values())
        self.first = option_first(lowered.groups)
        self.options = int(self.first[-1])
        self.entries = Entries(lowered.groups)
        self.slots = option_slots(lowered.compiled.problem, self.groups)

    def arrays(self) -> dict[str, Any]:
        return {
            **self._lessons(),
            **self._times(),
            **self._effects(),
            **self._tables(),
            **self._pattern_tables(),
            **self._set_tables(),
            **self._event_tables(),
            **self._ties(),
        }

    def _lessons(self) -> dict[str, Any]:
        lengths = [x.length for g in self.groups for x in g.lessons]
        numbers = [k for k, g in enumerate(self.groups) for _ in g.lessons]
        return {
            "lesson_group": np.array(numbers, np.int32),
            "lesson_length": np.array(lengths, np.int32),
            "option_first": self.first,
        }

    def _times(self) -> dict[str, Any]:
        slots = self.slots
        width = int(slots.max(initial=0)) + 2
        at = np.empty((len(self.groups), width), np.int32)
        distinct = []
        for g in range(len(self.groups)):
            own = slots[self.first[g] : self.first[g + 1]]
            at[g] = self.first[g] + np.searchsorted(own, np.arange(width))
            distinct.append(np.unique(own))
        return {
            "slot_first": at,
            "slot_list_first": firsts(distinct),
            "slot_list": joined(distinct),
        }

    def _effects(self) -> dict[str, Any]:
        kinds = (
            (self.capped, ("number", "value")),
            (self.entries.of(self._counts()), ("number", "value")),
            (self.entries.of(self._rows()), ("number",)),
            (self.entries.of(self._extras()), ("kind", "number", "value")),
        )
        effects, at = interleave(kinds, self.options)
        option = np.zeros(self.options, OPTION)
        option["at"], option["slot"] = at, self.slots
        option["key"], choices = option_keys(self.groups)
        for (g, k), cost in self.lowered.option_costs.items():
            option["cost"][self.first[g] + k] = cost
        return {"option": option, "key_choice": choices, "effects": effects}

    def _counts(self) -> list[Entry]:
        members = {m for x in self.sets for m in x.members}
        return [
            (0, number, counter.column)
            for k, (number, counter) in enumerate(self._numbered())
            if k not in members
        ]

    def _extras(self) -> list[Entry]:
        known = list(self._numbered())
        found = [
            (x.kind, number, counter.column)
            for x in self.sets
            for number, counter in map(known.__getitem__, x.members)
        ]
        events = enumerate(self.lowered.events.columns)
        return found + [(EVENT, k, column) for k, column in events]

    def _numbered(self) -> Iterable[tuple[int, Counter]]:
        """Counters but those of capacities, with their numbers among all."""
        return zip(self.others.tolist(), self.counters, strict=True)

    def _rows(self) -> list[Entry]:
        columns = (column for p in self.patterns for column in p.rows)
        return [(0, k, column) for k, column in enumerate(columns)]

    def _tables(self) -> dict[str, Any]:
        """Each counter's costs; counters of equal costs share them."""
        all_costs = self.counted.costs
        counters = np.zeros(len(all_costs), COUNTER)
        costs = {id(x): x for x in all_costs}
        known = {x.tobytes(): x for x in costs.values()}
        same = {k: known[x.tobytes()] for k, x in costs.items()}
        at, table = shared([same[id(x)] for x in all_costs])
        # A lesson that moves is counted twice for a moment, and the same read again.
        room = max(self.entries.largest, int(np.abs(self.capped.value).max(initial=0)))
        table = np.pad(table, room)
        counters["table"] = at + room - np.array(self.counted.low, np.int32)
        counters["unit"] = self.counted.unit
        several = self.caps[counters["unit"][self.caps] == 0]
        counters["sum"][several] = np.arange(len(several))
        return {
            "crowds": len(several),
            "counter": counters,
            "table": table,
        }

    def _pattern_tables(self) -> dict[str, Any]:
        patterns = self.lowered.patterns
        row = [
            (0, i, 1 << k)
            for i, p in enumerate(self.patterns)
            for k in range(len(p.rows))
        ]
        at, table = shared([patterns.cost_table(p) for p in self.patterns])
        feeds = [(p, c, s) for p in self.patterns for c, s in p.feeds]
        feed_at, values = shared([patterns.table_of(p.bits, s) for p, _, s in feeds])
        return {
            "row": np.array(row, ROW),
            "pattern_at": at,
            "pattern_table": table,
            "feed_first": firsts([p.feeds for p in self.patterns]),
            "feed_counter": self.others[[c for _, c, _ in feeds]],
            "feed_at": feed_at,
            "feed_table": values.astype(np.int32),
        }

    def _set_tables(self) -> dict[str, Any]:
        member_set = np.zeros(len(self.counted.costs), np.int32)
        for k, x in enumerate(self.sets):
            member_set[self.others[x.members]] = k
        return {
            "member_set": member_set,
            "set_first": firsts([x.members for x in self.sets]),
            "set_member": joined([self.others[x.members] for x in self.sets]),
            "set_kind": np.array([x.kind for x in self.sets], np.int32),
            "set_allowance": np.array([x.allowance for x in self.sets], np.int32),
            "set_weight": np.array([x.weight for x in self.sets], np.int64),
        }

    def _ties(self) -> dict[str, Any]:
        tied, alike = ties(self.lowered.compiled), mates(self.lowered.compiled)
        return {
            "tie_first": firsts(tied),
            "tie_lesson": joined(tied),
            "mate_first": firsts(alike),
            "mate_lesson": joined(alike),
        }

    def _event_tables(self) -> dict[str, Any]:
        costs = self.lowered.events.costs
        return {
            "event_first": firsts(costs),
            "event_other": joined([list(x) for x in costs]),
            "event_cost": joined([list(x.values()) for x in costs], np.int64),
        }
