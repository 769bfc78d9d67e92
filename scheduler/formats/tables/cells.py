"""From the text of a cell to its value, one reader for each kind of column."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from difflib import get_close_matches
from fractions import Fraction
from math import ceil
from typing import Any

from scheduler.formats.tables.schema import Column, Kind
from scheduler.model.intake import CELL_CHARACTERS
from scheduler.model.requirements import HALF, HOME
from scheduler.model.text import WEEKDAYS_EN, WEEKDAYS_ZH, Text
from scheduler.model.times import MINUTES_A_DAY, parse_clock
from scheduler.model.venues import ANY_SUBJECT

_FULL_WIDTH = {0xFF01 + k: 0x21 + k for k in range(94)} | {0x3000: 0x20}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DATE = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]00:00(?::00)?)?")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?")
_INDEX = re.compile(r"[1-9]\d{0,3}")
# Excel keeps times as fractions of a day and dates as days since the end of 1899.
_FRACTION = re.compile(r"0?\.\d+")
_SERIAL = re.compile(r"[3-7]\d{4}")
_DAY_ZERO = date(1899, 12, 30)
_FLAGS = {"1": True, "0": False, "true": True, "false": False, "是": True, "否": False}


class CellError(ValueError):
    """A cell cannot be read; says why and what to try."""

    def __init__(self, zh: str, en: str, advice: Text, value: str = "") -> None:
        super().__init__(en)
        self.problem, self.advice, self.value = Text(zh, en), advice, value


def read_id(text: str) -> str:
    """An id with full-width letters and spaces made plain, spaces around dropped."""
    return text.translate(_FULL_WIDTH).strip("\ufeff\u200b \t\r\n\xa0")


def plain(text: str) -> str:
    """The text with full-width digits and punctuation made plain (NFKC)."""
    return unicodedata.normalize("NFKC", text).strip()


def is_empty(text: str) -> bool:
    """Whether a cell counts as not given."""
    return not text or text.isspace()


def read_cell(column: Column, text: str) -> Any:
    """The value of a cell that is not empty; a tuple where the column is a list.

    Raises:
        CellError: the text is no such value.
    """
    reader = _READERS[column.kind]
    if not column.many:
        return reader(column, text)
    parts = [p for p in text.replace("；", ";").split(";") if not is_empty(p)]
    values = [reader(column, part.strip()) for part in parts]
    if not values:
        raise CellError("没有内容", "names nothing", _LIST)
    return tuple(values)


def _id(column: Column, text: str) -> str:
    value = read_id(text)
    if ";" in value or "#" in value:
        raise CellError(
            "编号不能含有“;”或“#”",
            'holds ";" or "#", which ids cannot',
            Text("请换一个编号。", "Maybe use a hyphen instead?"),
        )
    if not column.refers and value == _RESERVED.get(column.name):
        raise CellError("是保留字", "is a reserved word", _ANOTHER)
    return _text(column, value)


def _lesson(column: Column, text: str) -> str:
    """``R1#2``, or ``R1`` for all lessons of a requirement."""
    name, mark, index = read_id(text).partition("#")
    if mark and not _INDEX.fullmatch(index):
        advice = Text("请写成 R1#2 或 R1 的样子。", "Maybe write it as R1#2, or R1?")
        raise CellError("“#”后面不是课次", 'has no number after the "#"', advice, text)
    return _id(column, name) + mark + index


def _slot(column: Column, text: str) -> tuple[int, int]:
    """``2-3`` or ``周二-3``: a weekday and a period."""
    day, mark, period = plain(text).partition("-")
    weekday = _WEEKDAYS.get(day.strip().lower())
    if not mark or weekday is None or not _INDEX.fullmatch(period.strip()):
        zh = "请写成 2-3（周二第3节）的样子。"
        advice = Text(zh, "Maybe write it as 2-3 (Tuesday period 3)?")
        raise CellError("不是时段", "is not a slot day-period", advice, text)
    return weekday, int(period)


def _text(column: Column, text: str) -> str:
    value = text.replace("\r\n", "\n").replace("\r", "\n")
    if _CONTROL.search(value):
        raise CellError(
            "含有控制字符",
            "holds a control character",
            Text("请重新输入。", "Maybe it was pasted from elsewhere?"),
            repr(value)[1:-1],
        )
    if len(value) > CELL_CHARACTERS.most:
        raise CellError(
            f"超过{CELL_CHARACTERS.most}个字符",
            f"is longer than {CELL_CHARACTERS.most} characters",
            Text("请缩短。", "Maybe a quote is missing?"),
            value[:20] + "…",
        )
    return value


def _count(column: Column, text: str) -> int:
    value = _number(text)
    if value.denominator != 1:
        raise CellError("不是整数", "is not a whole number", _WHOLE)
    return _bounded(column, int(value))


def _rounded(column: Column, text: str) -> int:
    return _bounded(column, round(_number(text)))


def _bounded(column: Column, value: int) -> int:
    if column.minimum is not None and value < column.minimum:
        low = column.minimum
        raise CellError(
            f"小于{low}", f"is less than {low}", Text("请核对。", "Maybe a slip?")
        )
    if column.maximum is not None and value > column.maximum:
        high = column.maximum
        raise CellError(
            f"大于{high}", f"is more than {high}", Text("请核对。", "Maybe a slip?")
        )
    return value


def _number(text: str) -> Fraction:
    value = plain(text)
    if not _NUMBER.fullmatch(value):
        raise CellError("不是数", "is not a number", _WHOLE)
    return Fraction(value)


def _flag(column: Column, text: str) -> bool:
    value = plain(text).lower()
    if value not in _FLAGS:
        raise CellError(
            "不是0或1", "is neither 0 nor 1", Text("是填1，否填0。", "Maybe 1 for yes?")
        )
    return _FLAGS[value]


def _clock(column: Column, text: str) -> int:
    value = plain(text)
    if _FRACTION.fullmatch(value):
        return round(float(value) * MINUTES_A_DAY)
    try:
        return parse_clock(value)
    except ValueError:
        advice = Text("请写成 08:30 的样子。", "Maybe write it as 08:30?")
        raise CellError("不是时间", "is not a time HH:MM", advice) from None


def _date(column: Column, text: str) -> date:
    value = plain(text)
    if _SERIAL.fullmatch(value):
        return _DAY_ZERO + timedelta(int(value))
    match = _DATE.fullmatch(value)
    try:
        if match:
            return date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:
        pass
    advice = Text("请写成 2026-09-01 的样子。", "Maybe write it as 2026-09-01?")
    raise CellError("不是日期", "is not a date YYYY-MM-DD", advice)


def _weekdays() -> dict[str, int]:
    names = {str(day): day for day in range(1, 8)}
    for day in range(1, 8):
        english, chinese = WEEKDAYS_EN[day].lower(), WEEKDAYS_ZH[day]
        last = chinese[-1]
        forms = [english, english[:3], chinese, f"星期{last}", f"礼拜{last}"]
        names |= dict.fromkeys(forms, day)
    return names | dict.fromkeys(("星期天", "周天", "礼拜天"), 7)


_WEEKDAYS = _weekdays()


def _weekday(column: Column, text: str) -> int:
    value = _WEEKDAYS.get(plain(text).lower().rstrip("."))
    if value is None:
        advice = Text("请填1（周一）到7（周日）。", "Maybe write 1 (Monday) to 7?")
        raise CellError("不是星期", "is not a weekday", advice)
    return value


def _choice(column: Column, text: str) -> Any:
    words = [choice.value for choice in column.choices or ()]
    value = plain(text).lower()
    if column.choices is None or value not in words:
        listed = ", ".join(words)
        advice = Text(f"可填：{listed}。", f"Maybe one of: {listed}?")
        if close := get_close_matches(value[:100], words, 1, 0.75):
            advice = Text(
                f"是否应为“{close[0]}”？{advice.zh}",
                f'Maybe "{close[0]}" is meant? It is one of: {listed}.',
            )
        raise CellError("不是这一列的值", "is not a value of this column", advice)
    return column.choices(value)


def _halves(column: Column, text: str) -> Fraction:
    value = _number(text)
    if value <= 0 or (value * 2).denominator != 1:
        raise CellError(
            "不是0.5的正倍数", "is not a positive multiple of 0.5", _PER_WEEK
        )
    _bounded(column, ceil(value))
    return value


def _length(column: Column, text: str) -> Fraction:
    value = _number(text)
    if value != HALF and (value <= 0 or value.denominator != 1):
        advice = Text(
            "应为整数，或表示隔周一节的0.5。",
            "Maybe a whole number, or 0.5 for every other week?",
        )
        raise CellError("不是连堂的节数", "is not the length of a lesson", advice)
    return value


_READERS: dict[Kind, Callable[[Column, str], Any]] = {
    Kind.ID: _id,
    Kind.TEXT: _text,
    Kind.COUNT: _count,
    Kind.ROUNDED: _rounded,
    Kind.FLAG: _flag,
    Kind.CLOCK: _clock,
    Kind.DATE: _date,
    Kind.WEEKDAY: _weekday,
    Kind.CHOICE: _choice,
    Kind.HALVES: _halves,
    Kind.LENGTH: _length,
    Kind.LESSON: _lesson,
    Kind.SLOT: _slot,
}
_RESERVED = {"layout_id": HOME, "subject_id": ANY_SUBJECT}
_LIST = Text("请用“;”分隔。", 'Maybe separate the parts by ";"?')
_ANOTHER = Text("请换一个编号。", "Maybe choose another id?")
_WHOLE = Text("请填数字。", "Maybe write it in digits?")
_PER_WEEK = Text("例如 4 或 0.5。", "Maybe 4, or 0.5 for every other week?")
