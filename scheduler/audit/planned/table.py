"""Hours table: hours demanded, planned and placed, and what classes lack."""

from collections import defaultdict
from dataclasses import dataclass, replace

from scheduler.audit.findings import Finding
from scheduler.audit.hours import listed_rows
from scheduler.audit.hours_row import HoursRow
from scheduler.audit.planned.shortfalls import class_findings
from scheduler.audit.standard import Standard, StandardRow, standard_minutes
from scheduler.audit.taught import Taught, lesson_minutes, taught_in
from scheduler.model.course_names import course_names
from scheduler.model.resources import ClassGroup, Subject
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable


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
    off_plan = {x.subject_id for x in timetable.problem.subjects if _off_plan(x)}
    for group in timetable.problem.classes:
        found = _class_rows(timetable, group, standard.of_grade(group.grade))
        rows += found
        named = replace(group, name=timetable.problem.class_name[group.class_id])
        findings += class_findings(named, found, off_plan)
    return HoursTable(tuple(rows), tuple(findings))


def _off_plan(subject: Subject) -> bool:
    return not subject.standard_code and course_names().off_plan(subject.name)


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
