"""An empty school: its classes, the usual day, the plan of the standard, a term."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from scheduler.audit.standard import Standard, StandardKind, StandardRow
from scheduler.formats.spreadsheets.importing.bells import (
    DAYS,
    JUNIOR,
    bell_rows,
    usual_rows,
)
from scheduler.formats.spreadsheets.importing.building import SIZE, usual_term
from scheduler.formats.spreadsheets.importing.people import KINDS, OUTDOOR
from scheduler.model.course_names import course_names
from scheduler.model.problem import Problem
from scheduler.model.requirements import Requirement, WeekRule
from scheduler.model.resources import (
    ClassGroup,
    School,
    Stage,
    Subject,
    SubjectKind,
    Teacher,
)
from scheduler.model.times import Bell

SCHOOL, LOW, HIGH = "S1", "bell-1", "bell-2"
LESSONS = {False: 6, True: 7}
"""Lessons of a day in primary and junior schools, for the hours of the standard."""
GRADES = {
    Stage.PRIMARY: range(1, 7),
    Stage.JUNIOR: range(7, 10),
    Stage.NINE_YEAR: range(1, 10),
}
_ARTS = "AR"
_NUMBERS = "零一二三四五六七八九"


def empty_school(
    name: str,
    stage: Stage,
    classes: Mapping[int, int],
    standard: Standard,
    today: date,
) -> Problem:
    """A school whose teachers and places are not known yet.

    Every class has the hours that the standard refers to, given by a stand-in of its
    own, who is to be replaced lesson by lesson: so it can be solved at once.

    Parameters:
        classes: How many there are in each grade.
        standard: What subjects and hours are taken from.
        today: Dates the term.
    """
    grades = [grade for grade in GRADES[stage] if classes.get(grade)]
    groups = tuple(
        ClassGroup(
            f"G{grade}C{number:02d}",
            SCHOOL,
            grade,
            f"{_NUMBERS[grade]}({number})班",
            SIZE[grade >= JUNIOR],
            HIGH if grade >= JUNIOR else LOW,
        )
        for grade in grades
        for number in range(1, classes[grade] + 1)
    )
    return Problem(
        (School(SCHOOL, name, stage),),
        tuple(_bell(junior) for junior in sorted({g >= JUNIOR for g in grades})),
        groups,
        tuple(_subjects(standard, grades)),
        tuple(_stand_in(x, standard) for x in groups),
        tuple(_requirements(groups, standard)),
        usual_term(today),
    )


def _bell(junior: bool) -> Bell:
    rows = usual_rows(LESSONS[junior], junior)
    return Bell(HIGH if junior else LOW, bell_rows(rows, (), DAYS))


def _subjects(standard: Standard, grades: list[int]) -> Iterator[Subject]:
    """What the standard wants given, and activities, which any class may need."""
    given = [row.code for grade in grades for row in _plan(standard, grade)]
    for code in dict.fromkeys((*given, *sorted(OUTDOOR))):
        yield Subject(
            code,
            course_names().print_name(code),
            KINDS.get(code, SubjectKind.OTHER),
            standard_code=code,
            outdoor=code in OUTDOOR,
        )


def _plan(standard: Standard, grade: int) -> list[StandardRow]:
    """Rows of a grade that are given by themselves; of the arts their two parts."""
    return [
        row
        for row in standard.of_grade(grade)
        if row.reference
        and (row.kind is StandardKind.PLAN or row.relatives == (_ARTS,))
        and row.code != _ARTS
    ]


def _stand_in(group: ClassGroup, standard: Standard) -> Teacher:
    taught = tuple(sorted(row.code for row in _plan(standard, group.grade)))
    return Teacher(f"T-{group.class_id}", f"待定 {group.name}", SCHOOL, taught)


def _requirements(
    groups: tuple[ClassGroup, ...], standard: Standard
) -> Iterator[Requirement]:
    for group in groups:
        for row in _plan(standard, group.grade):
            hours = row.reference or Fraction(0)
            every = hours.denominator == 1
            yield Requirement(
                f"{group.class_id}-{row.code}",
                (group.class_id,),
                row.code,
                hours,
                (f"T-{group.class_id}",),
                week=WeekRule.EVERY if every else WeekRule.ALTERNATE,
            )
