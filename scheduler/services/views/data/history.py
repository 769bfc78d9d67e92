"""Who changed what: the steps that changed a table, or one row of it."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.services.school.drafts.desk import Desk
from scheduler.services.school.drafts.operations import Change, Operation, Part
from scheduler.services.school.drafts.words import operation_text

_MOST = 100
"""Steps that are told."""


def history_facts(
    desk: Desk, table: str, row: int | None, language: str
) -> dict[str, Any]:
    """The newest steps that changed a table, or one of its rows; newest first."""
    zone = ZoneInfo(desk.problem.term.timezone)

    def concerns(change: Change) -> bool:
        cell = change.cell
        ours = cell.part in (Part.ROW, Part.TYPED) and cell.table == table
        return ours and (row is None or cell.key == str(row))

    steps = []
    for operation in reversed(desk.history.operations):
        changes = tuple(x for x in operation.changes if concerns(x))
        if changes and len(steps) < _MOST:
            steps.append(
                _step(desk, replace(operation, changes=changes), zone, language)
            )
    return {"steps": steps}


def _step(
    desk: Desk, operation: Operation, zone: ZoneInfo, language: str
) -> dict[str, Any]:
    return {
        "number": operation.number,
        "who": operation.who,
        "at": f"{operation.at.astimezone(zone):%m-%d %H:%M}",
        "what": operation_text(desk.problem, operation).in_language(language),
    }
