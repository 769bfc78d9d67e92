"""Alternating: what shares a slot week by week, and what a class has of a course a day.

A class meeting of every other week is enough where another course has its slot in the
other week (rule A14), and a course that two teachers share is one course (rule C09).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from scheduler.model.problem import Problem
from scheduler.model.relations import Relation, RelationKind
from scheduler.model.requirements import FixedLesson, Lesson, Requirement
from scheduler.model.times import LAYERS, LESSON_ROWS, Week
from scheduler.model.timetable import Timetable

MEETING = "CLS"
_OTHER = {Week.ODD: Week.EVEN, Week.EVEN: Week.ODD}
Slot = tuple[int, int]


def paired_meetings(
    problem: Problem, timetable: Timetable, codes: Mapping[str, str]
) -> Iterator[FixedLesson]:
    """Where new half class meetings stand, each with the course of the other week.

    Parameters:
        timetable: What runs now.
        codes: The standard's code of each subject.
    """
    for group in problem.classes:
        halves = [
            x
            for x in problem.lessons_of_class[group.class_id]
            if x.layers_met == 1 and x.requirement.rows == LESSON_ROWS
        ]
        for x in halves:
            named = codes[x.requirement.subject_id] == MEETING
            if named and x.lesson_id not in timetable.placements:
                others = [y for y in halves if y is not x]
                yield from _Week(problem, timetable, group.class_id).pair(x, others)


class _Week:
    """A class's week without what is gone of it, and when teachers are busy."""

    def __init__(self, problem: Problem, timetable: Timetable, class_id: str) -> None:
        self.placed = timetable.placements
        self.taken: dict[Slot, set[int]] = defaultdict(set)
        self.gone: list[Slot] = []
        self.busy: set[tuple[str, int, int, int]] = set()
        for name, placed in timetable.placements.items():
            old = timetable.problem.lesson[name].requirement
            slot, own = (placed.day, placed.period), class_id in old.class_ids
            if name not in problem.lesson:
                self.gone += [slot] if own else []
                continue
            for layer in placed.week.layers:
                self.busy |= {(t, *slot, layer) for t in placed.teacher_ids}
                if own:
                    self.taken[slot].add(layer)

    def pair(self, new: Lesson, others: list[Lesson]) -> Iterator[FixedLesson]:
        """Beside a half that stands alone; else with a new one where a lesson went."""
        for other in others:
            there = self.placed.get(other.lesson_id)
            if there is None:
                continue
            slot = there.day, there.period
            if there.week is Week.EVERY:
                # It met every week till now and leaves half of its slot.
                if self._fits(new, slot, Week.ODD) and Week.EVEN in other.weeks:
                    yield _fixed(new, slot, Week.ODD)
                    yield _fixed(other, slot, Week.EVEN)
                    return
                continue
            week = _OTHER[there.week]
            if not self.taken[slot] & set(week.layers) and self._fits(new, slot, week):
                yield _fixed(new, slot, week)
                return
        for other in (x for x in others if x.lesson_id not in self.placed):
            for slot in self.gone:
                both = self._fits(new, slot, Week.ODD)
                both = both and self._fits(other, slot, Week.EVEN)
                if both and not self.taken[slot]:
                    yield _fixed(new, slot, Week.ODD)
                    yield _fixed(other, slot, Week.EVEN)
                    return

    def _fits(self, lesson: Lesson, slot: Slot, week: Week) -> bool:
        return week in lesson.weeks and not any(
            (teacher, *slot, layer) in self.busy
            for teacher in lesson.requirement.teacher_ids
            for layer in week.layers
        )


def _fixed(lesson: Lesson, slot: Slot, week: Week) -> FixedLesson:
    return FixedLesson(lesson.requirement.requirement_id, lesson.index, *slot, week)


def shared_courses(
    problem: Problem, codes: Mapping[str, str], most: int
) -> Iterator[Relation]:
    """At most so many lessons a day of every course that several requirements give."""
    courses: dict[tuple[str, str], list[Requirement]] = defaultdict(list)
    for need in problem.requirements:
        code = codes[need.subject_id]
        if code and need.rows == LESSON_ROWS and not need.is_partial:
            for class_id in need.class_ids:
                courses[class_id, code].append(need)
    for (class_id, code), needs in courses.items():
        bell = problem.bell[problem.class_group[class_id].bell_id]
        lessons = sum(len(r.lengths) for r in needs)
        weekly = max(sum(_meets(r, layer) for r in needs) for layer in LAYERS)
        days = len(bell.school_days)
        doubles = any(r.blocks for r in needs)
        if len(needs) < 2 or doubles or not most < lessons or weekly > most * days:
            continue
        for day in bell.school_days:
            slots = tuple((day, row.number) for row in bell.rows(day, LESSON_ROWS))
            yield Relation(
                f"{class_id}-{code}-{day}",
                RelationKind.MAX_IN,
                tuple(r.requirement_id for r in needs),
                most,
                slots,
                reason="一门课由几位教师上，一天不超过这么多节",
            )


def _meets(requirement: Requirement, layer: int) -> int:
    """Lessons that may meet in one of the two weeks."""
    return sum(any(layer in w.layers for w in x.weeks) for x in requirement.lessons)
