"""How much fits at most: exact packing of intervals under limits, and quick bounds."""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pulp

from scheduler.model.times import stretches
from scheduler.solver.exact.highs import RunLimits, run
from scheduler.solver.exact.rows import ModelRows
from scheduler.solver.status import Status

Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Use:
    """One resource taken for some minutes of a day, in one week of the cycle."""

    resource: Hashable
    layer: int
    start: int
    end: int
    demand: int


@dataclass(frozen=True, slots=True)
class Column:
    """Something that may be placed up to ``most`` times, each worth ``weight``.

    ``item`` ties columns of the same lessons together; None where each stands alone.
    """

    item: Hashable
    day: int
    weight: int
    most: int
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Packed:
    """The most that fits in all; ``by_day`` adds up to it."""

    most: int
    by_day: tuple[tuple[int, int], ...]


def pack(
    columns: Iterable[Column],
    limits: Mapping[Hashable, int],
    counts: Mapping[Hashable, int],
    seconds: float,
) -> Packed | None:
    """The largest total weight that respects every limit at every moment.

    Parameters:
        limits: What each resource holds at a moment.
        counts: How many of each item there are.

    Returns:
        The proven optimum, or None where the time did not suffice.
    """
    rows = ModelRows("packing")
    placed = [
        (c, rows.variable(f"n{k}", c.most, whole=True)) for k, c in enumerate(columns)
    ]
    if not placed:
        return Packed(0, ())
    for column, variable in placed:
        rows.charge(variable, -column.weight)
    _count_items(rows, placed, counts)
    _hold_limits(rows, placed, limits)
    outcome = run(rows.finish(), RunLimits(seconds))
    return _read(placed) if outcome.status is Status.OPTIMAL else None


def _count_items(
    rows: ModelRows,
    placed: list[tuple[Column, pulp.LpVariable]],
    counts: Mapping[Hashable, int],
) -> None:
    together: dict[Hashable, dict[pulp.LpVariable, int]] = defaultdict(dict)
    for column, variable in placed:
        if column.item is not None:
            together[column.item][variable] = 1
    for item, row in together.items():
        rows.at_most("item", row, counts[item])


def _hold_limits(
    rows: ModelRows,
    placed: list[tuple[Column, pulp.LpVariable]],
    limits: Mapping[Hashable, int],
) -> None:
    """One row for each resource, day, week and stretch between two edges."""
    spans: dict[tuple[Hashable, int, int], list[Span]] = defaultdict(list)
    for column, variable in placed:
        for use in column.uses:
            span = (use.start, use.end, variable, use.demand)
            spans[use.resource, use.layer, column.day].append(span)
    for (resource, _, _), here in spans.items():
        for row in moments(here):
            rows.at_most("limit", row, limits[resource])


Span = tuple[int, int, pulp.LpVariable, int]
"""Start, end, and how much a variable takes between."""


def moments(spans: Sequence[Span]) -> Iterator[dict[pulp.LpVariable, int]]:
    """What is taken between any two starts or ends."""
    for start, end in stretches((start, end) for start, end, *_ in spans):
        inside = {v: n for a, b, v, n in spans if a <= start and end <= b}
        if inside:
            yield inside


def _read(placed: list[tuple[Column, pulp.LpVariable]]) -> Packed:
    by_day: dict[int, int] = defaultdict(int)
    for column, variable in placed:
        by_day[column.day] += column.weight * round(variable.varValue or 0)
    return Packed(sum(by_day.values()), tuple(sorted(by_day.items())))


def longest_row(intervals: Iterable[Interval]) -> int:
    """The most of these intervals that fit one after the other."""
    count, free_from = 0, -math.inf
    for start, end in sorted(set(intervals), key=lambda x: (x[1], x[0])):
        if start >= free_from:
            count, free_from = count + 1, end
    return count
