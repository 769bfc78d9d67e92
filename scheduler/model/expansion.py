"""Put what activities.csv makes into the tables of a problem."""

from dataclasses import replace

from scheduler.model.activities import (
    Activity,
    classes_of,
    is_known,
    requirements_of,
    subject_of,
)
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME, Requirement
from scheduler.model.resources import Subject


def with_activities(problem: Problem) -> Problem:
    """The problem with a requirement and a subject for each of its activities.

    What an earlier call put in is replaced. An activity with a class that is not
    there is left out; reading a problem reports it.
    """
    if not problem.activities:
        return problem
    known = {s.subject_id: s for s in own_subjects(problem)}
    kept = [
        a
        for a in problem.activities
        if all(is_known(token, problem.classes) for token in a.class_ids)
    ]
    made = tuple(
        r
        for a in kept
        for r in requirements_of(a, problem.classes, _layouts(problem, a))
    )
    subjects = tuple(subject_of(a, known.get(a.subject_id)) for a in kept)
    return replace(
        problem,
        requirements=own_requirements(problem) + made,
        subjects=own_subjects(problem) + subjects,
    )


def own_requirements(problem: Problem) -> tuple[Requirement, ...]:
    """Rows of requirements.csv, without what activities are made into."""
    return tuple(r for r in problem.requirements if not r.activity_id)


def own_subjects(problem: Problem) -> tuple[Subject, ...]:
    """Rows of subjects.csv, without the activities' own."""
    made = {a.activity_id for a in problem.activities}
    return tuple(s for s in problem.subjects if s.subject_id not in made)


def own_activities(problem: Problem) -> tuple[Activity, ...]:
    """Rows of activities.csv, with the teachers their requirements have now.

    Somebody may have taken over since; of several waves the first is asked.
    """
    first: dict[str, Requirement] = {}
    for r in problem.requirements:
        first.setdefault(r.activity_id, r)
    return tuple(
        replace(a, teacher_ids=now.teacher_ids, teacher_pool=now.teacher_pool)
        if (now := first.get(a.activity_id))
        else a
        for a in problem.activities
    )


def _layouts(problem: Problem, activity: Activity) -> tuple[str, ...]:
    """Every layout of its subject that all its schools may use, else home."""
    if not activity.subject_id:
        return (HOME,)
    schools = {c.school_id for c in classes_of(activity, problem.classes)}
    found = tuple(
        x.layout_id
        for x in problem.layouts
        if x.names(activity.subject_id) and all(problem.may_use(s, x) for s in schools)
    )
    return found or (HOME,)
