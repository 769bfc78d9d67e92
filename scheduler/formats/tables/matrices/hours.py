"""Lessons a week as an office writes them: ``4``, ``0.5``, ``1单/双``, ``2单1双``."""

import re
from dataclasses import dataclass
from fractions import Fraction

from scheduler.formats.tables.cells import CellError, plain, read_cell
from scheduler.formats.tables.declared.problem_tables import REQUIREMENTS
from scheduler.model.requirements import WeekRule
from scheduler.model.text import Text

_PER_WEEK = REQUIREMENTS.column["per_week"]
_UNIT = re.compile(r"[\s()]|(?<=[\d一二两三四五六七八九十])(?:课时|节)")
_NUMBER = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十])"
_PART = rf"(?:({_NUMBER})([单双])周?|([单双])周?({_NUMBER}))"
_WEEKS = re.compile(rf"{_PART}(?:[、,;/+]?{_PART})?")
_EITHER = r"(?:单周?[/或]双周?|隔周|轮换)"
_ALTERNATE = re.compile(rf"({_NUMBER}){_EITHER}|{_EITHER}({_NUMBER})")
_ADVICE = Text(
    "请写成 4、0.5、1单、1双、1单/双 或 2单1双 的样子。",
    "Maybe write it as 4, 0.5, 1 odd, 1 even, 1 odd/even or 2 odd 1 even?",
)


@dataclass(frozen=True, slots=True)
class Share:
    """Lessons of one rule of weeks; ``per_week`` is the average over two weeks."""

    per_week: Fraction
    week: WeekRule = WeekRule.EVERY


def read_hours(text: str) -> tuple[Share, ...]:
    """What a cell of 课时 says: one share, or two where the weeks differ.

    Raises:
        CellError: it cannot be understood.
    """
    value = _UNIT.sub("", plain(text))
    value = value.replace("odd", "单").replace("even", "双")
    if match := _ALTERNATE.fullmatch(value):
        return (_share(match[1] or match[2], WeekRule.ALTERNATE),)
    if match := _WEEKS.fullmatch(value):
        return _by_weeks(match)
    try:
        return (Share(read_cell(_PER_WEEK, value)),)
    except CellError as error:
        raise CellError(error.problem.zh, error.problem.en, _ADVICE) from None


def _by_weeks(match: re.Match[str]) -> tuple[Share, ...]:
    one, two = match.groups()[:4], match.groups()[4:]
    counts: dict[str, Fraction] = {}
    for number, after, before, last in filter(any, (one, two)):
        mark = after or before
        if mark in counts:
            raise CellError(f"写了两次“{mark}周”", "names weeks twice", _ADVICE)
        counts[mark] = _whole(number or last)
    odd, even = counts.get("单", Fraction(0)), counts.get("双", Fraction(0))
    common, rest = min(odd, even), abs(odd - even)
    shares = [Share(common)] if common else []
    if rest:
        shares.append(Share(rest / 2, WeekRule.ODD if odd > even else WeekRule.EVEN))
    return tuple(shares)


def _share(number: str, week: WeekRule) -> Share:
    return Share(_whole(number) / 2, week)


def _whole(number: str) -> Fraction:
    """Lessons of the weeks that are named, which are whole ones."""
    value: Fraction = read_cell(_PER_WEEK, number)
    if value.denominator != 1:
        zh, en = "单双周的课不是整数节", "is no whole number of lessons in a week"
        raise CellError(zh, en, _ADVICE)
    return value
