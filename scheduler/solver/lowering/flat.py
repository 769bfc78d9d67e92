"""Flat arrays: rows of different lengths one after the other, and entries by option."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.solver.lowering.columns import Column, Groups
from scheduler.solver.lowering.layout import Ints

Entry = tuple[int, int, Column]
"""Kind, number and column of an effect on all options of the column."""


def option_first(groups: Groups) -> Ints:
    """By group: number of its first option; and that of all options."""
    return firsts([g.options for g in groups.groups])


class Flat(NamedTuple):
    """Effects of one kind: by entry its option, kind, number and value."""

    option: Ints
    kind: Ints
    number: Ints
    value: Ints


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

    @property
    def largest(self) -> int:
        """The largest value, signs aside."""
        return int(np.abs(self._values).max(initial=0))

    def of(self, columns: Sequence[Entry]) -> Flat:
        """All entries, in the order of the columns."""
        parts = chained([x.number for x in column] for *_, column in columns)
        sizes = self._size[parts]
        ends = np.cumsum(sizes)
        # Where a part's entries stand among those of all parts, less where they go.
        shift = np.repeat(self._at[parts] - (ends - sizes), sizes)
        entries = shift + np.arange(len(shift))
        of_each = np.repeat(np.arange(len(columns)), [len(x[2]) for x in columns])
        column = np.repeat(of_each, sizes)
        kinds = np.array([x[0] for x in columns], np.int32)
        indexes = np.array([x[1] for x in columns], np.int32)
        return Flat(
            self._options[entries],
            kinds[column],
            indexes[column],
            self._values[entries],
        )


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
    kinds: Sequence[tuple[Flat, tuple[str, ...]]], options: int
) -> tuple[Ints, Ints]:
    """Effects of several kinds as one stream by option.

    Parameters:
        kinds: For each kind its entries, and what of each an effect keeps.

    Returns:
        (stream, where each option begins): the number of each kind, then the effects.
    """
    sizes = [np.bincount(x.option, minlength=options) for x, _ in kinds]
    words = [n * len(kept) for n, (_, kept) in zip(sizes, kinds, strict=True)]
    whole = len(kinds) + np.sum(words, axis=0)
    at = np.concatenate(([0], np.cumsum(whole)))[:-1]
    stream = np.zeros(int(whole.sum()), np.int32)
    begin = at + len(kinds)
    for number, (flat, kept) in enumerate(kinds):
        stream[at + number] = sizes[number]
        order = np.argsort(flat.option, kind="stable")
        # An option's first entry goes where its effects of this kind begin.
        first = np.cumsum(sizes[number]) - sizes[number]
        where = np.repeat(begin - len(kept) * first, sizes[number])
        where += len(kept) * np.arange(len(order))
        for k, name in enumerate(kept):
            stream[where + k] = getattr(flat, name)[order]
        begin = begin + words[number]
    return stream, at.astype(np.int32)
