"""report.json: how the rules of an audit ended, school by school, and all findings.

The pages of an audit are made of it, whoever made it: a command or a job.
"""

from collections.abc import Mapping
from typing import Any

from scheduler.audit.running.audit import Audit, Outcome
from scheduler.formats.auditing.findings_file import finding_rows
from scheduler.model.text import Text

REPORT_FILE = "report.json"


def report_facts(
    audit: Audit, trend: Mapping[str, Mapping[str, int]] | None = None
) -> dict[str, Any]:
    """The content of report.json.

    Parameters:
        trend: By school what was mended, is still there or new since an earlier one.
    """
    return {
        "profile": {
            "id": audit.profile.id,
            "version": audit.profile.version,
            "title": {"zh": audit.profile.title.zh, "en": audit.profile.title.en},
        },
        "outcomes": {o.value: audit.count(o) for o in Outcome},
        "findings": audit.counts(),
        "schools": [
            {
                "name": s.name,
                "classes": len(s.classes),
                "outcomes": {o.value: audit.count(o, s) for o in Outcome},
                "findings": audit.counts(s),
                **({"trend": trend.get(s.name, {})} if trend else {}),
            }
            for s in audit.schools
        ],
        "rows": list(finding_rows(audit)),
    }


def report_text(facts: Mapping[str, Any]) -> Text:
    """The counts of report.json as a sentence."""
    n = {outcome: facts["outcomes"][outcome.value] for outcome in Outcome}
    schools, counts = len(facts["schools"]), facts["findings"]
    return Text(
        f"{schools}所学校：符合{n[Outcome.MET]}条，不符合{n[Outcome.VIOLATED]}条，"
        f"未核对{n[Outcome.NOT_CHECKED]}条，不适用{n[Outcome.NOT_APPLICABLE]}条。"
        f"问题：严重{counts['C']}、错误{counts['E']}、提醒{counts['W']}、"
        f"提示{counts['I']}。",
        f"{schools} schools: {n[Outcome.MET]} rules met, {n[Outcome.VIOLATED]} "
        f"violated, {n[Outcome.NOT_CHECKED]} not checked, "
        f"{n[Outcome.NOT_APPLICABLE]} not applicable. Findings: {counts['C']} "
        f"critical, {counts['E']} errors, {counts['W']} warnings, {counts['I']} "
        "information.",
    )
