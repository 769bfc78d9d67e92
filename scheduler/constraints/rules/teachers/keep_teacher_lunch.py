"""Lunch of teachers whose classes eat at different times."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import Violation
from scheduler.constraints.day_rows import Row, given
from scheduler.constraints.rules.teachers.teacher_days import TeacherDayRule
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.text import Text
from scheduler.model.times import RowKind, overlap

_LUNCH = frozenset({RowKind.LUNCH})


@dataclass(frozen=True)
class KeepTeacherLunch(TeacherDayRule):
    """A teacher has one of the lunches free.

    Where classes eat at different times, a lesson of one may lie in the lunch of
    another. Of the ``lunch`` rows in the bells of a teacher's classes, one at least has
    no lesson of the teacher's in it. Amount: days without, over both weeks. Level:
    soft. Source: FET's hours daily in an interval, as schools use it for lunch.
    """

    title: ClassVar[Text] = Text("教师能吃上午饭", "Keep teachers' lunch")
    fault: ClassVar[Text] = Text("教师没有午饭时间", "Teachers without lunch")
    level: Level = Level.SOFT
    weight: int = 20

    def frame(self, problem: Problem, teacher_id: str, day: int) -> tuple[Row, ...]:
        """Lunches of the day in the bells of the classes the teacher teaches."""
        bells = dict.fromkeys(
            problem.bell_of(x.requirement).bell_id for x in given(problem, teacher_id)
        )
        lunches = {
            (row.start, row.end)
            for name in bells
            for row in problem.bell[name].rows(day, _LUNCH)
        }
        return tuple(sorted(lunches))

    def may_cost(self, rows: Sequence[Row], frame: Sequence[Row]) -> bool:
        """Whether lessons on all rows would leave no lunch."""
        return self.shape_cost(rows, frame) > 0

    def shape_cost(self, used: Sequence[Row], usable: Sequence[Row]) -> int:
        """1 where each lunch has a lesson in it."""
        taken = [any(overlap(*lunch, *row) for row in used) for lunch in usable]
        return int(bool(taken) and all(taken))

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the teacher and the day."""
        name = describe.teacher(problem, violation.resource_ids[0])
        time = describe.when(violation.day, None, None, violation.layer)
        return Text(
            f"教师{name}{time.zh}每段午餐时间都有课。",
            f"{name} has a lesson in every lunch on {time.en}.",
        )
