"""What complying leaves behind: the new data and timetable, changes, report, facts."""

import json
from pathlib import Path
from typing import Any

from scheduler import __version__
from scheduler.formats.auditing.findings_file import FINDINGS_FILE, write_findings
from scheduler.formats.tables.files.writing import csv_bytes, fill_folder
from scheduler.formats.tables.timetable_writing import write_timetable
from scheduler.formats.xlsx.tables import export_tables
from scheduler.services.complying.complying import Complied
from scheduler.services.complying.report import page, summary, tables
from scheduler.services.jobs.repairing import CHANGES, DATA, TIMETABLE, change_rows

FACTS, HOURS, STAFF = "comply.json", "hours.csv", "staff.csv"
_HOURS = (
    "class_id",
    "code",
    "subject",
    "before",
    "after",
    "rules",
    "reason_zh",
    "reason_en",
)
_STAFF = ("school", "code", "lessons", "posts", "teachers")


def comply_facts(complied: Complied) -> dict[str, Any]:
    """The content of comply.json."""
    option, repair = complied.option, complied.repair
    return {
        "passes": complied.passes,
        "verdict": repair.verdict.value,
        "summary": [t.both() for t in summary(complied)],
        "notes": [t.both() for t in complied.adjusted.notes],
        "reasons": [t.both() for t in repair.reasons],
        "least_changes": repair.least,
        "minimal": repair.minimal,
        "changed": option.changed if option else None,
        "hours": [dict(zip(_HOURS, row, strict=True)) for row in _hours(complied)],
        "staff": [dict(zip(_STAFF, row, strict=True)) for row in _staff(complied)],
        "rules": {
            name: {"before": before, "after": after}
            for name, before, after in complied.counts()
        },
        "left": [
            {
                "rule": result.rule.id,
                "severity": result.severity(found).letter,
                "finding": found.text.both(),
                "why": why.both(),
            }
            for result, found, why in complied.left
        ],
        "seconds": round(repair.seconds, 2),
        "version": __version__,
    }


def write_complied(complied: Complied, folder: Path, language: str) -> None:
    """Fill an empty folder; the report is in one language.

    Raises:
        OSError: the folder cannot be written.
    """
    data = folder / DATA
    data.mkdir()
    fill_folder(complied.adjusted.problem, data)
    if complied.option is not None:
        write_timetable(complied.option.timetable, folder / TIMETABLE)
        (folder / CHANGES).write_bytes(csv_bytes(change_rows(complied.option)))
    if complied.after is not None:
        write_findings(complied.after, folder / FINDINGS_FILE)
    (folder / HOURS).write_bytes(csv_bytes([_HOURS, *_hours(complied)]))
    (folder / STAFF).write_bytes(csv_bytes([_STAFF, *_staff(complied)]))
    export_tables(tables(complied), folder / "report.xlsx", language)
    (folder / "report.html").write_bytes(page(complied, language).encode())
    facts = json.dumps(comply_facts(complied), ensure_ascii=False, indent=2)
    (folder / FACTS).write_bytes(f"{facts}\n".encode())


def _hours(complied: Complied) -> list[tuple[str, ...]]:
    return [
        (
            c.class_key,
            c.code,
            c.subject,
            f"{float(c.before):g}",
            f"{float(c.after):g}",
            ";".join(c.rules),
            c.why.zh,
            c.why.en,
        )
        for c in complied.adjusted.changes
    ]


def _staff(complied: Complied) -> list[tuple[str, ...]]:
    return [
        (
            lack.school,
            lack.code,
            f"{float(lack.lessons):g}",
            f"{float(lack.posts):.1f}",
            ";".join(name for name, _, _ in lack.able),
        )
        for lack in complied.adjusted.lacks
    ]
