"""A teacher's daily and weekly limits of periods."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import ClassVar

from scheduler.constraints import describe, words
from scheduler.constraints.base import Constraint, Portion, Violation
from scheduler.constraints.counting import excess_table
from scheduler.constraints.primitives import CountCost, InWeek, Primitive
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.resources import Teacher
from scheduler.model.text import Text, joined
from scheduler.model.times import LAYERS
from scheduler.model.timetable import Timetable


class LimitTeacherLoad(Constraint):
    """A teacher gives at most ``max_per_day`` periods a day, ``max_per_week`` a week.

    Periods count with their length; escorting does not count. Odd and even weeks
    are limited separately. Amount: periods too many. Level: hard. Source:
    teachers.csv.
    """

    title: ClassVar[Text] = Text("教师课时不超限", "Limit teacher load")
    fault: ClassVar[Text] = Text("教师课时超限", "Teachers over their limits")
    table: ClassVar[str] = "teachers"
    counts_days: ClassVar[bool] = True

    def violations(self, timetable: Timetable) -> Iterator[Violation]:
        """One for each teacher and day, or week, above the limit."""
        for teacher, day, limit in _limits(timetable.problem):
            meetings = timetable.by_teacher[teacher.teacher_id]
            for layer in LAYERS:
                value = InWeek(_periods(teacher, day), layer)
                here = [m for m in meetings if value(m)]
                periods = sum(m.placement.length for m in here)
                if periods > limit:
                    yield Violation(
                        periods - limit,
                        tuple(m.lesson.lesson_id for m in here),
                        (teacher.teacher_id,),
                        day,
                        layer=layer,
                        numbers=(periods, limit),
                    )

    def primitives(self, problem: Problem) -> Iterator[Primitive]:
        """One count for each teacher, week, and day or whole week."""
        return (primitive for _, primitive in self.portioned(problem))

    def portioned(self, problem: Problem) -> Iterator[tuple[Portion, Primitive]]:
        """The counts by teacher; those who always work together are one portion."""
        alike: dict[tuple[Lesson, ...], list[str]] = defaultdict(list)
        for name, own in problem.lessons_of_teacher.items():
            alike[own].append(name)
        for teacher, day, limit in _limits(problem):
            lessons = problem.lessons_of_teacher[teacher.teacher_id]
            portion = Portion(self.name, tuple(alike[lessons]))
            periods, table = _periods(teacher, day), excess_table(limit)
            for layer in LAYERS:
                value = InWeek(periods, layer)
                count = CountCost(lessons, value, table, day=day, by_layout=False)
                yield portion, count

    def portion_name(self, problem: Problem, ids: tuple[str, ...]) -> Text:
        """The teachers and their limits."""
        parts = []
        for teacher_id in ids:
            name = describe.teacher(problem, teacher_id)
            teacher = problem.teacher[teacher_id]
            limits = words.load_limits(teacher.max_per_day, teacher.max_per_week)
            parts.append(Text(f"教师{name}{limits.zh}", f"{name} {limits.en}"))
        return joined(parts)

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the teacher, the day or week, the periods and the limit."""
        name = describe.teacher(problem, violation.resource_ids[0])
        use, limit = violation.numbers
        time = describe.when(violation.day, None, None, violation.layer)
        span = Text("一天", "a day") if violation.day else Text("一周", "a week")
        on = f" on {time.en}" if violation.day else describe.week_of(violation.layer).en
        return Text(
            f"教师{name}{time.zh}有{use}节课，{span.zh}最多{limit}节。",
            f"{name} has {use} periods{on}, at most {limit} {span.en}.",
        )


def _limits(problem: Problem) -> Iterator[tuple[Teacher, int | None, int]]:
    """(teacher, weekday or None for the whole week, limit)."""
    days = sorted({p.day for bell in problem.bells for p in bell.periods})
    for teacher in problem.teachers:
        if teacher.max_per_day is not None:
            yield from ((teacher, day, teacher.max_per_day) for day in days)
        if teacher.max_per_week is not None:
            yield teacher, None, teacher.max_per_week


def _periods(teacher: Teacher, day: int | None) -> Callable[[Meeting], int]:
    """Periods a meeting adds to the teacher's load (on this day)."""

    def periods(meeting: Meeting) -> int:
        there = teacher.teacher_id in meeting.teacher_ids
        return meeting.placement.length if there and day in (None, meeting.day) else 0

    return periods
