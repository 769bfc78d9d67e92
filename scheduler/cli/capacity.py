"""Norms of places and people, as lines and as facts."""

from fractions import Fraction
from typing import Any

from scheduler.audit.capacity import CapacityCheck
from scheduler.audit.findings import number
from scheduler.model.text import Text


def capacity_line(check: CapacityCheck) -> Text:
    """What there is, what is asked for, and what is missing."""
    have = "–" if check.have is None else number(check.have)
    need, gap = number(check.need), number(check.missing)
    sign = {True: "✓", False: "✗", None: "?"}[check.kept]
    wanted = Text("最多", "at most") if check.at_most else Text("应有", "norm")
    over = Text("超出", "over by") if check.at_most else Text("还差", "missing")
    zh = en = ""
    if check.kept is None:
        zh, en = "，表中没有填写", ", not filled in"
    elif not check.kept:
        zh, en = f"，{over.zh}{gap}", f", {over.en} {gap}"
    return Text(
        f"{sign} {check.what.zh}：{have}{check.unit.zh}，{wanted.zh}{need}{zh}",
        f"{sign} {check.what.en}: {have} {check.unit.en}".rstrip()
        + f", {wanted.en} {need}{en}",
    )


def capacity_facts(check: CapacityCheck) -> dict[str, Any]:
    """One norm of one school."""
    return {
        "school_id": check.school_id,
        "what": check.what.both(),
        "have": _float(check.have),
        "need": _float(check.need),
        "at_most": check.at_most,
        "kept": check.kept,
        "missing": _float(check.missing),
        "source": check.source,
    }


def _float(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 3)
