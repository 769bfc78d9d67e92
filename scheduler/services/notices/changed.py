"""What has changed for somebody since a day: the books then, and now."""

import datetime as dt
from zoneinfo import ZoneInfo

from scheduler.model.text import Text
from scheduler.services.office import Office
from scheduler.term.entries import FeedKind
from scheduler.term.notices.between import Difference, differences

KINDS = {
    FeedKind.TEACHER.value: Text("教师", "Teacher"),
    FeedKind.CLASS.value: Text("班级", "Class"),
    FeedKind.VENUE.value: Text("场地", "Venue"),
}


def changed_since(
    office: Office, kind: str, resource_id: str, since: dt.date
) -> tuple[Difference, ...]:
    """What differs now from the books at the end of the day before ``since``.

    Lessons before that day are left out; so is everything where nothing was published
    then, for a first timetable is no change.
    """
    versions = office.versions()
    if versions is None:
        return ()
    zone = ZoneInfo(versions.newest.problem.term.timezone)
    moment = dt.datetime.combine(since, dt.time(), zone) - dt.timedelta(seconds=1)
    before, after = office.entries(moment), office.entries()
    if not before:
        return ()
    found = differences(before, after, FeedKind(kind), resource_id)
    return tuple(
        x
        for x in found
        if max(e.date for e in (x.before, x.after) if e is not None) >= since
    )
