"""Head: what the headers of a row or column say of the cells beside or below."""

import re
from dataclasses import dataclass, fields, replace
from functools import lru_cache

from scheduler.formats.spreadsheets.labels.class_names import ClassLabel
from scheduler.formats.spreadsheets.labels.days import named_day
from scheduler.formats.spreadsheets.labels.periods import PeriodLabel, period_label
from scheduler.formats.spreadsheets.labels.words import compact
from scheduler.model.times import Week

_FIELDS = (
    ("teacher", re.compile(r"(?:任课|授课)?(?:教师|老师)(?:姓名)?|姓名")),
    ("room", re.compile(r"(?:上课)?(?:教室|地点|场地|场所|位置)")),
    ("class", re.compile(r"班级(?:名称)?|班别|班")),
    ("subject", re.compile(r"课程(?:名称)?|科目|学科|课|内容")),
)
_WEEKS = (
    (Week.ODD, re.compile(r"\(?单周?\)?|奇数?周|单周课程?")),
    (Week.EVEN, re.compile(r"\(?双周?\)?|偶数?周|双周课程?")),
)
_DAY_AND_PERIOD = re.compile(
    r"((?:星期|周|礼拜)[一二三四五六日天1-7])[-|/·:.]?(.{1,12})"
)


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a line of cells; None or ``""`` where nothing is said.

    ``who`` is a teacher or a room that a whole line belongs to, ``subject`` what a
    column beside a teacher says is taught in all of it, ``field`` what its
    cells hold (``subject``, ``teacher``, ``room``), ``name`` a label not understood.
    """

    day: int | None = None
    period: PeriodLabel | None = None
    group: ClassLabel | None = None
    grade: int | None = None
    session: int | None = None
    week: Week | None = None
    who: str = ""
    subject: str = ""
    field: str = ""
    name: str = ""
    class_teacher: str = ""
    start: int | None = None
    end: int | None = None

    def over(self, other: "Head") -> "Head":
        """This head, with what only the other knows."""
        changes = {
            x.name: getattr(other, x.name)
            for x in fields(self)
            if getattr(self, x.name) in (None, "")
        }
        return replace(self, **changes)


@lru_cache(maxsize=4096)
def field_of(text: str) -> str:
    """The field that a header word announces; ``""`` for other words."""
    short = compact(text)
    return next((name for name, words in _FIELDS if words.fullmatch(short)), "")


@lru_cache(maxsize=4096)
def week_of(text: str) -> Week | None:
    """Odd or even weeks, where a header says nothing else."""
    short = compact(text)
    return next((week for week, words in _WEEKS if words.fullmatch(short)), None)


@lru_cache(maxsize=8192)
def day_and_period(text: str) -> tuple[int, PeriodLabel] | None:
    """Day and period of a header that names both: 周一第1节, 周一1, 星期二 上午1."""
    match = _DAY_AND_PERIOD.fullmatch(compact(text))
    if match is None:
        return None
    day, period = named_day(match[1]), period_label(match[2])
    return (day, period) if day and period else None
