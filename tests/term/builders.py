"""A small school for tests of dates: one bell, two classes, a field and a park.

    September 2026              October 2026
    Mo Tu We Th Fr Sa Su        Mo Tu We Th Fr Sa Su
        1  2  3  4  5  6  week 1 (odd)  (28 Sep is in week 5, odd)
     7  8  9 10 11 12 13  week 2                  1  2  3  4
    14 15 16 17 18 19 20  week 3         5  6  7  8  9 10 11  week 6
    21 22 23 24 25 26 27  week 4        12 13 14 15 16 17 18  week 7
    28 29 30              week 5        19 20 21 22 23 24 25  week 8
                                        26 27 28 29 30 31     week 9

Closed: 25–27 September, 1–7 October. Make-up: Sunday 20 September acts as Tuesday,
Saturday 10 October as Wednesday.
"""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

from scheduler.model.meeting import Placement
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME, Requirement
from scheduler.model.resources import (
    ClassGroup,
    School,
    Stage,
    Subject,
    SubjectKind,
    Teacher,
)
from scheduler.model.term import ClosedDays, MakeUpDay, Term
from scheduler.model.times import Bell, Period, RowKind, Week
from scheduler.model.timetable import Timetable
from scheduler.model.venues import Agreement, Layout, Venue, Zone
from scheduler.term.changes import Change
from scheduler.term.dated import DatedLesson
from scheduler.term.entries import Entry
from scheduler.term.held import held_lessons
from scheduler.term.history import first_entries
from scheduler.term.versions import Versions

TERM = Term(
    name="2026-2027学年第一学期",
    first_day=dt.date(2026, 9, 1),
    last_day=dt.date(2026, 10, 31),
    timezone="Asia/Shanghai",
    week_one=dt.date(2026, 9, 1),
    closed=(
        ClosedDays(dt.date(2026, 9, 25), dt.date(2026, 9, 27), "中秋节"),
        ClosedDays(dt.date(2026, 10, 1), dt.date(2026, 10, 7), "国庆节"),
    ),
    make_up=(
        MakeUpDay(dt.date(2026, 9, 20), 2),
        MakeUpDay(dt.date(2026, 10, 10), 3),
    ),
)


def bell() -> Bell:
    """Periods 1 to 4 of 40 minutes from 08:00 on, every 50 minutes, Monday–Friday."""
    rows = (
        Period(day, k + 1, RowKind.LESSON, 480 + 50 * k, 520 + 50 * k)
        for day in range(1, 6)
        for k in range(4)
    )
    return Bell("B", tuple(rows))


def agreement(day: int, **changes: object) -> Agreement:
    """School S may use the park from 08:00 to 12:00 on one weekday of the term."""
    made = Agreement(
        agreement_id=f"XY{day}",
        venue_id="PARK",
        school_id="S",
        valid_from=TERM.first_day,
        valid_to=TERM.last_day,
        day=day,
        start=480,
        end=720,
        max_classes=2,
        walk_minutes=5,
    )
    return replace(made, **changes)


def requirement(name: str = "R1", **changes: object) -> Requirement:
    """Class 3(2) has PE with Wang Fang once a week."""
    made = Requirement(name, ("C2",), "PE", Fraction(1), teacher_ids=("T1",))
    return replace(made, **changes)


def problem(*requirements: Requirement, **changes: object) -> Problem:
    """The school with these requirements (one PE lesson of class 3(2) by default)."""
    made = Problem(
        schools=(School("S", "铁山路学校", Stage.PRIMARY),),
        bells=(bell(),),
        classes=(
            ClassGroup("C1", "S", 3, "三(1)班", 40, "B"),
            ClassGroup("C2", "S", 3, "三(2)班", 40, "B"),
        ),
        subjects=(
            Subject("PE", "体育与健康", SubjectKind.PE),
            Subject("CN", "语文", SubjectKind.CORE),
        ),
        teachers=(
            Teacher("T1", "王芳", "S"),
            Teacher("T2", "李明", "S"),
        ),
        requirements=requirements or (requirement(),),
        term=TERM,
        venues=(
            Venue("FIELD", "田径场", "S", "field", False, "S"),
            Venue("PARK", "社区公园", "公园路1号", "public", False),
        ),
        zones=(Zone("北半场", "FIELD", 1), Zone("南半场", "FIELD", 1)),
        layouts=(
            Layout("L-NORTH", "FIELD", ("北半场",), ("PE",), 1),
            Layout("L-SOUTH", "FIELD", ("南半场",), ("PE",), 1),
            Layout("L-PARK", "PARK", ("PARK",), ("PE",), 1),
        ),
        agreements=(agreement(2),),
    )
    return replace(made, **changes)


def placement(day: int = 2, period: int = 1, **changes: object) -> Placement:
    """Every week, in the class's own room, with Wang Fang."""
    made = Placement(Week.EVERY, day, period, HOME, ("T1",), 1)
    return replace(made, **changes)


def timetable(given: Problem | None = None, **placements: Placement) -> Timetable:
    """A timetable placing lesson 1 of each requirement named."""
    placed = {f"{name}#1": place for name, place in placements.items()}
    return Timetable(given or problem(), placed)


def held(table: Timetable, *changes: Change) -> tuple[DatedLesson, ...]:
    """Lessons of a timetable where they are held."""
    return held_lessons(Versions.of(table), changes)


def entries(table: Timetable, *changes: Change) -> list[Entry]:
    """The lessons of a timetable as they are first published."""
    at = dt.datetime(2026, 8, 25, tzinfo=dt.UTC)
    return first_entries(Versions.of(table), 1, at, changes)


def dates(*days: str) -> list[dt.date]:
    """Dates of 2026 written ``9-1``."""
    pairs = (day.split("-") for day in days)
    return [dt.date(2026, int(month), int(day)) for month, day in pairs]
