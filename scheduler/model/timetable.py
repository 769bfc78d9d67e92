"""Placements of lessons, and the timetable they make up."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from scheduler.model.meeting import Meeting, Placement
from scheduler.model.problem import Problem


@dataclass(frozen=True)
class Timetable:
    """All placements of a problem by lesson id; a missing lesson is unplaced."""

    problem: Problem
    placements: Mapping[str, Placement]

    @staticmethod
    def of_meetings(problem: Problem, meetings: Iterable[Meeting]) -> "Timetable":
        """One whose meetings are given, for they may be at times no bell has."""
        given = tuple(meetings)
        made = Timetable(problem, {m.lesson.lesson_id: m.placement for m in given})
        made.__dict__["meetings"] = given
        return made

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """Meetings of the placed lessons, in the order of the lessons."""
        return tuple(
            Meeting.of(self.problem, lesson, self.placements[lesson.lesson_id])
            for lesson in self.problem.lessons
            if lesson.lesson_id in self.placements
        )

    @cached_property
    def meeting(self) -> dict[str, Meeting]:
        """Meetings by lesson id."""
        return {m.lesson.lesson_id: m for m in self.meetings}

    @cached_property
    def by_class(self) -> dict[str, tuple[Meeting, ...]]:
        """Meetings of each class; every class is a key."""
        keys = [c.class_id for c in self.problem.classes]
        return self._group(keys, lambda m: m.class_ids)

    @cached_property
    def by_teacher(self) -> dict[str, tuple[Meeting, ...]]:
        """Meetings each teacher gives (not those escorted); all teachers."""
        keys = [t.teacher_id for t in self.problem.teachers]
        return self._group(keys, lambda m: m.teacher_ids)

    def _group(
        self, keys: list[str], names: Callable[[Meeting], tuple[str, ...]]
    ) -> dict[str, tuple[Meeting, ...]]:
        found: dict[str, list[Meeting]] = {key: [] for key in keys}
        for meeting in self.meetings:
            for name in names(meeting):
                found[name].append(meeting)
        return {key: tuple(rows) for key, rows in found.items()}
