"""Who has which calendar link."""

from dataclasses import dataclass

from scheduler.model.text import Text
from scheduler.services.access.links import Link
from scheduler.services.office import Office
from scheduler.term.entries import FeedKind
from scheduler.term.showing import Audience

TITLES = {
    FeedKind.TEACHER: Text("教师", "Teachers"),
    FeedKind.CLASS: Text("班级", "Classes"),
    FeedKind.VENUE: Text("场地", "Venues"),
    FeedKind.ZONE: Text("场地分区", "Zones"),
    FeedKind.SCHOOL: Text("全校", "Schools"),
    FeedKind.AGREEMENT: Text("协议场地方", "Partners of agreements"),
}


@dataclass(frozen=True, slots=True)
class AudienceLinks:
    """A calendar and the links to it that work."""

    audience: Audience
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class AudienceGroup:
    """All calendars of one kind."""

    kind: FeedKind
    title: Text
    rows: tuple[AudienceLinks, ...]


def audience_groups(office: Office) -> tuple[AudienceGroup, ...]:
    """Every calendar of the publication in force, with its working links."""
    working: dict[tuple[FeedKind, str], list[Link]] = {}
    for link in office.links():
        if link.revoked_at is None:
            working.setdefault((link.kind, link.resource_id), []).append(link)
    groups = (
        AudienceGroup(
            kind,
            title,
            tuple(
                AudienceLinks(a, tuple(working.get((kind, a.resource_id), ())))
                for a in office.audiences(kind)
            ),
        )
        for kind, title in TITLES.items()
    )
    return tuple(group for group in groups if group.rows)
