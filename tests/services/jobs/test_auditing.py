"""The audit as a job: bytes lose nothing, and progress is told rule by rule."""

import datetime as dt

from scheduler.audit.inputs.from_timetable import schools_of
from scheduler.audit.inputs.school import Delivery
from scheduler.audit.running.audit import audit
from scheduler.formats.auditing.report_file import report_facts
from scheduler.formats.profiles import read_profile
from scheduler.services.jobs.auditing import audit_settings, audited
from scheduler.services.jobs.contract import JobKind, Work
from tests.web.conftest import clashing_timetable

LOST = Delivery(
    *(dt.date(2026, 9, 7), "A", 1, "PE", "", "王芳", "开会", "D1"),
    entered=dt.datetime.fromisoformat("2026-09-08T09:05"),
    made_up_on=dt.date(2026, 9, 20),
    substituted=True,
)


def test_bytes_lose_nothing_of_the_profile_and_of_lessons_given():
    table, profile = clashing_timetable(), read_profile("hubei-provisional")
    kept = Work(JobKind.AUDIT, (table,), settings=audit_settings(profile, (LOST,)))
    work, told = Work.of_bytes(kept.to_bytes()), []
    direct = audit(schools_of(table, profile, (LOST,)), profile)
    found = audited(
        work.timetables[0], work.settings, lambda done, of: told.append((done, of))
    )
    assert found == report_facts(direct)
    # They are looked at: without them the rules on lessons given end otherwise.
    assert found != report_facts(audit(schools_of(table, profile), profile))
    assert told == [(k, len(direct.results)) for k in range(len(direct.results))]
