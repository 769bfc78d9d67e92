"""A heat map's parts: cells in bands of the clock, or in periods."""

from dataclasses import dataclass
from fractions import Fraction

from scheduler.model.text import Text


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A venue in one band of one weekday.

    ``classes`` by week (odd, even); ``capacity`` is the most classes that layouts let
    into the zones open then (the fuller of the two weeks), ``pupil_capacity`` the most
    pupils, None where nothing caps them. ``crowded``: a zone or layout has more classes
    or pupils than it may hold. ``opened`` are the zones open, ``idle_zones`` how many
    of them nobody uses, both by week.
    """

    start: int
    end: int
    classes: tuple[int, int]
    pupils: tuple[int, int]
    capacity: int
    pupil_capacity: int | None
    crowded: bool
    opened: tuple[tuple[str, ...], tuple[str, ...]]
    idle_zones: tuple[int, int]

    @property
    def open_zones(self) -> tuple[int, int]:
        """Number of zones open, by week."""
        return len(self.opened[0]), len(self.opened[1])

    @property
    def most_classes(self) -> int:
        """Classes at once in the fuller week."""
        return max(self.classes)

    @property
    def most_pupils(self) -> int:
        """Pupils at once in the fuller week."""
        return max(self.pupils)

    @property
    def is_used(self) -> bool:
        """Whether it is open, or taken all the same."""
        return bool(self.capacity or self.most_classes)

    @property
    def over(self) -> bool:
        """Whether there is more than the place, or a part of it, may hold."""
        return self.crowded or self.most_classes > self.capacity


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One time band; None on weekdays without it.

    ``weight`` is the band's part of a period: 1 unless several bells cut it.
    """

    label: Text
    start: int
    end: int
    weight: Fraction
    cells: tuple[HeatCell | None, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The load of a venue; sums are in zone-periods, averaged over both weeks.

    ``rows`` are bands in which no bell changes; ``periods`` are what people read: a row
    for the periods of all bells that are mostly at once, each cell at its fullest.
    ``mean`` is classes at once over the periods in which a zone is open.
    """

    title: Text
    venue_id: str
    days: tuple[int, ...]
    rows: tuple[HeatRow, ...]
    periods: tuple[HeatRow, ...]
    peak_classes: int
    peak_pupils: int
    mean: Fraction
    open_zone_periods: Fraction
    idle_zone_periods: Fraction
