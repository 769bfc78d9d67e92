"""Surplus lessons: what a teacher cannot give in a week goes to somebody still sought.

Nobody can give more lessons than his week has rows, nor more than his own limit. What
is above that is taken from his courses, whole ones first, and counted as a lack.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from scheduler.model.problem import Problem
from scheduler.model.requirements import Requirement, WeekRule
from scheduler.model.resources import Teacher
from scheduler.model.times import LESSON_ROWS
from scheduler.services.complying.requirements import shorter, still_fixed
from scheduler.services.complying.staffing import Hands


@dataclass(frozen=True, slots=True)
class Given:
    """Lessons a week of a requirement that go from a teacher to a stand-in."""

    requirement_id: str
    teacher_id: str
    lessons: Fraction


def surplus(problem: Problem) -> tuple[Given, ...]:
    """What every teacher has too much of."""
    found: list[Given] = []
    for teacher in problem.teachers:
        own = [
            r
            for r in problem.requirements
            if teacher.teacher_id in r.teacher_ids and r.rows == LESSON_ROWS
        ]
        load = sum((r.per_week for r in own), Fraction())
        over = load - _most(problem, teacher, own)
        found += _chosen(teacher.teacher_id, own, Fraction(ceil(over)))
    return tuple(found)


def _most(problem: Problem, teacher: Teacher, own: Iterable[Requirement]) -> int:
    """Lessons a week that a teacher can give: rows that do not overlap, his limit."""
    bells = {problem.bell_of(r).bell_id: problem.bell_of(r) for r in own}
    spans = sorted(
        (row.day, row.end, row.start)
        for bell in bells.values()
        for day in bell.school_days
        for row in bell.rows(day, LESSON_ROWS)
    )
    rows, busy = 0, (0, 0)
    for day, end, start in spans:
        if (day, start) >= busy:
            rows, busy = rows + 1, (day, end)
    limit = teacher.max_per_week
    return rows if limit is None else min(rows, limit)


def _chosen(
    teacher_id: str, own: Iterable[Requirement], over: Fraction
) -> Iterable[Given]:
    """Courses that fit into what is too much, the longest first; then part of one."""
    left, kept = over, []
    open_ones = [r for r in own if len(r.class_ids) == 1 and not r.activity_id]
    for r in sorted(open_ones, key=lambda r: -r.per_week):
        if r.per_week <= left:
            yield Given(r.requirement_id, teacher_id, r.per_week)
            left -= r.per_week
        else:
            kept.append(r)
    rest = [r for r in reversed(kept) if _splits(r)]
    if left > 0 and rest:
        yield Given(rest[0].requirement_id, teacher_id, left)


def _splits(requirement: Requirement) -> bool:
    alone = len(requirement.teacher_ids) == 1 and not requirement.is_partial
    return alone and requirement.week is WeekRule.EVERY and not requirement.blocks


def hand_over(
    problem: Problem,
    given: Iterable[Given],
    hands: Mapping[str, Hands],
    codes: Mapping[str, str],
) -> Problem:
    """The problem with stand-ins for what is given away; ``hands`` count the lack.

    Parameters:
        hands: By the class's school.
        codes: The standard's code of each subject.
    """
    requirements = {r.requirement_id: r for r in problem.requirements}
    for gift in given:
        old = requirements[gift.requirement_id]
        group = problem.class_group[old.class_ids[0]]
        label = f"{group.name}{problem.subject[old.subject_id].name}"
        own = hands[group.school_id]
        stand_in = own.spare(codes[old.subject_id], gift.lessons, label)
        own.release((gift.teacher_id,), gift.lessons)
        people = tuple(stand_in if t == gift.teacher_id else t for t in old.teacher_ids)
        if gift.lessons == old.per_week:
            requirements[gift.requirement_id] = replace(old, teacher_ids=people)
            continue
        rest = old.per_week - gift.lessons
        requirements[gift.requirement_id] = shorter(old, rest)
        name = f"{gift.requirement_id}+"
        while name in requirements:
            name += "+"
        most = old.max_per_day if gift.lessons > 1 else None
        requirements[name] = replace(
            old,
            requirement_id=name,
            per_week=gift.lessons,
            teacher_ids=people,
            blocks=(),
            max_per_day=most,
        )
    teachers = {t.teacher_id: t for t in problem.teachers}
    teachers |= {t.teacher_id: t for own in hands.values() for t in own.new}
    return replace(
        problem,
        requirements=tuple(requirements.values()),
        teachers=tuple(teachers.values()),
        fixed=still_fixed(problem.fixed, requirements),
    )
