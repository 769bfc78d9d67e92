"""What two kinds of school teach, in whose hands, on which bell, in which rooms.

Hours stay near the standard's (regulations.md, curriculum_2022.csv); the school course
takes what is left of the week, so that fullness is one number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from scheduler.model.resources import Stage, Subject, SubjectKind
from scheduler.model.times import Bell, Period, RowKind, parse_clock
from tests.benchmarks.planted.planting import Week

DAYS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, eq=False)
class Course:
    """A subject as it is given: hours by grade, who gives it, blocks, which rooms.

    ``department`` of a grade may differ (class teachers give more to the youngest).
    ``home`` keeps it out of the subject's rooms; ``joint`` grades take it two classes
    together in the hall.
    """

    subject_id: str
    hours: Mapping[int, float]
    department: Mapping[int, str]
    blocks: Mapping[int, str]
    suffix: str = ""
    home: bool = False
    joint: tuple[int, ...] = ()


@dataclass(frozen=True)
class Department:
    """Teachers of some courses: periods a week, and when they meet (教研)."""

    name: str
    load: float
    half: int | None
    """Half-day of the research meeting: 0 morning, 1 afternoon, None for no meeting."""
    room: str = ""
    """Subject whose rooms (or PE places) all its lessons use."""
    waves: int = 1
    """PE teachers do not all meet on one day."""


@dataclass(frozen=True)
class Plan:
    """All that a stage fixes."""

    stage: Stage
    name: str
    grades: tuple[int, ...]
    bell: Bell
    week: Week
    subjects: tuple[Subject, ...]
    courses: tuple[Course, ...]
    departments: tuple[Department, ...]
    periods: int
    rooms: Mapping[str, str]
    """Names of function rooms by the subject they are for."""
    most_pupils: int


def plan_of(stage: Stage) -> Plan:
    """The plan of primary or junior schools.

    Raises:
        KeyError: another stage.
    """
    return {Stage.PRIMARY: PRIMARY, Stage.JUNIOR: JUNIOR}[stage]


def _bell(rows: str) -> Bell:
    periods = []
    for day in DAYS:
        for line in rows.strip().splitlines():
            number, kind, times, name = line.split()
            start, end = map(parse_clock, times.split("-"))
            periods.append(Period(day, int(number), RowKind(kind), start, end, name))
    return Bell("bell", tuple(periods))


def _subjects(ids: str) -> tuple[Subject, ...]:
    found = []
    for line in _SUBJECTS.strip().splitlines():
        code, name, english, standard, kind, outdoor = line.split(",")
        if code in ids.split():
            kinds = SubjectKind(kind)
            found.append(Subject(code, name, kinds, english, standard, outdoor == "1"))
    return tuple(found)


_SUBJECTS = """
CN,语文,Chinese,CN,core,0
CAL,书法,calligraphy,CAL,other,0
MA,数学,mathematics,MA,core,0
EN,英语,English,FL,core,0
ME,道德与法治,morality and law,ME,other,0
HI,历史,history,HI,other,0
GE,地理,geography,GE,other,0
PH,物理,physics,PH,science,0
CH,化学,chemistry,CH,science,0
BI,生物学,biology,BI,science,0
SC,科学,science,SC,science,0
IT,信息科技,IT,IT,it,0
PE,体育与健康,PE and health,PE,pe,1
PEA,体育活动,PE activity,PEA,pe_activity,1
MUS,音乐,music,MUS,arts,0
FA,美术,fine arts,FA,arts,0
LAB,劳动,labour,LAB,labour,0
CPA,综合实践活动,comprehensive practice,CPA,other,0
CLS,班团队活动,class meeting,CLS,other,0
PSY,心理健康,mental health,PSY,psych,0
LOC,地方课程,local course,LOC,other,0
SCH,校本课程,school course,SCH,other,0
"""

_PRIMARY_DAY = """
1 lesson 08:20-09:00 第1节
2 lesson 09:15-09:55 第2节
11 big_break 09:55-10:25 大课间
3 lesson 10:25-11:05 第3节
12 break 11:05-11:10 眼保健操
4 lesson 11:20-12:00 第4节
13 lunch 12:00-12:40 午餐
14 break 12:40-13:50 午休
5 lesson 14:00-14:40 第5节
15 break 14:40-14:45 眼保健操
6 lesson 14:55-15:35 第6节
7 lesson 15:50-16:30 第7节
16 activity 16:35-17:05 阳光体育
"""
_JUNIOR_DAY = """
1 lesson 08:00-08:40 第1节
2 lesson 08:55-09:35 第2节
11 big_break 09:35-10:15 大课间
3 lesson 10:15-10:55 第3节
12 break 10:55-11:00 眼保健操
4 lesson 11:10-11:50 第4节
13 lunch 11:50-12:30 午餐
14 break 12:30-13:50 午休
5 lesson 14:00-14:40 第5节
6 lesson 14:55-15:35 第6节
15 break 15:35-15:40 眼保健操
7 lesson 15:50-16:30 第7节
8 lesson 16:45-17:25 第8节
16 activity 17:30-18:00 阳光体育
"""


def _courses(table: str, grades: tuple[int, ...]) -> tuple[Course, ...]:
    """Lines of course, department, hours grade by grade, then options.

    A cell of hours may name its department (``2@语文``) or its blocks (``6=2;1;1``);
    ``&`` after it stands for classes taught together.
    """
    found = []
    for line in table.strip().splitlines():
        name, department, *cells = line.split()
        hours, who, blocks, joint = {}, {}, {}, []
        for grade, cell in zip(grades, cells, strict=True):
            text, _, other = cell.rstrip("&").partition("@")
            number, _, parts = text.partition("=")
            if float(number):
                hours[grade] = float(number)
                who[grade] = other or department
                blocks[grade] = parts
            if cell.endswith("&"):
                joint.append(grade)
        subject_id, _, suffix = name.partition("-")
        home = suffix == "HOME"
        suffix = "" if home else suffix
        found.append(Course(subject_id, hours, who, blocks, suffix, home, tuple(joint)))
    return tuple(found)


def blocks_of(course: Course, grade: int) -> tuple[Fraction, ...]:
    """Lengths of the course's lessons where they are not all of one period."""
    text = course.blocks.get(grade, "")
    return tuple(Fraction(part) for part in text.split(";") if part)


PRIMARY = Plan(
    Stage.PRIMARY,
    "示例小学",
    (1, 2, 3, 4, 5, 6),
    _bell(_PRIMARY_DAY),
    Week(
        (
            (((0, 1), (0, 2)), ((0, 3), (0, 4))),
            (((0, 5), (0, 6)), ((0, 7),)),
        )
    ),
    _subjects("CN CAL MA EN ME SC IT PE PEA MUS FA LAB CPA CLS PSY LOC SCH"),
    _courses(
        """
        CN  语文 8    8    6    6    6=2;1;1;1;1 6=2;1;1;1;1
        CAL 语文 0    0    1    1    1    1
        CLS 语文 1    1    1    1    1    1
        MA  数学 5    5    5    5    5    5
        EN  英语 2    2    3    3    3    3
        ME  道法 2@语文 2@语文 2 2    2    2
        SC  科学 2    2    2    2    2    2
        IT  信息 0    0    1    1    1    1
        PE  体育 4    4    3    3    3    3
        PEA 体育 1    1    2    2    2    2
        MUS 音乐 2    2    2    2    2    2
        FA  美术 2    2    2=2  2=2  2=2  2=2
        LAB 综合 1    1    1    1    1    1
        CPA 综合 1    1    1    1    1    1
        PSY 心理 0.5  0.5  0.5  0.5  0.5  0.5
        LOC 地方 0.5  0.5  0.5  0.5  0.5  0.5
        SCH 综合 2@语文 2@语文 1 1    1    1&
        """,
        (1, 2, 3, 4, 5, 6),
    ),
    (
        Department("语文", 16, 1),
        Department("数学", 15, 1),
        Department("英语", 15, 1),
        Department("道法", 16, 0),
        Department("科学", 16, 0, "SC"),
        Department("信息", 14, None, "IT"),
        Department("体育", 15, 1, "PE", waves=3),
        Department("音乐", 16, 0, "MUS"),
        Department("美术", 16, 0, "FA"),
        Department("综合", 15, 0),
    ),
    34,
    {"SC": "科学实验室", "IT": "计算机教室", "MUS": "音乐教室", "FA": "美术教室"},
    45,
)

JUNIOR = Plan(
    Stage.JUNIOR,
    "示例初中",
    (7, 8, 9),
    _bell(_JUNIOR_DAY),
    Week(
        (
            (((0, 1), (0, 2)), ((0, 3), (0, 4))),
            (((0, 5), (0, 6)), ((0, 7),), ((0, 8),)),
        )
    ),
    _subjects("CN MA EN ME HI GE PH CH BI IT PE PEA MUS FA LAB CPA CLS PSY LOC SCH"),
    _courses(
        """
        CN  语文 6=2;1;1;1;1 6=2;1;1;1;1 6=2;1;1;1;1
        CLS 语文 1    1    1
        MA  数学 5    5    5
        EN  英语 4    4    4
        ME  道法 2    2    2
        HI  历史 2    2    2
        GE  地理 2    2    0
        BI-HOME 生物 1 2   0
        BI-LAB 生物 2=2 0  0
        PH-HOME 物理 0 2   1
        PH-LAB 物理 0 0    2=2
        CH-HOME 化学 0 0   1
        CH-LAB 化学 0 0    2=2
        IT  信息 1    1    0
        PE  体育 3    3    3
        PEA 体育 2    2    2
        MUS 音乐 1    1    1
        FA  美术 1    1    1
        LAB 综合 1    1    1
        CPA 综合 1    1    1
        PSY 心理 0.5  0.5  0.5
        LOC 地方 0.5  0.5  0.5
        SCH 综合 2    1    2=2&
        """,
        (7, 8, 9),
    ),
    (
        Department("语文", 14, 1),
        Department("数学", 15, 1),
        Department("英语", 16, 1),
        Department("道法", 14, 0),
        Department("历史", 14, 0),
        Department("地理", 14, 0),
        Department("生物", 14, 1),
        Department("物理", 14, 1),
        Department("化学", 12, 0),
        Department("信息", 14, None, "IT"),
        Department("体育", 15, 1, "PE", waves=3),
        Department("音乐", 15, 0, "MUS"),
        Department("美术", 15, 0, "FA"),
        Department("综合", 14, 0),
    ),
    38,
    {
        "PH": "物理实验室",
        "CH": "化学实验室",
        "BI": "生物实验室",
        "IT": "计算机教室",
        "MUS": "音乐教室",
        "FA": "美术教室",
    },
    50,
)
