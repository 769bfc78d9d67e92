"""A teacher's load is in balance between weeks and between halves of the day."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import Constraint, Violation
from scheduler.constraints.primitives import CountCost, InWeek, Primitive
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.resources import Level
from scheduler.model.text import Text
from scheduler.model.times import LAYERS, Week
from scheduler.model.timetable import Timetable


@dataclass(frozen=True)
class BalanceWeeks(Constraint):
    """A teacher's every-other-week lessons are halved between odd and even weeks.

    Amount: periods by which one week outweighs the other, beyond one. Level: soft.
    Source: 单双周 (心理, 班会 alternate), issue of even weekly load.
    """

    title: ClassVar[Text] = Text("单双周课时均衡", "Balance odd and even weeks")
    fault: ClassVar[Text] = Text("单双周课时不均", "Odd and even weeks uneven")
    level: Level = Level.SOFT
    weight: int = 2

    def violations(self, timetable: Timetable) -> Iterator[Violation]:
        """One for each teacher out of balance."""
        for teacher_id, meetings in timetable.by_teacher.items():
            value = _week_balance(teacher_id)
            difference = sum(value(m) for m in meetings)
            if abs(difference) > 1:
                odd = sum(value(m) for m in meetings if value(m) > 0)
                yield Violation(
                    abs(difference) - 1,
                    tuple(m.lesson.lesson_id for m in meetings if value(m)),
                    (teacher_id,),
                    numbers=(odd, odd - difference),
                )

    def primitives(self, problem: Problem) -> Iterator[Primitive]:
        """One signed count for each teacher."""
        for teacher_id, lessons in problem.lessons_of_teacher.items():
            value, table = _week_balance(teacher_id), (1, 0, 0, 0, 1)
            yield CountCost(lessons, value, table, -2, by_layout=False)

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the teacher and both loads."""
        name = describe.teacher(problem, violation.resource_ids[0])
        odd, even = violation.numbers
        return Text(
            f"教师{name}隔周课单周{odd}节、双周{even}节，不均衡。",
            f"{name} has {odd} alternate lessons in odd and {even} in even weeks.",
        )


def _week_balance(teacher_id: str) -> Callable[[Meeting], int]:
    """+periods for an odd-week meeting of the teacher, -periods for an even one."""

    def value(meeting: Meeting) -> int:
        if teacher_id not in meeting.teacher_ids or len(meeting.layers) == 2:
            return 0
        sign = 1 if meeting.placement.week is Week.ODD else -1
        return sign * meeting.placement.length

    return value


@dataclass(frozen=True)
class BalanceHalfDays(Constraint):
    """A teacher's periods are not nearly all in mornings or all in afternoons.

    Amount: periods by which one half of the day outweighs the other, beyond
    ``slack_percent`` of the teacher's weekly periods, over both weeks. Level:
    soft. Source: 上下午课时均衡.
    """

    title: ClassVar[Text] = Text("上下午课时均衡", "Balance mornings and afternoons")
    fault: ClassVar[Text] = Text("上下午课时不均", "Mornings and afternoons uneven")
    level: Level = Level.SOFT
    weight: int = 1
    slack_percent: int = 60
    noon_minute: int = 12 * 60

    def violations(self, timetable: Timetable) -> Iterator[Violation]:
        """One for each teacher and week out of balance."""
        for teacher_id, _, slack in self._teachers(timetable.problem):
            meetings = timetable.by_teacher[teacher_id]
            for layer in LAYERS:
                value = InWeek(self._balance(teacher_id), layer)
                difference = sum(value(m) for m in meetings)
                if abs(difference) > slack:
                    morning = sum(max(0, value(m)) for m in meetings)
                    yield Violation(
                        abs(difference) - slack,
                        tuple(m.lesson.lesson_id for m in meetings if value(m)),
                        (teacher_id,),
                        layer=layer,
                        numbers=(morning, morning - difference),
                    )

    def primitives(self, problem: Problem) -> Iterator[Primitive]:
        """One signed count for each teacher and week."""
        for teacher_id, lessons, slack in self._teachers(problem):
            table = (1,) + (0,) * (2 * slack + 1) + (1,)
            balance = self._balance(teacher_id)
            for layer in LAYERS:
                value = InWeek(balance, layer)
                yield CountCost(lessons, value, table, -slack - 1, by_layout=False)

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the teacher and both loads."""
        name = describe.teacher(problem, violation.resource_ids[0])
        morning, afternoon = violation.numbers
        week = describe.week_of(violation.layer)
        return Text(
            f"教师{name}上午{morning}节、下午{afternoon}节{week.zh}，不均衡。",
            f"{name} has {morning} periods in mornings, {afternoon} in afternoons"
            f"{week.en}.",
        )

    def _teachers(
        self, problem: Problem
    ) -> Iterator[tuple[str, tuple[Lesson, ...], int]]:
        """(teacher, lessons, periods one half may outweigh the other)."""
        for teacher_id, lessons in problem.lessons_of_teacher.items():
            given = [x for x in lessons if teacher_id in x.requirement.teacher_ids]
            periods = sum(x.length * x.layers_met for x in given) // 2
            if periods > 1:
                yield teacher_id, lessons, -(-periods * self.slack_percent // 100)

    def _balance(self, teacher_id: str) -> Callable[[Meeting], int]:
        """+1 for each of the teacher's morning periods, -1 for each later one."""

        def value(meeting: Meeting) -> int:
            if teacher_id not in meeting.teacher_ids:
                return 0
            noon = self.noon_minute
            return sum([1 if row.start < noon else -1 for row in meeting.rows])

        return value
