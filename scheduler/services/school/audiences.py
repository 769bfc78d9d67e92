"""Whose calendars a problem can have, and what they are called."""

from scheduler.model.problem import Problem
from scheduler.term.entries import FeedKind
from scheduler.term.showing import Audience


class ResourceUnknown(LookupError):
    """The publication in force has no such teacher, class, venue, zone or school."""


def audiences(problem: Problem, kind: FeedKind) -> tuple[Audience, ...]:
    """All calendars of one kind, in the order of the tables."""
    return tuple(
        Audience(kind, resource_id, name)
        for resource_id, name in _names(problem, kind).items()
    )


def audience_of(problem: Problem, kind: FeedKind, resource_id: str) -> Audience:
    """One calendar; a resource that is gone is called by its id."""
    name = _names(problem, kind).get(resource_id, resource_id)
    return Audience(kind, resource_id, name)


def require(problem: Problem, kind: FeedKind, resource_id: str) -> None:
    """Say whether there can be such a calendar.

    Raises:
        ResourceUnknown: there cannot.
    """
    if resource_id not in _names(problem, kind):
        raise ResourceUnknown(f"{kind} {resource_id!r}")


def _names(problem: Problem, kind: FeedKind) -> dict[str, str]:
    """Names by id."""
    match kind:
        case FeedKind.TEACHER:
            return dict(problem.teacher_name)
        case FeedKind.CLASS:
            return dict(problem.class_name)
        case FeedKind.SCHOOL:
            return {s.school_id: s.name for s in problem.schools}
        case FeedKind.VENUE:
            return {v.venue_id: v.name for v in problem.venues}
        case FeedKind.ZONE:
            return {
                z.zone_id: _zone_name(problem, z.zone_id) for z in problem.all_zones
            }
        case FeedKind.AGREEMENT:
            venues = dict.fromkeys(a.venue_id for a in problem.agreements)
            return {name: problem.venue[name].name for name in venues}


def _zone_name(problem: Problem, zone_id: str) -> str:
    venue = problem.venue[problem.zone[zone_id].venue_id]
    title = problem.zone[zone_id].title
    return venue.name if zone_id == venue.venue_id else f"{venue.name} {title}"
