"""Venues that several schools may use: a week with the lessons of all of them.

Offices speak of one venue where its id, name and site are the same.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.times import LAYERS, Week, stretches
from scheduler.model.venues import Venue
from scheduler.services.views.bureau.schools import editions
from scheduler.services.views.site import SiteState

_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Stay:
    """One lesson at a venue; ``week`` is every, odd or even."""

    school: str
    classes: str
    subject: str
    week: Week


@dataclass(frozen=True)
class VenueWeek:
    """A venue's week: stays by clock and weekday.

    ``capacity`` is the most classes its zones take, ``peak`` the most at once.
    ``crowded`` are weekdays and minutes from which there are more than that.
    """

    name: str
    schools: tuple[str, ...]
    days: tuple[int, ...]
    rows: Mapping[tuple[int, int], Mapping[int, tuple[Stay, ...]]]
    capacity: int
    peak: int
    crowded: tuple[tuple[int, int], ...]

    @property
    def lessons(self) -> int:
        """Lessons in the table."""
        return sum(len(x) for row in self.rows.values() for x in row.values())


def venue_weeks(site: SiteState) -> tuple[VenueWeek, ...]:
    """All venues that more than one school uses or may use, by name."""
    stays: dict[_Key, list[tuple[Problem, Meeting]]] = defaultdict(list)
    schools: dict[_Key, dict[str, None]] = defaultdict(dict)
    known: dict[_Key, tuple[Problem, Venue]] = {}
    for _, edition in editions(site):
        problem = edition.problem
        for venue in problem.venues:
            key = venue.venue_id, venue.name, venue.site_id
            known.setdefault(key, (problem, venue))
            for name in _users(problem, venue):
                schools[key][name] = None
        for meeting in edition.timetable.meetings:
            if meeting.layout is not None:
                venue = problem.venue[meeting.layout.venue_id]
                key = venue.venue_id, venue.name, venue.site_id
                stays[key].append((problem, meeting))
    shared = [key for key in known if len(schools[key]) > 1]
    return tuple(
        _week(*known[key], tuple(schools[key]), stays[key])
        for key in sorted(shared, key=lambda k: k[1])
    )


def _users(problem: Problem, venue: Venue) -> list[str]:
    """Names of the owner and of the schools with an agreement."""
    agreed = (a for a in problem.agreements if a.venue_id == venue.venue_id)
    ids = [venue.owner, *(a.school_id for a in agreed)]
    return [problem.school[x].name for x in ids if x in problem.school]


def _week(
    problem: Problem,
    venue: Venue,
    schools: tuple[str, ...],
    found: list[tuple[Problem, Meeting]],
) -> VenueWeek:
    rows: dict[tuple[int, int], dict[int, list[Stay]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for its, meeting in found:
        rows[meeting.start, meeting.end][meeting.day].append(_stay(its, meeting))
    capacity = sum(
        z.max_classes for z in problem.all_zones if z.venue_id == venue.venue_id
    )
    at_once = _at_once([m for _, m in found])
    return VenueWeek(
        venue.name,
        schools,
        tuple(sorted({1, 2, 3, 4, 5} | {m.day for _, m in found})),
        {
            time: {day: tuple(x) for day, x in rows[time].items()}
            for time in sorted(rows)
        },
        capacity,
        max(at_once.values(), default=0),
        tuple(
            dict.fromkeys((d, t) for (_, d, t), n in at_once.items() if n > capacity)
        ),
    )


def _stay(problem: Problem, meeting: Meeting) -> Stay:
    r = meeting.lesson.requirement
    schools = (problem.school[s].name for s in problem.schools_of(r))
    classes = (problem.class_group[c].name for c in r.class_ids)
    subject = problem.subject[r.subject_id].short
    return Stay("、".join(schools), "、".join(classes), subject, meeting.placement.week)


def _at_once(meetings: list[Meeting]) -> dict[tuple[int, int, int], int]:
    """Classes at once by layer, weekday and the minute from which."""
    found: dict[tuple[int, int, int], int] = {}
    for layer in range(len(LAYERS)):
        for day in sorted({m.day for m in meetings}):
            here = [m for m in meetings if m.day == day and layer in m.layers]
            for start, end in stretches([(m.start, m.end) for m in here]):
                found[layer, day, start] = sum(
                    m.lesson.requirement.classes_counted
                    for m in here
                    if m.start <= start and end <= m.end
                )
    return found
