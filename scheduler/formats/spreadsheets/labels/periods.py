"""Rows of a school's day as header words: 第1节, 上午第一节, 大课间, 8:20-9:00."""

import re
from dataclasses import dataclass
from functools import lru_cache

from scheduler.formats.spreadsheets.labels.clock import span_in
from scheduler.formats.spreadsheets.labels.words import HAN, NUMERAL, compact, number
from scheduler.model.times import RowKind

_SESSION = r"(?:上午|下午|早上|早晨|中午|晚上|晚间|晚|AM|PM)"
_NUMBERED = re.compile(
    rf"(?P<session>{_SESSION}|[上下](?=第?[(\d{HAN}]))?[-·:]?(?P<ordinal>第)?\(?(?P<first>{NUMERAL})\)?节?"
    rf"(?:[-,、/~至到]第?(?P<last>{NUMERAL}))?(?P<unit>节课|课时|节|课|堂)?",
    re.IGNORECASE,
)
_KINDS = (
    (
        RowKind.BIG_BREAK,
        r"大课间|课间操|阳光体育|阳光大课间|跑操|广播体?操|早操|晨操|晨跑",
    ),
    (
        RowKind.LUNCH,
        r"午餐|中餐|午饭|用餐|就餐|午休|午睡|午间|中午|静校|午读|午写|午自习|午练|晚餐|晚饭",
    ),
    (
        RowKind.AFTER_SCHOOL,
        r"课后|延时|托管|放学|离校|社团|晚自习|晚自修|晚修|晚读|课外|兴趣|特色活动|第二课堂|夕会",
    ),
    (
        RowKind.ACTIVITY,
        r"早读|晨读|晨会|晨检|晨诵|早自习|早自修|早修|早课|早会|朝会|升旗|国旗下|到校|入校|进校|预备|经典诵读|诵读|习字|练字|晨间|早锻炼|晨练|暮省",
    ),
    (RowKind.BREAK, r"眼保健操|眼操|眼睛保健|护眼|课间|休息|望远"),
)
_REMARKED = re.compile(rf"(第{NUMERAL}节课?)\([^()]*\)?")
_NAMED_KINDS = tuple((kind, re.compile(words)) for kind, words in _KINDS)
_PE_ROW = re.compile("体育活动|体育锻炼|体锻|体活|阳光体育")
LONGEST_NAME = 12
SESSIONS = {"上午": 1, "早上": 1, "早晨": 1, "am": 1, "中午": 2, "下午": 2, "pm": 2}
_SESSION_ONLY = re.compile(rf"{_SESSION}|上|下|午", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PeriodLabel:
    """How a sheet names a row of the day.

    ``first`` to ``last`` are the numbers it gives, None where it gives none;
    ``session`` is 1 before noon, 2 after, 3 in the evening, None if not said; ``kind``
    is what the words say (``LESSON`` where they say nothing else). ``sure`` is false
    for a lone number.
    """

    name: str
    first: int | None = None
    last: int | None = None
    session: int | None = None
    kind: RowKind = RowKind.LESSON
    start: int | None = None
    end: int | None = None
    sure: bool = True


@lru_cache(maxsize=16384)
def period_label(text: str) -> PeriodLabel | None:
    """The row of the day that a text names; None where it names none."""
    if not text or len(text) > 40:
        return None
    (start, end), rest = span_in(text)
    short = compact(rest).strip("()|,、;:")
    name = " ".join(rest.split()).strip("()") or " ".join(text.split())
    if not short:
        if start is None:
            return None
        return PeriodLabel(name, start=start, end=end, sure=False)
    kind = row_kind(short)
    # 第七节(体育活动): a lesson's number with a remark.
    remarked = _REMARKED.fullmatch(short) if kind is None else None
    numbered = _NUMBERED.fullmatch(remarked[1] if remarked else short)
    if numbered:
        return _numbered(numbered, name, start, end)
    if kind is None:
        return None
    inside = re.match(rf"第({NUMERAL})节|({NUMERAL})[^\u4e00-\u9fff]", short)
    first = number(inside[1] or inside[2]) if inside else None
    return PeriodLabel(name, first, first, None, kind, start, end)


def row_label(text: str) -> PeriodLabel | None:
    """The row of the day that a text names where only such names stand.

    体育活动 is one there; among lessons it is a course's name.
    """
    label = period_label(text)
    if label is None and is_pe_row(text):
        (start, end), rest = span_in(text)
        name = " ".join(rest.split())
        label = PeriodLabel(name, kind=RowKind.ACTIVITY, start=start, end=end)
    return label


def is_pe_row(text: str) -> bool:
    """Whether the name of a row says that everybody has a PE activity in it."""
    if not _PE_ROW.search(compact(text)):
        return False
    _, name = span_in(text)
    return len(compact(name)) <= LONGEST_NAME


def row_kind(short: str) -> RowKind | None:
    """What a row that is no lesson is for, by the words in its name."""
    if len(short) > LONGEST_NAME:
        return None
    parts = re.split(r"[/、,&+]", short)
    found = [
        next((kind for kind, words in _NAMED_KINDS if words.search(part)), None)
        for part in parts
    ]
    return found[0] if None not in found else None


@lru_cache(maxsize=1024)
def session_of(text: str) -> int | None:
    """1 for 上午, 2 for 下午, 3 for the evening, where a text says only that."""
    short = compact(text)
    if not _SESSION_ONLY.fullmatch(short):
        return None
    return _session(short)


def _session(word: str | None) -> int | None:
    if word is None:
        return None
    if word in ("上", "下"):
        return 1 if word == "上" else 2
    return SESSIONS.get(word.lower(), 3 if word.startswith("晚") else 2)


def _numbered(
    match: re.Match[str], name: str, start: int | None, end: int | None
) -> PeriodLabel | None:
    first = number(match["first"])
    last = number(match["last"]) if match["last"] else first
    if first is None or last is None or not first <= last <= 16:
        return None
    session = _session(match["session"])
    sure = bool(match["ordinal"] or match["unit"] or session or start is not None)
    return PeriodLabel(name, first, last, session, RowKind.LESSON, start, end, sure)
