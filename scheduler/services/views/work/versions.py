"""Versions by the fingerprint on their paper."""

import datetime as dt

from scheduler.services.school.fingerprint import fingerprint, is_typed
from scheduler.services.school.publishing import Listed
from scheduler.services.views.site import OfficeState


def version_of(state: OfficeState, seal: str) -> Listed | None:
    """The newest version whose paper bears a fingerprint; None of none.

    The fingerprints are kept: every version is unpacked once at most.
    """
    kept = state.kept.of("fingerprints", None, dict[tuple[int, dt.datetime], str])
    for listed in state.office.publications.all():
        version = listed.version, listed.published_at
        if version not in kept:
            found = state.office.publication(listed.version)
            kept[version] = fingerprint(found.timetable)
        if is_typed(kept[version], seal):
            return listed
    return None
