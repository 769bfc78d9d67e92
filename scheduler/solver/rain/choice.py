"""The choice of a slot as plain numbers: units, their places, rows that limit them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from scheduler.model.times import Week

Pick = tuple[int, int]
"""(unit, place): a place counts in the unit's ``layouts``."""


@dataclass(frozen=True, slots=True)
class Row:
    """The picks of a row use at most ``room`` together; whoever stays home uses 0."""

    uses: tuple[tuple[Pick, int], ...]
    room: int

    @property
    def units(self) -> frozenset[int]:
        """Units it speaks of."""
        return frozenset(unit for (unit, _), _ in self.uses)

    def holds(self, picks: Iterable[Pick]) -> bool:
        """Tell whether an assignment keeps it."""
        chosen = set(picks)
        return sum(n for pick, n in self.uses if pick in chosen) <= self.room

    def renamed(self, names: dict[int, int]) -> "Row":
        """The same row for units by other numbers."""
        uses = (((names[u], place), n) for (u, place), n in self.uses)
        return Row(tuple(sorted(uses)), self.room)


@dataclass(frozen=True)
class SlotChoice:
    """Lessons outdoors at one time that compete for places indoors.

    For each unit (lesson): the classes it moves, the layouts it may go to, and what
    each costs (minutes of walking and travel there and back, plus its preference).
    """

    day: int
    week: Week
    start: int
    end: int
    lesson_ids: tuple[str, ...]
    classes: tuple[int, ...]
    layouts: tuple[tuple[str, ...], ...]
    costs: tuple[tuple[int, ...], ...]
    rows: tuple[Row, ...]

    @property
    def picks(self) -> tuple[Pick, ...]:
        """All (unit, place) pairs."""
        return tuple((u, p) for u, x in enumerate(self.layouts) for p in range(len(x)))

    def allows(self, picks: tuple[Pick, ...]) -> bool:
        """Tell whether each unit is in one place at most and every row holds."""
        units = [unit for unit, _ in picks]
        alone = len(units) == len(set(units))
        return alone and all(row.holds(picks) for row in self.rows)

    @cached_property
    def alike(self) -> tuple[tuple[int, ...], ...]:
        """Units that may take each other's place in any assignment, by group.

        Exchanging two of a group maps the rows onto themselves, so what is allowed
        stays allowed and costs the same.
        """
        groups: list[list[int]] = []
        for unit in range(len(self.lesson_ids)):
            for group in groups:
                if self._exchangeable(group[0], unit):
                    group.append(unit)
                    break
            else:
                groups.append([unit])
        return tuple(map(tuple, groups))

    def _exchangeable(self, a: int, b: int) -> bool:
        facts = (self.classes, self.layouts, self.costs)
        if any(fact[a] != fact[b] for fact in facts):
            return False
        names = {u: u for u in range(len(self.lesson_ids))} | {a: b, b: a}
        return {row.renamed(names) for row in self.rows} == set(self.rows)

    def part(self, units: tuple[int, ...], rows: Iterable[Row]) -> "SlotChoice":
        """The choice of some of the units alone, with the rows that speak of them."""
        names = {unit: k for k, unit in enumerate(units)}
        kept = (row.renamed(names) for row in rows)
        return replace(
            self,
            lesson_ids=tuple(self.lesson_ids[u] for u in units),
            classes=tuple(self.classes[u] for u in units),
            layouts=tuple(self.layouts[u] for u in units),
            costs=tuple(self.costs[u] for u in units),
            rows=tuple(sorted(set(kept), key=lambda row: (row.uses, row.room))),
        )


def without_implied(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows that say something: not what can never bind, or follows from another.

    A cap on pupils follows from the same place's cap on classes where the largest
    classes that may meet there are within it. Dropped rows change no assignment, but
    would tell classes of 44 and 45 pupils apart.
    """
    kept = [row for row in dict.fromkeys(rows) if _most(row, None) > row.room]
    return tuple(
        row
        for row in kept
        if not any(other is not row and _implies(other, row) for other in kept)
    )


def _most(row: Row, units: int | None) -> int:
    """The most that so many units can use (all where None)."""
    best: dict[int, int] = {}
    for (unit, _), n in row.uses:
        best[unit] = max(best.get(unit, 0), n)
    return sum(sorted(best.values(), reverse=True)[:units])


def _implies(caps: Row, row: Row) -> bool:
    """Whether a row of plain counts, by itself, keeps another row."""
    if any(n != 1 for _, n in caps.uses) or all(n == 1 for _, n in row.uses):
        return False
    picks = {pick for pick, _ in caps.uses}
    inside = all(pick in picks for pick, _ in row.uses)
    return inside and _most(row, caps.room) <= row.room
