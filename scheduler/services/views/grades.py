"""Headings of grades, with the school's name only where several have classes."""

from scheduler.model.problem import Problem
from scheduler.model.text import Text, grade_title


def grade_heading(problem: Problem, school_id: str, grade: int) -> Text:
    """Name of a grade of a school."""
    title = grade_title(grade)
    if len(problem.taught_schools) < 2:
        return title
    name = problem.school[school_id].name
    return Text(f"{name} · {title.zh}", f"{name} · {title.en}")
