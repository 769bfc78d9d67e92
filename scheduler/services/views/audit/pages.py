"""Pages of an audit: findings in groups, cells to review, sheets with marked cells."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from scheduler.audit.running.audit import Outcome
from scheduler.audit.running.catalogue import RULE
from scheduler.formats.profiles import read_profile
from scheduler.formats.spreadsheets.cells_file import LIST_SEPARATOR
from scheduler.model.read_timetable import CellStatus
from scheduler.model.text import Text
from scheduler.services.views.audit.files import AuditFolder, Row, SheetKey

SEVERITIES = {
    "C": Text("严重", "critical"),
    "E": Text("错误", "error"),
    "W": Text("提醒", "warning"),
    "I": Text("提示", "information"),
}
OUTCOMES = {
    Outcome.MET: Text("符合", "met"),
    Outcome.VIOLATED: Text("不符合", "violated"),
    Outcome.NOT_CHECKED: Text("未核对", "not checked"),
    Outcome.NOT_APPLICABLE: Text("不适用", "not applicable"),
}
STATUSES = {
    CellStatus.READ: Text("读准", "read"),
    CellStatus.CORRECTED: Text("已更正", "corrected"),
    CellStatus.DOUBTFUL: Text("存疑", "doubtful"),
    CellStatus.UNKNOWN: Text("不认识", "unknown"),
}
GROUPINGS = {
    "rule": Text("按规则", "by rule"),
    "school": Text("按学校", "by school"),
    "class": Text("按班级", "by class"),
}
DISTRICT = Text("全区", "the whole district")
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_MOST_SHEETS = 6
_profile = cache(read_profile)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A finding with its place in findings.csv, from 0."""

    number: int
    row: Row


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a sheet: its text, what it was read as, whether the finding is here."""

    address: str
    text: str
    readings: tuple[Row, ...]
    status: str
    marked: bool


@dataclass(frozen=True, slots=True)
class SheetGrid:
    """A sheet's cells that were read; rows and columns without any are left out."""

    file: str
    sheet: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[GridCell | None, ...]], ...]


def found(audit: AuditFolder, asked: Mapping[str, str]) -> dict[str, Any]:
    """Findings in groups, as they are asked for: ``by``, and of what alone."""
    usual = {"by": "rule", "school": "", "severity": "", "outcome": "found"}
    wanted = {name: asked.get(name, value) for name, value in usual.items()}
    rows = chosen(audit, wanted["outcome"], wanted["school"], wanted["severity"])
    groups = grouped(rows, wanted["by"])
    return {"groups": groups, "total": len(rows), "wanted": wanted}


def chosen(
    audit: AuditFolder, outcome: str, school: str, severity: str
) -> list[Numbered]:
    """Rows of findings.csv of an outcome; of all schools and severities where empty."""
    return [
        Numbered(number, row)
        for number, row in enumerate(audit.findings)
        if row["status"] == outcome
        and school in ("", row["school"])
        and severity in ("", row["severity"])
    ]


def grouped(rows: Iterable[Numbered], by: str) -> list[tuple[Text, list[Numbered]]]:
    """Findings by rule, school or class, the most severe of each group first."""
    rank = {letter: number for number, letter in enumerate(SEVERITIES)}
    groups: dict[tuple[str, str], list[Numbered]] = {}
    for item in rows:
        school, name = item.row["school"], item.row["class"]
        key = {"school": (school, ""), "class": (school, name)}.get(
            by, (item.row["rule"], "")
        )
        groups.setdefault(key, []).append(item)
    for found in groups.values():
        found.sort(key=lambda x: rank.get(x.row["severity"], len(rank)))
    return [(_title(key, by), found) for key, found in sorted(groups.items())]


def _title(key: tuple[str, str], by: str) -> Text:
    first, name = key
    if by in ("school", "class"):
        if not first:
            return DISTRICT
        named = f"{first} {name}".rstrip()
        return Text(named, named)
    rule = RULE.get(first)
    if rule is None:
        return Text(first, first)
    return Text(f"{first} {rule.title.zh}", f"{first} {rule.title.en}")


def cells_of(audit: AuditFolder, row: Row) -> list[Row]:
    """Cells a finding is about; all of its class where no cell says just that.

    A lesson that is missing stands in no cell: there the class's timetable is shown.
    """
    own = audit.of_school.get(row["school"], []) if row["class"] else []
    group = [cell for cell in own if _same_class(cell, row)]
    exact = [cell for cell in group if _fits(cell, row)]
    return exact or group


def _same_class(cell: Row, row: Row) -> bool:
    if row["grade"] and row["class_no"]:
        return all(cell[name] == row[name] for name in ("grade", "class_no"))
    return cell["class"] == row["class"]


def _fits(cell: Row, row: Row) -> bool:
    """Whether a cell says what a finding names; unknown subjects are named as printed.

    The name is then a part of the cell's text.
    """
    subject, teachers = row["subject"], cell["teacher"].split(LIST_SEPARATOR)
    taught = subject in ("", cell["subject"])
    printed = not cell["subject"] and subject in cell["text"]
    when = all(row[name] in ("", cell[name]) for name in ("day", "period"))
    return (taught or printed) and when and row["teacher"] in ("", *teachers)


def sheets_of(audit: AuditFolder, row: Row) -> list[tuple[int, SheetKey, str]]:
    """Number, key and first address of the sheets with cells of a finding."""
    found: dict[SheetKey, str] = {}
    for cell in cells_of(audit, row):
        found.setdefault((cell["file"], cell["sheet"]), cell["cell"])
    listed = list(found.items())[:_MOST_SHEETS]
    return [(audit.number[key], key, address) for key, address in listed]


def review(audit: AuditFolder, school: str, status: str) -> list[Row]:
    """Cells that were not read as they stand, the least sure first."""
    order = [status] if status else [s.value for s in reversed(CellStatus)][:-1]
    cells = [c for c in audit.cells if school in ("", c["school"])]
    return [c for wanted in order for c in cells if c["status"] == wanted]


def sheet_grid(
    audit: AuditFolder, key: SheetKey, finding: Row | None, address: str
) -> SheetGrid:
    """A sheet as it lies in the spreadsheet, with what a finding is about marked."""
    about = cells_of(audit, finding) if finding else []
    marked = {c["cell"] for c in about if (c["file"], c["sheet"]) == key} | {address}
    at: dict[tuple[int, str], list[Row]] = {}
    for cell in audit.of_sheet[key]:
        if place := _ADDRESS.fullmatch(cell["cell"]):
            at.setdefault((int(place[2]), place[1]), []).append(cell)
    columns = sorted({c for _, c in at}, key=lambda c: (len(c), c))
    rows = tuple(
        (row, tuple(_grid_cell(at.get((row, c)), marked) for c in columns))
        for row in sorted({r for r, _ in at})
    )
    return SheetGrid(*key, tuple(columns), rows)


def _grid_cell(readings: list[Row] | None, marked: set[str]) -> GridCell | None:
    if not readings:
        return None
    first = readings[0]
    order = [s.value for s in CellStatus]
    rank = {status: number for number, status in enumerate(order)}
    status = max((r["status"] for r in readings), key=lambda s: rank.get(s, -1))
    own = first["cell"]
    return GridCell(own, first["text"], tuple(readings), status, own in marked)


def subject_name(code: str) -> str:
    """A subject as it is printed; a code without a name as it is."""
    return _profile().names.print_name(code) if code else ""
