"""The exact model of a repair: counts of what it changes, each of them limited."""

import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import pulp

from scheduler.constraints.rules.keep_placements import KeepPlacements
from scheduler.model.meeting import Placement
from scheduler.model.timetable import Timetable
from scheduler.solver.exact.exact_model import ExactModel
from scheduler.solver.exact.highs import LoadedModel, Outcome, RunLimits, Tick
from scheduler.solver.exact.seats import Choice
from scheduler.solver.options import Posted
from scheduler.solver.reading import read_timetable, start_values
from scheduler.solver.repair.neighbourhood import Neighbourhood


class Measure(StrEnum):
    """What a repair is measured by.

    ``changes``: lessons that lose their time, place or teacher. ``moves``: lessons that
    lose their time. ``teachers``: teachers whose week becomes another one. ``cost``:
    the soft rules.
    """

    CHANGES = "changes"
    MOVES = "moves"
    TEACHERS = "teachers"
    COST = "cost"


Limits = Mapping[Measure, int]
"""The most that a repair may measure."""


@dataclass(frozen=True, slots=True)
class _Lost:
    """How many of some alike placements of a requirement are lost.

    All ``count`` of them, for certain, where there is no variable.
    """

    teacher_ids: tuple[str, ...]
    count: int
    variable: pulp.LpVariable | None


class RepairModel:
    """The exact model of a neighbourhood: only some requirements are free to change.

    The measures speak of the free requirements.
    """

    def __init__(self, neighbourhood: Neighbourhood) -> None:
        compiled = neighbourhood.compiled
        self.running, self._problem = neighbourhood.running, compiled.problem
        self._free = tuple(
            r
            for r in self._problem.requirements
            if r.requirement_id in neighbourhood.free
        )
        given = {r.requirement_id: self.running.of(r) for r in self._free}
        keep = KeepPlacements(reference=given)
        watched = tuple(Posted(keep, t) for t in keep.primitives(self._problem))
        self.model = ExactModel(compiled, watched=watched)
        self._rows = self.model.rows
        self._cost = self.model.problem.objective
        self._places: dict[str, list[_Place]] = defaultdict(list)
        for choice in self.model.choices:
            name = choice.group.lessons[0].requirement.requirement_id
            self._places[name].append(_Place.of(choice, keep))
            if name not in neighbourhood.free:
                choice.variable.bounds(1, 1)
        lost = list(self._lost(keep))
        moved = list(self._lost(KeepPlacements(times_only=True)))
        self._totals = {
            Measure.CHANGES: self._sum_of_lost(Measure.CHANGES, lost),
            Measure.MOVES: self._sum_of_lost(Measure.MOVES, moved),
            Measure.TEACHERS: self._touched(lost, keep),
            Measure.COST: self._sum(
                Measure.COST, dict(self._cost), round(self._cost.constant)
            ),
        }
        self._earlier: list[tuple[pulp.LpVariable, int]] = []

    def minimise(
        self,
        measure: Measure,
        limits: Limits,
        run: RunLimits,
        start: Timetable | None = None,
        on_tick: Callable[[Tick], bool] | None = None,
        apart: float | None = None,
    ) -> Outcome:
        """Find the least of one measure while all stay within their limits.

        Parameters:
            apart: Share of the changes of each earlier repair that must be others, at
                least one; None: they may be the same.
        """
        for name, total in self._totals.items():
            total.bounds(0, limits.get(name))
        for repeated, count in self._earlier:
            others = 0 if apart is None else max(1, math.ceil(apart * count))
            repeated.bounds(0, count - others)
        objective = self._cost
        if measure is not Measure.COST:
            objective = pulp.LpAffineExpression({self._totals[measure]: 1})
        self.model.problem.setObjective(objective)
        values = start_values(self.model, start) if start else None
        return LoadedModel(self.model.problem).solve(run, values, on_tick)

    def timetable(self) -> Timetable | None:
        """The timetable of the last run."""
        return read_timetable(self.model)

    def stay_away_from(self, timetable: Timetable) -> None:
        """From now on, repairs can be asked to change something else than this one."""
        key = KeepPlacements().key
        row: dict[pulp.LpVariable, int] = {}
        count = 0
        for requirement in self._free:
            placed = timetable.placements
            new = {
                key(placed[x.lesson_id])
                for x in requirement.lessons
                if x.lesson_id in placed
            } - set(map(key, self.running.of(requirement)))
            count += len(new)
            for place in self._places[requirement.requirement_id]:
                row |= dict.fromkeys(place.where(new.__contains__), 1)
        if count:
            repeated = self._rows.variable("repeated", whole=True)
            self._rows.equal("repeated", row | {repeated: -1}, 0)
            self._earlier.append((repeated, count))

    def _lost(self, keep: KeepPlacements) -> Iterator[_Lost]:
        """The placements of the free requirements, alike ones together."""
        for requirement in self._free:
            staying: dict[Hashable, list[pulp.LpVariable]] = defaultdict(list)
            for place in self._places[requirement.requirement_id]:
                for variable, name in place.by(keep.times_only):
                    staying[name].append(variable)
            olds: dict[Hashable, list[Placement]] = defaultdict(list)
            for placement in self.running.of(requirement):
                olds[keep.key(placement)].append(placement)
            for name, alike in olds.items():
                variable = None
                if name in staying:
                    variable = self._rows.variable("lost", len(alike), whole=True)
                    row = dict.fromkeys(staying[name], 1) | {variable: 1}
                    self._rows.at_least("lost", row, len(alike))
                teachers = alike[0].teacher_ids + requirement.escort_ids
                yield _Lost(teachers, len(alike), variable)

    def _sum(
        self, measure: Measure, row: dict[pulp.LpVariable, int], certain: int = 0
    ) -> pulp.LpVariable:
        """The total of a measure as a variable."""
        total = self._rows.variable(measure, whole=measure is not Measure.COST)
        self._rows.equal(measure, row | {total: -1}, -certain)
        return total

    def _sum_of_lost(self, measure: Measure, lost: list[_Lost]) -> pulp.LpVariable:
        """All of them, less those that no longer are asked for."""
        row = {x.variable: 1 for x in lost if x.variable is not None}
        certain = sum(x.count for x in lost if x.variable is None)
        certain -= sum(map(self.running.surplus, self._free))
        return self._sum(measure, row, certain)

    def _touched(self, lost: list[_Lost], keep: KeepPlacements) -> pulp.LpVariable:
        """Teachers who lose a placement or are given another one.

        Only those count who may have lessons in the problem.
        """
        touched: dict[str, pulp.LpVariable] = {}
        for teacher_id, row in self._reasons(lost, keep):
            if not self._problem.lessons_of_teacher.get(teacher_id):
                continue
            if teacher_id not in touched:
                touched[teacher_id] = self._rows.variable("touched", 1, whole=True)
            variable = touched[teacher_id]
            if row is None:
                variable.bounds(1, 1)
            elif row:
                most = sum(v.upBound for v in row)
                self._rows.at_most("touched", row | {variable: -most}, 0)
        return self._sum(Measure.TEACHERS, dict.fromkeys(touched.values(), 1))

    def _reasons(
        self, lost: list[_Lost], keep: KeepPlacements
    ) -> Iterator[tuple[str, dict[pulp.LpVariable, int] | None]]:
        """(teacher, variables any of which touches him), None where he is for sure."""
        for lesson_id, placement in self.running.placements.items():
            if lesson_id not in self._problem.lesson:
                yield from ((t, None) for t in placement.teacher_ids)
        for x in lost:
            row = None if x.variable is None else {x.variable: 1}
            yield from ((t, row) for t in x.teacher_ids)
        for requirement in self._free:
            olds = self.running.of(requirement)
            if not requirement.teacher_pool and len(olds) >= len(requirement.lengths):
                continue  # whoever gets another placement loses one
            kept = set(map(keep.key, olds))
            new: dict[str, dict[pulp.LpVariable, int]] = defaultdict(dict)
            for place in self._places[requirement.requirement_id]:
                for variable in place.where(lambda key: key not in kept):  # noqa: B023
                    for teacher_id in place.adult_ids:
                        new[teacher_id][variable] = 1
            yield from new.items()


@dataclass(frozen=True, slots=True)
class _Place:
    """A choice of the model with the keys of its placements."""

    choice: Choice
    keys: tuple[Hashable, ...]
    time: Hashable

    @staticmethod
    def of(choice: Choice, keep: KeepPlacements) -> "_Place":
        times = replace(keep, times_only=True)
        keys = tuple(keep.key(m.placement) for m in choice.meetings)
        return _Place(choice, keys, times.key(choice.meeting.placement))

    @property
    def adult_ids(self) -> tuple[str, ...]:
        """Who would be present."""
        return self.choice.meeting.adult_ids

    def by(self, times_only: bool) -> Iterator[tuple[pulp.LpVariable, Hashable]]:
        """Variables with the key of the placements they stand for."""
        if times_only:
            yield self.choice.variable, self.time
        elif len(self.keys) == 1:
            yield self.choice.variable, self.keys[0]
        else:
            yield from zip(self.choice.seats, self.keys, strict=True)

    def where(self, holds: Callable[[Hashable], bool]) -> list[pulp.LpVariable]:
        """Variables that add up to the lessons on placements with such keys."""
        fitting = [holds(key) for key in self.keys]
        if all(fitting):
            return [self.choice.variable]
        if not any(fitting):
            return []
        return [v for v, fits in zip(self.choice.seats, fitting, strict=True) if fits]
