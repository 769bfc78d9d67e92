"""The map of needs and capacity: by venue, clock and weekday, wanted and given."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.formats.district.reports import ReportTable
from scheduler.model.text import Text


@dataclass(frozen=True, slots=True)
class MapCell:
    """One stretch: classes that may want it, that fit in, that are given it.

    ``heat`` is 0 to 4, from nobody to more than full.
    """

    wanted: int
    places: int
    given: int
    state: Text
    schools: str

    @property
    def heat(self) -> int:
        """How much is wanted of what there is."""
        if self.wanted > self.places:
            return 4
        return -(-3 * self.wanted // self.places) if self.places else 0


@dataclass(frozen=True, slots=True)
class VenueMap:
    """A venue's weekdays, and its cells by clock and weekday."""

    venue: str
    days: Sequence[Text]
    rows: Mapping[str, Mapping[Text, MapCell]]


def maps_of(tables: Sequence[ReportTable]) -> list[VenueMap]:
    """A map for each contested venue, out of the table of its hours."""
    hours = [x for t in tables if t.key == "hours" for x in _rows(t)]
    venues: dict[str, dict[str, dict[Text, MapCell]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    days: dict[str, dict[Text, None]] = defaultdict(dict)
    for x in hours:
        days[x["venue"]][x["day"]] = None
        venues[x["venue"]][x["time"]][x["day"]] = MapCell(
            x["wanted"], x["places"], x["given"], x["state"], x["schools"]
        )
    return [
        VenueMap(name, list(days[name]), dict(sorted(rows.items())))
        for name, rows in venues.items()
    ]


def _rows(table: ReportTable) -> list[dict[str, Any]]:
    keys = [key for key, _ in table.columns]
    return [dict(zip(keys, row, strict=True)) for row in table.rows]
