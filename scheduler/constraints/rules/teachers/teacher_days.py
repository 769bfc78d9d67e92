"""The shape of a teacher's day: runs of lessons and idle periods, by the clock."""

from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import Constraint, Violation
from scheduler.constraints.counting import on_day
from scheduler.constraints.day_rows import (
    Row,
    day_mask,
    given,
    idle_rows,
    lesson_rows,
    possible_rows,
    taken,
)
from scheduler.constraints.primitives import PatternCost, Primitive
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.resources import Level
from scheduler.model.text import Text
from scheduler.model.times import LAYERS
from scheduler.model.timetable import Timetable


class TeacherDayRule(Constraint):
    """A rule on the rows one teacher gives lessons in on one day."""

    @abstractmethod
    def shape_cost(self, used: Sequence[Row], usable: Sequence[Row]) -> int:
        """Amount for a day: rows with a lesson by start, and the frame's rows."""

    def frame(self, problem: Problem, teacher_id: str, day: int) -> tuple[Row, ...]:
        """Rows that the shape is judged by: all lesson rows of the teacher's bells."""
        return lesson_rows(problem, teacher_id, day)

    def may_cost(self, rows: Sequence[Row], frame: Sequence[Row]) -> bool:
        """Whether lessons on some of these rows may cost anything at all."""
        return True

    def violations(self, timetable: Timetable) -> Iterator[Violation]:
        """One for each teacher, week and day with an unwelcome shape."""
        problem = timetable.problem
        for teacher_id, meetings in timetable.by_teacher.items():
            days = sorted({m.day for m in meetings})
            frames = {day: self.frame(problem, teacher_id, day) for day in days}
            for layer in LAYERS:
                for day in days:
                    here = [m for m in meetings if on_day(m, day, layer)]
                    used = sorted({row for m in here for row in taken(m)})
                    amount = self.shape_cost(used, frames[day])
                    if amount:
                        ids = tuple(m.lesson.lesson_id for m in here)
                        yield Violation(
                            amount,
                            ids,
                            (teacher_id,),
                            day,
                            layer=layer,
                            numbers=(len(used),),
                        )

    def primitives(self, problem: Problem) -> Iterator[Primitive]:
        """One pattern cost for each teacher, week and day."""
        for teacher in problem.teachers:
            name = teacher.teacher_id
            lessons = given(problem, name)
            if not lessons:
                continue
            for day in sorted(
                {d for x in lessons for d in problem.bell_of(x.requirement).days}
            ):
                rows = possible_rows(problem, lessons, day)
                if self.may_cost(rows, self.frame(problem, name, day)):
                    for layer in LAYERS:
                        yield self._pattern(problem, name, lessons, rows, day, layer)

    def _pattern(
        self,
        problem: Problem,
        teacher_id: str,
        lessons: tuple[Lesson, ...],
        rows: tuple[Row, ...],
        day: int,
        layer: int,
    ) -> PatternCost:
        table = _table(self, rows, self.frame(problem, teacher_id, day))
        mask = day_mask(teacher_id, rows, day, layer)
        return PatternCost(teacher_id, lessons, rows, mask, table, day)


@lru_cache(maxsize=1024)
def _table(
    rule: TeacherDayRule, rows: tuple[Row, ...], usable: tuple[Row, ...]
) -> Callable[[int], int]:
    """The rule's cost of every mask; days of one shape share it."""

    @cache
    def table(whole: int) -> int:
        return rule.shape_cost(
            [r for k, r in enumerate(rows) if whole >> k & 1], usable
        )

    return table


@dataclass(frozen=True)
class LimitRuns(TeacherDayRule):
    """A teacher has at most three periods in a row.

    A run goes on while the pause between two lessons is shorter than
    ``rest_minutes``, so a free period or a longer lunch ends it. Amount: periods of
    a run beyond ``most``, over both weeks. Level: soft. Source: peers.md 1.2 (max
    consecutive).
    """

    title: ClassVar[Text] = Text("连上不超过三节", "Limit runs of lessons")
    fault: ClassVar[Text] = Text("连上过多", "Runs of lessons too long")
    level: Level = Level.SOFT
    weight: int = 3
    most: int = 3
    rest_minutes: int = 40

    def shape_cost(self, used: Sequence[Row], usable: Sequence[Row]) -> int:
        """Periods beyond the limit, run by run."""
        excess, run, last = 0, 0, 0
        for start, end in used:
            run = run + 1 if run and start - last < self.rest_minutes else 1
            excess += run > self.most
            last = max(last, end)
        return excess

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the teacher, the day and the excess."""
        name = describe.teacher(problem, violation.resource_ids[0])
        time = describe.when(violation.day, None, None, violation.layer)
        return Text(
            f"教师{name}{time.zh}连续上课超过{self.most}节（当天{violation.numbers[0]}节）。",
            f"{name} has more than {self.most} periods in a row on {time.en} "
            f"({violation.numbers[0]} that day).",
        )


@dataclass(frozen=True)
class LimitIdlePeriods(TeacherDayRule):
    """A teacher has few idle periods between lessons of one day.

    Idle periods are the lesson rows of the teacher's bells that lie wholly between
    two lessons; where bells differ, as many as fit one after the other. Lunch is
    no idle period. Amount: idle periods, over both weeks. Level: soft. Source:
    XHSTT LimitIdleTimes.
    """

    title: ClassVar[Text] = Text("空堂少", "Limit idle periods")
    fault: ClassVar[Text] = Text("空堂", "Idle periods")
    level: Level = Level.SOFT
    weight: int = 1

    def shape_cost(self, used: Sequence[Row], usable: Sequence[Row]) -> int:
        """Rows that fit into the gaps, gap by gap."""
        return idle_rows(used, usable)

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the teacher, the day and the number."""
        name = describe.teacher(problem, violation.resource_ids[0])
        time = describe.when(violation.day, None, None, violation.layer)
        weeks = 2 if violation.layer is None else 1
        idle = violation.amount // weeks
        return Text(
            f"教师{name}{time.zh}有{idle}节空堂。",
            f"{name} has {idle} idle period(s) on {time.en}.",
        )
