"""Faults of a draft's tables as plain data: sentences, and the cells they are about."""

from typing import Any

from scheduler.formats.problem.typed import SHEET, Typed
from scheduler.model.errors import SHOWN_AT_MOST, alike, sentence_of
from scheduler.services.school.drafts.desk import Desk


def fault_facts(typed: Typed, language: str) -> dict[str, Any]:
    """All faults, equal ones once, and how many there are; warnings after errors."""
    errors, warnings = alike(typed.judged.errors), alike(typed.judged.warnings)
    groups = [*((x, False) for x in errors), *((x, True) for x in warnings)]
    return {
        "errors": len(errors),
        "warnings": len(warnings),
        "faults": [
            {
                "text": sentence_of(group, language),
                "warning": is_warning,
                **_cells(typed, group),
            }
            for group, is_warning in groups[:SHOWN_AT_MOST]
        ],
    }


def pending_facts(desk: Desk, typed: Typed, language: str) -> list[dict[str, Any]]:
    """Tables with rows that are not in force, and whether faults of theirs are why."""
    counts: dict[str, int] = {}
    for table, _ in desk.tables.pending():
        counts[table] = counts.get(table, 0) + 1
    return [
        {
            "table": name,
            "title": SHEET[name].titled(language),
            "rows": counts[name],
            "faulty": name in typed.faulty,
        }
        for name in SHEET
        if name in counts
    ]


def _cells(typed: Typed, group: Any) -> dict[str, Any]:
    places = [typed.place(fault) for fault in group]
    table = places[0].table
    return {
        "table": table if table in SHEET else "",
        "cells": [[x.row, x.column] for x in places],
    }
