"""Evidence of crowding-out (rules E02 to E07) as the last audit found it."""

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.audit.running.audit import Outcome
from scheduler.audit.running.catalogue import RULE
from scheduler.model.text import Text
from scheduler.services.views.audit.files import AuditFolder, Row

RULES = ("E02", "E03", "E04", "E05", "E06", "E07")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One rule: what was found by it, or why it could not be judged."""

    rule: str
    title: Text
    severity: str
    outcome: Outcome
    found: tuple[Text, ...]
    why: tuple[Text, ...]


def evidence(audit: AuditFolder) -> tuple[Evidence, ...]:
    """The rules in order, over all schools of the audit."""
    return tuple(
        _evidence(name, [r for r in audit.findings if r["rule"] == name], audit)
        for name in RULES
    )


def _evidence(name: str, rows: list[Row], audit: AuditFolder) -> Evidence:
    found = _texts(rows, Outcome.VIOLATED)
    why = _texts(rows, Outcome.NOT_CHECKED)
    # A rule that is met has no row; one that does not apply has one of each school.
    outcome = Outcome.MET
    if found or why:
        outcome = Outcome.VIOLATED if found else Outcome.NOT_CHECKED
    elif len(rows) == len(audit.schools):
        outcome = Outcome.NOT_APPLICABLE
    return Evidence(
        name, RULE[name].title, RULE[name].severity.letter, outcome, found, why
    )


def _texts(rows: Iterable[Row], outcome: Outcome) -> tuple[Text, ...]:
    return tuple(
        Text(row["message_zh"], row["message_en"])
        for row in rows
        if row["status"] == outcome
    )
