"""The five small problems that have no timetable: five days of six periods.

They are the ones on which other tools are compared: the first three are seen by
counting one person's periods or days, the last two only by counting places.
"""

from dataclasses import replace

from scheduler.model.problem import Problem
from scheduler.model.requirements import Requirement
from scheduler.model.resources import (
    ClassGroup,
    ResourceKind,
    School,
    Stage,
    Teacher,
    Unavailability,
)
from scheduler.model.venues import Layout, Venue
from tests.builders import ANYWHERE, SUBJECTS, TERM, bell, need

SIX_PERIODS = """
1 lesson 08:00-08:40
2 lesson 08:50-09:30
3 lesson 09:40-10:20
4 lesson 10:30-11:10
12 lunch 11:10-13:00
5 lesson 13:00-13:40
6 lesson 13:50-14:30
"""
NUMERALS = "一二三四五六七八九"


def school(*requirements: Requirement, **tables: tuple[object, ...]) -> Problem:
    """Eleven classes, a field for one of them at a time, as many teachers."""
    classes = tuple(
        ClassGroup(f"C{k}", "S1", 3, f"三({k})班", 40, "W") for k in range(1, 12)
    )
    teachers = tuple(
        Teacher(f"T{k}", f"{NUMERALS[k - 1]}老师", "S1") for k in range(1, 10)
    )
    given = Problem(
        schools=(School("S1", "东校", Stage.PRIMARY),),
        bells=(bell("W", SIX_PERIODS),),
        classes=classes,
        subjects=SUBJECTS,
        teachers=teachers,
        requirements=requirements,
        term=TERM,
        venues=(Venue("FIELD", "操场", "S1", "field", False, "S1"),),
        layouts=(Layout("L", "FIELD", ("FIELD",), ("PE",), 1),),
        rules=(ANYWHERE,),
    )
    return replace(given, **tables)


def teacher_with_31_lessons() -> Problem:
    """Four classes ask one teacher for 8 + 8 + 8 + 7 lessons; there are 30 periods."""
    return school(
        *(need(f"R{k}", f"C{k}", "CN", "8") for k in (1, 2, 3)),
        need("R4", "C4", "CN", "7"),
    )


def class_with_31_lessons() -> Problem:
    """One class has 10 + 10 + 11 lessons with three teachers; there are 30 periods."""
    return school(
        need("R1", "C1", "CN", "10"),
        need("R2", "C1", "MUS", "10", teacher_ids=("T2",)),
        need("R3", "C1", "LAB", "11", teacher_ids=("T3",)),
    )


def three_days_for_a_teacher_of_two() -> Problem:
    """Three lessons, one a day; the teacher is there on Monday and Tuesday only."""
    away = tuple(Unavailability(ResourceKind.TEACHER, "T1", day) for day in (3, 4, 5))
    return school(need("R1", "C1", "CN", "3", max_per_day=1), unavailable=away)


def field_for_33_lessons() -> Problem:
    """Eleven classes have PE three times on a field for one class; 30 periods."""
    return school(
        *(
            need(f"R{k}", f"C{k}", "PE", "3", teacher_ids=(f"T{1 + k % 4}",))
            for k in range(1, 12)
        )
    )


def ten_periods_for_12_lessons() -> Problem:
    """Four classes have PE three times; the field is open for the last two periods."""
    closed = tuple(
        Unavailability(ResourceKind.VENUE, "FIELD", day, period)
        for day in range(1, 6)
        for period in range(1, 5)
    )
    return school(
        *(
            need(f"R{k}", f"C{k}", "PE", "3", teacher_ids=(f"T{k}",))
            for k in range(1, 5)
        ),
        unavailable=closed,
    )
