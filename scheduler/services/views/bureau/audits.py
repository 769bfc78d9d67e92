"""The full audits that an office keeps, school by school, with their trend."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.audit.findings import Severity
from scheduler.audit.running.audit import Outcome
from scheduler.formats.auditing.trend import changes, counts
from scheduler.services.jobs.contract import JobKind
from scheduler.services.views.audit.office import last_of_versions
from scheduler.services.views.site import OfficeState

_FRESH = dt.timedelta(hours=12)
_GRAVE = {x.letter for x in Severity if x.fails}


@dataclass(frozen=True, slots=True)
class AuditLine:
    """What the last audit of a version found at one school: faults, and the rest.

    ``trend`` counts findings mended, still there and new since the audit of the version
    ``before``; 0 is none.
    """

    version: int
    grave: int
    others: int
    before: int
    trend: Mapping[str, int]


def audit_lines(state: OfficeState) -> dict[str, AuditLine]:
    """By the names of an office's schools; nothing before there was an audit."""
    newest = state.office.jobs.newest(JobKind.AUDIT, answered=True)
    if newest is None:
        return {}
    return state.kept.of("audits", newest.job_id, lambda: _lines(state))


def is_under_way(state: OfficeState) -> bool:
    """Whether an audit waits or runs."""
    newest = state.office.jobs.newest(JobKind.AUDIT)
    return newest is not None and not newest.ended


def is_audited(state: OfficeState, version: int) -> bool:
    """Whether an audit of a version was made within hours, or is under way."""
    if is_under_way(state):
        return True
    newest = state.office.jobs.newest(JobKind.AUDIT, answered=True)
    if newest is None or newest.ended_at is None:
        return False
    age = state.office.database.now() - newest.ended_at
    known = any(x.version == version for x in audit_lines(state).values())
    return known and age < _FRESH


def _lines(state: OfficeState) -> dict[str, AuditLine]:
    audits = last_of_versions(state.office)
    if not audits or (now := audits[0].found) is None:
        return {}
    before = audits[1].found if len(audits) > 1 else None
    trend = counts(changes(before.findings, now.findings)) if before else {}
    found = [x for x in now.findings if x["status"] == Outcome.VIOLATED]
    grave = Counter(x["school"] for x in found if x["severity"] in _GRAVE)
    every = Counter(x["school"] for x in found)
    return {
        name: AuditLine(
            audits[0].version,
            grave[name],
            every[name] - grave[name],
            audits[1].version if before else 0,
            trend.get(name, {}),
        )
        for name in now.schools
    }
