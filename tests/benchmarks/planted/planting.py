"""Plant a timetable: doubles first, then halve the week until single periods remain.

Everything is stated in nodes (a class, a teacher, the rooms of a kind, a
requirement) with places at each period and a limit for each day.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence, Set
from dataclasses import dataclass, field, replace
from random import Random

from tests.benchmarks.planted.flows import Edge, Node, choose

MANY = 10**6
_DRAWS, _SHUFFLES = 20, 4
"""Attempts to fill a day, and after how many of them it gets other lessons."""
Slot = tuple[int, int]
"""(day, period)."""
Column = tuple[Slot, ...]
"""Periods that a double may take; they are filled alike."""


class Unplantable(Exception):
    """This attempt came to a dead end; another one may not."""


@dataclass(frozen=True, slots=True)
class Week:
    """Days of two halves, each of them columns of one or two periods."""

    halves: tuple[tuple[Column, ...], ...]
    """Halves of one day, with day 0."""
    days: tuple[int, ...] = (1, 2, 3, 4, 5)

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns of the week."""
        return tuple(
            _on(column, day)
            for day in self.days
            for half in self.halves
            for column in half
        )

    def half(self, day: int, number: int) -> tuple[Column, ...]:
        """Columns of one half-day: 0 is the morning."""
        return tuple(_on(column, day) for column in self.halves[number])


def _on(column: Column, day: int) -> Column:
    return tuple((day, period) for _, period in column)


@dataclass
class Places:
    """Places of every node at every slot, and the most of a node on one day."""

    at: dict[Node, dict[Slot, int]] = field(default_factory=dict)
    daily: dict[tuple[Node, int], int] = field(default_factory=dict)

    def add(self, node: Node, columns: Iterable[Column], places: int) -> None:
        """Set a node's places in some columns; elsewhere it has none."""
        here = self.at.setdefault(node, {})
        here.update((slot, places) for column in columns for slot in column)

    def close(self, node: Node, slots: Iterable[Slot]) -> None:
        """Take a node's places away in some slots."""
        self.at[node].update(dict.fromkeys(slots, 0))

    def limit(self, node: Node, week: Week, most: int) -> None:
        """Limit a node on every day."""
        self.daily.update(((node, day), most) for day in week.days)

    def least(self, node: Node, column: Column) -> int:
        """Places left for something that takes the whole column."""
        places = min(self.at[node].get(slot, 0) for slot in column)
        day = column[0][0]
        return min(places, self.daily.get((node, day), MANY) // len(column))

    def take(self, node: Node, column: Column) -> None:
        """Use one place of a column."""
        for slot in column:
            self.at[node][slot] -= 1
        day = column[0][0]
        if (node, day) in self.daily:
            self.daily[node, day] -= len(column)

    def open(self, node: Node, slot: Slot) -> bool:
        """Whether a node has a place left at a slot, by the day's limit too."""
        left = self.at[node].get(slot, 0) > 0
        return left and self.daily.get((node, slot[0]), MANY) > 0

    def room(self, node: Node, slots: Sequence[Slot]) -> int:
        """The most periods of a node in these slots, by the day's limits too."""
        here: Counter[int] = Counter()
        places = self.at[node]
        for slot in slots:
            here[slot[0]] += places.get(slot, 0)
        return sum(
            min(count, self.daily.get((node, day), MANY)) for day, count in here.items()
        )


@dataclass(frozen=True, slots=True)
class Double:
    """A lesson that takes a whole column, and all the nodes it needs there."""

    key: str
    length: int
    needs: tuple[Node, ...]
    requirement: Hashable


def place_doubles(
    doubles: Sequence[Double],
    columns: Sequence[Column],
    places: Places,
    random: Random,
    halves: Sequence[Sequence[Slot]] = (),
) -> dict[str, Column]:
    """A column for each: where its nodes are least used, never twice a day for one.

    Parameters:
        halves: Half-days that none of them shall fill alone: who is away in the other
            half of a day could not come to such a class then.

    Raises:
        Unplantable: one finds none.
    """
    found: dict[str, Column] = {}
    used: Counter[tuple[Node, int]] = Counter()
    for double in doubles:
        fitting = [
            c
            for c in columns
            if len(c) == double.length
            and all(places.least(node, c) > 0 for node in double.needs)
            and not used[double.requirement, c[0][0]]
        ]
        if not fitting:
            raise Unplantable(double.key)
        best = min(
            fitting,
            key=lambda c: (
                _fills(c, double, halves, places),
                sum(used[n, c[0][0]] for n in double.needs),
                random.random(),
            ),
        )
        for node in (*double.needs, double.requirement):
            used[node, best[0][0]] += 1
        for node in double.needs:
            places.take(node, best)
        found[double.key] = best
    return found


def _fills(
    column: Column, double: Double, halves: Sequence[Sequence[Slot]], places: Places
) -> bool:
    """Whether a double in a column leaves one of its nodes nothing of the half-day."""
    rest = [set(half) - set(column) for half in halves if set(column) <= set(half)]
    return any(
        not any(places.at[node].get(slot, 0) for slot in here)
        for here in rest
        for node in double.needs
    )


def spread(
    edges: Sequence[Edge],
    columns: Sequence[Column],
    places: Places,
    random: Random,
    look_ahead: bool = False,
) -> dict[str, Slot]:
    """A slot for every edge: day by day, and within a day column by column.

    Days and columns in which most lessons cannot be come first, while there is still
    choice.

    Parameters:
        look_ahead: Give no day a lesson that has no slot left on it.

    Raises:
        Unplantable: some day cannot be filled.
    """

    barred = {c: sum(not _may(places, e, c[0]) for e in edges) for c in columns}
    days: dict[int, list[Column]] = defaultdict(list)
    for column in sorted(columns, key=lambda c: barred[c], reverse=True):
        days[column[0][0]].append(column)
    order = sorted(
        days.values(), key=lambda day: sum(barred[c] for c in day), reverse=True
    )
    rest, found = list(edges), {}
    for k, day in enumerate(order):
        here, later = _slots(day), [s for d in order[k + 1 :] for s in _slots(d)]
        rest, slots = _day(rest, day, here, later, places, random, look_ahead)
        found |= slots
    if rest:
        raise Unplantable("lessons left over")
    return found


def _day(
    edges: list[Edge],
    columns: list[Column],
    here: list[Slot],
    later: list[Slot],
    places: Places,
    random: Random,
    look_ahead: bool,
) -> tuple[list[Edge], dict[str, Slot]]:
    """What a day leaves for later, and the slots of what it takes.

    Its lessons are drawn again until they fit.
    """
    nowhere = {e.key for e in edges if not _somewhere(places, e, here)}
    barred = nowhere if look_ahead else frozenset()
    for draw in range(_DRAWS):
        if draw % _SHUFFLES == 0:
            mixed = random.sample(edges, len(edges))
            chosen, rest = _share(mixed, here, later, places, False, barred)
        slots = _columns(random.sample(chosen, len(chosen)), columns, places)
        if slots is not None:
            return rest, slots
    raise Unplantable(f"day {here[0][0]}")


def _columns(
    edges: list[Edge], columns: Sequence[Column], places: Places
) -> dict[str, Slot] | None:
    """Slots of a day's lessons, or None at a dead end."""
    found: dict[str, Slot] = {}
    rest = edges
    for k, column in enumerate(columns):
        try:
            chosen, rest = _share(rest, list(column), _slots(columns[k + 1 :]), places)
            for slot in column[:-1]:
                first, chosen = _alternate(chosen, slot, column[-1], places)
                found |= {edge.key: slot for edge in first}
        except Unplantable:
            return None
        found |= {edge.key: column[-1] for edge in chosen}
    return found if not rest else None


def _slots(columns: Iterable[Column]) -> list[Slot]:
    return [slot for column in columns for slot in column]


def _may(places: Places, edge: Edge, slot: Slot) -> bool:
    return all(places.open(node, slot) for node in edge.nodes)


def _somewhere(places: Places, edge: Edge, slots: Iterable[Slot]) -> bool:
    return any(_may(places, edge, slot) for slot in slots)


def _early(edge: Edge, here: list[Slot], places: Places) -> Edge:
    """An edge that counts among its teacher's before a day's end, if it must."""
    if _may(places, replace(edge, staff=()), max(here)):
        return edge
    return replace(edge, staff=(*edge.staff, ("early", edge.staff[-1])))


def _share(
    edges: list[Edge],
    here: list[Slot],
    later: list[Slot],
    places: Places,
    many: bool = True,
    barred: Set[str] = frozenset(),
) -> tuple[list[Edge], list[Edge]]:
    """Edges for here and for later: as evenly as can be, by the room of both."""
    count = Counter(node for edge in edges for node in edge.nodes)
    rooms = {n: (places.room(n, here), places.room(n, later)) for n in count}
    early = [_early(edge, here, places) for edge in edges] if barred else edges
    last = {e.key for e in edges if not _somewhere(places, e, later)}
    for slack in (0, 1, 2, MANY):
        bounds = {node: _bounds(n, *rooms[node], slack) for node, n in count.items()}
        if any(low > high for low, high in bounds.values()):
            continue
        for edge in early:
            if edge.staff[-1] not in bounds:
                most = places.room(edge.staff[-2], sorted(here)[:-1])
                bounds[edge.staff[-1]] = 0, most
        chosen = choose(early, bounds, last, many, barred)
        if chosen is not None:
            return _parted(edges, chosen)
    raise Unplantable("no even share")


def _alternate(
    edges: list[Edge], slot: Slot, other: Slot, places: Places
) -> tuple[list[Edge], list[Edge]]:
    """Two periods' lessons apart: halving every node is possible where both are open.

    Raises:
        Unplantable: for what is closed at one of them it is not.
    """
    count = Counter(node for edge in edges for node in edge.nodes)
    bounds = {node: (n // 2, -(-n // 2)) for node, n in count.items()}
    for node, n in count.items():
        if not places.at[node].get(other, 0):
            bounds[node] = n, n
        elif not places.at[node].get(slot, 0):
            bounds[node] = 0, 0
    chosen = choose(edges, bounds)
    if chosen is None:
        raise Unplantable(f"periods of day {slot[0]}")
    return _parted(edges, chosen)


def _parted(edges: list[Edge], chosen: list[bool]) -> tuple[list[Edge], list[Edge]]:
    pairs = list(zip(edges, chosen, strict=True))
    return [e for e, yes in pairs if yes], [e for e, yes in pairs if not yes]


def _bounds(count: int, here: int, later: int, slack: int) -> tuple[int, int]:
    """How many of a node's lessons may be here; its even share, give or take."""
    even = count * here / (here + later) if here + later else 0.0
    low = max(0, count - later, math.floor(even) - slack)
    return low, min(count, here, math.ceil(even) + slack)
