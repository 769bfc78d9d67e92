"""All schools of a site with their state: version, conflicts, hours, use of fields."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from scheduler.audit.findings import Finding
from scheduler.district.parts import parts_of
from scheduler.model.district import District
from scheduler.services.views.bureau.audits import AuditLine, audit_lines, is_under_way
from scheduler.services.views.edition import Edition
from scheduler.services.views.places.load import venue_loads
from scheduler.services.views.site import (
    NothingPublished,
    SiteState,
    published_edition,
)


@dataclass(frozen=True)
class SchoolLine:
    """One school, or an office without a publication, of which only the name is known.

    ``fulfilled`` counts classes whose hours meet the standard, ``grave`` findings are
    faults, ``grave_before`` those of the version before; ``used`` and ``opened`` are
    zone-periods of its own and agreed PE places. ``audit`` is the last one kept;
    ``is_audited`` says whether one is under way.
    """

    office: str
    name: str
    edition: Edition | None = None
    hard: int = 0
    conflicts: int = 0
    lessons: int = 0
    placed: int = 0
    classes: int = 0
    fulfilled: int = 0
    grave: int = 0
    used: float = 0.0
    opened: float = 0.0
    grave_before: int | None = None
    audit: AuditLine | None = None
    is_audited: bool = False

    @property
    def percent_used(self) -> int | None:
        """Use of PE places in per cent; None without any."""
        return round(100 * self.used / self.opened) if self.opened else None

    @property
    def is_sound(self) -> bool:
        """Whether there is nothing to be done about it."""
        complete = self.edition is not None and self.placed == self.lessons
        grave = self.audit.grave if self.audit else self.grave
        return complete and not (self.hard or self.grave or grave)


def school_lines(site: SiteState) -> tuple[SchoolLine, ...]:
    """Every school, office by office; those with something to do first."""
    lines = [line for row in site.offices() for line in _of_office(site, row.key)]
    names = {row.key: row.name for row in site.offices()}
    named = [x if x.name else replace(x, name=names[x.office]) for x in lines]
    return tuple(sorted(named, key=lambda x: x.is_sound))


def editions(site: SiteState) -> Iterator[tuple[str, Edition]]:
    """What is in force in each office that has published, by its key."""
    for row in site.offices():
        try:
            yield row.key, site.of(row.key).edition()
        except NothingPublished:
            continue


def is_district(site: SiteState) -> bool:
    """Whether there are several schools, in offices of their own or in one."""
    if len(site.offices()) > 1:
        return True
    return any(len(edition.schools) > 1 for _, edition in editions(site))


def school_editions(site: SiteState, key: str, edition: Edition) -> tuple[Edition, ...]:
    """The edition of each school of an office, judged alone; cut once for a version."""
    if len(edition.schools) < 2:
        return (edition,)
    asked = key, edition.version, edition.published_at
    if asked not in site.schools:
        parts = parts_of(District(edition.problem))
        site.schools[asked] = tuple(
            replace(edition, timetable=part.timetable_of(edition.timetable), claim=None)
            for part in parts
        )
    return site.schools[asked]


def _of_office(site: SiteState, key: str) -> Iterator[SchoolLine]:
    try:
        edition = site.of(key).edition()
    except NothingPublished:
        yield SchoolLine(key, "")
        return
    before = {
        tuple(s.school_id for s in one.schools): one
        for one in _editions_before(site, key, edition)
    }
    audits, under_way = audit_lines(site.of(key)), is_under_way(site.of(key))
    for one in school_editions(site, key, edition):
        line = _line(key, one, before.get(tuple(s.school_id for s in one.schools)))
        audit = audits.get(one.schools[0].name)
        yield replace(line, audit=audit, is_audited=under_way)


def _editions_before(
    site: SiteState, key: str, edition: Edition
) -> tuple[Edition, ...]:
    """Each school of an office in the version before; read once for a version."""
    if edition.version < 2:
        return ()
    asked = key, -edition.version, edition.published_at
    if asked not in site.schools:
        found = site.of(key).office.publication(edition.version - 1)
        before = published_edition(found, site.profile)
        site.schools[asked] = school_editions(site, key, before)
    return site.schools[asked]


def _grave(edition: Edition) -> list[Finding]:
    return [f for f in edition.hours.findings if f.severity.fails]


def _line(key: str, edition: Edition, before: Edition | None) -> SchoolLine:
    grave = _grave(edition)
    loads = venue_loads(edition.timetable, pe_only=True)
    classes = len(edition.problem.classes)
    return SchoolLine(
        key,
        "、".join(s.name for s in edition.schools),
        edition,
        edition.report.hard,
        edition.report.clashes.conflicts,
        len(edition.problem.lessons),
        len(edition.timetable.placements),
        classes,
        classes - len({f.class_id for f in grave}),
        len(grave),
        float(sum(x.used_zone_periods for x in loads)),
        float(sum(x.heat.open_zone_periods for x in loads)),
        None if before is None else len(_grave(before)),
    )
