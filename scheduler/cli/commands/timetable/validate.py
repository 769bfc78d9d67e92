"""validate: read and check the data."""

import argparse
from argparse import Namespace
from typing import Any

from scheduler.cli.arguments import (
    add_json,
    add_problem,
)
from scheduler.cli.console import say, say_json, warn
from scheduler.cli.inputs import read
from scheduler.formats.standards import read_standard
from scheduler.model.errors import DataError, InputError
from scheduler.model.expansion import own_requirements
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.services.school.understood import understood
from scheduler.services.school.understood_text import as_json, lines


def add_options(command: argparse.ArgumentParser) -> None:
    """Data."""
    add_problem(command)
    add_json(command)


def run(options: Namespace) -> int:
    """Read and check a problem."""
    try:
        reading = read(options.problem)
    except InputError as error:
        if options.json:
            errors = [_fault(one, options.lang) for one in error.errors]
            say_json({"ok": False, "errors": errors})
        raise
    problem = reading.problem
    counts = _counts(problem)
    if options.json:
        warnings = [_fault(one, options.lang) for one in reading.warnings]
        facts = as_json(understood(problem, read_standard()))
        say_json(
            {
                "ok": True,
                "errors": [],
                "warnings": warnings,
                "counts": counts,
                "understood": facts,
            }
        )
        return 0
    warn(reading.warnings)
    activities = Text(
        "{activities}项活动每周{meetings}次，",
        "{activities} activities with {meetings} meetings a week, ",
    )
    shown = activities if problem.activities else Text("", "")
    text = Text(
        "数据正确：{classes}个班，{teachers}位教师，{requirements}项教学任务，"
        f"{{lessons}}节课，{shown.zh}{{venues}}处场地。",
        "Valid: {classes} classes, {teachers} teachers, {requirements} requirements, "
        f"{{lessons}} lessons, {shown.en}{{venues}} venues.",
    )
    say(text.in_language(options.lang).format(**counts))
    for line in lines(problem, understood(problem, read_standard())):
        say(line.in_language(options.lang))
    return 0


def _counts(problem: Problem) -> dict[str, int]:
    """What there is; what activities are turned into is no lesson of the tables."""
    lessons = [x for x in problem.lessons if not x.requirement.activity_id]
    return {
        "schools": len(problem.schools),
        "classes": len(problem.classes),
        "teachers": len(problem.teachers),
        "requirements": len(own_requirements(problem)),
        "lessons": len(lessons),
        "activities": len(problem.activities),
        "meetings": len(problem.lessons) - len(lessons),
        "venues": len(problem.venues),
    }


def _fault(error: DataError, lang: str) -> dict[str, Any]:
    return {
        "file": error.file,
        "row": error.row,
        "column": error.column,
        "value": error.value,
        "problem": error.problem.both(),
        "advice": error.advice.both(),
        "line": error.sentence(lang),
    }
