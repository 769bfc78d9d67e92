"""Explanations as plain data: statements, and remedies with the rows that make them."""

from collections.abc import Iterator
from typing import Any

from scheduler.formats.problem.amending import differences
from scheduler.model.problem import Problem
from scheduler.services.jobs.contract import Tell
from scheduler.solver.explain.explaining import explain
from scheduler.solver.explain.sentences.explanation import Statement
from scheduler.solver.progress import Progress


def explanation_facts(
    given: Problem, problem: Problem, seconds: float, tell: Tell
) -> dict[str, Any]:
    """Why a problem has no timetable, or that it has one.

    Parameters:
        given: The problem whose rows remedies change.
        problem: The same with its locks.
    """

    def watch(progress: Progress) -> bool:
        return tell({"phase": progress.phase, "seconds": progress.seconds}, None)

    found = explain(problem, seconds, watch)
    return {
        "verdict": found.verdict.value,
        "summary": found.summary.both(),
        "statements": [
            {
                "text": statement.text.both(),
                "advice": statement.advice.both(),
                "remedies": list(_remedies(given, statement)),
            }
            for statement in found.statements
        ],
        "hints": [hint.both() for hint in found.hints],
    }


def _remedies(given: Problem, statement: Statement) -> Iterator[dict[str, Any]]:
    """What helps, with the rows that are otherwise then."""
    told = zip(statement.remedies, statement.changes, strict=True)
    for text, change in told:
        rows = differences(given, change(given))
        yield {
            "text": text.both(),
            "rows": [
                {"table": x.table, "before": x.before, "after": x.after} for x in rows
            ],
        }
