"""Interchangeable layouts: solved as one with room for many, told apart afterwards."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from scheduler.model.meeting import Meeting, Placement
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME
from scheduler.model.resources import ResourceKind
from scheduler.model.times import Week, overlap
from scheduler.model.venues import Agreement, Layout, Zone


@dataclass(frozen=True)
class LayoutPools:
    """Layouts by the layout that stands for them; only pools of two or more."""

    members: dict[str, tuple[str, ...]]

    @staticmethod
    def of(problem: Problem) -> "LayoutPools":
        """Find layouts that no rule can tell apart.

        Such layouts take one class (or one lesson) at a time, share no zone, and
        agree in site, owner, caps, preference, closed times and the requirements that
        may use them; no relation tells them apart. Those of several venues must be
        whole venues for one class, for the load of a larger venue is levelled by
        itself. Nor may alternate weeks interlock on them.
        """
        users: dict[str, list[str]] = defaultdict(list)
        for requirement in problem.requirements:
            for layout_id in problem.allowed_layouts(requirement):
                users[layout_id].append(requirement.requirement_id)
        zone_uses = Counter(z for x in problem.layouts for z in x.zones)
        found: dict[Hashable, list[str]] = defaultdict(list)
        related = _related(problem)
        for layout in problem.layouts:
            if layout.layout_id not in related and _poolable(
                problem, layout, zone_uses
            ):
                key = (_signature(problem, layout), tuple(users[layout.layout_id]))
                found[key].append(layout.layout_id)
        return LayoutPools(
            {
                x[0]: tuple(x)
                for x in found.values()
                if len(x) > 1 and not _interlocks(problem, users[x[0]])
            }
        )

    def stands_for_itself(self, layout_id: str) -> bool:
        """Tell whether options should be made for this layout."""
        return layout_id not in self._stood_for

    @cached_property
    def _stood_for(self) -> frozenset[str]:
        return frozenset(m for x in self.members.values() for m in x[1:])

    @cached_property
    def _stand_in(self) -> dict[str, str]:
        return {m: name for name, members in self.members.items() for m in members}

    def as_pooled(self, placement: Placement) -> Placement:
        """The same placement on the layout that stands for its pool."""
        name = self._stand_in.get(placement.layout_id, placement.layout_id)
        if name == placement.layout_id:
            return placement
        return replace(placement, layout_id=name)

    def copies(self, resource_id: str, problem: Problem, zone: bool) -> int:
        """How many zones (or else layouts) the named one stands for."""
        for name, members in self.members.items():
            mine = problem.layout[name].zones if zone else (name,)
            if resource_id in mine:
                return len(members)
        return 1

    def assign(self, meetings: Iterable[Meeting]) -> dict[str, str] | None:
        """Give each meeting on a pool a layout of its own.

        Returns:
            Layout id by lesson id, or None where odd and even weeks interlock so
            that the pool's number is enough at every moment but not for a whole.
        """
        found: dict[str, str] = {}
        placed = sorted(meetings, key=lambda m: (m.day, m.start, m.lesson.lesson_id))
        for name, members in self.members.items():
            here = [m for m in placed if m.placement.layout_id == name]
            chosen = _colour(here, len(members))
            if chosen is None:
                return None
            for meeting, k in zip(here, chosen, strict=True):
                found[meeting.lesson.lesson_id] = members[k]
        return found


def _interlocks(problem: Problem, requirement_ids: Iterable[str]) -> bool:
    """Whether places enough at every moment may still be too few for whole lessons.

    A lesson of every week may be barred from one place by an odd week's lesson and
    from the other by an even week's. That cannot be where each lesson of one week
    takes a stretch of time that any other lesson takes whole or not at all: lessons of
    every week, being intervals, find places one after the other, and each stretch
    shares out, week by week, what they leave.
    """
    times: dict[int, set[tuple[int, int]]] = defaultdict(set)
    single: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for name in requirement_ids:
        requirement = problem.requirement[name]
        bell = problem.bell_of(requirement)
        for lesson in requirement.lessons:
            for day in bell.days:
                rows = bell.rows(day, requirement.rows)
                ends = zip(rows, rows[lesson.length - 1 :], strict=False)
                spans = {(first.start, last.end) for first, last in ends}
                times[day] |= spans
                if lesson.weeks != (Week.EVERY,):
                    single[day] |= spans
    return any(
        overlap(*one, *other) and not (other[0] <= one[0] and one[1] <= other[1])
        for day, mine in single.items()
        for one in mine
        for other in times[day]
    )


def _poolable(problem: Problem, layout: Layout, zone_uses: Counter[str]) -> bool:
    fixed = {f.layout_id for f in problem.fixed}
    alone = all(zone_uses[z] == 1 for z in layout.zones)
    single = layout.max_classes == 1 or any(
        problem.zone[z].max_lessons == 1 for z in layout.zones
    )
    return alone and single and layout.layout_id not in fixed


def _related(problem: Problem) -> frozenset[str]:
    """Layouts that a row of relations.csv names or tells apart."""
    found: set[str] = set()
    for relation in problem.relations:
        found |= set(relation.layouts)
        if relation.kind.tells_layouts_apart:
            for lesson in problem.related_lessons(relation):
                found |= set(problem.allowed_layouts(lesson.requirement))
    return frozenset(found)


def _signature(problem: Problem, layout: Layout) -> Hashable:
    """Everything a rule may look at."""
    venue = problem.venue[layout.venue_id]
    zones = [problem.zone[z] for z in layout.zones]
    here = [z for z in problem.all_zones if z.venue_id == venue.venue_id]
    # Targets are set venue by venue.
    aimed_at = any(t.venue_id == venue.venue_id for t in problem.venue_targets)
    whole = sum(z.max_classes for z in here) == 1 and not aimed_at
    return (
        HOME if whole and venue.owner else venue.venue_id,
        venue.owner,
        venue.site_id,
        venue.kind,
        venue.indoor,
        layout.preference,
        layout.max_pupils,
        layout.max_grades_apart,
        tuple(sorted(_zone_signature(problem, z) for z in zones)),
        _closed(problem, ResourceKind.VENUE, venue.venue_id),
        tuple(a.agreement_id for a in problem.agreements if _opened(a, layout)),
    )


def _opened(agreement: Agreement, layout: Layout) -> bool:
    """Whether an agreement names zones, and those of the layout among them."""
    here = agreement.venue_id == layout.venue_id
    return here and bool(agreement.zones) and agreement.opens(layout)


def _zone_signature(problem: Problem, zone: Zone) -> tuple[str, ...]:
    caps = zone.max_classes, zone.max_pupils, zone.max_lessons, zone.max_grades_apart
    return tuple(map(str, caps)) + _closed(problem, ResourceKind.ZONE, zone.zone_id)


def _closed(problem: Problem, kind: ResourceKind, name: str) -> tuple[str, ...]:
    rows = problem.unavailability_of.get((kind, name), ())
    parts = ((r.day, r.period, r.start, r.end, r.week, r.level) for r in rows)
    return tuple(sorted(map(str, parts)))


def _clash(a: Meeting, b: Meeting) -> bool:
    same_week = bool(set(a.layers) & set(b.layers))
    return a.day == b.day and same_week and a.overlaps(b.start, b.end)


def _colour(meetings: list[Meeting], colours: int) -> list[int] | None:
    """Colour clashing meetings differently, backtracking within one clash chain."""
    chosen: list[int] = []
    tried_up_to = 0
    while len(chosen) < len(meetings):
        meeting = meetings[len(chosen)]
        taken = {
            k for k, m in zip(chosen, meetings, strict=False) if _clash(m, meeting)
        }
        free = [k for k in range(tried_up_to, colours) if k not in taken]
        if free:
            chosen.append(free[0])
            tried_up_to = 0
        elif chosen and _clash_chain(meetings, len(chosen)):
            tried_up_to = chosen.pop() + 1
        else:
            return None
    return chosen


def _clash_chain(meetings: list[Meeting], k: int) -> bool:
    """Tell whether undoing the meeting before number k could help: same day."""
    return meetings[k - 1].day == meetings[k].day
