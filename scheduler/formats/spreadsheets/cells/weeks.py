"""Weeks: the marks of odd and even weeks in a cell, and ranges of weeks (1-8周).

单 and 双 begin words too (双语, 单簧管): without 周, brackets or a space they are marks
only beside a known name; alone beside a name of one character they stay doubtful.
"""

import re
from dataclasses import dataclass

from scheduler.formats.spreadsheets.labels.vocabulary import Vocabulary
from scheduler.model.times import Week

WEEK_MARK = re.compile(
    r"\(?(?<![\u4e00-\u9fff])(?:第)?(单双|单|双|奇|偶)(?:数)?周?(?:上课)?\)?(?=$|[\s:：/、,，;；(\u4e00-\u9fff)])"
    r"|\((单双|单|双)周?\)|(单|双)周|(?<=[\u4e00-\u9fff])(单|双)(?=$|[\s/、,，;；\u4e00-\u9fff])"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_RANGE = re.compile(
    r"[(,，|]?\s*第?(\d{1,2})周?-(\d{1,2})\s*(?:周?\(?([单双])周?\)?|周)\)?"
)
_GLUED = ("单", "双", "奇", "偶", "单双")
_WHOLE_TERM = 15
"""A range from the first or second week to this one or a later one is the term."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark with where it stands; ``week`` is None for both weeks.

    ``sure`` is false where the mark may be the beginning of a word.
    """

    start: int
    end: int
    week: Week | None
    sure: bool = True


def marks_in(text: str, vocabulary: Vocabulary) -> list[Mark]:
    """The marks of a text, without words that only begin like one."""
    found = [(m, _week(m)) for m in WEEK_MARK.finditer(text)]
    both = {week for _, week in found} >= {Week.ODD, Week.EVEN}
    marks = []
    for match, week in found:
        if _is_half_a_bracket(match.group()):
            continue
        start, end = match.span()
        glued = match.group() in _GLUED and _is_glued(text, match)
        if not glued or both:
            marks.append(Mark(start, end, week))
            continue
        rest = f"{text[:start]}{text[end:]}".strip()
        inside = _HAN.match(text, end) and start > 0
        if not inside and vocabulary.knows(rest):
            marks.append(Mark(start, end, week, sure=len(rest) > 1))
    return marks


def without_ranges(text: str) -> tuple[str, bool]:
    """The text without ranges of weeks, and whether one is no whole term."""
    parts: list[str] = []

    def taken(match: re.Match[str]) -> str:
        first, last = int(match[1]), int(match[2])
        if first > 2 or last < _WHOLE_TERM:
            parts.append(match.group().strip("(), ，|"))
        return f"({match[3]})" if match[3] else " "

    kept = _RANGE.sub(taken, text).strip()
    return kept, bool(parts)


def _is_half_a_bracket(mark: str) -> bool:
    return ("(" in mark) != (")" in mark) and mark[-1] != "周"


def _is_glued(text: str, match: re.Match[str]) -> bool:
    """Whether a mark stands right before or behind a character of a word."""
    before, after = text[: match.start()][-1:], text[match.end() :][:1]
    return any(x and _HAN.match(x) for x in (before, after))


def _week(match: re.Match[str]) -> Week | None:
    word = next(group for group in match.groups() if group)
    if word == "单双":
        return None
    return Week.ODD if word in ("单", "奇") else Week.EVEN
