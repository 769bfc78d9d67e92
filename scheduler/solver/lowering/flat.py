"""Flat arrays: rows of different lengths one after the other, and entries by option."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.solver.lowering.columns import Column, Groups
from scheduler.solver.lowering.layout import Ints

Entry = tuple[int, int, Column]
"""Kind, index and column of an effect on all options of the column."""


def option_first(groups: Groups) -> Ints:
    """By group: number of its first option; and that of all options."""
    return firsts([g.options for g in groups.groups])


class Entries:
    """The parts of all columns as arrays."""

    def __init__(self, groups: Groups) -> None:
        parts = groups.parts
        self._size = np.array([len(x.options) for x in parts], np.int32)
        self._at = np.cumsum(self._size) - self._size
        numbers = np.array([x.group for x in parts], np.int32)
        self._options = np.repeat(option_first(groups)[numbers], self._size)
        self._options += chained(x.options for x in parts)
        self._values = chained(x.values for x in parts)

    def of(self, columns: Sequence[Entry]) -> Ints:
        """[entry, (option, kind, index, value)], in the order of the columns."""
        parts = chained([x.number for x in column] for *_, column in columns)
        sizes = self._size[parts]
        ends = np.cumsum(sizes)
        # Where a part's entries stand among those of all parts, less where they go.
        shift = np.repeat(self._at[parts] - (ends - sizes), sizes)
        entries = shift + np.arange(len(shift))
        heads = np.array([x[:2] for x in columns], np.int32).reshape(-1, 2)
        heads = np.repeat(heads, [len(column) for *_, column in columns], axis=0)
        kinds, indexes = np.repeat(heads, sizes, axis=0).T
        options, values = self._options[entries], self._values[entries]
        return np.column_stack((options, kinds, indexes, values))


def chained(rows: Iterable[Iterable[int]]) -> Ints:
    """All numbers of these, one after the other."""
    return np.fromiter(chain.from_iterable(rows), np.int32)


def firsts(rows: Iterable[Any]) -> Ints:
    """Where each row begins among all, and the end."""
    sizes = [len(x) for x in rows]
    return np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)


def joined(rows: Iterable[Any], kind: Any = np.int32) -> NDArray[Any]:
    """All rows, one after the other."""
    parts = [np.asarray(x, kind) for x in rows]
    return np.concatenate(parts) if parts else np.zeros(0, kind)


def shared(
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
    return np.array(at, np.int32), joined(parts, np.int64)


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
