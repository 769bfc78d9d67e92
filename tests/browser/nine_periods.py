"""A junior school of nine periods a day: the demo's, with one more full period."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction

from scheduler.model.problem import Problem
from scheduler.model.resources import SubjectKind
from scheduler.model.times import Bell, RowKind, parse_clock

NINTH = (parse_clock("17:30"), parse_clock("18:05"))
AFTER = (parse_clock("18:10"), parse_clock("18:50"))


def nine_periods(problem: Problem) -> Problem:
    """The activity at the end of the day becomes a ninth lesson.

    Every class has five more lessons a week, of the core subject whose teacher has the
    fewest.
    """
    load: Counter[str] = Counter()
    for requirement in problem.requirements:
        for teacher in requirement.teacher_ids:
            load[teacher] += int(requirement.per_week)
    more = []
    for group in problem.classes:
        own = (
            r
            for r in problem.requirements
            if r.class_ids == (group.class_id,)
            and problem.subject[r.subject_id].kind is SubjectKind.CORE
        )
        lightest = min(own, key=lambda r: load[r.teacher_ids[0]])
        name = f"{group.class_id}-9"
        more.append(
            replace(lightest, requirement_id=name, per_week=Fraction(5), blocks=())
        )
    bells = tuple(map(_longer, problem.bells))
    return replace(problem, bells=bells, requirements=(*problem.requirements, *more))


def _longer(bell: Bell) -> Bell:
    rows = []
    for row in bell.periods:
        if row.kind is RowKind.ACTIVITY:
            start, end = NINTH
            row = replace(
                row, number=9, kind=RowKind.LESSON, start=start, end=end, name="第9节"
            )
        elif row.kind is RowKind.AFTER_SCHOOL:
            row = replace(row, start=AFTER[0], end=AFTER[1])
        rows.append(row)
    return replace(bell, periods=tuple(rows))
