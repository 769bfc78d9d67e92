"""The page of a bureau's teachers: what its newest job has found, cut for a screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.formats.district.reports import Cell, ReportTable
from scheduler.model.text import Text
from scheduler.services.reports.staff_report import CERTIFICATES
from scheduler.services.views.bureau.asking import Answered
from scheduler.services.views.bureau.tables import tables_of

_MISSING, _TRAVELLERS, _WORKLOAD = "missing", "travellers", "workload"
_MOST = 60


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table with the rows that are shown; ``left`` are in its files alone.

    ``certified`` are the teachers of the rows who get certificates, in their order.
    """

    table: ReportTable
    rows: Sequence[Sequence[Cell]]
    left: int
    certified: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class StaffPage:
    """Warnings first, then the tables that have rows, then what has none."""

    warnings: Sequence[Mapping[str, str]]
    tables: Sequence[ShownTable]
    empty: Sequence[Text]


def staff_page(found: Answered) -> StaffPage:
    """What the newest job has found of teachers."""
    tables = [x for x in tables_of(found.staff) if x.key != _WORKLOAD]
    shown = [_shown(table, found.staff) for table in tables]
    return StaffPage(
        found.staff.get("warnings", ()),
        [x for x in shown if x.rows],
        [x.table.title for x in shown if not x.rows],
    )


def _shown(table: ReportTable, staff: Mapping[str, Any]) -> ShownTable:
    """Shortages that are none are left to the files, as are rows beyond the most."""
    keys, rows = [key for key, _ in table.columns], table.rows
    if _MISSING in keys:
        rows = [row for row in rows if row[keys.index(_MISSING)]]
    if table.key == _TRAVELLERS:
        return ShownTable(table, rows, 0, tuple(staff.get(CERTIFICATES, ())))
    return ShownTable(table, rows[:_MOST], len(table.rows) - len(rows[:_MOST]))
