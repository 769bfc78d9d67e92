"""Use of places by calendar week, as facts and as lines."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any

from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.services.clock import utc_now
from scheduler.services.offices import Store
from scheduler.services.school.usage import CheckIns
from scheduler.services.views.places.load import VenueLoad
from scheduler.services.views.places.weekly_use import WeekUse
from scheduler.term.changes import from_replacements
from scheduler.term.entries import Entry
from scheduler.term.history import first_entries
from scheduler.term.versions import Versions


def records(
    timetable: Timetable, url: str | None, key: str
) -> tuple[list[Entry], CheckIns | None]:
    """Lessons of the term and what was confirmed, as a database has them.

    Where none is named, as the timetable and its replacements.csv have them.

    Parameters:
        key: The office in it; may be empty where there is one.

    Raises:
        InputError: there is no such database or office.
    """
    if not url:
        changes = from_replacements(timetable.problem.replacements)
        return first_entries(Versions.of(timetable), 1, utc_now(), changes), None
    with closing(Store.connect(url, create=False)) as store:
        office = store.office_named(key)
        return office.entries(), office.usage.check_ins()


def week_facts(use: WeekUse) -> dict[str, Any]:
    """A venue in one week, for JSON."""
    return {
        "venue_id": use.venue_id,
        "week": use.number,
        "monday": use.monday.isoformat(),
        "open": round(float(use.open), 3),
        "required": round(float(use.required), 3),
        "planned": use.planned,
        "confirmed": use.confirmed,
    }


def week_lines(loads: Iterable[VenueLoad], weeks: Iterable[WeekUse]) -> Iterator[Text]:
    """A line for each venue, and one for each of its weeks."""
    found = list(weeks)
    for load in loads:
        name = load.venue.name
        yield Text(
            f"{name}按周（场次）：计划/可用，应有，已确认",
            f"{name} by week (zone-periods): planned/open, required, confirmed",
        )
        for x in found:
            if x.venue_id != load.venue.venue_id:
                continue
            share = "–" if x.use is None else f"{100 * float(x.use):.0f} %"
            done = "–" if x.confirmed is None else f"{x.confirmed}"
            numbers = f"{x.planned}/{float(x.open):g} ({share})"
            line = f"{numbers:>22} {float(x.required):>8g} {done:>5}"
            yield Text(
                f"    第{x.number:>2}周 {x.monday}{line}",
                f"    week {x.number:>2} {x.monday}{line}",
            )
