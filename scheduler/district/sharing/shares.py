"""Shares: one division of all that is scarce, and each part's problem under it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from scheduler.district.checks import errors_of
from scheduler.district.parts import Part, parts_of
from scheduler.district.sharing.contested import contested_venues
from scheduler.district.sharing.needs import need_of
from scheduler.district.sharing.teachers import (
    TeacherShare,
    closed_times,
    divide_teacher,
    shared_teachers,
)
from scheduler.district.sharing.venues import (
    Grant,
    Liked,
    VenueShares,
    divide_venues,
)
from scheduler.model.district import District
from scheduler.model.errors import DataError, InputError
from scheduler.model.problem import Problem
from scheduler.model.resources import ResourceKind, Unavailability
from scheduler.model.text import Text
from scheduler.model.venues import Agreement

GUESTS = "按协议供其他学校使用"
"""Why a school's own place is closed to it: others are let in."""


@dataclass(frozen=True)
class Shares:
    """Who gets what of a district's contested venues and shared teachers."""

    district: District
    parts: tuple[Part, ...]
    contested: tuple[str, ...]
    venues: VenueShares
    teachers: tuple[TeacherShare, ...]

    @property
    def proven(self) -> bool:
        """Whether no division is fairer."""
        divided = [t.divided for t in self.teachers]
        if self.venues.divided is not None:
            divided.append(self.venues.divided)
        return all(d.proven for d in divided)

    def problem_of(self, part: Part) -> Problem:
        """The part's problem with its share only."""
        problem = part.problem
        mine = [g for g in self.venues.grants if self._is_of(g, part)]
        kept = tuple(a for a in problem.agreements if a.venue_id not in self.contested)
        closed = (
            *(
                row
                for share in self.teachers
                if part.key in share.parts
                for row in closed_times(share, part.key)
            ),
            *self._guests(part),
        )
        return replace(
            problem,
            agreements=(*kept, *_agreements(mine)),
            unavailable=(*problem.unavailable, *closed),
            requirements=tuple(
                replace(r, layouts=problem.allowed_layouts(r))
                if not r.layouts and self._may_lose_its_place(problem, r.requirement_id)
                else r
                for r in problem.requirements
            ),
        )

    def _is_of(self, grant: Grant, part: Part) -> bool:
        return self.venues.needs[grant.window.claim].part.key == part.key

    def _may_lose_its_place(self, problem: Problem, requirement_id: str) -> bool:
        """Whether it would stay in the classroom if nothing were granted."""
        allowed = problem.allowed_layouts(problem.requirement[requirement_id])
        shared = set(self.contested)
        return any(
            problem.layout[name].venue_id in shared
            for name in allowed
            if name in problem.layout
        )

    def _guests(self, part: Part) -> Iterator[Unavailability]:
        """When the part's own places are closed to it, for others are let in."""
        whole = self.district.problem
        for grant in self.venues.grants:
            venue = whole.venue[grant.window.venue_id]
            if venue.owner not in part.school_ids or self._is_of(grant, part):
                continue
            zones = grant.zones or tuple(
                z.zone_id for z in whole.all_zones if z.venue_id == venue.venue_id
            )
            for zone in zones:
                yield Unavailability(
                    ResourceKind.ZONE,
                    zone,
                    grant.window.day,
                    start=grant.window.start,
                    end=grant.window.end,
                    reason=GUESTS,
                )


def share(
    district: District, seconds: float, liked: Liked = MappingProxyType({})
) -> Shares:
    """Divide what is scarce among the schools of a district.

    Parameters:
        liked: What parts would like best; it decides between equally fair divisions.

    Raises:
        InputError: agreements that must be kept, or fixed lessons of shared teachers,
            contradict each other.
    """
    faults = errors_of(district)
    if faults:
        raise InputError(faults)
    whole, parts = district.problem, parts_of(district)
    contested = contested_venues(whole, parts)
    needs = [need_of(part, contested) for part in parts]
    try:
        venues = divide_venues(whole, needs, contested, seconds, liked)
        teachers = tuple(
            divide_teacher(whole, parts, name, seconds, liked)
            for name in shared_teachers(whole, parts)
        )
    except ValueError:
        raise InputError([_CONTRADICTION]) from None
    return Shares(district, parts, contested, venues, teachers)


_CONTRADICTION = DataError(
    "agreements",
    Text(
        "必须保留的协议，或共用教师的固定课，互相矛盾，无法分配",
        "agreements to be kept, or fixed lessons of shared teachers, contradict each "
        "other: there is no division",
    ),
    Text("请放开其中一些。", "Maybe leave some of them open?"),
    sheet="场地协议",
)


def _agreements(grants: Sequence[Grant]) -> Iterator[Agreement]:
    """Agreements cut to what is granted; what follows at once is one window."""
    by_agreement: dict[str, list[Grant]] = defaultdict(list)
    for grant in grants:
        by_agreement[grant.window.agreement.agreement_id].append(grant)
    for name, rows in by_agreement.items():
        rows.sort(key=lambda g: g.window.start)
        runs: list[list[Grant]] = []
        for grant in rows:
            if runs and _follows(runs[-1][-1], grant):
                runs[-1].append(grant)
            else:
                runs.append([grant])
        for number, run in enumerate(runs, 1):
            first = run[0]
            yield replace(
                first.window.agreement,
                agreement_id=f"{name}.{number}",
                start=first.window.start,
                end=run[-1].window.end,
                max_classes=first.classes,
                max_pupils=_pupils(first),
                zones=first.zones or first.window.agreement.zones,
            )


def _follows(one: Grant, other: Grant) -> bool:
    """Whether nothing that the school could have lies between two equal grants."""
    same = (one.classes, one.zones) == (other.classes, other.zones)
    return same and one.window.follower == other.window.start


def _pupils(grant: Grant) -> int | None:
    """The cap on pupils: as agreed, or what the classes counted for at most."""
    agreed = grant.window.agreement.max_pupils
    counted = grant.classes * max(g.pupils for g in grant.window.rows)
    return counted if agreed is None else min(agreed, counted)
