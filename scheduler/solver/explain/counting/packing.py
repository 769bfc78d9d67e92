"""How much fits at most: exact packing of intervals under limits, and quick bounds."""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
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
    found: dict[Hashable, list[tuple[Use, pulp.LpVariable]]] = defaultdict(list)
    for column, variable in placed:
        for use in column.uses:
            found[use.resource, use.layer, column.day].append((use, variable))
    for here in found.values():
        limit = limits[here[0][0].resource]
        for start, end in stretches((use.start, use.end) for use, _ in here):
            inside = [(u, v) for u, v in here if u.start <= start and end <= u.end]
            if inside:
                row = {v: u.demand for u, v in inside}
                rows.at_most("limit", row, limit)


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


class Seating:
    """Seats items one by one, moving earlier ones aside along a chain.

    A seat is (weeks, day, start, end). Success is a proof that all fit; failure
    proves nothing where seats overlap in part.
    """

    def __init__(self) -> None:
        self._taken: dict[int, Seat] = {}
        self._choices: dict[int, tuple[Seat, ...]] = {}

    def add(self, seats: tuple["Seat", ...]) -> bool:
        """Seat one more item; tell whether it worked."""
        item = len(self._choices)
        self._choices[item] = seats
        return self._seat(item, set())

    def _seat(self, item: int, tried: set["Seat"]) -> bool:
        for seat in self._choices[item]:
            if seat in tried:
                continue
            tried.add(seat)
            hit = [k for k, other in self._taken.items() if clash(seat, other)]
            if len(hit) > 1:
                continue
            if not hit:
                self._taken[item] = seat
                return True
            if self._move_aside(hit[0], item, seat, tried):
                return True
        return False

    def _move_aside(
        self, other: int, item: int, seat: "Seat", tried: set["Seat"]
    ) -> bool:
        before = self._taken.pop(other)
        self._taken[item] = seat
        if self._seat(other, tried):
            return True
        del self._taken[item]
        self._taken[other] = before
        return False


Seat = tuple[tuple[int, ...], int, int, int]
"""(weeks of the cycle, day, start, end) in which one item is busy."""


def clash(a: Seat, b: Seat) -> bool:
    """Tell whether two seats share a moment."""
    return (
        a[1] == b[1]
        and a[2] < b[3]
        and b[2] < a[3]
        and any(layer in b[0] for layer in a[0])
    )
