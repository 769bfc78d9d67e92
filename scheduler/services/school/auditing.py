"""Audits of what an office has in force, asked for as jobs."""

from scheduler.audit.inputs.school import Delivery
from scheduler.audit.profile import Profile
from scheduler.services.jobs.auditing import audit_settings
from scheduler.services.jobs.contract import JobKind, Work
from scheduler.services.jobs.rows import Job
from scheduler.services.office import Office
from scheduler.services.school.deliveries import deliveries
from scheduler.services.school.ledgers import books_of


class NothingToAudit(LookupError):
    """The office has published nothing."""


def ask_audit(office: Office, profile: Profile, by: str) -> Job:
    """Ask for the audit of the version in force, with all lessons before today.

    Raises:
        NothingToAudit: there is none.
    """
    current = office.current()
    if current is None:
        raise NothingToAudit
    given = audit_settings(profile, given_so_far(office, profile))
    settings = given | {"version": current.version}
    work = Work(JobKind.AUDIT, (current.timetable,), settings=settings)
    return office.jobs.ask_once(work, by)


def given_so_far(office: Office, profile: Profile) -> tuple[Delivery, ...] | None:
    """Lessons before today as they were given; None before the term has begun."""
    books = books_of(office)
    return books and (deliveries(books, office.changes.batches(), profile) or None)
