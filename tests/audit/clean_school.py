"""A primary school of 24 classes that keeps every rule, laid out by hand-made rules.

Grades 1-6, four classes each, lessons as in the reference plan. PE or a PE activity on
every day: with two big breaks of 40 minutes each that is 120 minutes of movement.
"""

from collections import Counter
from dataclasses import replace

from scheduler.audit.inputs.school import AuditClass, AuditLesson, AuditSchool, Use
from scheduler.audit.profile import Profile
from scheduler.formats.profiles import read_profile
from scheduler.model.times import Bell, RowKind, Week
from tests.builders import bell

ROWS = """
1 lesson 08:20-09:00
2 lesson 09:15-09:55
12 big_break 09:55-10:35
3 lesson 10:35-11:15
13 break 11:15-11:20
4 lesson 11:30-12:10
14 lunch 12:10-12:50
5 lesson 14:00-14:40
15 break 14:40-14:45
6 lesson 14:55-15:35
16 big_break 15:35-16:15
17 activity 16:15-16:55
18 after_school 16:55-17:55
"""
PROFILE: Profile = read_profile()
_CODES = "ME CN CAL MA FL SC IT PE PEA MUS FA LAB CPA CLS SCH PSY"
NAMES = {code: PROFILE.names.print_name(code) for code in _CODES.split(" ")}
NAMES["SCH"] = "校本/经典诵读"
PLAN = {
    1: "CN8 ME2 MA4 SC1 MUS2 FA2 LAB1 CPA1 CLS/PSY1 PE4",
    2: "CN8 ME2 MA4 SC1 MUS2 FA2 LAB1 CPA1 CLS/PSY1 PE4",
    3: "CN6 CAL1 ME2 MA4 FL2 SC2 IT1 MUS2 FA2 LAB1 CPA1 CLS1 SCH1 SCH/PSY1 PE3",
    4: "CN6 CAL1 ME2 MA4 FL2 SC2 IT1 MUS2 FA2 LAB1 CPA1 CLS1 SCH1 SCH/PSY1 PE3",
    5: "CN5 CAL1 ME2 MA5 FL3 SC2 IT1 MUS2 FA2 LAB1 CPA1 CLS1 SCH/PSY1 PE3",
    6: "CN5 CAL1 ME2 MA5 FL3 SC2 IT1 MUS2 FA2 LAB1 CPA1 CLS1 SCH/PSY1 PE3",
}


def day_bell(rows: str = ROWS) -> Bell:
    """The bell, its two five-minute rows named eye exercises."""
    made = bell("A", rows)
    return replace(
        made,
        periods=tuple(
            replace(p, name="眼保健操") if p.number in (13, 15) else p
            for p in made.periods
        ),
    )


BELL = day_bell()


def lesson(key: str, day: int, period: int, code: str, **more) -> AuditLesson:
    """A lesson of a class, by a teacher of its own."""
    row = BELL.find(day, period)
    made = AuditLesson(
        f"{key} {day} {period} {code}",
        (key,),
        day,
        period,
        Week.EVERY,
        code,
        NAMES[code],
        Use.LESSON if row.kind is RowKind.LESSON else Use.ACTIVITY,
        row.kind,
        (f"教师{key}{code}",),
        "",
        row.start,
        row.end,
    )
    return replace(made, **more)


def week(key: str, grade: int) -> list[AuditLesson]:
    """The week of a class: PE first over the days, the rest dealt out in turn."""
    days: dict[int, list[str]] = {d: [] for d in range(1, 6)}
    wanted = PLAN[grade].split()
    dealt = [x[:-1] for x in wanted for _ in range(int(x[-1]))]
    turn = 0
    for code in sorted(dealt, key=lambda c: (c != "PE", -dealt.count(c), c)):
        while True:
            day = turn % 5 + 1
            turn += 1
            if len(days[day]) < 6 and days[day].count(code) < 2:
                days[day].append(code)
                break
    found = []
    for day, codes in days.items():
        for period, code in enumerate(_ordered(codes, day), start=1):
            first, _, second = code.partition("/")
            weeks = (Week.ODD, Week.EVEN) if second else (Week.EVERY,)
            for name, which in zip((first, second), weeks, strict=False):
                found.append(lesson(key, day, period, name, week=which))
        if "PE" not in codes:
            found.append(lesson(key, day, 17, "PEA"))
    return found


def _ordered(codes: list[str], day: int) -> list[str]:
    """No subject twice in a row, PE in the second period, others turned by the day."""
    rest = [c for c in codes if c != "PE"]
    rest = rest[day % len(rest) :] + rest[: day % len(rest)]
    made: list[str] = []
    while rest:
        counts = Counter(rest)
        free = [c for c in rest if not made or c != made[-1]]
        best = max(free, key=lambda c: counts[c])
        rest.remove(best)
        made.append(best)
    return [*made[:1], "PE", *made[1:]] if "PE" in codes else made


def clean_school() -> AuditSchool:
    """The school."""
    names = "一二三四五六"
    classes, lessons = [], []
    for grade in range(1, 7):
        for number in range(1, 5):
            key = f"G{grade}C{number}"
            name = f"{names[grade - 1]}({number})班"
            shown = frozenset({"title", "class", "term", "teacher"})
            classes.append(AuditClass(key, name, grade, number, 40, BELL, shown=shown))
            lessons += week(key, grade)
    return AuditSchool("示范小学", tuple(classes), tuple(lessons))


def changed(school: AuditSchool, key: str, change) -> AuditSchool:
    """The school with each lesson of a class as ``change`` returns it (None: gone)."""
    kept = []
    for x in school.lessons:
        made = change(x) if x.classes == (key,) else x
        if made is not None:
            kept.append(made)
    return replace(school, lessons=tuple(kept))


def renamed(code: str, to: str = "", name: str = "", only: int | None = None):
    """A change: lessons of a code become another's, or are called otherwise."""
    most = only if only is not None else 99
    done: set[tuple[object, ...]] = set()

    def change(x: AuditLesson) -> AuditLesson:
        # The same lessons again where a test applies the change once more.
        slot = x.classes, x.day, x.period, x.week
        if x.code != code or (len(done) >= most and slot not in done):
            return x
        done.add(slot)
        new = to or code
        return replace(x, code=new, name=name or NAMES[new])

    return change
