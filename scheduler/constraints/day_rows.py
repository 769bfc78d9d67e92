"""The bell rows of one day: those lessons take, those that stay idle between them."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from scheduler.constraints.primitives import InWeek
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.times import LESSON_ROWS

Row = tuple[int, int]
"""Start and end of a bell row, in minutes of the day."""


def taken(meeting: Meeting) -> list[Row]:
    """Rows a meeting takes; one of the wrong kind is KeepToBell's business."""
    rows = meeting.rows
    if not meeting.fits:
        kinds = meeting.lesson.requirement.rows
        rows = tuple(row for row in rows if row.kind in kinds)
    return [(row.start, row.end) for row in rows]


@lru_cache(maxsize=8192)
def day_mask(
    teacher_id: str, rows: tuple[Row, ...], day: int, layer: int
) -> Callable[[Meeting], int]:
    """Bits of the rows a teacher's meeting takes on a day; rules share the function."""
    return InWeek(_day_mask(teacher_id, rows, day), layer)


@lru_cache(maxsize=8192)
def _day_mask(
    teacher_id: str, rows: tuple[Row, ...], day: int
) -> Callable[[Meeting], int]:
    bits = {row: 1 << k for k, row in enumerate(rows)}

    def mask(meeting: Meeting) -> int:
        if meeting.day != day or teacher_id not in meeting.teacher_ids:
            return 0
        return sum([bits[row] for row in taken(meeting)])

    return mask


def possible_rows(
    problem: Problem, lessons: tuple[Lesson, ...], day: int
) -> tuple[Row, ...]:
    """Rows of one day on which these lessons may lie, by start."""
    places = {
        (problem.bell_of(x.requirement).bell_id, x.requirement.rows) for x in lessons
    }
    found = {
        (row.start, row.end)
        for name, kinds in places
        for row in problem.bell[name].rows(day, kinds)
    }
    return tuple(sorted(found))


def fitting(rows: Sequence[Row], start: int, end: int) -> int:
    """The most rows that fit one after the other into a gap."""
    count, free_from = 0, start
    for row_start, row_end in sorted(rows, key=lambda r: r[1]):
        if row_start >= free_from and row_end <= end:
            count, free_from = count + 1, row_end
    return count


def idle_rows(used: Sequence[Row], usable: Sequence[Row]) -> int:
    """Usable rows that fit into the gaps between used ones, gap by gap."""
    idle, last = 0, None
    for start, end in used:
        if last is not None:
            idle += fitting(usable, last, start)
        last = end if last is None else max(last, end)
    return idle


def given(problem: Problem, teacher_id: str) -> tuple[Lesson, ...]:
    """Lessons the teacher gives or may give, escorting left out."""
    lessons = problem.lessons_of_teacher[teacher_id]
    found = tuple(
        x
        for x in lessons
        if teacher_id in x.requirement.teacher_ids + x.requirement.teacher_pool
    )
    # The same object where it can be: solvers look up lessons by identity.
    return found if len(found) < len(lessons) else lessons


def lesson_rows(problem: Problem, teacher_id: str, day: int) -> tuple[Row, ...]:
    """Lesson rows of one day in the bells of the classes the teacher teaches."""
    bells = dict.fromkeys(
        problem.bell_of(x.requirement).bell_id for x in given(problem, teacher_id)
    )
    found = {
        (row.start, row.end)
        for name in bells
        for row in problem.bell[name].rows(day, LESSON_ROWS)
    }
    return tuple(sorted(found))
