"""The page of loads: heat maps, crowds, use by calendar week, proofs."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.audit.capacity import capacity_checks
from scheduler.audit.moves import Moves, moves
from scheduler.model.utilisation import Utilisation
from scheduler.services.jobs.peak_proofs import PeakProofs
from scheduler.services.school.usage import CheckIns
from scheduler.services.views.edition import Edition
from scheduler.services.views.places.load import VenueLoad, venue_loads
from scheduler.services.views.places.weekly_use import WeekUse, weekly_use
from scheduler.term.entries import Entry

__all__ = ["LoadPage", "capacity_checks", "load_page"]
_SHOWN_BELLS = 5


@dataclass(frozen=True, slots=True)
class LoadPage:
    """All that the page of loads shows.

    ``proofs`` is None until a job that somebody asked for has them; ``crowded``
    are the bells with most classes on the move, fullest first; ``weeks`` are calendar
    weeks, of each the use of every venue in the order of the loads.
    """

    loads: tuple[VenueLoad, ...]
    crowded: tuple[Moves, ...]
    thresholds: Utilisation
    proofs: PeakProofs | None
    weeks: tuple[tuple[WeekUse, ...], ...]


def load_page(
    edition: Edition,
    entries: Iterable[Entry],
    log: CheckIns | None = None,
    proofs: PeakProofs | None = None,
) -> LoadPage:
    """Loads and crowds of a timetable, and what is known to be proven of peaks.

    Parameters:
        entries: The lessons of the term, past ones as they were published.
        log: What was confirmed so far.
    """
    timetable = edition.timetable
    loads = venue_loads(timetable)
    weeks: dict[int, list[WeekUse]] = defaultdict(list)
    for use in weekly_use(timetable, loads, entries, log):
        weeks[use.number].append(use)
    crowds = sorted(moves(timetable), key=lambda m: (-m.most, m.day, m.minute))
    return LoadPage(
        loads,
        tuple(crowds[:_SHOWN_BELLS]),
        Utilisation.of(timetable.problem),
        proofs,
        tuple(tuple(weeks[number]) for number in sorted(weeks)),
    )
