"""Teachers with too many subjects (多头带课), and who could take them over."""

from collections import defaultdict
from dataclasses import dataclass

from scheduler.district.people.skills import Skills, weekly
from scheduler.model.requirements import Requirement
from scheduler.model.settings.district import DistrictSettings
from scheduler.solver.assignment.choosing import Choice, Count, best_choice

_NOBODY = 100_000
"""What it costs that nobody takes a course over, in minutes of travel a week."""


@dataclass(frozen=True, slots=True)
class Handover:
    """A course that a teacher with too many subjects should give away.

    ``to`` takes it, None where nobody can; ``minutes`` are on the road each week.
    """

    teacher_id: str
    requirement: Requirement
    to: str | None
    minutes: int


@dataclass(frozen=True, slots=True)
class ManySubjects:
    """One teacher with the subjects taught, those to keep first."""

    teacher_id: str
    subjects: tuple[str, ...]
    handovers: tuple[Handover, ...]


def many_subjects(skills: Skills) -> tuple[ManySubjects, ...]:
    """Everybody with more subjects than the plan allows; courses given away best."""
    most = skills.plan.max_subjects
    burdened = {
        t.teacher_id: subjects
        for t in skills.problem.teachers
        if len(subjects := skills.subjects_taught(t.teacher_id)) > most
    }
    courses = [
        (name, r)
        for name, subjects in burdened.items()
        for r in skills.problem.requirements
        if name in r.teacher_ids and r.subject_id in subjects[most:]
    ]
    given = _assigned(skills, courses, set(burdened))
    return tuple(
        ManySubjects(name, subjects, tuple(h for h in given if h.teacher_id == name))
        for name, subjects in burdened.items()
    )


def _assigned(
    skills: Skills, courses: list[tuple[str, Requirement]], burdened: set[str]
) -> list[Handover]:
    """One who takes each course over, so that most are, with the least travel."""
    options = [_options(skills, r, burdened) for _, r in courses]
    costs = [[*(minutes for _, minutes in row), _NOBODY] for row in options]
    counts = []
    for name in dict.fromkeys(who for row in options for who, _ in row):
        picks = [
            (n, o)
            for n, row in enumerate(options)
            for o, (who, _) in enumerate(row)
            if who == name
        ]
        spare = skills.capacity(name) - skills.load(name)
        amounts = tuple(int(2 * weekly(courses[n][1])) for n, _ in picks)
        counts.append(Count(tuple(picks), 0, int(2 * spare), amounts))
    ties = [[0] * len(row) for row in costs]
    chosen = best_choice(Choice(costs, ties, tuple(counts)))
    if chosen is None:  # nobody at all is always an option
        raise AssertionError("a choice without options")
    found = []
    for (name, r), row, option in zip(courses, options, chosen, strict=True):
        to, minutes = row[option] if option < len(row) else (None, 0)
        found.append(Handover(name, r, to, minutes))
    return found


def _options(
    skills: Skills, course: Requirement, burdened: set[str]
) -> list[tuple[str, int]]:
    """Who could take a course over, with minutes on the road each week."""
    problem, subject = skills.problem, course.subject_id
    school = problem.schools_of(course)[0]
    need = weekly(course)
    found = []
    for teacher in problem.teachers:
        name = teacher.teacher_id
        if name in burdened or subject not in skills.able(name):
            continue
        many = len({subject, *skills.subjects_taught(name)}) > skills.plan.max_subjects
        if many or skills.capacity(name) - skills.load(name) < need:
            continue
        minutes = _way(skills, name, school)
        if minutes is not None:
            visits = -int(-need // skills.plan.lessons_a_visit)
            found.append((name, 2 * minutes * visits))
    return found


def _way(skills: Skills, name: str, school: str) -> int | None:
    """Minutes to a school that a teacher may go to; None where that may not be.

    To another school only within the union, and only to the nearest so many that
    ``schools_a_term`` leaves room for whatever is chosen.
    """
    problem = skills.problem
    home = problem.teacher[name].school_id
    if skills.union(home) != skills.union(school):
        return None
    site = problem.site_of_school
    minutes = problem.travel_minutes(site(home), site(school))
    if minutes is None or school in skills.schools(name):
        return minutes
    room = DistrictSettings.of(problem.rules).schools_a_term
    room -= len(skills.schools(name))
    near: dict[str, int] = defaultdict(int)
    for other in problem.schools:
        way = problem.travel_minutes(site(home), site(other.school_id))
        same = skills.union(other.school_id) == skills.union(home)
        if way is not None and same and other.school_id not in skills.schools(name):
            near[other.school_id] = way
    nearest = sorted(near, key=lambda s: (near[s], s))[: max(0, room)]
    return minutes if school in nearest else None
