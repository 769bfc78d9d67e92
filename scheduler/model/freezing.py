"""Hold parts of a timetable: grades, classes, teachers, days, single lessons.

What is frozen becomes part of the problem, so every solver respects it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from scheduler.model.errors import DataError, InputError
from scheduler.model.meeting import Meeting, Placement
from scheduler.model.problem import Problem
from scheduler.model.requirements import FixedLesson, Lesson, Requirement
from scheduler.model.resources import ResourceKind, Unavailability
from scheduler.model.targets import Target, TargetKind
from scheduler.model.text import Text, weekday
from scheduler.model.times import LAYERS, MINUTES_A_DAY, WEEK_OF_LAYER, Week
from scheduler.model.timetable import Timetable

FREEZABLE = (
    TargetKind.GRADE,
    TargetKind.CLASS,
    TargetKind.TEACHER,
    TargetKind.DAY,
    TargetKind.LESSON,
)


def frozen_lessons(
    problem: Problem, timetable: Timetable, what: Iterable[Target]
) -> tuple[Lesson, ...]:
    """Placed lessons that the targets hold, in the order of the problem."""
    targets = tuple(what)
    return tuple(
        m.lesson
        for m in timetable.meetings
        if any(_holds(problem, target, m) for target in targets)
    )


def freeze(problem: Problem, timetable: Timetable, what: Iterable[Target]) -> Problem:
    """Add to the problem that the targets stay as they are in the timetable.

    A frozen lesson is fixed on its day, period, week and layout, and keeps its teacher
    of a pool. A frozen teacher is given nothing more from a pool where anybody else is
    left. On a frozen day classes get no lesson where they had none. A lesson without a
    placement has nothing to keep.

    Raises:
        InputError: a frozen lesson is fixed elsewhere.
    """
    targets = tuple(what)
    held = frozen_lessons(problem, timetable, targets)
    placed = {x.lesson_id: timetable.placements[x.lesson_id] for x in held}
    errors = [fault for x in held if (fault := _contradiction(problem, x, placed))]
    if errors:
        raise InputError(errors)
    others = tuple(
        f for f in problem.fixed if f"{f.requirement_id}#{f.index}" not in placed
    )
    resting = {t.name for t in targets if t.kind is TargetKind.TEACHER}
    days = sorted({int(t.name) for t in targets if t.kind is TargetKind.DAY})
    return replace(
        problem,
        fixed=others + tuple(_fixed(x, placed[x.lesson_id]) for x in held),
        requirements=tuple(
            _with_pool(r, placed, resting) for r in problem.requirements
        ),
        unavailable=problem.unavailable
        + tuple(row for day in days for row in _gaps(timetable, day)),
    )


def _holds(problem: Problem, target: Target, meeting: Meeting) -> bool:
    match target.kind:
        case TargetKind.GRADE:
            grades = {problem.class_group[c].grade for c in meeting.class_ids}
            return int(target.name) in grades
        case TargetKind.CLASS:
            return target.name in meeting.class_ids
        case TargetKind.TEACHER:
            return target.name in meeting.adult_ids
        case TargetKind.DAY:
            return meeting.day == int(target.name)
        case TargetKind.LESSON:
            return meeting.lesson.lesson_id == target.name
        case _:
            raise ValueError(f"{target.kind} cannot be frozen")


def _fixed(lesson: Lesson, p: Placement) -> FixedLesson:
    name = lesson.requirement.requirement_id
    return FixedLesson(name, lesson.index, p.day, p.period, p.week, p.layout_id)


def _contradiction(
    problem: Problem, lesson: Lesson, placed: dict[str, Placement]
) -> DataError | None:
    fixed = problem.fixed_at.get(lesson.lesson_id)
    p = placed[lesson.lesson_id]
    if fixed is None or (
        (fixed.day, fixed.period) == (p.day, p.period)
        and fixed.week in (None, p.week)
        and fixed.layout_id in (None, p.layout_id)
    ):
        return None
    day = weekday(fixed.day)
    return DataError(
        "--freeze",
        Text(
            f"要冻结，但【固定课】表把它固定在{day.zh}第{fixed.period}节",
            f"is to be frozen, but fixed.csv puts it on {day.en} period {fixed.period}",
        ),
        Text("请去掉其中一个。", "Maybe drop one of the two?"),
        value=lesson.lesson_id,
    )


def _with_pool(
    requirement: Requirement, placed: dict[str, Placement], resting: set[str]
) -> Requirement:
    """The pool of a requirement with frozen lessons is the teacher they have."""
    pool = requirement.teacher_pool
    held = [placed[x.lesson_id] for x in requirement.lessons if x.lesson_id in placed]
    chosen = tuple(t for t in pool if any(t in p.teacher_ids for p in held))
    rest = tuple(t for t in pool if t not in resting)
    return replace(requirement, teacher_pool=chosen or rest or pool)


def _gaps(timetable: Timetable, day: int) -> Iterator[Unavailability]:
    """Rows that keep each class free where it is free on this day."""
    for class_id, meetings in timetable.by_class.items():
        here = [m for m in meetings if m.day == day]
        odd, even = (
            _complement(m.class_busy(class_id) for m in here if layer in m.layers)
            for layer in LAYERS
        )
        weeks = (
            {Week.EVERY: odd}
            if odd == even
            else dict(zip(WEEK_OF_LAYER, (odd, even), strict=True))
        )
        for week, gaps in weeks.items():
            for start, end in gaps:
                yield Unavailability(
                    ResourceKind.CLASS, class_id, day, None, start, end, week
                )


def _complement(busy: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The rest of a day."""
    free, at = [], 0
    for start, end in sorted(busy):
        if start > at:
            free.append((at, start))
        at = max(at, end)
    return [*free, (at, MINUTES_A_DAY)] if at < MINUTES_A_DAY else free
