"""Changes of operations as JSON, and back."""

import json
from typing import Any

from scheduler.formats.archive import plain, typed
from scheduler.model.meeting import Placement
from scheduler.services.school.drafts.operations import Cell, Change, Part, Value


def changes_json(changes: tuple[Change, ...]) -> str:
    """Write changes down."""
    rows = [
        {
            "part": change.cell.part,
            "key": change.cell.key,
            "table": change.cell.table,
            "before": _plain(change.before),
            "after": _plain(change.after),
        }
        for change in changes
    ]
    return json.dumps(rows, ensure_ascii=False)


def read_changes(text: str) -> tuple[Change, ...]:
    """Read what :func:`changes_json` wrote."""
    return tuple(
        Change(
            Cell(Part(row["part"]), row["key"], row["table"]),
            _value(Part(row["part"]), row["before"]),
            _value(Part(row["part"]), row["after"]),
        )
        for row in json.loads(text)
    )


def _plain(value: Value) -> Any:
    return dict(value) if isinstance(value, tuple) else plain(value)


def _value(part: Part, value: Any) -> Value:
    if value is None or part is Part.LOCK:
        return None if value is None else bool(value)
    if part in (Part.ROW, Part.TYPED):
        return tuple(sorted(value.items()))
    found: Placement = typed(Placement, value)
    return found
