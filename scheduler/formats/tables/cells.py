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
from scheduler.formats.tables.words import (
    ANY_WORDS,
    HOME_WORDS,
    all_words,
    member_of,
    word_of,
)
from scheduler.model.errors import NO_ADVICE
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
_FLAGS = dict.fromkeys(("1", "true", "是", "有", "√", "✓", "yes"), True) | (
    dict.fromkeys(("0", "false", "否", "无", "×", "no"), False)
)
_PARTS, _TEXTS = re.compile("[;；]"), re.compile("[;；，、]")
SEPARATORS = re.compile("[;；,，、\n]")
"""Marks between the ids of a list, where no id of the data holds one of them."""
_TO = re.compile(r"\s*(?:至|到|[-–—~～])\s*")
_RANGED = (Kind.WEEKDAY, Kind.COUNT)
# Units that people write behind a number: 三年级, 42人, 4节, 10分钟.
_UNITS = "年级|人|名|节|课时|分钟|米|平方米|个班|个|班|次|天|周|㎡|m2"
_UNIT = re.compile(f"(?<=.)(?:{_UNITS})$")
_DIGITS = {word: n for n, word in enumerate("零一二三四五六七八九")} | {"两": 2}
_CHINESE_NUMBER = re.compile("([一二两三四五六七八九]?)(十?)([一二两三四五六七八九]?)")
_NUMBER_FIRST = re.compile(r"(\d+(?:\.\d+)?|[一二两三四五六七八九十]+)(.*)", re.DOTALL)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})")
_CHINESE_CLOCK = re.compile(r"(\d{1,2})[点时](?:(\d{1,2})分?|(半)|整)?")
_CHINESE_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]?")


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


def read_cell(column: Column, text: str, loose: bool = True) -> Any:
    """The value of a cell that is not empty; a tuple where the column is a list.

    Parameters:
        loose: Commas part lists too, for no id of the data holds one.

    Raises:
        CellError: the text is no such value.
    """
    reader = _READERS[column.kind]
    aliases = dict(column.aliases)
    if not column.many:
        return reader(column, aliases.get(plain(text), text))
    ids = column.kind in (Kind.ID, Kind.LESSON)
    marks = SEPARATORS if loose or not ids else _PARTS
    if column.kind is Kind.TEXT:
        marks = _TEXTS
    parts = [p for p in marks.split(text) if not is_empty(p)]
    if column.kind in _RANGED:
        parts = [one for part in parts for one in _range(column, part)]
    values = [reader(column, aliases.get(plain(p), p.strip())) for p in parts]
    if not values:
        raise CellError("没有内容", "names nothing", _LIST)
    return tuple(values)


def each_day(column: Column, text: str) -> list[str]:
    """The days of a cell that stands for several rows; the text itself where one."""
    if plain(text) == "每天":
        text = "1-5"
    try:
        parts = [d for p in SEPARATORS.split(text) for d in _range(column, p)]
    except CellError:
        return [text]
    return [part for part in parts if not is_empty(part)] or [text]


def _range(column: Column, text: str) -> list[str]:
    """The parts of ``周一至周五`` or ``3-5``; the text itself where it is none."""
    first, mark, last = _TO.sub("~", plain(text)).partition("~")
    if not mark:
        return [text]
    reader = _READERS[column.kind]
    low, high = reader(column, first), reader(column, last)
    if low > high:
        raise CellError("前后颠倒", "runs backwards", _LIST)
    return [str(number) for number in range(low, high + 1)]


def _id(column: Column, text: str) -> str:
    value = read_id(text)
    if ";" in value or "#" in value:
        raise CellError(
            "编号不能含有“;”或“#”",
            'holds ";" or "#", which ids cannot',
            Text("请换一个编号。", "Maybe use a hyphen instead?"),
        )
    if not column.refers and value in _RESERVED.get(column.name, ()):
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
    value = _UNIT.sub("", plain(text)).strip()
    if not _NUMBER.fullmatch(value):
        number = HALF if value == "半" else chinese_number(value)
        if number is None:
            raise CellError("不是数", "is not a number", _number_advice(plain(text)))
        return Fraction(number)
    return Fraction(value)


def chinese_number(text: str) -> int | None:
    """The number that digits or 一 to 九十九 say; None of any other text."""
    if text.isdecimal():
        return int(text)
    match = _CHINESE_NUMBER.fullmatch(text)
    tens, ten, ones = match.groups() if match else ("", "", "")
    if not ten and bool(tens) == bool(ones):
        return None
    if not ten:
        return _DIGITS[tens or ones]
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)


def _number_advice(text: str) -> Text:
    """What a number with something else behind it may mean: 七年级 for 七年纪."""
    match = _NUMBER_FIRST.fullmatch(text[:100])
    if match is None or not match[2]:
        return _WHOLE
    number, rest = match.groups()
    if close := get_close_matches(rest, _UNITS.split("|"), 1, 0.5):
        meant = number + close[0]
        return Text(f"是否应为“{meant}”？", f'Maybe "{meant}" is meant?')
    if not number[0].isdecimal():
        return _WHOLE
    return Text(f"请只填数字，如 {number}。", f"Maybe {number} alone?")


def _flag(column: Column, text: str) -> bool:
    value = plain(text).lower()
    if value not in _FLAGS:
        advice = Text("可填：是、否（1、0）。", "Maybe 1 for yes?")
        raise CellError("无法识别", "is neither 0 nor 1", advice)
    return _FLAGS[value]


def _clock(column: Column, text: str) -> int:
    value = plain(text)
    if _FRACTION.fullmatch(value):
        return round(float(value) * MINUTES_A_DAY)
    if match := _DOTTED.fullmatch(value):
        # 8.2 is 8.20 without the zero that a spreadsheet program drops.
        value = f"{match[1]}:{match[2]:0<2}"
    elif match := _CHINESE_CLOCK.fullmatch(value):
        value = f"{match[1]}:{'30' if match[3] else match[2] or '00'}"
    try:
        return parse_clock(value)
    except ValueError:
        advice = Text("请写成 08:30 的样子。", "Maybe write it as 08:30?")
        raise CellError("不是时间", "is not a time HH:MM", advice) from None


def _date(column: Column, text: str) -> date:
    value = plain(text)
    if _SERIAL.fullmatch(value):
        return _DAY_ZERO + timedelta(int(value))
    if match := _CHINESE_DATE.fullmatch(value):
        value = "-".join(match.groups())
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
        forms = [english, english[:3], chinese, last, f"星期{last}", f"礼拜{last}"]
        names |= dict.fromkeys(forms, day)
    return names | dict.fromkeys(("星期天", "周天", "礼拜天", "天"), 7)


_WEEKDAYS = _weekdays()


def _weekday(column: Column, text: str) -> int:
    value = _WEEKDAYS.get(plain(text).lower().rstrip("."))
    if value is None:
        advice = Text("可填：周一至周日，或1至7。", "Maybe write 1 (Monday) to 7?")
        raise CellError("无法识别为星期", "is not a weekday", advice)
    return value


def advice_on_empty(column: Column) -> Text:
    """What a cell that has to be filled in may hold, where that is a short list."""
    if not column.choices:
        return NO_ADVICE
    zh, en = "、".join(map(word_of, column.choices)), ", ".join(column.choices)
    return Text(f"可填：{zh}。", f"Maybe one of: {en}?")


def _choice(column: Column, text: str) -> Any:
    choices = column.choices
    value = plain(text).lower()
    found = member_of(choices, value) if choices else None
    if choices is None or found is None:
        advice = advice_on_empty(column)
        words = all_words(choices) if choices else []
        if close := get_close_matches(value[:100], words, 1, 0.66):
            listed = ", ".join(choices or ())
            advice = Text(
                f"是否应为“{close[0]}”？{advice.zh}",
                f'Maybe "{close[0]}" is meant? It is one of: {listed}.',
            )
        raise CellError("无法识别", "is not a value of this column", advice)
    return found


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
_RESERVED = {
    "layout_id": (HOME, *(word for word, _ in HOME_WORDS)),
    "subject_id": (ANY_SUBJECT, *(word for word, _ in ANY_WORDS)),
}
_LIST = Text("请用“;”或“、”分隔。", 'Maybe separate the parts by ";"?')
_ANOTHER = Text("请换一个编号。", "Maybe choose another id?")
_WHOLE = Text("请填数字，如 3。", "Maybe write it in digits?")
_PER_WEEK = Text("例如 4 或 0.5。", "Maybe 4, or 0.5 for every other week?")
