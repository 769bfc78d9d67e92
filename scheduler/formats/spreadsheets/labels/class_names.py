"""Names of classes in every form: 一(1)班, 101, 七（3）班, 初一3班, 2023级5班, 1.1."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from scheduler.formats.spreadsheets.labels.words import NUMERAL, compact, number
from scheduler.model.read_timetable import ClassName

FIRST_GRADE = {"小": 1, "初": 7, "高": 10}
_CAMPUS = (
    r"(?:(?P<campus>[\u4e00-\u9fffA-Z]{0,6}"
    r"(?:校区|分校|本部|分部|[东西南北中]部|[东西南北中]区))[-·_:/]?)?"
)
_GRADE = (
    r"(?:(?P<stage>小学|初中|高中|小|初|高)?(?P<year>20\d\d|[12]\d)[级届]"
    r"|(?P<part>小学|初中|高中|小|初|高)?"
    r"(?P<grade>十[一二]?(?=年级)|[一二三四五六七八九]|(?:1[0-2]|[1-9])(?=年|级|[(.·-]))"
    r"(?:年级|年|级)?)"
)
_BRACKETED = rf"\((?P<in_brackets>{NUMERAL})\)班?"
_PLAIN = rf"[.·-]?(?P<plain>{NUMERAL})班"
_DIGITS = r"(?P<first>1[0-2]|[1-9])(?P<digits>0[1-9]|[1-4]\d)班"
_NAMED = re.compile(rf"(?<!\d){_CAMPUS}(?:{_DIGITS}|{_GRADE}(?:{_BRACKETED}|{_PLAIN}))")
_BARE = re.compile(
    rf"{_CAMPUS}(?:(?P<part>初|高|小)?(?P<grade>[一二三四五六七八九])(?P<number>\d{{1,2}})"
    rf"|(?P<dotted>[1-9])[.-](?P<dot>\d{{1,2}})"
    rf"|(?P<first>1[0-2]|[1-9])(?P<digits>0[1-9]|[1-4]\d))"
)
_SHORT = (
    r"(?:[初高]?[一二三四五六七八九]\d{1,2}|[1-9]\.\d{1,2}"
    r"|(?:1[0-2]|[1-9])(?:0[1-9]|[1-4]\d))"
)
_EDGE = re.compile(
    rf"(?m)^{_SHORT}(?=[-·:/、]?[\u4e00-\u9fff(])"
    rf"|(?:(?<=[\u4e00-\u9fff)])|(?<=[\u4e00-\u9fff)][-·:/、])){_SHORT}$"
)
_OF_TABLE = re.compile(
    rf"(?<![\d.-]){_SHORT}(?=班?(?:的)?(?:总?课程表|课表|功课表|日课表|课程安排))"
)
_LONE = re.compile(rf"\(?(?P<number>{NUMERAL})\)?班|\((?P<only>{NUMERAL})\)")
_GRADE_ONLY = re.compile(
    r"(?P<part>小学|初中|高中|小|初|高)?"
    r"(?P<grade>十[一二]?|[一二三四五六七八九]|1[0-2]|[1-9])年级"
    r"|(?P<short>初|高)(?P<nth>[一二三])|(?P<year>20\d\d)级"
)
_NOT_A_CLASS = re.compile(r"学年|学期|上册|下册")
_WITHOUT_SCHOOL = re.compile(
    r"^.*(?:小学|中学|学校|初中|高中|学期|学年|年度|[秋春]季?)(?=.)"
)
_MEETINGS = ("会", "队", "团")
MOST_NUMBER = 60


@dataclass(frozen=True, slots=True)
class ClassLabel:
    """A class's name before the school's year and stage are known.

    ``year`` is the year of enrolment where the name gives that instead of a grade;
    ``stage`` 小, 初 or 高 where it is said. ``sure`` is false for mere numbers (101,
    1.1), which may be rooms or amounts; ``restored`` marks a 1.10 stored as 1.1.
    """

    printed: str
    grade: int | None
    number: int | None
    campus: str = ""
    year: int | None = None
    stage: str = ""
    sure: bool = True
    restored: bool = False

    def of_grade(self, grade: int | None) -> "ClassLabel":
        """The same class with a grade that stood elsewhere."""
        if self.grade is None and self.year is None:
            return replace(self, grade=grade)
        return self

    def named(self, school_year: int | None, stage: str) -> ClassName:
        """The class with its grade worked out; a grade in no stage stays None."""
        grade = self.grade
        if grade is None and self.year and school_year:
            said = self.stage or stage
            stages = (said,) if said else tuple(FIRST_GRADE)
            risen = school_year - self.year
            fits = [_risen(risen, x) for x in stages if x in FIRST_GRADE]
            known = [x for x in fits if x is not None]
            # In no stage said, only one may have pupils of that year.
            grade = known[0] if len(known) == 1 else None
        return ClassName(self.printed, grade, self.number, self.campus)


@lru_cache(maxsize=16384)
def class_in(text: str) -> ClassLabel | None:
    """The first class that a longer text names, as a title does."""
    short = compact(text)
    for match in _NAMED.finditer(short):
        label = _from_named(match)
        if label is not None:
            return label
    return None


@lru_cache(maxsize=16384)
def whole_class(text: str) -> ClassLabel | None:
    """The class of a text that is nothing but its name, mere numbers included."""
    short = compact(text)
    if not short or len(short) > 16:
        return None
    named = _NAMED.fullmatch(short)
    if named:
        return _from_named(named, text.strip())
    bare = _BARE.fullmatch(short)
    return _from_bare(bare, text.strip()) if bare else None


@lru_cache(maxsize=4096)
def lone_number(text: str) -> ClassLabel | None:
    """A class that is only counted (``2班``, ``(2)``): its grade stands elsewhere."""
    match = _LONE.fullmatch(compact(text))
    if match is None:
        return None
    return ClassLabel(text.strip(), None, number(match["number"] or match["only"]))


def classes_in(text: str) -> list[tuple[ClassLabel, tuple[int, int]]]:
    """Every class named in a compact text, each with where it stands."""
    found = []
    for match in _NAMED.finditer(text):
        label = _from_named(match)
        if label is None:
            continue
        start, end = match.span()
        if text[end - 1] == "班" and text[end : end + 1] in _MEETINGS:
            # 303班会 is the class meeting of 303.
            end -= 1
            label = replace(label, printed=label.printed.removesuffix("班"))
        found.append((label, (start, end)))
    return found


def class_of_table(text: str) -> ClassLabel | None:
    """The class in short form right before the word for a timetable: 201课程表."""
    match = _OF_TABLE.search(compact(text))
    return whole_class(match.group()) if match else None


def tens_restored(
    labels: Sequence[ClassLabel | None],
) -> list[ClassLabel | None]:
    """Labels in the order of a sheet: a 1.1 that follows 1.9 was typed as 1.10."""
    found: list[ClassLabel | None] = []
    last: dict[int | None, int] = {}
    for label in labels:
        if label and label.number and not label.sure and "." in label.printed:
            before = last.get(label.grade, 0)
            if label.number < before and label.number * 10 in (before, before + 1):
                label = replace(label, number=label.number * 10, restored=True)
        if label and label.number:
            last[label.grade] = label.number
        found.append(label)
    return found


def edge_classes(text: str) -> list[tuple[ClassLabel, tuple[int, int]]]:
    """A class in short form that begins or ends a text: 101语文, 体育三2."""
    for match in _EDGE.finditer(text):
        label = whole_class(match.group())
        if label:
            return [(label, match.span())]
    return []


@lru_cache(maxsize=4096)
def grade_in(text: str) -> int | None:
    """The grade that a text names without a class: 三年级, 初二; else None."""
    match = _GRADE_ONLY.search(compact(text))
    if match is None or match["year"]:
        return None
    if match["short"]:
        return FIRST_GRADE[match["short"]] - 1 + _value(match["nth"])
    return _grade(match["part"], match["grade"])


def year_in(text: str) -> int | None:
    """The first year of a school year: 2026-2027学年 -> 2026."""
    match = re.search(r"(20\d\d)(?:-+|/|至)(?:20)?\d\d学?年?", compact(text))
    if match:
        return int(match[1])
    match = re.search(r"(20\d\d)年?(秋|春|下半年|上半年)", compact(text))
    if match:
        return int(match[1]) - (match[2] in ("春", "上半年"))
    return None


def _from_named(match: re.Match[str], printed: str | None = None) -> ClassLabel | None:
    if _NOT_A_CLASS.search(match.group()[len(match["campus"] or "") :]):
        return None
    campus = _WITHOUT_SCHOOL.sub("", match["campus"] or "")
    text = printed or _WITHOUT_SCHOOL.sub("", match.group())
    if match["digits"]:
        return ClassLabel(text, int(match["first"]), int(match["digits"]), campus)
    index = number(match["in_brackets"] or match["plain"])
    if index is None or index > MOST_NUMBER:
        return None
    if match["year"]:
        year = int(match["year"])
        year += 0 if year > 100 else 2000
        stage = (match["stage"] or "")[:1]
        return ClassLabel(text, None, index, campus, year, stage)
    grade = _grade(match["part"], match["grade"])
    return ClassLabel(text, grade, index, campus) if grade else None


def _from_bare(match: re.Match[str], printed: str) -> ClassLabel | None:
    campus = match["campus"] or ""
    if match["grade"]:
        grade = _grade(match["part"], match["grade"])
        return ClassLabel(printed, grade, int(match["number"]), campus, sure=True)
    if match["dotted"]:
        index = int(match["dot"])
        return ClassLabel(printed, int(match["dotted"]), index, campus, sure=False)
    grade, index = int(match["first"]), int(match["digits"])
    return ClassLabel(printed, grade, index, campus, sure=False)


def _risen(years: int, stage: str) -> int | None:
    """The grade after so many years in a stage; None where it is over by then."""
    lasts = 6 if stage == "小" else 3
    return FIRST_GRADE[stage] + years if 0 <= years < lasts else None


def _grade(part: str | None, numeral: str) -> int | None:
    value = _value(numeral)
    if part and part[0] in "初高":
        return FIRST_GRADE[part[0]] - 1 + value if value <= 3 else value
    return value


def _value(numeral: str) -> int:
    value = number(numeral)
    assert value is not None
    return value
