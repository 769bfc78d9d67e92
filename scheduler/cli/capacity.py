"""Norms of places and people, as lines and as facts."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from scheduler.audit.capacity import CapacityCheck, capacity_checks
from scheduler.model.problem import Problem
from scheduler.model.text import Text


def capacity_lines(problem: Problem) -> Iterator[Text]:
    """Every norm of every school, under the school's name where there are several."""
    checks = capacity_checks(problem)
    many = len({check.school_id for check in checks}) > 1
    for check in checks:
        name = f"{problem.school[check.school_id].name} " if many else ""
        yield _line(check, name)


def _line(check: CapacityCheck, name: str) -> Text:
    """What there is, what is asked for, and what is missing."""
    have, need, gap = check.figures
    sign = {True: "✓", False: "✗", None: "?"}[check.kept]
    wanted = Text("最多", "at most") if check.at_most else Text("应有", "norm")
    over = Text("超出", "over by") if check.at_most else Text("还差", "missing")
    zh = en = ""
    if check.kept is None:
        zh, en = "，表中没有填写", ", not filled in"
    elif not check.kept:
        zh, en = f"，{over.zh}{gap}", f", {over.en} {gap}"
    return Text(
        f"{sign} {name}{check.what.zh}：{have}{check.unit.zh}，{wanted.zh}{need}{zh}",
        f"{sign} {name}{check.what.en}: {have} {check.unit.en}".rstrip()
        + f", {wanted.en} {need}{en}",
    )


def capacity_facts(check: CapacityCheck) -> dict[str, Any]:
    """One norm of one school."""
    return {
        "school_id": check.school_id,
        "what": check.what.both(),
        "have": rounded(check.have),
        "need": rounded(check.need),
        "at_most": check.at_most,
        "kept": check.kept,
        "missing": rounded(check.missing),
        "source": check.source,
    }


def rounded(value: Fraction | None) -> float | None:
    """A share as JSON has it, to three digits."""
    return None if value is None else round(float(value), 3)
