"""Contested venues: those that several parts may use at once, and not all can."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from scheduler.district.parts import Part
from scheduler.model.problem import Problem
from scheduler.model.venues import Agreement, Venue


def contested_venues(whole: Problem, parts: Sequence[Part]) -> tuple[str, ...]:
    """Venues whose agreements with several parts meet at some moment of the week.

    One whose zone holds all classes that may come at once needs no division. A school's
    own place is divided where others have agreements: it is closed to the school while
    they are let in, and so they should be let in when they need it.
    """
    part_of = {s: k for k, part in enumerate(parts) for s in part.school_ids}
    by_venue: dict[str, list[Agreement]] = defaultdict(list)
    for agreement in whole.agreements:
        if agreement.school_id in part_of and whole.covers_term(agreement):
            by_venue[agreement.venue_id].append(agreement)
    return tuple(
        venue.venue_id
        for venue in whole.venues
        if _has_guests(venue, by_venue[venue.venue_id], part_of)
        or _is_contested(whole, by_venue[venue.venue_id], part_of)
    )


def _has_guests(
    venue: Venue, agreements: Sequence[Agreement], part_of: Mapping[str, int]
) -> bool:
    """Whether a school's own venue is agreed to schools of other parts."""
    home = part_of.get(venue.owner)
    guests = {part_of[a.school_id] for a in agreements} - {home}
    return home is not None and bool(guests)


def _is_contested(
    whole: Problem, agreements: Sequence[Agreement], part_of: Mapping[str, int]
) -> bool:
    for one in agreements:
        at_once = [
            other
            for other in agreements
            if other.day == one.day and other.start <= one.start < other.end
        ]
        if len({part_of[a.school_id] for a in at_once}) < 2:
            continue
        zones = [z for z in whole.all_zones if z.venue_id == one.venue_id]
        layouts = [x for x in whole.layouts if x.venue_id == one.venue_id]
        holds = min(
            [z.max_classes for z in zones] + [x.max_classes for x in layouts],
            default=0,
        )
        counted = any(z.max_pupils or z.max_lessons for z in zones)
        classes = sum(a.max_classes for a in at_once)
        if len(zones) > 1 or counted or classes > holds:
            return True
    return False
