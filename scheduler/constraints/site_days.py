"""A person's way between sites through one day."""

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from itertools import pairwise

from scheduler.constraints.counting import on_day
from scheduler.constraints.day_rows import Row, taken
from scheduler.constraints.primitives import PatternCost
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson, Requirement

Stay = tuple[int, int, str]
"""Start and end of a row, and the site."""
MOST_STAYS = 16
"""Rows times sites of one day; solvers hold a table of all their combinations."""


class SiteOf:
    """The site of a teacher or class during a meeting; None for one it is not in."""

    def __init__(self, person: str, is_class: bool) -> None:
        self.person, self.is_class = person, is_class

    def __call__(self, meeting: Meeting) -> str | None:
        if self.is_class:
            inside = self.person in meeting.class_ids
            return meeting.class_site(self.person) if inside else None
        return meeting.site_id if self.person in meeting.teacher_ids else None


def moves(stays: Iterable[Stay]) -> int:
    """How often the site changes from one row to the next."""
    sites = [site for _, _, site in stays]
    return sum(a != b for a, b in pairwise(sites))


def stays_of(
    meetings: Iterable[Meeting], site_of: SiteOf, possible: tuple[Stay, ...]
) -> list[Stay]:
    """Rows taken by these meetings of one day with their sites, in order."""
    found = {
        (start, end, site)
        for m in meetings
        if (site := site_of(m)) is not None
        for start, end in taken(m)
    }
    return sorted(found & set(possible))


def possible_stays(
    problem: Problem, lessons: tuple[Lesson, ...], day: int, site_of: SiteOf
) -> tuple[Stay, ...]:
    """Rows and sites at which the lessons may be; empty where one need not move.

    Days of more than ``MOST_STAYS`` are left out as well.
    """
    needs = {x.requirement.requirement_id: x.requirement for x in lessons}
    ways = [(need, _sites(problem, need, site_of)) for need in needs.values()]
    if len({site for _, sites in ways for site in sites}) < 2:
        return ()
    found = {
        (row.start, row.end, site)
        for need, sites in ways
        for row in problem.bell_of(need).rows(day, need.rows)
        for site in sites
    }
    one_site = len({site for _, _, site in found}) < 2
    return () if one_site or len(found) > MOST_STAYS else tuple(sorted(found))


def _sites(problem: Problem, need: Requirement, site_of: SiteOf) -> set[str]:
    """Sites of the school at which lessons of a requirement may be."""
    school = problem.schools_of(need)[0]
    if site_of.is_class:
        school = problem.class_group[site_of.person].school_id
    used = (problem.layout.get(x) for x in problem.allowed_layouts(need))
    venues = (problem.venue[x.venue_id] for x in used if x is not None)
    own = {v.site_id for v in venues if v.owner == school}
    return own | {problem.site_of_school(school)}


def way_pattern(
    resource: str,
    lessons: tuple[Lesson, ...],
    site_of: SiteOf,
    when: tuple[int, int],
    possible: tuple[Stay, ...],
    cost: Callable[[int], int],
) -> PatternCost:
    """The cost of one day's moves.

    Parameters:
        when: Weekday, and week of the cycle.
        cost: What so many moves cost; a module's own function or a kept one.
    """
    day, layer = when
    bits = {stay: 1 << k for k, stay in enumerate(possible)}

    def mask(meeting: Meeting) -> int:
        if not on_day(meeting, day, layer):
            return 0
        stays = stays_of((meeting,), site_of, possible)
        return sum([bits[stay] for stay in stays])

    rows: tuple[Row, ...] = tuple((start, end) for start, end, _ in possible)
    return PatternCost(
        *(resource, lessons, rows, mask, _table(possible, cost), day),
        clash_rule="AvoidClassClashes" if site_of.is_class else "AvoidTeacherClashes",
        by_layout=True,
    )


@lru_cache(maxsize=1024)
def _table(
    possible: tuple[Stay, ...], cost: Callable[[int], int]
) -> Callable[[int], int]:
    """The cost of every mask; days of one shape share it."""

    @cache
    def table(whole: int) -> int:
        return cost(moves(x for k, x in enumerate(possible) if whole >> k & 1))

    return table
