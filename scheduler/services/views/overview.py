"""The first page: what is shown, how good it is, what needs attention."""

from dataclasses import dataclass

from scheduler.model.resources import Level
from scheduler.model.text import Text
from scheduler.services.views.edition import Edition
from scheduler.services.views.places.load import VenueLoad, venue_loads
from scheduler.services.views.solution import is_about, quality


@dataclass(frozen=True, slots=True)
class RuleLine:
    """What one rule costs; ``count`` is the number of its violations."""

    name: str
    title: Text
    fault: Text
    level: Level
    count: int
    amount: int
    weight: int
    cost: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The numbers of the first page."""

    quality: Text
    hard: int
    soft: int
    bound: int | None
    conflicts: int
    lessons: int
    placed: int
    findings: int
    grave_findings: int
    pe_loads: tuple[VenueLoad, ...]


def rule_lines(edition: Edition, level: Level) -> tuple[RuleLine, ...]:
    """Every rule of a level in force, those without a violation included."""
    return tuple(
        RuleLine(
            r.name,
            r.title,
            r.fault,
            r.level,
            len(r.violations),
            r.amount,
            r.weight,
            r.cost,
        )
        for r in edition.report.results
        if r.level is level
    )


def overview(edition: Edition) -> Overview:
    """Gather the first page."""
    report, findings, claim = edition.report, edition.hours.findings, edition.claim
    return Overview(
        quality=quality(edition.claim, report),
        hard=report.hard,
        soft=report.soft,
        bound=claim.bound if claim and is_about(claim, report) else None,
        conflicts=report.clashes.conflicts,
        lessons=len(edition.problem.lessons),
        placed=len(edition.timetable.placements),
        findings=len(findings),
        grave_findings=sum(f.severity.fails for f in findings),
        pe_loads=venue_loads(edition.timetable, pe_only=True),
    )
