"""report.xlsx: summary, outcomes, the inspectors' form of each school, findings."""

import re
from pathlib import Path

import pandas as pd

from scheduler.audit.running.audit import Audit
from scheduler.formats.auditing.staff_tables import load_frame, shortage_frame
from scheduler.formats.auditing.tables import (
    district_frame,
    findings_frame,
    form_frame,
    outcomes_frame,
)

_BAD = re.compile(r"[\[\]:*?/\\']")


def write_workbook(
    audit: Audit,
    trend: dict[str, dict[str, int]],
    changes: pd.DataFrame | None,
    path: Path,
) -> None:
    """Write the report; values are texts and numbers, so that it reads back.

    Raises:
        OSError: the file cannot be written.
    """
    sheets = {
        "汇总": district_frame(audit, trend),
        "规则结果": outcomes_frame(audit),
        "问题": findings_frame(audit),
    }
    if changes is not None:
        sheets["回头看"] = changes
    for school in audit.schools:
        title = _BAD.sub("", f"登记表 {school.name}")[:28]
        while title in sheets:
            title += "·"
        sheets[title] = form_frame(audit, school)
    staff = {"师资需求": shortage_frame(audit), "教师课时": load_frame(audit)}
    sheets |= {title: frame for title, frame in staff.items() if not frame.empty}
    with pd.ExcelWriter(path, engine="openpyxl") as writer:
        for title, frame in sheets.items():
            frame.to_excel(writer, sheet_name=title, index=False)
            sheet = writer.sheets[title]
            sheet.freeze_panes = "A2"
            for number, name in enumerate(frame.columns):
                texts = [str(name), *map(str, frame[name].head(200))]
                width = max(map(_width, texts), default=8)
                cell = sheet.cell(1, number + 1)
                sheet.column_dimensions[cell.column_letter].width = min(60, width + 2)


def _width(text: str) -> int:
    return sum(2 if ord(c) > 0x2E80 else 1 for c in text)
