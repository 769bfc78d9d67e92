"""The running timetable: placements that may not fit the problem any more."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from scheduler.model.meeting import Placement
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME, Requirement
from scheduler.model.timetable import Timetable


@dataclass(frozen=True)
class Running:
    """Placements by lesson id as they run now, beside the changed problem.

    Lessons may be gone from the problem, teachers and layouts unknown to it.
    """

    problem: Problem
    placements: Mapping[str, Placement]

    @cached_property
    def by_requirement(self) -> dict[str, dict[str, Placement]]:
        """Placements by lesson id, by requirement id; teachers in its order."""
        found: dict[str, dict[str, Placement]] = defaultdict(dict)
        for lesson_id, placement in self.placements.items():
            name = requirement_id(lesson_id)
            requirement = self.problem.requirement.get(name)
            found[name][lesson_id] = in_order(requirement, placement)
        return dict(found)

    def of(self, requirement: Requirement) -> tuple[Placement, ...]:
        """Placements of a requirement."""
        return tuple(self.by_requirement.get(requirement.requirement_id, {}).values())

    def surplus(self, requirement: Requirement) -> int:
        """Placements more than there still are lessons."""
        return max(0, len(self.of(requirement)) - len(requirement.lengths))

    @cached_property
    def timetable(self) -> Timetable:
        """What the problem can still say of it: known lessons, places and people."""
        placements = {}
        for lesson_id, placement in self.placements.items():
            lesson = self.problem.lesson.get(lesson_id)
            if lesson is not None and self._exists(lesson.requirement, placement):
                known = in_order(lesson.requirement, placement)
                teachers = [t for t in known.teacher_ids if t in self.problem.teacher]
                placements[lesson_id] = replace(known, teacher_ids=tuple(teachers))
        return Timetable(self.problem, placements)

    def beside(self, problem: Problem) -> "Running":
        """The same placements beside another problem."""
        return Running(problem, self.placements)

    def _exists(self, requirement: Requirement, placement: Placement) -> bool:
        bell = self.problem.bell_of(requirement)
        known = placement.layout_id in (HOME, *self.problem.layout)
        return known and bell.find(placement.day, placement.period) is not None


def requirement_id(lesson_id: str) -> str:
    """The requirement a lesson is of."""
    return lesson_id.rpartition("#")[0]


def in_order(requirement: Requirement | None, placement: Placement) -> Placement:
    """Teachers as the solver lists them: the named ones first, in their order."""
    if requirement is None:
        return placement
    named = requirement.teacher_ids
    order = {t: k for k, t in enumerate(named)}
    teachers = sorted(placement.teacher_ids, key=lambda t: order.get(t, len(named)))
    return replace(placement, teacher_ids=tuple(teachers))
