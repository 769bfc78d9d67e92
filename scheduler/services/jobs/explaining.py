"""Explanations as plain data: statements, and remedies with the rows that make them."""

from collections.abc import Iterator
from typing import Any

from scheduler.formats.problem.amending import differences
from scheduler.model.problem import Problem
from scheduler.model.timetable import Timetable
from scheduler.services.jobs.contract import Result, Tell
from scheduler.solver.explain.explaining import explain
from scheduler.solver.explain.sentences.explanation import Explanation, Statement
from scheduler.solver.limits import SolveLimits
from scheduler.solver.progress import Progress
from scheduler.solver.solve import solve


def explained(given: Problem, start: Timetable, seconds: float, tell: Tell) -> Result:
    """Why a problem has no timetable, or that it has one, and which.

    Parameters:
        given: The problem whose rows remedies change.
        start: What is placed of the same with its locks.
    """

    def watch(progress: Progress) -> bool:
        return tell({"phase": progress.phase, "seconds": progress.seconds}, None)

    def search(most: float) -> Timetable | None:
        def until_found(progress: Progress) -> bool:
            return watch(progress) or progress.soft is not None

        limits = SolveLimits(most, prove=False)
        return solve(start.problem, limits, start, until_found).timetable

    found = explain(start.problem, seconds, watch, start, search)
    facts, table = _facts(given, found), found.timetable
    if table is None or table.placements == start.placements:
        return Result(facts)
    return Result(facts, Timetable(given, table.placements))


def _facts(given: Problem, found: Explanation) -> dict[str, Any]:
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
