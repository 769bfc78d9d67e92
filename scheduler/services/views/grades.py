"""Headings of grades, with the school's name only where several have classes."""

from scheduler.model.problem import Problem
from scheduler.model.resources import School
from scheduler.model.text import Text, grade_title


def taught_schools(problem: Problem) -> tuple[School, ...]:
    """Schools that have classes, else all: some only share people or places."""
    having = {group.school_id for group in problem.classes}
    found = (school for school in problem.schools if school.school_id in having)
    return tuple(found) or problem.schools


def grade_heading(problem: Problem, school_id: str, grade: int) -> Text:
    """Name of a grade of a school."""
    title = grade_title(grade)
    if len(taught_schools(problem)) < 2:
        return title
    name = problem.school[school_id].name
    return Text(f"{name} · {title.zh}", f"{name} · {title.en}")
