"""Titles: whose timetable a block is, its school, term and class teacher."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from scheduler.formats.spreadsheets.labels.class_names import (
    ClassLabel,
    class_in,
    class_of_table,
    classes_in,
    grade_in,
    whole_class,
    year_in,
)
from scheduler.formats.spreadsheets.labels.people import person, room
from scheduler.formats.spreadsheets.labels.words import (
    NUMERAL,
    close_up,
    compact,
    number,
)
from scheduler.formats.spreadsheets.structure.blocks import Block
from scheduler.formats.spreadsheets.structure.sheet import Sheet
from scheduler.model.times import Week

_TABLE = (
    r"(?:的?(?:总|班级|教师|个人|专用|功能)?"
    r"(?:课程表|课表|课程总表|功课表|作息表|课程安排表?|授课表|日课表|任课表))"
)
_CLASS_SAID = re.compile(r"班级[:： ]*([^\s|,，;；]{1,12})")
_OTHER_CLASS = re.compile(rf"([\u4e00-\u9fff]{{2,6}}班)(?:级)?{_TABLE}")
_COUNTED = re.compile(
    rf"(?<![\d级一二三四五六七八九十(])\(?({NUMERAL})\)?班(?!主任|额|容量|人数)"
)
_TEACHER_SAID = re.compile(
    r"(?:任课教师|授课教师|教师姓名|教师|老师|姓名)[:： ]+([^\s|,，;；(（:：]{2,8})"
)
_TEACHER_FIRST = re.compile(
    rf"^(?:\d{{4}}\S*学期)?[\s]*([^\s|,，;；:：\d]{{2,6}}?)(?:老师|教师)?{_TABLE}"
)
_BEFORE_HOURS = re.compile(
    r"^([^\s|,，;；:：\d]{2,6}?)(?:老师|教师)?[\s(（]*(?:周课时|课时)"
)
_CLASS_TEACHER = re.compile(r"班主任(?:老师)?[:： ]*([\u4e00-\u9fff·]{2,5})")
_SCHOOL = re.compile(
    r"[\u4e00-\u9fffA-Za-z0-9]{0,16}?(?:小学(?:校)?|中学|学校|初级中学|实验学校|附小|附中|完小|中心校|[一二三四五六七八九十\d]中(?!学)|[一二三四五六七八九十\d]小(?!学))(?:教育集团)?"
)
_TERM = re.compile(
    r"20\d\d\s*(?:-+|/|至)\s*(?:20)?\d\d\s*学?年?度?[^\n|]{0,2}(?:第?[一二12上下]学?期|上学期|下学期|春季?|秋季?)?(?:学期)?"
    r"|20\d\d年?(?:春|秋)季?(?:学期)?|第[一二12]学期"
)
_EFFECTIVE = re.compile(
    r"[^\n|]{0,10}(?:执行|启用|起用|实施|生效)[^\n|]{0,12}|20\d\d[年.-]\d{1,2}[月.-]\d{1,2}日?|第\d{1,2}(?:-\d{1,2})?周"
)
_WEEKS = re.compile(r"(单|双)周")
_HEADER = re.compile(
    r"(?:节次|时间|时段|星期|日期|班级|课程|科目|学科|教师|姓名|地点|节|课节|午别|周次|周)[\s\S]{0,6}"
)
_NO_NAME = re.compile(
    "个人|教师|老师|学生|班级|教学|全校|本校|学校|年级|专用|功能|本周|每周|上课"
)
_NO_SCHOOL = re.compile(
    r"^(?:义务教育|全|本|各|我|实验|中心|九年一贯制)?(?:学校|小学|中学)$"
)
_WORDS_BEFORE = re.compile(r"^(?:20\d\d\S*?(?:学期|学年度?|季|年)|[第\d].{0,2}学期)")
_SERIAL = re.compile(r"^\d{1,3}[.、_-]?(?=\D)")
"""The number that whoever collects files puts before their names."""
_ROOM_TABLE = re.compile(rf"^(.+?)(?:使用(?:安排)?表?|{_TABLE}|安排表?)")


@dataclass(frozen=True, slots=True)
class Titles:
    """What stood around a block.

    ``group`` is the class, ``who`` a teacher's or room's name; ``assumed`` says where
    a class came from when it did not stand at the block itself.
    """

    school: str = ""
    stage: str = ""
    year: int | None = None
    term: str = ""
    title: str = ""
    effective: str = ""
    class_teacher: str = ""
    group: ClassLabel | None = None
    grade: int | None = None
    who: str = ""
    assumed: str = ""
    week: Week | None = None
    near: tuple[str, ...] = ()


def titles_of(sheet: Sheet, block: Block) -> Titles:
    """Titles of a block: the lines above it and its corner, then the sheet's name."""
    near = list(_near(sheet, block))
    return _titles(sheet, near, block.titles, list(_below(sheet, block)))


def titles_above(sheet: Sheet, top: int) -> Titles:
    """Titles of a table that has the sheet for itself: the rows above its headers."""
    near = [
        t for r in range(top - 1, -1, -1) for _, t in sheet.anchored(r, 0, sheet.width)
    ]
    return _titles(sheet, near, range(top), [])


def _titles(sheet: Sheet, near: list[str], rows: range, below: list[str]) -> Titles:
    wide = [text for row in rows for _, text in sheet.anchored(row, 0, sheet.width)]
    everything = [*near, *wide]
    group, assumed = _class_of(near, sheet)
    if group is None and (keyed := _class_said(below)):
        group, assumed = keyed, ""
    return Titles(
        school_in(everything),
        stage_in(" ".join([*everything, sheet.name, sheet.file])),
        next((y for t in [*everything, sheet.file] if (y := year_in(t))), None),
        _first(_TERM, everything),
        next((t for t in everything if len(t) > 3), ""),
        _first(_EFFECTIVE, [*everything, *below]),
        _keyed(_CLASS_TEACHER, "班主任", [*near, *below]),
        group,
        _grade_of(near, sheet),
        _who_of(near, below, sheet) if group is None else "",
        assumed,
        _week_of([*near, sheet.name]),
        tuple(near[:8]),
    )


def school_in(texts: list[str]) -> str:
    """The first school that some texts name; ``""`` where none does."""
    for text in texts:
        for part in re.split(r"[\s_|()]+", text):
            match = _SCHOOL.search(_WORDS_BEFORE.sub("", part))
            if match and not _NO_SCHOOL.match(match.group()):
                plain = _SERIAL.sub("", match.group())
                named = _SCHOOL.fullmatch(plain) and not _NO_SCHOOL.match(plain)
                return plain if named else match.group()
    return ""


def stage_in(text: str) -> str:
    """小, 初 or 高 where some words say it; ``""`` where they do not."""
    if re.search("小学|附小|完小", text):
        return "小"
    if re.search("高中|高级中学|高一|高二|高三", text):
        return "高"
    return "初" if re.search("初中|初级中学|初一|初二|初三|中学|附中", text) else ""


def _near(sheet: Sheet, block: Block) -> Iterator[str]:
    """Texts that belong to a block alone, the nearest row first."""
    first = min(block.columns)
    for row in range(block.band.bottom - 1, block.top - 1, -1):
        yield from (t for _, t in sheet.anchored(row, block.left, first))
    for row in reversed(block.titles):
        found = sheet.anchored(row, 0, sheet.width)
        joined: list[str] = []
        for index, (column, text) in enumerate(found):
            end = found[index + 1][0] if index + 1 < len(found) else sheet.width
            inside = column < block.right and max(end, column + 1) > block.left
            starts = block.left <= column < block.right
            if block.alone or starts or (inside and len(found) == 1):
                joined.append(text)
        if joined:
            yield from joined
            if len(joined) > 1:
                yield " ".join(joined)


def _below(sheet: Sheet, block: Block) -> Iterator[str]:
    """Footers: the rows after a block until a new title."""
    for row in range(block.bottom, min(block.bottom + 4, sheet.height)):
        texts = [t for _, t in sheet.anchored(row, block.left, block.right)]
        line = " ".join(texts)
        if class_in(line) and re.search(_TABLE, line):
            return
        yield line


def _class_of(near: list[str], sheet: Sheet) -> tuple[ClassLabel | None, str]:
    found = [(t, label, "") for t in near if (label := _titled_class(t))]
    name = compact(re.sub(_TABLE, "", sheet.name))
    on_tab = class_in(sheet.name) or whole_class(name)
    if on_tab:
        found.append((sheet.name, on_tab, "sheet_name"))
    # A mere number (302) may be a room: what is surely a class comes before it.
    for text, label, source in sorted(found, key=lambda x: not x[1].sure):
        return replace(label, printed=sheet.spelt_as(text, label.printed)), source
    grade = _grade_of(near, sheet)
    for text in [*near, sheet.name]:
        counted = _COUNTED.search(compact(text))
        if counted and grade:
            value = number(counted[1])
            printed = counted.group()
            return ClassLabel(printed, grade, value), "grade_elsewhere"
    stem = sheet.file.rpartition(".")[0]
    label = class_in(stem) or whole_class(compact(re.sub(_TABLE, "", stem)))
    if label:
        return label, "file_name"
    other = next((m for t in near if (m := _OTHER_CLASS.search(t))), None)
    return (ClassLabel(other[1], None, None, sure=False), "") if other else (None, "")


def _class_said(below: list[str]) -> ClassLabel | None:
    """The class that a footer names as one: 班级：三（8）班."""
    said = (m[1] for text in below for m in _CLASS_SAID.finditer(text))
    return next((label for x in said if (label := whole_class(x))), None)


def _titled_class(text: str) -> ClassLabel | None:
    several = {(x.grade, x.number): x for x, _ in classes_in(compact(text))}
    if len(several) > 1:
        printed = "、".join(x.printed for x in several.values())
        return ClassLabel(printed, None, None)
    label = class_in(text)
    if label:
        return label
    said = _CLASS_SAID.search(text)
    if said:
        label = whole_class(said[1])
        if label:
            return label
    of_table = class_of_table(text)
    if of_table:
        return of_table
    for part in re.split(r"[\s|:：]+", text):
        label = whole_class(re.sub(rf"班?(?:级)?{_TABLE}$", "", part))
        if label and (label.sure or re.search(_TABLE, part) or part == text):
            return replace(label, printed=re.sub(rf"{_TABLE}$", "", part))
    return None


def _grade_of(near: list[str], sheet: Sheet) -> int | None:
    for text in [*near, sheet.name, sheet.file]:
        grade = grade_in(text)
        if grade:
            return grade
    return None


def _who_of(near: list[str], below: list[str], sheet: Sheet) -> str:
    """The teacher or room that a block is for."""
    for text in near:
        if said := _teacher_said(text):
            return said
    for text in [*(t for t in near if not _HEADER.fullmatch(t)), sheet.name]:
        for pattern in (_TEACHER_FIRST, _BEFORE_HOURS):
            first = pattern.search(text)
            if (
                first
                and (person(first[1]) or person(f"{first[1]}老师"))
                and not room(first[1])
                and not _NO_NAME.fullmatch(first[1])
            ):
                return close_up(first[1])
        for part in re.split(r"[\s|:：]+", text):
            place = _ROOM_TABLE.match(part)
            name = place[1] if place else part
            if room(name):
                return name
        if person(text):
            return close_up(text)
    for text in near:
        parts = [x for x in re.split(r"[\s|:：()]+", text) if not _HEADER.fullmatch(x)]
        if len(parts) > 1 and any("课时" in x or "课表" in x for x in parts):
            named = next((x for x in parts if person(x)), "")
            if named:
                return named
    return next((said for text in below if (said := _teacher_said(text))), "")


def _teacher_said(text: str) -> str:
    said = _TEACHER_SAID.search(text)
    if said and (person(said[1]) or len(said[1]) <= 4):
        return close_up(said[1])
    return ""


def _week_of(texts: list[str]) -> Week | None:
    """The weeks that a whole timetable is for: 三(1)班课程表（单周）."""
    for text in texts:
        weeks = set(_WEEKS.findall(text))
        if len(weeks) == 1:
            return Week.ODD if weeks == {"单"} else Week.EVEN
    return None


def _first(pattern: re.Pattern[str], texts: list[str]) -> str:
    matches = (pattern.search(text) for text in texts)
    return next((m.group().strip() for m in matches if m), "")


def _keyed(pattern: re.Pattern[str], word: str, texts: list[str]) -> str:
    for text in texts:
        match = pattern.search(text)
        if match and match[1] != word:
            return match[1]
    return ""
