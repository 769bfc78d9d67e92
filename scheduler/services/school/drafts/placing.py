"""Placements held against the tables of a draft, whose rows may be gone."""

from scheduler.model.meeting import Meeting, Placement
from scheduler.model.problem import Problem


def stands(problem: Problem, lesson_id: str, placement: Placement) -> bool:
    """Whether the problem has the lesson, the row, the place and the people."""
    lesson = problem.lesson.get(lesson_id)
    if lesson is None or any(x not in problem.teacher for x in placement.teacher_ids):
        return False
    try:
        Meeting.of(problem, lesson, placement)
    except KeyError:
        return False
    return True
