"""The page of hours: findings by grade, equal ones once, over the schools' sheets."""

from dataclasses import dataclass

from scheduler.audit.findings import Finding, Severity
from scheduler.audit.planned.sheets import TOLERANCE, HoursSheet, hours_sheet
from scheduler.audit.profile import Profile
from scheduler.audit.running.catalogue import RULE
from scheduler.model.problem import Problem
from scheduler.model.resources import ClassGroup
from scheduler.model.text import Text
from scheduler.services.views.edition import Edition
from scheduler.services.views.grades import grade_heading


@dataclass(frozen=True, slots=True)
class SharedFinding:
    """What several classes of a grade lack alike; ``rule`` is its id and name."""

    severity: Severity
    rule: Text | None
    what: Text
    classes: tuple[ClassGroup, ...]


@dataclass(frozen=True, slots=True)
class HoursPage:
    """Findings by grade, gravest first, and the sheets they come from."""

    source: Text
    count: int
    severity: Severity | None
    findings: tuple[tuple[Text, tuple[SharedFinding, ...]], ...]
    sheets: tuple[HoursSheet, ...]
    tolerance: Text = TOLERANCE


def hours_page(edition: Edition) -> HoursPage:
    """Lay out the hours of all classes."""
    problem, findings = edition.problem, edition.hours.findings
    return HoursPage(
        _source(edition.profile),
        len(findings),
        min((f.severity for f in findings), key=lambda s: s.rank, default=None),
        tuple(_by_grade(problem, findings)),
        tuple(
            hours_sheet(edition.timetable, edition.hours, school.school_id)
            for school in edition.schools
        ),
    )


def _source(profile: Profile) -> Text:
    return Text(
        f"依据：{profile.document.zh}。口径：{profile.title.zh}，"
        f"{profile.version}整理。",
        f"Held against: {profile.document.en}. Profile: {profile.title.en}, as of "
        f"{profile.version}.",
    )


def _by_grade(
    problem: Problem, findings: tuple[Finding, ...]
) -> list[tuple[Text, tuple[SharedFinding, ...]]]:
    found: dict[Text, dict[tuple[Severity, str, Text], list[ClassGroup]]] = {}
    for f in findings:
        group = problem.class_group[f.class_id]
        title = grade_heading(problem, group.school_id, group.grade)
        alike = found.setdefault(title, {})
        alike.setdefault((f.severity, f.rule, f.what), []).append(group)
    return [(title, _shared(alike)) for title, alike in found.items()]


def _shared(
    alike: dict[tuple[Severity, str, Text], list[ClassGroup]],
) -> tuple[SharedFinding, ...]:
    rows = (
        SharedFinding(severity, _rule_name(rule), what, tuple(classes))
        for (severity, rule, what), classes in alike.items()
    )
    return tuple(sorted(rows, key=lambda row: row.severity.rank))


def _rule_name(rule: str) -> Text | None:
    if rule not in RULE:
        return None
    return Text(f"{rule} {RULE[rule].title.zh}", f"{rule} {RULE[rule].title.en}")
