"""Known timetables: what a corpus file says, before it is spelt and laid out."""

from dataclasses import dataclass, field
from random import Random

CODES = {
    "low": (
        *("CN", "CN", "CN", "CN", "MA", "MA", "MA", "PE", "PE", "ME", "ME"),
        *("MUS", "FA", "SC", "LAB", "CPA", "PSY", "SCH"),
    ),
    "high": (
        *("CN", "CN", "CN", "MA", "MA", "MA", "FL", "FL", "PE", "PE", "ME"),
        *("MUS", "FA", "SC", "IT", "LAB", "CPA", "CAL", "PSY", "CLS"),
    ),
    "junior": (
        *("CN", "CN", "MA", "MA", "FL", "FL", "PE", "PE", "ME", "HI", "GE"),
        *("BI", "PH", "CH", "MUS", "FA", "IT", "LAB", "CPA", "CLS"),
    ),
}
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯"
    "于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华"
    "玉萍红玲建国春梅志新海燕雪晓东文博子涵雨欣佳怡"
)
TOWNS = "下陆铁山西塞黄石港团城山新下陆詹爱宇"
Class = tuple[int, int]
Slot = tuple[Class, int, int]


@dataclass(frozen=True)
class Row:
    """A row of the day; ``period`` is None where it is no lesson."""

    name: str
    period: int | None
    start: int
    end: int
    afternoon: bool


@dataclass
class School:
    """One school: classes, rows of the day, and per slot (weeks, code, teacher)."""

    name: str
    classes: list[Class]
    rows: list[Row]
    morning: int
    lessons: dict[Slot, list[tuple[str, str, str]]]
    heads: dict[Class, str]
    rooms: dict[str, str] = field(default_factory=dict)

    @property
    def periods(self) -> list[int]:
        return [row.period for row in self.rows if row.period]


def stage_of(grade: int) -> str:
    return "low" if grade <= 2 else "high" if grade <= 6 else "junior"


def make_school(rng: Random) -> School:
    """A school with full weeks; some slots alternate by week, a few are empty."""
    junior = rng.random() < 0.4
    grades = rng.sample(range(7, 10), 2) if junior else rng.sample(range(1, 7), 2)
    classes = [(g, n) for g in sorted(grades) for n in range(1, rng.randint(2, 4) + 1)]
    return fill_school(rng, classes, "中学" if junior else "小学")


def fill_school(rng: Random, classes: list[Class], kind: str) -> School:
    """A school of these classes; every class and course has a teacher of its own."""
    morning, afternoon = rng.choice([(4, 2), (4, 3), (3, 3), (4, 4), (5, 3)])
    rows = _rows(rng, morning, afternoon)
    people = _people(rng)
    staff = {(c, code): next(people) for c in classes for code in sorted(_all_codes(c))}
    lessons = {}
    for c in classes:
        pool = CODES[stage_of(c[0])]
        for day in range(1, 6):
            for period in range(1, morning + afternoon + 1):
                lessons[c, day, period] = _slot(rng, c, pool, staff)
    name = f"{rng.choice(TOWNS)}{rng.choice('山湖江城园')}{kind}"
    return School(
        name, classes, rows, morning, lessons, {c: next(people) for c in classes}
    )


def _all_codes(c: Class) -> set[str]:
    return set(CODES[stage_of(c[0])])


def _slot(rng, c, pool, staff):
    chance = rng.random()
    if chance < 0.03:
        return []
    if chance < 0.10:
        first, second = rng.sample(sorted(_all_codes(c)), 2)
        return [("odd", first, staff[c, first]), ("even", second, staff[c, second])]
    code = rng.choice(pool)
    return [("every", code, staff[c, code])]


def _people(rng: Random):
    seen = set()
    while True:
        name = rng.choice(SURNAMES) + "".join(
            rng.sample(GIVEN, rng.choice([1, 1, 2, 2, 2]))
        )
        if name not in seen:
            seen.add(name)
            yield name


def _rows(rng: Random, morning: int, afternoon: int) -> list[Row]:
    rows = []
    clock = 490
    if rng.random() < 0.6:
        rows.append(
            Row(rng.choice(["早读", "晨读", "晨会", "早自习"]), None, 460, 480, False)
        )
    for period in range(1, morning + afternoon + 1):
        if period == morning + 1:
            if rng.random() < 0.7:
                lunch = rng.choice(["午餐", "午休", "午餐 午休", "午间休息"])
                rows.append(Row(lunch, None, clock, 840, False))
            clock = 840
        rows.append(Row("", period, clock, clock + 40, period > morning))
        clock += 50
        if period == 2 and rng.random() < 0.7:
            name = rng.choice(["大课间", "大课间活动", "课间操"])
            rows.append(Row(name, None, clock - 10, clock + 20, False))
            clock += 30
        if period == 3 and rng.random() < 0.3:
            rows.append(Row("眼保健操", None, clock - 10, clock - 5, False))
    if rng.random() < 0.5:
        name = rng.choice(["课后服务", "延时服务", "课后延时"])
        rows.append(Row(name, None, clock, clock + 60, True))
    return rows
