"""findings.csv: every finding, and every rule that was not checked or does not apply.

Columns and values are a contract with other programs (docs: data formats).
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from scheduler.audit.inputs.school import AuditClass
from scheduler.audit.ruling.rule import Found
from scheduler.audit.running.audit import Audit, Outcome, Result
from scheduler.model.text import Text

FINDINGS_FILE = "findings.csv"
COLUMNS = (
    "rule",
    "severity",
    "school",
    "class",
    "grade",
    "class_no",
    "subject",
    "teacher",
    "day",
    "period",
    "measured",
    "demanded",
    "message_zh",
    "message_en",
    "source",
    "status",
)
Row = dict[str, str]


def finding_rows(audit: Audit) -> Iterator[Row]:
    """Rows in the order of schools and rules; rules that are met have none."""
    for result in audit.results:
        for found in result.found:
            yield _found(result, found)
        if result.unchecked:
            for item in result.unchecked:
                yield _plain(
                    result, Outcome.NOT_CHECKED, item.text, item.group, item.subject
                )
        elif result.outcome is Outcome.NOT_APPLICABLE:
            yield _plain(result, Outcome.NOT_APPLICABLE, result.why)


def write_findings(audit: Audit, path: Path) -> None:
    """Write findings.csv with a byte-order mark.

    Raises:
        OSError: the file cannot be written.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows(finding_rows(audit))


def _found(result: Result, found: Found) -> Row:
    row = _plain(result, Outcome.VIOLATED, found.text, found.group, found.subject)
    row |= {
        "severity": result.severity(found).letter,
        "teacher": found.teacher,
        "day": found.day,
        "period": found.period,
        "measured": found.measured,
        "demanded": found.demanded,
    }
    if found.grade is not None and found.group is None:
        row["grade"] = str(found.grade)
    return row


def _plain(
    result: Result,
    outcome: Outcome,
    text: Text,
    group: AuditClass | None = None,
    subject: str = "",
) -> Row:
    return {
        **dict.fromkeys(COLUMNS, ""),
        "rule": result.rule.id,
        "severity": result.rule.severity.letter,
        "school": result.school.name if result.school else "",
        "class": group.name if group else "",
        "grade": str(group.grade or "") if group else "",
        "class_no": str(group.number or "") if group else "",
        "subject": subject,
        "message_zh": text.zh,
        "message_en": text.en,
        "source": result.rule.source,
        "status": outcome.value,
    }
