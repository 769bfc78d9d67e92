"""Tiny problems by hand: two schools with two bells, a field, a park, a second site.

Monday to Friday, bell A (classes C1, C2 of school S1, D1 of school S2):

    1  08:00–08:40   (break)   2  08:50–09:30   big break
    3  10:00–10:40   (break)   4  10:50–11:30   lunch 11:30–13:00
    5  13:00–13:40   (break)   6  13:50–14:30   7  14:30–15:10
    20 after school 15:30–16:30

Bell B (class C3 of school S1) rings at other times; its 3 is A's 4, its 4 is A's 5:

    1  08:10–08:50   2  09:00–09:40   big break   3  10:50–11:30   lunch
    4  13:00–13:40
"""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

from scheduler.model.meeting import Placement
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME, FixedLesson, Requirement
from scheduler.model.resources import (
    ClassGroup,
    ResourceKind,
    School,
    Stage,
    Subject,
    SubjectKind,
    Teacher,
    Unavailability,
)
from scheduler.model.settings import RuleSetting
from scheduler.model.term import Term
from scheduler.model.times import Bell, Period, RowKind, Week, parse_clock
from scheduler.model.timetable import Timetable
from scheduler.model.venues import Agreement, Layout, SiteDistance, Venue, Zone

A_DAY = """
1 lesson 08:00-08:40
11 break 08:40-08:50
2 lesson 08:50-09:30
12 big_break 09:30-10:00
3 lesson 10:00-10:40
13 break 10:40-10:50
4 lesson 10:50-11:30
14 lunch 11:30-13:00
5 lesson 13:00-13:40
15 break 13:40-13:50
6 lesson 13:50-14:30
7 lesson 14:30-15:10
20 after_school 15:30-16:30
"""
B_DAY = """
1 lesson 08:10-08:50
2 lesson 09:00-09:40
12 big_break 09:40-10:10
3 lesson 10:50-11:30
14 lunch 11:30-13:00
4 lesson 13:00-13:40
"""
TERM = Term(
    name="2026-2027学年第一学期",
    first_day=dt.date(2026, 9, 1),
    last_day=dt.date(2026, 10, 30),
    timezone="Asia/Shanghai",
    week_one=dt.date(2026, 9, 1),
)


ANYWHERE = RuleSetting("FillClassDays", enabled=False)
"""A school's few lessons may lie anywhere in the day."""


def bell(bell_id: str, rows: str, days: tuple[int, ...] = (1, 2, 3, 4, 5)) -> Bell:
    """The same rows on each day, as lines of number, kind and ``HH:MM-HH:MM``."""
    periods = []
    for day in days:
        for line in rows.strip().splitlines():
            number, kind, times = line.split()
            start, end = map(parse_clock, times.split("-"))
            periods.append(Period(day, int(number), RowKind(kind), start, end))
    return Bell(bell_id, tuple(periods))


CLASSES = (
    ClassGroup("C1", "S1", 3, "三(1)班", 40, "A"),
    ClassGroup("C2", "S1", 3, "三(2)班", 30, "A"),
    ClassGroup("C3", "S1", 1, "一(1)班", 20, "B"),
    ClassGroup("D1", "S2", 3, "西校三(1)班", 35, "A"),
)
SUBJECTS = (
    Subject("CN", "语文", SubjectKind.CORE, "Chinese"),
    Subject("PE", "体育与健康", SubjectKind.PE, "PE"),
    Subject("RUN", "体育活动", SubjectKind.PE_ACTIVITY, "sports time"),
    Subject("MUS", "音乐", SubjectKind.ARTS, "music"),
    Subject("PSY", "心理健康", SubjectKind.PSYCH, "mental health"),
    Subject("LAB", "劳动", SubjectKind.LABOUR),
)
TEACHERS = (
    Teacher("T1", "王芳", "S1"),
    Teacher("T2", "李强", "S1"),
    Teacher("T3", "张敏", "S1"),
)
VENUES = (
    Venue("FIELD", "田径场", "S1", "field", False, "S1"),
    Venue("FAR", "分校操场", "S1B", "field", False, "S1"),
    Venue("PARK", "社区公园", "PARK", "public", False),
    Venue("MUSIC", "音乐教室", "S1", "room", True, "S1"),
)
ZONES = (Zone("Z1", "FIELD", 1), Zone("Z2", "FIELD", 2, 60))
LAYOUTS = (
    Layout("L1", "FIELD", ("Z1",), ("PE", "RUN"), 1),
    Layout("L2", "FIELD", ("Z2",), ("PE", "RUN"), 2, preference=1),
    Layout("L12", "FIELD", ("Z1", "Z2"), ("PE",), 1, preference=2),
    Layout("LF", "FAR", ("FAR",), ("PE",), 1),
    Layout("LP", "PARK", ("PARK",), ("PE",), 2),
    Layout("LM", "MUSIC", ("MUSIC",), ("MUS",), 1),
)


def problem(*requirements: Requirement, **tables: tuple[object, ...]) -> Problem:
    """The two schools with these requirements; ``tables`` replace whole tables.

    Their few lessons may lie anywhere: holes in a class's day are no fault here unless
    ``rules`` say so.
    """
    given = {
        "schools": (
            School("S1", "东校", Stage.PRIMARY),
            School("S2", "西校", Stage.PRIMARY),
        ),
        "bells": (bell("A", A_DAY), bell("B", B_DAY)),
        "classes": CLASSES,
        "subjects": SUBJECTS,
        "teachers": TEACHERS,
        "term": TERM,
        "venues": VENUES,
        "zones": ZONES,
        "layouts": LAYOUTS,
        "sites": (SiteDistance("S1", "S2", 20), SiteDistance("S1", "S1B", 10)),
        "rules": (ANYWHERE,),
    }
    return Problem(requirements=requirements, **{**given, **tables})


def need(
    name: str, classes: str, subject: str, per_week: str = "1", **more: object
) -> Requirement:
    """A requirement of classes ``"C1;C2"``, given by T1 unless told otherwise."""
    ids = tuple(classes.split(";"))
    given = {"teacher_ids": ("T1",), **more}
    return Requirement(name, ids, subject, Fraction(per_week), **given)


def blocks(*lengths: str) -> tuple[Fraction, ...]:
    """Lengths of lessons, ``"0.5"`` for one every other week."""
    return tuple(Fraction(x) for x in lengths)


def place(
    day: int,
    period: int,
    layout: str = HOME,
    week: Week = Week.EVERY,
    length: int = 1,
    teachers: tuple[str, ...] = ("T1",),
) -> Placement:
    """A placement, given by T1 unless told otherwise."""
    return Placement(week, day, period, layout, teachers, length)


def timetable(given: Problem, **placements: Placement) -> Timetable:
    """A timetable; ``R1_2=place(...)`` places ``R1#2``, ``R1=place(...)`` ``R1#1``."""
    named = {name.replace("_", "#"): where for name, where in placements.items()}
    whole = {k if "#" in k else f"{k}#1": where for k, where in named.items()}
    return Timetable(given, whole)


def agreement(day: int = 1, **changes: object) -> Agreement:
    """School S1 may use the park on a weekday 10:00–11:30, ten minutes' walk away."""
    made = Agreement(
        agreement_id=f"XY{day}",
        venue_id="PARK",
        school_id="S1",
        valid_from=TERM.first_day,
        valid_to=TERM.last_day,
        day=day,
        start=600,
        end=690,
        max_classes=2,
        walk_minutes=10,
    )
    return replace(made, **changes)


def unavailable(
    kind: str, name: str, day: int = 1, **changes: object
) -> Unavailability:
    """A whole day unless ``period`` or ``start`` and ``end`` are given."""
    return Unavailability(ResourceKind(kind), name, day, **changes)


def fixed(requirement_id: str, day: int, period: int, **changes: object) -> FixedLesson:
    """The first lesson of a requirement, fixed."""
    return FixedLesson(requirement_id, 1, day, period, **changes)
