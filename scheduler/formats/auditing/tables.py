"""Tables of an audit as pandas frames: outcomes, form, findings, ranking, trend."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pandas as pd

from scheduler.audit.district.balance import variation
from scheduler.audit.inputs.school import AuditSchool
from scheduler.audit.running.audit import Audit, Outcome
from scheduler.audit.running.form import RESPONSIBLE, inspectors_form
from scheduler.formats.auditing.findings_file import (
    COLUMNS,
    FINDINGS_FILE,
    finding_rows,
)
from scheduler.formats.auditing.trend import KEY, MENDED, NEW, STILL, changes, counts

OUTCOMES = {
    Outcome.MET: "符合",
    Outcome.VIOLATED: "不符合",
    Outcome.NOT_CHECKED: "未核对",
    Outcome.NOT_APPLICABLE: "不适用",
}


def findings_frame(audit: Audit) -> pd.DataFrame:
    """The rows of findings.csv."""
    return pd.DataFrame(list(finding_rows(audit)), columns=list(COLUMNS))


def outcomes_frame(audit: Audit) -> pd.DataFrame:
    """How every rule ended, school by school."""
    rows = [
        {
            "规则": r.rule.id,
            "级别": r.rule.severity.letter,
            "内容": r.rule.title.zh,
            "学校": r.school.name if r.school else "（全区）",
            "结果": OUTCOMES[r.outcome],
            "处数": len(r.found),
            "说明": r.unchecked[0].text.zh
            if r.unchecked
            else (r.why.zh if r.outcome is Outcome.NOT_APPLICABLE else ""),
            "整改": r.rule.mend.zh if r.found else "",
            "依据": r.rule.source,
        }
        for r in audit.results
    ]
    return pd.DataFrame(rows)


def form_frame(audit: Audit, school: AuditSchool) -> pd.DataFrame:
    """The inspectors' form of a school: subjects down, grades across."""
    form = inspectors_form(school, audit.profile)
    rows = []
    for code, name in form.codes:
        cells = [form.cells.get((g, code)) for g in form.grades]
        who = dict.fromkeys(c.responsible for c in cells if c and c.responsible)
        marks = {
            f"{g}年级": c.mark if c else ""
            for g, c in zip(form.grades, cells, strict=True)
        }
        rows.append(
            {
                "学科": name.zh,
                **marks,
                "责任": "、".join(RESPONSIBLE[w].zh for w in who),
            }
        )
    return pd.DataFrame(rows)


def district_frame(
    audit: Audit, trend: Mapping[str, Mapping[str, int]]
) -> pd.DataFrame:
    """Schools by rank, the gravest last; ``trend`` as :func:`compared` gives it."""
    rows = []
    for school in audit.schools:
        counts = audit.counts(school)
        own = [r for r in audit.of(school)]
        judged = [r for r in own if r.outcome in (Outcome.MET, Outcome.VIOLATED)]
        met = sum(r.outcome is Outcome.MET for r in judged)
        rows.append(
            {
                "学校": school.name,
                "班级数": len(school.classes),
                "严重": counts["C"],
                "错误": counts["E"],
                "提醒": counts["W"],
                "提示": counts["I"],
                "符合率%": round(100 * met / len(judged), 1) if judged else 0.0,
                "未核对": sum(r.outcome is Outcome.NOT_CHECKED for r in own),
                **{
                    title: trend.get(school.name, {}).get(word, 0)
                    for word, title in TREND.items()
                    if trend
                },
            }
        )
    frame = pd.DataFrame(rows)
    if frame.empty:
        return frame
    frame = frame.sort_values(
        ["严重", "错误", "提醒", "学校"], kind="stable"
    ).reset_index(drop=True)
    frame.insert(0, "名次", range(1, len(frame) + 1))
    return frame


TREND = {MENDED: "已整改", STILL: "仍存在", NEW: "新增"}


def spread(frame: pd.DataFrame) -> float:
    """Coefficient of variation of the schools' shares of rules met."""
    shares = [Fraction(str(x)) for x in frame["符合率%"]]
    return variation(shares) if shares else 0.0


def compared(
    audit: Audit, folder: Path
) -> tuple[pd.DataFrame, dict[str, dict[str, int]]]:
    """Findings against those of an earlier audit: mended, still there, new.

    Findings are the same by rule, school, class, subject and teacher.

    Raises:
        OSError: the folder has no findings.csv.
    """
    before = pd.read_csv(
        folder / FINDINGS_FILE, dtype=str, keep_default_na=False, encoding="utf-8-sig"
    )
    rows = before.to_dict("records")
    found = changes(rows, finding_rows(audit))
    frame = pd.DataFrame(
        [(*x.key, x.word, x.message) for x in found],
        columns=[*KEY, "trend", "message"],
    )
    return frame, counts(found)
