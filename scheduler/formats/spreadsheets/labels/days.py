"""Weekdays as header words: 星期一, 周一, 礼拜一, 一, 1, Mon."""

import re
from functools import lru_cache

from scheduler.formats.spreadsheets.labels.words import compact

_HAN_DAYS = "一二三四五六日"
_NAMED = re.compile(r"(?:星期|周|礼拜)([一二三四五六日天1-7])")
_ENGLISH = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?", re.IGNORECASE)
_SHORT = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DATE = re.compile(
    r"\(?(?:\d{4}[-/.年])?\d{1,2}(?:[-/.]\d{1,2}|月\d{1,2}[日号]?)\)?|\(?\d{1,2}[日号]\)?"
)


@lru_cache(maxsize=16384)
def named_day(text: str) -> int | None:
    """The weekday 1 to 7 of a text that is the name of one, with or without a date."""
    short = compact(text)
    if len(short) > 20:
        return None
    match = _NAMED.search(short)
    if match is None:
        english = _ENGLISH.fullmatch(_DATE.sub("", short))
        return _SHORT.index(english[1].lower()) + 1 if english else None
    rest = short[: match.start()] + short[match.end() :]
    rest = _ENGLISH.sub("", _DATE.sub("", rest)).strip("()/|·.:-")
    return _digit(match[1]) if rest == "" else None


@lru_cache(maxsize=16384)
def bare_day(text: str) -> int | None:
    """The weekday of a lone numeral: 一 or 1, as it could as well count periods."""
    short = compact(text)
    if short in tuple("一二三四五六日天1234567"):
        return _digit(short)
    return None


def days_in(text: str) -> tuple[int, ...]:
    """Every weekday a text names, ranges spelt out: 周一至周五, 周一、三、五."""
    short = compact(text)
    span = re.search(
        r"(?:星期|周)([一二三四五六日天])(?:至|到|-)(?:星期|周)?([一二三四五六日天])",
        short,
    )
    if span:
        return tuple(range(_digit(span[1]), _digit(span[2]) + 1))
    listed = re.search(
        r"(?:星期|周)([一二三四五六日天](?:[、,][一二三四五六日天])+)", short
    )
    if listed:
        return tuple(map(_digit, re.split("[、,]", listed[1])))
    return tuple(dict.fromkeys(_digit(x) for x in _NAMED.findall(short)))


def _digit(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral)
    return 7 if numeral == "天" else _HAN_DAYS.index(numeral) + 1
