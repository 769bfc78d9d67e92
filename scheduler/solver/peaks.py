"""How low the peaks of shared venues can be: a proven bound for every timetable.

Lessons that may choose the same are counted together, and only what binds places is
kept: capacities, agreements, open times, one lesson at a time for classes and teachers,
PE every day. Every timetable without a hard violation satisfies these rows, so what
they exclude no timetable reaches.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import pulp

from scheduler.constraints.base import Capped
from scheduler.model.components import components
from scheduler.model.problem import Problem
from scheduler.model.times import LAYERS
from scheduler.model.venues import VenueTarget
from scheduler.solver.exact.highs import LoadedModel, RunLimits
from scheduler.solver.exact.rows import ModelRows
from scheduler.solver.exact.whole_costs import whole_bound
from scheduler.solver.explain.counting.packing import (
    PlaceCounter,
    Span,
    Use,
    moments,
    sight_of,
)
from scheduler.solver.hard_view import HardView
from scheduler.solver.options import LessonGroup
from scheduler.solver.status import Status


@dataclass(frozen=True, slots=True)
class PeakBound:
    """What was proven of the peaks: classes at once, at the least.

    ``least`` is None where nothing was proven in time; ``peaks`` are those of the best
    found (not of a timetable), by venue; ``impossible``: no timetable at all.
    """

    least: int | None
    peaks: Mapping[str, int]
    impossible: bool = False


class PeakModel:
    """The rows of one problem, asked several questions."""

    def __init__(self, problem: Problem) -> None:
        """Build the rows.

        Raises:
            InputError: the rule settings are wrong.
        """
        self.venues = shared_venues(problem)
        self._rows = PeakRows(problem, tuple(self.venues))
        self._model = LoadedModel(self._rows.model) if self.venues else None

    def together(self, seconds: float) -> PeakBound:
        """The least sum of all shared venues' peaks."""
        return self._ask(self.venues, {}, seconds)

    def alone(self, venue_id: str, seconds: float) -> PeakBound:
        """The least peak of one venue, whatever the load of the others."""
        others = {v: most for v, most in self.venues.items() if v != venue_id}
        return self._ask((venue_id,), others, seconds)

    def beside(
        self, venue_id: str, peaks: Mapping[str, int], seconds: float
    ) -> PeakBound:
        """The least peak of one venue while no other exceeds these peaks."""
        others = {v: peaks[v] for v in self.venues if v != venue_id}
        return self._ask((venue_id,), others, seconds)

    def _ask(
        self, asked: Iterable[str], held: Mapping[str, int], seconds: float
    ) -> PeakBound:
        if self._model is None:
            return PeakBound(0, {})
        fixed = {self._rows.peak[v].name: float(n) for v, n in held.items()}
        outcome = self._model.solve(RunLimits(seconds, threads=1), fixed=fixed)
        if outcome.status is Status.INFEASIBLE:
            return PeakBound(None, {}, impossible=True)
        peaks: dict[str, int] = {}
        if outcome.objective is not None:
            peaks = {v: round(self._rows.peak[v].varValue or 0) for v in asked}
        if outcome.bound is None:
            return PeakBound(None, peaks)
        least = whole_bound(outcome.bound) - sum(held.values())
        return PeakBound(max(0, least), peaks)


def least_ceilings(problem: Problem, seconds: float) -> dict[str, int] | None:
    """Peaks of the shared venues whose sum is proven minimal; None if not in time."""
    model = PeakModel(problem)
    bound = model.together(seconds)
    if bound.least is None or sum(bound.peaks.values()) != bound.least:
        return None
    return dict(bound.peaks)


def with_ceilings(problem: Problem, ceilings: Mapping[str, int]) -> Problem:
    """The problem with these ceilings on whole venues, or its own where lower."""
    kept = []
    left = dict(ceilings)
    for target in problem.venue_targets:
        most = left.pop(target.venue_id, None) if target.grade is None else None
        own = target.max_classes_at_once
        if most is not None and (own is None or most < own):
            target = replace(target, max_classes_at_once=most)
        kept.append(target)
    added = (VenueTarget(v, None, most) for v, most in left.items())
    return replace(problem, venue_targets=(*kept, *added))


def shared_venues(problem: Problem) -> dict[str, int]:
    """Venues that hold several classes at once, and how many their zones hold."""
    room: dict[str, int] = defaultdict(int)
    for zone in problem.all_zones:
        room[zone.venue_id] += zone.max_classes
    used = (v.venue_id for v in problem.venues if problem.lessons_in(v.venue_id))
    return {v: room[v] for v in used if room[v] > 1}


@dataclass(frozen=True, slots=True)
class Footprint:
    """All that a way to place a lesson takes of places; lessons alike in it are one."""

    venue_id: str
    day: int
    start: int
    end: int
    layers: tuple[int, ...]
    uses: tuple[Use, ...]


@dataclass(frozen=True)
class Kind:
    """Groups of lessons with the same footprints to choose from."""

    groups: tuple[LessonGroup, ...]
    footprints: tuple[Footprint, ...]

    @property
    def count(self) -> int:
        """Number of lessons."""
        return sum(g.count for g in self.groups)

    @property
    def classes(self) -> int:
        """Classes by which one lesson fills a place."""
        return self.groups[0].lessons[0].requirement.classes_counted

    @cached_property
    def class_ids(self) -> frozenset[str]:
        """Classes that can have only one of these lessons at a time."""
        wanted = [g.lessons[0].requirement for g in self.groups]
        if any(r.is_partial for r in wanted):
            return frozenset()
        return frozenset(c for r in wanted for c in r.class_ids)

    @cached_property
    def teacher_ids(self) -> frozenset[str]:
        """Teachers one of whom each lesson needs; empty where some need none."""
        named = [g.lessons[0].requirement for g in self.groups]
        if not all(r.teacher_ids or r.teacher_pool for r in named):
            return frozenset()
        return frozenset(t for r in named for t in (*r.teacher_ids, *r.teacher_pool))


class PeakRows:
    """A model whose variables ``peak`` are classes at once in each venue."""

    def __init__(self, problem: Problem, venues: tuple[str, ...]) -> None:
        self._view = HardView.of(problem)
        self._counter = PlaceCounter.of(self._view)
        self._rows = ModelRows("peaks")
        self.peak = {v: self._rows.variable(f"peak {v}", whole=True) for v in venues}
        for variable in self.peak.values():
            self._rows.charge(variable, 1)
        kinds = self._kinds()
        self._taken = [
            (kind, f, self._rows.variable(f"n{k} {i}", kind.count, whole=True))
            for k, kind in enumerate(kinds)
            for i, f in enumerate(kind.footprints)
        ]
        self._place_all(kinds)
        self._hold_places()
        self._hold_people(kinds)
        self._give_daily_pe()
        self.model = self._rows.finish()

    def _kinds(self) -> tuple[Kind, ...]:
        """Lessons that may use a shared venue, and all others of daily PE."""
        daily = {x for _, lessons, _ in self._view.daily_classes for x in lessons}
        found: dict[Hashable, list[LessonGroup]] = defaultdict(list)
        for group in self._view.free_groups:
            lesson = group.lessons[0]
            prints = frozenset(self._footprints(group))
            shared = any(f.venue_id in self.peak for f in prints)
            if shared or lesson in daily:
                r = lesson.requirement
                key = (prints, r.classes_counted, r.is_partial, lesson in daily)
                found[key].append(group)
        return tuple(
            Kind(tuple(groups), tuple(dict.fromkeys(self._footprints(groups[0]))))
            for groups in found.values()
        )

    def _footprints(self, group: LessonGroup) -> Iterator[Footprint]:
        for m in group.options:
            venue = m.layout.venue_id if m.layout is not None else ""
            uses = self._counter.uses.get(sight_of(m), ())
            yield Footprint(venue, m.day, m.start, m.end, m.layers, uses)

    def _place_all(self, kinds: Iterable[Kind]) -> None:
        rows: dict[int, dict[pulp.LpVariable, int]] = defaultdict(dict)
        for kind, _, variable in self._taken:
            rows[id(kind)][variable] = 1
        for kind in kinds:
            self._rows.equal("all", rows[id(kind)], kind.count)

    def _hold_places(self) -> None:
        """Capacities, and the peaks, at every moment of both weeks."""
        spans: dict[tuple[Hashable, int, int], list[Span]] = defaultdict(list)
        for kind, f, variable in self._taken:
            for layer in f.layers:
                for use in f.uses:
                    spans[use.resource, layer, f.day].append(
                        (use.start, use.end, variable, use.demand)
                    )
                if f.venue_id in self.peak:
                    spans[self.peak[f.venue_id], layer, f.day].append(
                        (f.start, f.end, variable, kind.classes)
                    )
        for (resource, _, _), mine in spans.items():
            for row in moments(mine):
                if isinstance(resource, pulp.LpVariable):
                    self._rows.at_most("peak", row | {resource: -1}, 0)
                else:
                    self._rows.at_most("cap", row, self._counter.limits[resource])

    def _hold_people(self, kinds: tuple[Kind, ...]) -> None:
        """Lessons at once: no more than their classes, nor than their teachers."""
        if self._view.caps(Capped.CLASS):
            self._one_at_a_time([(k, k.class_ids) for k in kinds])
        if self._view.caps(Capped.TEACHER):
            self._one_at_a_time([(k, k.teacher_ids) for k in kinds])

    def _one_at_a_time(self, people: list[tuple[Kind, frozenset[str]]]) -> None:
        """One row for the kinds that share any of the people, at every moment."""
        for names, mine in _families(people):
            wanted = set(map(id, mine))
            spans: dict[tuple[int, int], list[Span]] = defaultdict(list)
            for kind, f, variable in self._taken:
                if id(kind) in wanted:
                    for layer in f.layers:
                        spans[layer, f.day].append((f.start, f.end, variable, 1))
            for here in spans.values():
                for row in moments(here):
                    self._rows.at_most("people", row, len(names))

    def _give_daily_pe(self) -> None:
        """As many PE-type lessons on a day as classes that must have one then."""
        need: dict[int, set[str]] = defaultdict(set)
        lessons = set()
        for group, mine, days in self._view.daily_classes:
            lessons |= set(mine)
            for day in days:
                need[day].add(group.class_id)
        for day, classes in need.items():
            for layer in LAYERS:
                row = {
                    v: k.classes
                    for k, f, v in self._taken
                    if f.day == day
                    and layer in f.layers
                    and k.groups[0].lessons[0] in lessons
                }
                self._rows.at_least("daily", row, len(classes))


def _families(
    people: list[tuple[Kind, frozenset[str]]],
) -> list[tuple[frozenset[str], list[Kind]]]:
    """Each kind by itself, and kinds joined while they share any of the people."""
    known = [(names, [kind]) for kind, names in people if names]
    everybody = dict.fromkeys(x for names, _ in known for x in sorted(names))
    joined = [
        (group, [k for mine, kinds in known for k in kinds if mine <= group])
        for group in map(frozenset, components(everybody, (x for x, _ in known)))
    ]
    return [*known, *(f for f in joined if len(f[1]) > 1)]
