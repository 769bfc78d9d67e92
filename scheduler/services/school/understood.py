"""Understanding of a problem before it is solved: classes, loads, places, hours.

Counting only: what is over here is over whatever the timetable.
"""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from scheduler.audit.findings import FindingKind
from scheduler.audit.planned.table import hours_table
from scheduler.audit.standard import Standard
from scheduler.formats.checks.fit import most_disjoint, periods_needed
from scheduler.model.packing import most_classes
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME
from scheduler.model.text import Text
from scheduler.model.times import LESSON_ROWS
from scheduler.model.timetable import Timetable
from scheduler.model.venues import Layout

_OFF_STANDARD = (FindingKind.MISSING, FindingKind.TOO_FEW, FindingKind.TOO_MANY)


@dataclass(frozen=True, slots=True)
class Load:
    """Periods a week (the fuller of two weeks) against how many there may be.

    ``most`` is None where nothing limits them.
    """

    name: str
    need: int
    most: int | None

    @property
    def is_over(self) -> bool:
        """Whether it is more than there may be."""
        return self.most is not None and self.need > self.most


@dataclass(frozen=True, slots=True)
class OffStandard:
    """A subject planned alike in some classes, under or over the standard.

    ``planned`` is in lessons of the school, ``demanded`` in those of the standard.
    """

    subject: Text
    planned: Fraction
    demanded: Fraction
    is_short: bool
    class_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """What a problem says.

    ``grades`` counts classes by (grade, lessons, periods) a week. ``pe`` is
    class-lessons of PE a week that need a place and, from above, those places take.
    """

    grades: tuple[tuple[tuple[int, int, int], int], ...]
    teachers: tuple[Load, ...]
    pe: tuple[Fraction, int]
    hours: tuple[OffStandard, ...]


def understood(problem: Problem, standard: Standard) -> Understood:
    """Count what was read; teachers come with the most loaded first."""
    return Understood(
        _grades(problem),
        _teachers(problem),
        (_pe_needed(problem), _pe_offered(problem)),
        _hours(problem, standard),
    )


def _grades(problem: Problem) -> tuple[tuple[tuple[int, int, int], int], ...]:
    found: Counter[tuple[int, int, int]] = Counter()
    for group in problem.classes:
        lessons = problem.whole_lessons_of_class[group.class_id]
        need = periods_needed(x for x in lessons if x.requirement.rows <= LESSON_ROWS)
        bell = problem.bell[group.bell_id]
        rows = sum(len(bell.rows(day, LESSON_ROWS)) for day in bell.days)
        found[group.grade, need, rows] += 1
    return tuple(sorted(found.items()))


def _teachers(problem: Problem) -> tuple[Load, ...]:
    loads = []
    for teacher in problem.teachers:
        name = teacher.teacher_id
        given = problem.lessons_of_teacher[name]
        own = [x for x in given if name in x.requirement.teacher_ids]
        loads.append(Load(teacher.name, periods_needed(own), teacher.max_per_week))
    return tuple(sorted(loads, key=lambda load: -load.need))


def _hours(problem: Problem, standard: Standard) -> tuple[OffStandard, ...]:
    table = hours_table(Timetable(problem, {}), standard)
    names = {(row.class_id, row.code): row.name for row in table.rows}
    alike: dict[tuple[Text, Fraction, Fraction, bool], list[str]] = {}
    for found in table.findings:
        if found.kind in _OFF_STANDARD and found.demanded is not None:
            name = names[found.class_id, found.code]
            short = found.kind is not FindingKind.TOO_MANY
            key = name, found.planned, found.demanded, short
            alike.setdefault(key, []).append(found.class_id)
    return tuple(OffStandard(*key, tuple(ids)) for key, ids in alike.items())


def _pe_needed(problem: Problem) -> Fraction:
    return sum(
        (
            r.per_week * r.classes_counted
            for r in problem.requirements
            if problem.subject[r.subject_id].kind.is_pe_type
            and r.rows <= LESSON_ROWS
            and not r.activity_id
            and HOME not in problem.allowed_layouts(r)
        ),
        Fraction(),
    )


def _pe_offered(problem: Problem) -> int:
    """Classes at once at each venue for PE, in periods that do not overlap."""
    pe = [s.subject_id for s in problem.subjects if s.kind.is_pe_type]
    at: dict[str, list[Layout]] = {}
    for layout in problem.layouts:
        if any(map(layout.names, pe)):
            at.setdefault(layout.venue_id, []).append(layout)
    caps = {zone.zone_id: zone.max_classes for zone in problem.all_zones}
    return sum(
        _at_venue(problem, venue_id, most_classes(tuple(layouts), caps))
        for venue_id, layouts in at.items()
    )


def _at_venue(problem: Problem, venue_id: str, at_once: int) -> int:
    rows = {
        day: list({p for bell in problem.bells for p in bell.rows(day, LESSON_ROWS)})
        for day in range(1, 8)
    }
    schools = {c.school_id for c in problem.classes}
    if problem.venue[venue_id].owner in schools:
        return at_once * sum(map(most_disjoint, rows.values()))
    total = 0
    for window in problem.agreements:
        if window.venue_id == venue_id:
            inside = [
                p
                for p in rows[window.day]
                if window.start <= p.start and p.end <= window.end
            ]
            total += min(at_once, window.max_classes) * most_disjoint(inside)
    return total
