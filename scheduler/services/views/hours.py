"""Hours of every class side by side: one sheet for each school and grade."""

from dataclasses import dataclass

from scheduler.audit.findings import Finding, Severity
from scheduler.audit.hours_row import HoursRow
from scheduler.audit.standard import StandardRow
from scheduler.model.resources import ClassGroup
from scheduler.model.text import Text
from scheduler.services.views.edition import Edition


@dataclass(frozen=True, slots=True)
class HoursColumn:
    """A subject code; ``standard`` is None for subjects it does not list."""

    code: str
    name: Text
    standard: StandardRow | None


@dataclass(frozen=True, slots=True)
class HoursLine:
    """A class: a cell for every column, None where it has no such row."""

    group: ClassGroup
    cells: tuple[HoursRow | None, ...]


@dataclass(frozen=True, slots=True)
class HoursSheet:
    """The classes of one grade of one school."""

    title: Text
    columns: tuple[HoursColumn, ...]
    lines: tuple[HoursLine, ...]


@dataclass(frozen=True, slots=True)
class HoursPage:
    """Findings, gravest first, and the sheets they come from."""

    findings: tuple[Finding, ...]
    sheets: tuple[HoursSheet, ...]


def hours_page(edition: Edition) -> HoursPage:
    """Lay out the hours of all classes."""
    found: dict[tuple[str, int], list[ClassGroup]] = {}
    for group in edition.problem.classes:
        found.setdefault((group.school_id, group.grade), []).append(group)
    order = list(Severity)
    findings = sorted(edition.hours.findings, key=lambda f: order.index(f.severity))
    sheets = (_sheet(edition, *key, groups) for key, groups in found.items())
    return HoursPage(tuple(findings), tuple(sheets))


def _sheet(
    edition: Edition, school_id: str, grade: int, groups: list[ClassGroup]
) -> HoursSheet:
    rows = {g.class_id: edition.hours.of_class(g.class_id) for g in groups}
    columns: dict[str, HoursColumn] = {}
    for row in (row for found in rows.values() for row in found):
        columns.setdefault(row.code, HoursColumn(row.code, row.name, row.standard))
    lines = []
    for group in groups:
        by_code = {row.code: row for row in rows[group.class_id]}
        lines.append(HoursLine(group, tuple(by_code.get(code) for code in columns)))
    school = edition.problem.school[school_id].name
    prefix = f"{school} · " if len(edition.problem.schools) > 1 else ""
    title = Text(f"{prefix}{grade}年级", f"{prefix}Grade {grade}")
    return HoursSheet(title, tuple(columns.values()), tuple(lines))
