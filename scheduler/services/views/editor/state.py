"""A draft as the editor opens it, and what has become of it since a step."""

from typing import Any
from zoneinfo import ZoneInfo

from scheduler.services.school.drafts.desk import Desk
from scheduler.services.school.drafts.operations import Operation, Part
from scheduler.services.school.drafts.words import operation_text
from scheduler.services.views.editor.placing import placement_facts

_TOLD = 40
"""Steps of the history that are told at first."""


def opened(desk: Desk, language: str) -> dict[str, Any]:
    """Where all lessons stand, what is locked, the last steps."""
    operations = desk.history.operations[-_TOLD:]
    return {
        "placed": {x: placement_facts(p) for x, p in desk.timetable.placements.items()},
        "locked": desk.locked,
        "steps": [step(desk, x, language) for x in operations],
        **totals(desk),
    }


def totals(desk: Desk) -> dict[str, Any]:
    """Number of the last step, and the costs after it."""
    return {"seen": desk.history.last, "hard": desk.hard, "soft": desk.soft}


def since(desk: Desk, seen: int, language: str) -> dict[str, Any]:
    """The steps after one, each with what it changed, and where that led."""
    later = desk.history.operations[max(0, seen) :]
    return {
        "steps": [step(desk, x, language) | {"changes": _changes(x)} for x in later],
        **totals(desk),
    }


def history(desk: Desk, before: int, language: str) -> list[dict[str, Any]]:
    """So many steps before one, the first of them first."""
    found = desk.history.operations[: max(0, before - 1)][-_TOLD:]
    return [step(desk, x, language) for x in found]


def step(desk: Desk, operation: Operation, language: str) -> dict[str, Any]:
    """A step in words: who, when, what, and what it did where that is known."""
    zone = ZoneInfo(desk.problem.term.timezone)
    effect = desk.effects.get(operation.number)
    return {
        "number": operation.number,
        "kind": operation.kind,
        "of": operation.of,
        "who": operation.who,
        "at": f"{operation.at.astimezone(zone):%m-%d %H:%M}",
        "text": operation_text(desk.problem, operation).in_language(language),
        "effect": effect and [effect.hard, effect.soft],
    }


def _changes(operation: Operation) -> dict[str, Any]:
    """New places and locks by lesson; whether tables have changed."""
    placed: dict[str, Any] = {}
    locked: dict[str, bool] = {}
    rows = False
    for change in operation.changes:
        if change.cell.part is Part.LESSON:
            # A change of a lesson's cell is a placement, or nothing.
            placed[change.cell.key] = placement_facts(change.after)  # type: ignore[arg-type]
        elif change.cell.part is Part.LOCK:
            locked[change.cell.key] = bool(change.after)
        elif change.cell.part is Part.ROW:  # what is typed is not in force
            rows = True
    return {"placed": placed, "locked": locked, "rows": rows}
