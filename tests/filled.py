"""Timetables that a simple hand would make: full, and good enough to be printed."""

from collections import Counter

from scheduler.model.meeting import Meeting, Placement
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.timetable import Timetable


def filled(problem: Problem) -> Timetable:
    """Every lesson at the first time free for its classes, teachers and zones.

    Lessons for which there is none are left over; other rules are not looked at.
    """
    taken: Counter[tuple[str, int, int, int]] = Counter()
    placements = {}
    order = sorted(
        problem.lessons,
        key=lambda x: (-len(x.requirement.class_ids), -x.length, x.lesson_id),
    )
    for lesson in order:
        for placement in _choices(problem, lesson):
            marks = _marks(problem, lesson, placement)
            if marks and not any(taken[mark] for mark in marks):
                taken.update(marks)
                placements[lesson.lesson_id] = placement
                break
    return Timetable(problem, placements)


def _choices(problem, lesson: Lesson):
    requirement = lesson.requirement
    bell = problem.bell[problem.class_group[requirement.class_ids[0]].bell_id]
    teachers = requirement.teacher_ids or requirement.teacher_pool[:1]
    for day in sorted(bell.days, key=lambda day: (day + len(lesson.lesson_id)) % 5):
        for row in bell.rows(day, requirement.rows):
            for layout in problem.allowed_layouts(requirement):
                for week in lesson.weeks:
                    yield Placement(
                        week, day, row.number, layout, teachers, lesson.length
                    )


def _marks(problem, lesson, placement):
    """What is busy when, in steps of five minutes; nothing where it does not fit."""
    meeting = Meeting.of(problem, lesson, placement)
    if not meeting.fits:
        return ()
    some = lesson.requirement.pupils is not None
    who = (
        *meeting.teacher_ids,
        *meeting.zone_ids,
        *(() if some else meeting.class_ids),
    )
    return tuple(
        (name, meeting.day, layer, minute)
        for name in who
        for layer in meeting.layers
        for minute in range(meeting.start, meeting.end, 5)
    )
