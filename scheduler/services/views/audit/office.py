"""The last audit of an office: what a job has found, and how far the newest one is."""

import datetime as dt
from dataclasses import dataclass

from scheduler.services.jobs.contract import JobKind
from scheduler.services.jobs.rows import Job
from scheduler.services.office import Office
from scheduler.services.views.audit.files import AuditFolder, audit_of


@dataclass(frozen=True, slots=True)
class OfficeAudit:
    """What was found last, of which version and when; and the newest job, if any."""

    job: Job | None
    found: AuditFolder | None = None
    version: int = 0
    at: dt.datetime | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether the newest job has not ended well, or not at all."""
        return self.job is not None and self.job.state != "done"


def last_of_versions(office: Office, most: int = 2) -> list[OfficeAudit]:
    """The newest audits of different versions, the newest version first."""
    found: dict[int, OfficeAudit] = {}
    for job in office.jobs.all():
        if len(found) < most and job.kind == JobKind.AUDIT and job.state == "done":
            result = office.jobs.result(job.job_id)
            if result is not None and result.facts["version"] not in found:
                version = result.facts["version"]
                audit = audit_of(result.facts["report"])
                found[version] = OfficeAudit(job, audit, version, job.ended_at)
    return sorted(found.values(), key=lambda x: -x.version)


def last_audit(office: Office) -> OfficeAudit:
    """What is known of how an office keeps the rules."""
    newest = office.jobs.newest(JobKind.AUDIT)
    done = office.jobs.newest(JobKind.AUDIT, answered=True)
    result = office.jobs.result(done.job_id) if done else None
    if done is None or result is None:
        return OfficeAudit(newest)
    found = audit_of(result.facts["report"])
    return OfficeAudit(newest, found, result.facts["version"], done.ended_at)
