"""An audit as its pages show it: read back from a folder, or of a job's facts."""

import csv
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from scheduler.audit.running.audit import Outcome
from scheduler.formats.auditing.findings_file import COLUMNS as FINDING_COLUMNS
from scheduler.formats.auditing.findings_file import FINDINGS_FILE
from scheduler.formats.auditing.report_file import REPORT_FILE
from scheduler.formats.spreadsheets.cells_file import CELLS_FILE
from scheduler.formats.spreadsheets.cells_file import COLUMNS as CELL_COLUMNS
from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text

Row = dict[str, str]
SheetKey = tuple[str, str]


@dataclass(frozen=True)
class AuditFolder:
    """Cells and findings by the columns of their files, and the counts of outcomes.

    Of a timetable that was solved there are no cells.

    ``outcomes`` count rules, by school where a name is given; ``profile`` is its title
    and version; its id where an earlier release has written no title.
    """

    cells: tuple[Row, ...]
    findings: tuple[Row, ...]
    outcomes: dict[Outcome, int]
    schools: dict[str, dict[Outcome, int]]
    profile: Text

    @cached_property
    def sheets(self) -> tuple[SheetKey, ...]:
        """File and sheet of every sheet that was read; the place is its number."""
        return tuple(dict.fromkeys((c["file"], c["sheet"]) for c in self.cells))

    @cached_property
    def number(self) -> dict[SheetKey, int]:
        """Numbers of the sheets."""
        return {key: number for number, key in enumerate(self.sheets)}

    @cached_property
    def of_sheet(self) -> dict[SheetKey, list[Row]]:
        """The cells of every sheet."""
        found: dict[SheetKey, list[Row]] = {}
        for cell in self.cells:
            found.setdefault((cell["file"], cell["sheet"]), []).append(cell)
        return found

    @cached_property
    def of_school(self) -> dict[str, list[Row]]:
        """The cells of every school."""
        found: dict[str, list[Row]] = {}
        for cell in self.cells:
            found.setdefault(cell["school"], []).append(cell)
        return found

    @cached_property
    def statuses(self) -> Counter[str]:
        """How many cells are of each status."""
        return Counter(c["status"] for c in self.cells)


def read_audit(folder: Path) -> AuditFolder:
    """What ``cuofeng audit --out`` wrote.

    Raises:
        InputError: it is no such folder, or files of it are missing or broken; all
            of them are named.
    """
    if not folder.is_dir():
        raise InputError([DataError("--audit", _NO_FOLDER, _ADVICE, value=str(folder))])
    faults: list[DataError] = []
    cells = _rows(folder / CELLS_FILE, CELL_COLUMNS, faults)
    findings = _rows(folder / FINDINGS_FILE, FINDING_COLUMNS, faults)
    report = _report(folder / REPORT_FILE, faults)
    if faults or report is None:
        raise InputError(faults)
    return AuditFolder(cells, findings, *report)


def _rows(
    path: Path, columns: tuple[str, ...], faults: list[DataError]
) -> tuple[Row, ...]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, restval="", restkey="")
            missing = [c for c in columns if c not in (reader.fieldnames or ())]
            rows = tuple({c: row[c] for c in columns} for row in reader if not missing)
    except FileNotFoundError:
        faults.append(DataError(path.name, _MISSING, _ADVICE))
    except (UnicodeDecodeError, csv.Error):
        faults.append(DataError(path.name, _BROKEN, _ADVICE))
    else:
        if not missing:
            return rows
        names = ", ".join(missing)
        lacks = Text(f"缺少列 {names}", f"has no columns {names}")
        faults.append(DataError(path.name, lacks, _ADVICE))
    return ()


def audit_of(facts: Mapping[str, Any]) -> AuditFolder:
    """The audit of a timetable, by the content of report.json alone."""
    return AuditFolder((), tuple(facts["rows"]), *_figures(facts))


_Figures = tuple[dict[Outcome, int], dict[str, dict[Outcome, int]], Text]


def _report(path: Path, faults: list[DataError]) -> _Figures | None:
    try:
        return _figures(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        faults.append(DataError(path.name, _MISSING, _ADVICE))
    except (ValueError, KeyError, TypeError, RecursionError):
        faults.append(DataError(path.name, _BROKEN, _ADVICE))
    return None


def _figures(facts: Mapping[str, Any]) -> _Figures:
    schools = {str(s["name"]): _counts(s["outcomes"]) for s in facts["schools"]}
    profile = facts["profile"]
    title = profile.get("title") or dict.fromkeys(("zh", "en"), profile["id"])
    shown = (f"{title[x]} {profile['version']}" for x in ("zh", "en"))
    return _counts(facts["outcomes"]), schools, Text(*shown)


def _counts(numbers: Any) -> dict[Outcome, int]:
    return {outcome: int(numbers[outcome.value]) for outcome in Outcome}


_NO_FOLDER = Text("没有这个文件夹", "there is no such folder")
_MISSING = Text("没有这个文件", "is missing")
_BROKEN = Text("内容不完整或已损坏", "is broken or incomplete")
_ADVICE = Text(
    "请给出 cuofeng audit … --out 写出的文件夹。",
    "Maybe give the folder that cuofeng audit … --out wrote?",
)
