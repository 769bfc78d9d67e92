"""Shortages by school and subject, in lessons and posts, this year and next."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction

import pandas as pd

from scheduler.district.people.coverage import Coverage, Place, Post, cover
from scheduler.district.people.skills import Skills, weekly
from scheduler.model.problem import Problem
from scheduler.model.resources import School, Stage
from scheduler.model.staff_plan import StaffPlan

COLUMNS = ("school", "subject", "needed", "available", "missing", "posts")
_GRADES = {
    Stage.PRIMARY: range(1, 7),
    Stage.JUNIOR: range(7, 10),
    Stage.NINE_YEAR: range(1, 10),
}


def this_year(skills: Skills, seconds: float) -> Coverage:
    """What is needed and what teachers can give as things are."""
    return cover(_needs_now(skills.problem), list(_posts(skills, ())), seconds)


def next_year(skills: Skills, seconds: float) -> Coverage:
    """The same with next year's classes, without those who leave, with who joins."""
    plan = skills.plan
    joining = [
        Post(
            f"+{k}",
            j.posts * plan.post_of(j.subject_id),
            ((j.school_id, j.subject_id),),
        )
        for k, j in enumerate(plan.joining)
    ]
    posts = [*_posts(skills, plan.leaving), *joining]
    return cover(_needs_next(skills.problem, plan), posts, seconds)


def _posts(skills: Skills, without: tuple[str, ...]) -> Iterator[Post]:
    for teacher in skills.problem.teachers:
        name = teacher.teacher_id
        if name not in without:
            places = tuple(
                (s, p) for s in skills.schools(name) for p in skills.able(name)
            )
            yield Post(name, Fraction(skills.capacity(name)), places)


def _needs_now(problem: Problem) -> dict[Place, Fraction]:
    needs: dict[Place, Fraction] = defaultdict(Fraction)
    for r in problem.requirements:
        people = len(r.teacher_ids) + bool(r.teacher_pool)
        if people:
            needs[problem.schools_of(r)[0], r.subject_id] += people * weekly(r)
    return dict(needs)


def _needs_next(problem: Problem, plan: StaffPlan) -> dict[Place, Fraction]:
    """Next year's classes times what a class of the grade is taught now.

    A grade that a school does not teach now is taught as its nearest one, or as that of
    the district.
    """
    here, everywhere = _lessons_a_class(problem)
    needs: dict[Place, Fraction] = defaultdict(Fraction)
    for school in problem.schools:
        for grade, count in classes_next(problem, plan, school).items():
            known = _nearest(here.get(school.school_id) or everywhere, grade)
            for subject, lessons in known.items():
                needs[school.school_id, subject] += count * lessons
    # Whole half-lessons: a mean of unlike classes may lie between them.
    return {place: Fraction(-int(-2 * n // 1), 2) for place, n in needs.items()}


def classes_next(problem: Problem, plan: StaffPlan, school: School) -> dict[int, int]:
    """Classes by grade next year: as planned, else this year's one grade up.

    The lowest grade then has as many classes as now.
    """
    now: dict[int, int] = defaultdict(int)
    for c in problem.classes:
        now[c.grade] += c.school_id == school.school_id
    if not any(now.values()):
        return {}
    grades = _GRADES[school.stage]
    moved = {g: now[g if g == grades[0] else g - 1] for g in grades}
    planned = {
        g: n for (name, g), n in plan.classes.items() if name == school.school_id
    }
    return {g: n for g, n in (moved | planned).items() if n}


ByGrade = Mapping[int, Mapping[str, Fraction]]


def _nearest(by_grade: ByGrade, grade: int) -> Mapping[str, Fraction]:
    """Lessons of the grade nearest to one, the lower of two."""
    if not by_grade:
        return {}
    return by_grade[min(by_grade, key=lambda g: (abs(g - grade), g))]


def _lessons_a_class(problem: Problem) -> tuple[Mapping[str, ByGrade], ByGrade]:
    """Teachers' periods a week for one class of a grade: of each school, of all."""
    sums: dict[tuple[str, int], dict[str, Fraction]] = defaultdict(
        lambda: defaultdict(Fraction)
    )
    for r in problem.requirements:
        people = len(r.teacher_ids) + bool(r.teacher_pool)
        for class_id in r.class_ids if people else ():
            c = problem.class_group[class_id]
            share = people * weekly(r) / len(r.class_ids)
            for school in (c.school_id, ""):
                sums[school, c.grade][r.subject_id] += share
    count = Counter(
        (school, c.grade) for c in problem.classes for school in (c.school_id, "")
    )
    found: dict[str, dict[int, Mapping[str, Fraction]]] = defaultdict(dict)
    for (school, grade), given in sums.items():
        classes = count[school, grade]
        found[school][grade] = {s: n / classes for s, n in given.items()}
    everywhere = found.pop("", {})
    return found, everywhere


def shortage_table(problem: Problem, plan: StaffPlan, found: Coverage) -> pd.DataFrame:
    """Rows by school and subject, what is missing most first; posts to one decimal."""
    subjects: Mapping[str, object] = problem.subject
    rows = [
        (
            school,
            subject,
            float(found.needs[school, subject]),
            float(found.met[school, subject]),
            float(found.missing((school, subject))),
            float(round(found.missing((school, subject)) / plan.post_of(subject), 1)),
        )
        for school, subject in found.needs
        if subject in subjects
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.sort_values(
        ["missing", "school", "subject"], ascending=[False, True, True]
    ).reset_index(drop=True)
