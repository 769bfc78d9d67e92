"""Lowered terms packed into flat arrays."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.solver.lowering.columns import Column
from scheduler.solver.lowering.layout import COUNTER, EVENT, OPTION, ROW, Ints
from scheduler.solver.lowering.lower import Lowered
from scheduler.solver.lowering.slots import option_keys, option_slots
from scheduler.solver.lowering.ties import mates, ties


def pack(lowered: Lowered) -> dict[str, Any]:
    """All arrays of a lowered problem, by the names that ``Arrays`` has for them."""
    return _Packer(lowered).arrays()


class _Packer:
    def __init__(self, lowered: Lowered) -> None:
        self.lowered = lowered
        self.groups = lowered.groups.groups
        self.counters = lowered.counters.found
        self.patterns = list(lowered.patterns.found.values())
        self.sets = list(lowered.sets.values())
        sizes = [len(g.options) for g in self.groups]
        self.first = np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)
        self.options = int(self.first[-1])
        parts = lowered.groups.parts
        self.part_size = np.array([len(x.options) for x in parts], np.int32)
        self.part_at = np.cumsum(self.part_size) - self.part_size
        firsts = self.first[np.array([x.group for x in parts], np.int32)]
        self.part_options = np.repeat(firsts, self.part_size)
        self.part_options += _chained(x.options for x in parts)
        self.part_values = _chained(x.values for x in parts)
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
            "slot_list_first": _firsts(distinct),
            "slot_list": _joined(distinct),
        }

    def _effects(self) -> dict[str, Any]:
        members = {m for x in self.sets for m in x.members}
        caps = [k for k in range(len(self.counters)) if self._is_cap(k)]
        caps.sort(key=lambda k: not self.counters[k].unit)
        counts = [
            k
            for k in range(len(self.counters))
            if not self._is_cap(k) and k not in members
        ]
        extras = [
            (x.kind, m, self.counters[m].column) for x in self.sets for m in x.members
        ]
        extras += [(EVENT, k, c) for k, c in enumerate(self.lowered.events.columns)]
        kinds = (
            ([(0, k, self.counters[k].column) for k in caps], (1, 2)),
            ([(0, k, self.counters[k].column) for k in counts], (1, 2)),
            ([(0, k, c) for k, c in enumerate(self._rows())], (1,)),
            (extras, (0, 1, 2)),
        )
        effects, at = interleave(
            [(self._flat(c), kept) for c, kept in kinds], self.options
        )
        option = np.zeros(self.options, OPTION)
        option["at"], option["slot"] = at, self.slots
        option["key"], choices = option_keys(self.groups)
        for (g, k), cost in self.lowered.option_costs.items():
            option["cost"][self.first[g] + k] = cost
        return {"option": option, "key_choice": choices, "effects": effects}

    def _is_cap(self, number: int) -> bool:
        return number in self.lowered.counters.caps

    def _rows(self) -> list[Column]:
        return [column for p in self.patterns for column in p.rows]

    def _flat(self, columns: Sequence[tuple[int, int, Column]]) -> Ints:
        """[entry, (option, kind, index, value)], in the order of the columns."""
        parts = _chained([x.number for x in column] for *_, column in columns)
        sizes = self.part_size[parts]
        ends = np.cumsum(sizes)
        # Where a part's entries stand among those of all parts, less where they go.
        shift = np.repeat(self.part_at[parts] - (ends - sizes), sizes)
        entries = shift + np.arange(len(shift))
        heads = np.array([x[:2] for x in columns], np.int32).reshape(-1, 2)
        heads = np.repeat(heads, [len(column) for *_, column in columns], axis=0)
        kinds, indexes = np.repeat(heads, sizes, axis=0).T
        options, values = self.part_options[entries], self.part_values[entries]
        return np.column_stack((options, kinds, indexes, values))

    def _tables(self) -> dict[str, Any]:
        """Each counter's costs; counters of equal costs share them."""
        counters = np.zeros(len(self.counters), COUNTER)
        costs = {id(counter.costs): counter.costs for counter in self.counters}
        known = {x.tobytes(): x for x in costs.values()}
        shared = {k: known[x.tobytes()] for k, x in costs.items()}
        at, table = _shared([shared[id(counter.costs)] for counter in self.counters])
        counters["table"] = at - _chained([x.low] for x in self.counters)
        counters["unit"] = [counter.unit for counter in self.counters]
        several = [k for k in self.lowered.counters.caps if not counters["unit"][k]]
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
        at, table = _shared([patterns.cost_table(p) for p in self.patterns])
        feeds = [(p, c, s) for p in self.patterns for c, s in p.feeds]
        feed_at, values = _shared([patterns.table_of(p.bits, s) for p, _, s in feeds])
        return {
            "row": np.array(row, ROW),
            "pattern_at": at,
            "pattern_table": table,
            "feed_first": _firsts([p.feeds for p in self.patterns]),
            "feed_counter": np.array([c for _, c, _ in feeds], np.int32),
            "feed_at": feed_at,
            "feed_table": values.astype(np.int32),
        }

    def _set_tables(self) -> dict[str, Any]:
        member_set = np.zeros(len(self.counters), np.int32)
        for k, x in enumerate(self.sets):
            member_set[x.members] = k
        return {
            "member_set": member_set,
            "set_first": _firsts([x.members for x in self.sets]),
            "set_member": _joined([x.members for x in self.sets]),
            "set_kind": np.array([x.kind for x in self.sets], np.int32),
            "set_allowance": np.array([x.allowance for x in self.sets], np.int32),
            "set_weight": np.array([x.weight for x in self.sets], np.int64),
        }

    def _ties(self) -> dict[str, Any]:
        tied, alike = ties(self.lowered.compiled), mates(self.lowered.compiled)
        return {
            "tie_first": _firsts(tied),
            "tie_lesson": _joined(tied),
            "mate_first": _firsts(alike),
            "mate_lesson": _joined(alike),
        }

    def _event_tables(self) -> dict[str, Any]:
        costs = self.lowered.events.costs
        return {
            "event_first": _firsts(costs),
            "event_other": _joined([list(x) for x in costs]),
            "event_cost": _joined([list(x.values()) for x in costs], np.int64),
        }


def _chained(rows: Iterable[Iterable[int]]) -> Ints:
    return np.fromiter(chain.from_iterable(rows), np.int32)


def _firsts(rows: Iterable[Any]) -> Ints:
    sizes = [len(x) for x in rows]
    return np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)


def _joined(rows: Iterable[Any], kind: Any = np.int32) -> NDArray[Any]:
    parts = [np.asarray(x, kind) for x in rows]
    return np.concatenate(parts) if parts else np.zeros(0, kind)


def _shared(
    tables: Sequence[NDArray[np.int64]],
) -> tuple[Ints, NDArray[np.int64]]:
    """(where each table begins, all distinct tables)."""
    known: dict[int, int] = {}
    parts: list[NDArray[np.int64]] = []
    end, at = 0, []
    for table in tables:
        if id(table) not in known:
            known[id(table)] = end
            parts.append(table)
            end += len(table)
        at.append(known[id(table)])
    return np.array(at, np.int32), _joined(parts, np.int64)


def interleave(
    kinds: Sequence[tuple[Ints, tuple[int, ...]]], options: int
) -> tuple[Ints, Ints]:
    """Effects of several kinds as one stream by option.

    Parameters:
        kinds: For each kind [entry, (option, kind, index, value)] and which of the
            last three an effect keeps.

    Returns:
        (stream, where each option begins): the number of each kind, then the effects.
    """
    sizes = [np.bincount(x[:, 0], minlength=options) for x, _ in kinds]
    words = [n * len(kept) for n, (_, kept) in zip(sizes, kinds, strict=True)]
    whole = len(kinds) + np.sum(words, axis=0)
    at = np.concatenate(([0], np.cumsum(whole)))[:-1]
    stream = np.zeros(int(whole.sum()), np.int32)
    begin = at + len(kinds)
    for number, (entries, kept) in enumerate(kinds):
        stream[at + number] = sizes[number]
        entries = entries[np.argsort(entries[:, 0], kind="stable")]
        first = np.cumsum(sizes[number]) - sizes[number]
        place = np.arange(len(entries)) - first[entries[:, 0]]
        where = begin[entries[:, 0]] + place * len(kept)
        for k, column in enumerate(kept):
            stream[where + k] = entries[:, 1 + column]
        begin = begin + words[number]
    return stream, at.astype(np.int32)
