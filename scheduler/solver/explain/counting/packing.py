"""How much fits at most: exact packing of intervals under limits, and into places."""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pulp

from scheduler.constraints.base import Capped
from scheduler.constraints.primitives import Capacity
from scheduler.model.meeting import Meeting
from scheduler.model.times import LAYERS, stretches
from scheduler.solver.exact.highs import RunLimits, run
from scheduler.solver.exact.rows import ModelRows
from scheduler.solver.hard_view import HardView, every_week, possible_in_week
from scheduler.solver.options import LessonGroup
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


_Footprint = tuple[int, int, int, tuple[Use, ...]]
"""Day, start, end and what is taken: lessons alike in it are one column."""
_Sight = tuple[object, ...]
"""Everything of a meeting that capacities of places look at."""


@dataclass(frozen=True)
class PlaceCounter:
    """Packs lessons into zones, layouts and agreements, and nothing else."""

    limits: dict[Hashable, int]
    one_place_at_a_time: bool
    uses: dict[_Sight, tuple[Use, ...]]

    @staticmethod
    def of(view: HardView) -> "PlaceCounter":
        """Work out what each way to place a lesson takes of places."""
        pooled = view.capacities_pooled(Capped.ZONE, Capped.LAYOUT, Capped.AGREEMENT)
        terms = [term for term, _ in pooled]
        limits: dict[Hashable, int] = {k: most for k, (_, most) in enumerate(pooled)}
        return PlaceCounter(limits, view.caps(Capped.CLASS), _all_uses(view, terms))

    def most(
        self, groups: Sequence[LessonGroup], seconds: float
    ) -> tuple[Packed, Packed] | None:
        """The most periods in the odd and in the even week; None if not proven."""
        odd = self._in_week(groups, LAYERS[0], seconds)
        same = every_week(groups)
        even = odd if same else self._in_week(groups, LAYERS[1], seconds)
        return None if odd is None or even is None else (odd, even)

    def _in_week(
        self, groups: Sequence[LessonGroup], layer: int, seconds: float
    ) -> Packed | None:
        columns = self._columns(possible_in_week(groups, layer))
        return pack(columns, self.limits, {}, seconds)

    def _columns(self, groups: Sequence[LessonGroup]) -> list[Column]:
        users: dict[tuple[_Footprint, int], list[LessonGroup]] = defaultdict(list)
        for group in groups:
            length = group.lessons[0].length
            footprints = (
                (m.day, m.start, m.end, self.uses[sight_of(m)]) for m in group.options
            )
            for footprint in dict.fromkeys(footprints):
                users[footprint, length].append(group)
        return [
            Column(None, day, length, self._room(mine), uses)
            for ((day, _, _, uses), length), mine in users.items()
        ]

    def _room(self, users: Sequence[LessonGroup]) -> int:
        """All these lessons at most, or one for each class if classes may not clash.

        An activity of some pupils is one at a time, too, but several may run at once.
        """
        lessons = sum(g.count for g in users)
        whole = [g for g in users if not g.lessons[0].requirement.is_partial]
        classes = {c for g in whole for c in g.lessons[0].requirement.class_ids}
        some = len(users) - len(whole)
        apart = len(classes) + some
        return min(lessons, apart) if self.one_place_at_a_time else lessons


def sight_of(meeting: Meeting) -> _Sight:
    """What capacities of places look at, alike for meetings that take the same."""
    return (
        meeting.placement.layout_id,
        meeting.day,
        meeting.start,
        meeting.end,
        meeting.class_ids,
        meeting.lesson.requirement.pupils,
    )


def _all_uses(
    view: HardView, terms: Sequence[Capacity]
) -> dict[_Sight, tuple[Use, ...]]:
    found: dict[_Sight, tuple[Use, ...]] = {}
    for group in view.free_groups:
        for meeting in group.options:
            sight = sight_of(meeting)
            if meeting.layout is not None and sight not in found:
                found[sight] = tuple(_uses(meeting, terms))
    return found


def _uses(meeting: Meeting, terms: Sequence[Capacity]) -> Iterator[Use]:
    """What a meeting takes; the week does not matter to places."""
    for k, term in enumerate(terms):
        span = term.span(meeting)
        if span is not None:
            yield Use(k, 0, *span, term.demand(meeting.lesson))
