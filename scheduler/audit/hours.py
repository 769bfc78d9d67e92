"""足额开设: hours demanded, planned and placed, class by class.

Lessons that the standard lets lie inside others count with those: handwriting
in Chinese, music and fine art in the arts, psychology in the integrated group.
What may lie inside or come on top (PE activities, the Student Reader in one of
three subjects) lifts a shortage and never makes an excess: the standard's daily
PE adds activity periods to full weeks. Lessons outside lesson rows (big break,
after school) are no lessons of the curriculum.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from scheduler.audit.findings import Finding
from scheduler.audit.hours_row import HoursRow
from scheduler.audit.shortfalls import class_findings
from scheduler.audit.standard import (
    TOTAL,
    Standard,
    StandardKind,
    StandardRow,
    standard_minutes,
)
from scheduler.audit.taught import Taught, lesson_minutes, taught_in
from scheduler.model.resources import ClassGroup
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable

SHARED_OUT = frozenset({"AR"})
"""Codes whose own lessons may be any of their components: 艺术 is music or art."""


@dataclass(frozen=True, slots=True)
class HoursTable:
    """All rows, in the order of classes and standard; and what they lack."""

    rows: tuple[HoursRow, ...]
    findings: tuple[Finding, ...]

    def of_class(self, class_id: str) -> tuple[HoursRow, ...]:
        """Rows of one class."""
        return tuple(row for row in self.rows if row.class_id == class_id)


def hours_table(timetable: Timetable, standard: Standard) -> HoursTable:
    """Hours of every class against a curriculum standard.

    Every code of the grade has a row; so has every other subject of the class,
    under its subject id.
    """
    rows: list[HoursRow] = []
    findings: list[Finding] = []
    for group in timetable.problem.classes:
        found = _class_rows(timetable, group, standard.of_grade(group.grade))
        rows += found
        named = replace(group, name=timetable.problem.class_name[group.class_id])
        findings += class_findings(named, found)
    return HoursTable(tuple(rows), tuple(findings))


def _class_rows(
    timetable: Timetable, group: ClassGroup, demanded: tuple[StandardRow, ...]
) -> tuple[HoursRow, ...]:
    problem = timetable.problem
    subjects = taught_in(timetable, group.class_id)
    known = {row.code for row in demanded}
    coded: dict[str, Taught] = defaultdict(Taught)
    for subject_id, taught in subjects.items():
        code = problem.subject[subject_id].code
        coded[code if code in known else ""] += taught
    lesson = lesson_minutes(problem.bell[group.bell_id])
    lengths = (lesson, standard_minutes(group.grade))
    listed = listed_rows(group.class_id, demanded, coded, lengths)
    others = [
        HoursRow(
            group.class_id,
            subject.subject_id,
            Text(subject.name, subject.name_en or subject.name),
            None,
            subjects[subject.subject_id],
            subjects[subject.subject_id],
            Taught(),
            *lengths,
        )
        for subject in problem.subjects
        if subject.subject_id in subjects and subject.code not in known
    ]
    return (*listed, *others)


def listed_rows(
    class_id: str,
    demanded: tuple[StandardRow, ...],
    coded: dict[str, Taught],
    lengths: tuple[int, int],
) -> list[HoursRow]:
    """A row for every code of the grade; what has no code of it counts in the total.

    Parameters:
        coded: Hours by code; under "" those of other subjects.
        lengths: Minutes of the school's usual lesson, and of the standard's.
    """
    return [_row(class_id, row, demanded, coded, lengths) for row in demanded]


def _row(
    class_id: str,
    row: StandardRow,
    demanded: tuple[StandardRow, ...],
    coded: dict[str, Taught],
    lengths: tuple[int, int],
) -> HoursRow:
    firm, flexible = sources_of(row, demanded)
    if row.kind is StandardKind.TOTAL:
        firm = (*firm, "")
    return HoursRow(
        class_id,
        row.code,
        row.name,
        row,
        _sum(coded, firm),
        _sum(coded, (row.code,)),
        _sum(coded, flexible),
        *lengths,
    )


def sources_of(
    row: StandardRow, demanded: tuple[StandardRow, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Codes whose lessons count in a row, and codes whose lessons may.

    Parameters:
        demanded: All rows of the grade.
    """
    policy = tuple(r.code for r in demanded if r.kind is StandardKind.POLICY_COMPONENT)
    if row.code == TOTAL:
        return tuple(r.code for r in demanded if r.code not in policy), policy
    inside = {row.code}
    if row.kind is StandardKind.GROUP:
        inside |= set(row.relatives)
    firm: list[str] = []
    flexible: list[str] = []
    for other in demanded:
        if other.code in inside:
            firm.append(other.code)
        elif inside & _parents(other):
            sure = other.kind is StandardKind.COMPONENT and len(other.relatives) == 1
            (firm if sure else flexible).append(other.code)
    flexible += SHARED_OUT & _parents(row)
    return tuple(firm), tuple(flexible)


def _parents(row: StandardRow) -> frozenset[str]:
    """Codes that contain a component; none for other rows."""
    kinds = (StandardKind.COMPONENT, StandardKind.POLICY_COMPONENT)
    return frozenset(row.relatives) if row.kind in kinds else frozenset()


def _sum(coded: dict[str, Taught], codes: Iterable[str]) -> Taught:
    return sum((coded[code] for code in codes if code in coded), Taught())
