"""Lessons keep the placement they had in a timetable that is running."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import Constraint, Violation
from scheduler.constraints.counting import shortage_table
from scheduler.constraints.primitives import CountCost, Primitive
from scheduler.model.meeting import Meeting, Placement
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable


@dataclass(frozen=True)
class KeepPlacements(Constraint):
    """Lessons keep the placement they had in a reference timetable.

    Lessons of a requirement are interchangeable, so what counts is placements lost:
    those of the reference that no lesson of the requirement has any more. With
    ``times_only`` only the week, the timeslot and the length are looked at, else also
    the layout and the teachers. Not one of the rules of a school: a repair sets it.

    Amount: placements lost. Level: soft. Source: design.md section 3, "ChangeCost".
    """

    title: ClassVar[Text] = Text("沿用原课表", "Keep placements")
    fault: ClassVar[Text] = Text("与原课表不同", "Differs from the old timetable")
    level: Level = Level.SOFT
    reference: Mapping[str, tuple[Placement, ...]] = field(
        default_factory=dict, hash=False
    )
    """Placements by requirement id."""
    times_only: bool = False

    def key(self, placement: Placement) -> Hashable:
        """What must stay the same of a placement."""
        p = placement
        time = (p.week, p.day, p.period, p.length)
        return (
            time if self.times_only else (time, p.layout_id, frozenset(p.teacher_ids))
        )

    def violations(self, timetable: Timetable) -> Iterator[Violation]:
        """One for each placement of a requirement that is lost."""
        for requirement in timetable.problem.requirements:
            ids = tuple(x.lesson_id for x in requirement.lessons)
            placed = [timetable.placements[i] for i in ids if i in timetable.placements]
            left = Counter(map(self.key, placed))
            for old in self.reference.get(requirement.requirement_id, ()):
                left[self.key(old)] -= 1
                if left[self.key(old)] < 0:
                    yield Violation(1, ids, day=old.day, numbers=(old.day, old.period))

    def primitives(self, problem: Problem) -> Iterator[Primitive]:
        """For each placement of the reference: as many lessons there as before."""
        for requirement in problem.requirements:
            olds = self.reference.get(requirement.requirement_id, ())
            for key, count in Counter(map(self.key, olds)).items():
                day = next(p.day for p in olds if self.key(p) == key)
                lost = shortage_table(count)
                value = partial(self._stands, key)
                yield CountCost(requirement.lessons, value, lost, day=day)

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the lesson and the timeslot it had."""
        lesson = describe.lesson(problem, violation.lesson_ids[0])
        slot = describe.slot(*violation.numbers)
        return Text(
            f"{lesson.zh}不再按原课表排在{slot.zh}。",
            f"{lesson.en} no longer is as it was on {slot.en}.",
        )

    def _stands(self, key: Hashable, meeting: Meeting) -> int:
        return int(self.key(meeting.placement) == key)
