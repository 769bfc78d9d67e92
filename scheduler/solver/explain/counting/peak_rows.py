"""The rows that bind the peaks of shared venues, lessons alike counted together."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pulp

from scheduler.constraints.base import Capped
from scheduler.model.components import components
from scheduler.model.problem import Problem
from scheduler.model.times import LAYERS
from scheduler.solver.exact.rows import ModelRows
from scheduler.solver.explain.counting.packing import Span, Use, moments
from scheduler.solver.explain.counting.place_counter import PlaceCounter, sight_of
from scheduler.solver.hard_view import HardView
from scheduler.solver.options import LessonGroup


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
