"""A hand-sized school: two bells on two days, a divided field, a music room.

Monday of bell "high" has four lessons, Friday three at other times; bell "low"
rings ten to fifteen minutes later and has two.
"""

from datetime import date

from scheduler.model.problem import Problem
from scheduler.model.requirements import Requirement
from scheduler.model.resources import (
    ClassGroup,
    School,
    Stage,
    Subject,
    SubjectKind,
)
from scheduler.model.term import Term
from scheduler.model.times import Bell, Period, RowKind, parse_clock
from scheduler.model.venues import Layout, Venue, Zone
from tests.builders import ANYWHERE, TEACHERS, place
from tests.builders import need as need
from tests.builders import timetable as timetable

at = place

HIGH_ROWS = """
1 1 lesson       08:20 09:00 第1节
1 2 lesson       09:15 09:55 第2节
1 8 big_break    09:55 10:25 大课间
1 3 lesson       10:25 11:05 第3节
1 9 lunch        11:05 13:00 午餐午休
1 4 lesson       13:00 13:40 第4节
1 10 after_school 13:50 14:50 课后服务
5 1 lesson       08:20 09:00 第1节
5 2 lesson       09:10 09:50 第2节
5 7 big_break    09:50 10:20 大课间
5 3 lesson       10:25 11:05 第3节
5 8 after_school 11:15 12:00 课后服务
"""
LOW_ROWS = """
1 1 lesson 08:30 09:10 第1节
1 2 lesson 09:30 10:10 第2节
5 1 lesson 08:30 09:10 第1节
5 2 lesson 09:30 10:10 第2节
"""


def bell(bell_id: str, rows: str) -> Bell:
    """A bell from lines of day, number, kind, start, end and name."""
    periods = []
    for line in rows.strip().splitlines():
        day, number, kind, start, end, name = line.split()
        times = (parse_clock(start), parse_clock(end))
        periods.append(Period(int(day), int(number), RowKind(kind), *times, name))
    return Bell(bell_id, tuple(periods))


SUBJECTS = (
    Subject("CN", "语文", SubjectKind.CORE, "Chinese", "CN"),
    Subject("PE", "体育与健康", SubjectKind.PE, "PE and health", "PE", True),
    Subject("MUS", "音乐", SubjectKind.ARTS, "music", "MUS"),
    Subject("CLS", "班团队活动", SubjectKind.OTHER, "class meeting", "CLS"),
    Subject("PSY", "心理健康", SubjectKind.PSYCH, "mental health", "PSY"),
    Subject("CLUB", "社团", SubjectKind.OTHER, "club"),
)
CLASSES = (
    ClassGroup("A", "S1", 3, "三(1)班", 40, "high"),
    ClassGroup("B", "S1", 3, "三(2)班", 30, "high"),
    ClassGroup("C", "S1", 1, "一(1)班", 20, "low"),
)
TERM = Term(
    "2026-2027学年第一学期",
    date(2026, 9, 1),
    date(2027, 1, 22),
    "Asia/Shanghai",
    date(2026, 9, 1),
)


def small_problem(*requirements: Requirement, **changes: tuple[object, ...]) -> Problem:
    """The school with these requirements; ``changes`` replace whole tables.

    Its few lessons may lie anywhere in the day unless ``rules`` say otherwise.
    """
    tables = {
        "schools": (School("S1", "铁山路学校", Stage.PRIMARY),),
        "bells": (bell("high", HIGH_ROWS), bell("low", LOW_ROWS)),
        "classes": CLASSES,
        "subjects": SUBJECTS,
        "teachers": TEACHERS,
        "requirements": requirements,
        "term": TERM,
        "rules": (ANYWHERE,),
        "venues": (
            Venue("V-F", "田径场", "S1", "field", False, "S1"),
            Venue("V-M", "音乐教室", "S1", "room", True, "S1"),
        ),
        "zones": (Zone("Z1", "V-F", 1, 40), Zone("Z2", "V-F", 1, 40)),
        "layouts": (
            Layout("L1", "V-F", ("Z1",), ("PE",), 1),
            Layout("L2", "V-F", ("Z2",), ("PE",), 1),
            Layout("L12", "V-F", ("Z1", "Z2"), ("PE",), 1),
            Layout("LM", "V-M", ("V-M",), ("MUS",), 1),
        ),
    }
    return Problem(**{**tables, **changes})
