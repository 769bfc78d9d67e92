"""Lists: a row a lesson (L7), with day, period, class, subject in named columns."""

import re
from dataclasses import dataclass, replace

from scheduler.formats.spreadsheets.cells.entries import entries_of
from scheduler.formats.spreadsheets.cells.entry import Entry
from scheduler.formats.spreadsheets.cells.judging import verdict
from scheduler.formats.spreadsheets.labels.class_names import (
    ClassLabel,
    class_in,
    grade_in,
    lone_number,
)
from scheduler.formats.spreadsheets.labels.days import bare_day, named_day
from scheduler.formats.spreadsheets.labels.people import people_in
from scheduler.formats.spreadsheets.labels.periods import PeriodLabel, period_label
from scheduler.formats.spreadsheets.labels.vocabulary import Name
from scheduler.formats.spreadsheets.labels.words import compact, number
from scheduler.formats.spreadsheets.structure.heads import Head, week_of
from scheduler.formats.spreadsheets.structure.numbering import Numbered
from scheduler.formats.spreadsheets.structure.sheet import Sheet
from scheduler.formats.spreadsheets.structure.subheads import class_head
from scheduler.formats.spreadsheets.titles import Titles
from scheduler.formats.spreadsheets.weekly import NO_CLASS, Context, Reading
from scheduler.model.read_timetable import CellKind, ClassName, ReadCell
from scheduler.model.times import RowKind

_COLUMNS = (
    ("day", re.compile(r"星期几?|周几|周次日|上课星期|weekday|day", re.IGNORECASE)),
    ("period", re.compile(r"(?:上课)?节次|第?几节|节数|课节|period", re.IGNORECASE)),
    (
        "subject",
        re.compile(
            r"课程(?:名称?)?|科目(?:名称)?|学科(?:名称)?|subject|course", re.IGNORECASE
        ),
    ),
    (
        "teacher",
        re.compile(r"(?:任课|授课|上课)?(?:教师|老师)(?:姓名)?|teacher", re.IGNORECASE),
    ),
    ("room", re.compile(r"(?:上课)?(?:地点|教室|场地|场所|位置)|room", re.IGNORECASE)),
    (
        "class",
        re.compile(
            r"(?:上课|行政)?班级(?:名称)?|班别|班|班号|班次|class", re.IGNORECASE
        ),
    ),
    ("grade", re.compile(r"年级|grade", re.IGNORECASE)),
    ("week", re.compile(r"单双周|周类型|单/双周|周次类型", re.IGNORECASE)),
    ("first_week", re.compile(r"(?:开始|起始)周|起周")),
    ("last_week", re.compile(r"(?:结束|截止|终止)周|止周")),
)
NEEDED = frozenset({"day", "period", "subject"})


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A header row and which column holds what; rows below until an empty one."""

    top: int
    columns: dict[str, int]


def find_list(sheet: Sheet) -> ListBlock | None:
    """The list of a sheet: its header names day, period and subject once each."""
    for row in range(min(sheet.height, 20)):
        columns: dict[str, int] = {}
        for column, text in sheet.anchored(row, 0, sheet.width):
            role = _role(text)
            if role and role not in columns:
                columns[role] = column
            elif role in NEEDED:
                columns.clear()
                break
        if columns.keys() >= NEEDED and not _is_a_header_too(sheet, row + 1):
            return ListBlock(row, columns)
    return None


def _role(text: str) -> str:
    short = compact(text)
    return next((role for role, words in _COLUMNS if words.fullmatch(short)), "")


def _is_a_header_too(sheet: Sheet, row: int) -> bool:
    return (
        row >= sheet.height
        or sum(bool(_role(t)) for _, t in sheet.anchored(row, 0, sheet.width)) >= 2
    )


def read_list(
    sheet: Sheet, block: ListBlock, titles: Titles, context: Context
) -> Reading:
    """Every lesson of a list."""
    cells: list[ReadCell] = []
    offset = _mornings(sheet, block)
    for row in range(block.top + 1, sheet.height):
        texts = {role: sheet.text(row, c) for role, c in block.columns.items()}
        if texts["subject"]:
            cells += _row(sheet, row, block, texts, titles, context, offset)
    lessons = [x for x in cells if x.kind is CellKind.LESSON]
    known = sum(bool(x.subject) for x in lessons)
    return Reading("L7", titles, tuple(cells), (), {}, (), len(lessons), known)


def _mornings(sheet: Sheet, block: ListBlock) -> int:
    """Lessons of a morning, for lists that count the afternoon anew."""
    column = block.columns["period"]
    texts = {sheet.text(row, column) for row in range(block.top + 1, sheet.height)}
    labels = [label for text in texts if (label := period_label(text))]
    before = [x.last or 0 for x in labels if x.session == 1]
    after = [x.first or 99 for x in labels if x.session and x.session > 1]
    return max(before, default=0) if min(after, default=99) == 1 else 0


def _row(
    sheet: Sheet,
    row: int,
    block: ListBlock,
    texts: dict[str, str],
    titles: Titles,
    context: Context,
    offset: int,
) -> list[ReadCell]:
    group = _group(sheet, row, block, texts, titles, context)
    label = period_label(texts["period"])
    number = _number(label, offset)
    day = named_day(texts["day"]) or bare_day(texts["day"])
    entries = entries_of([texts["subject"]], [""], context.vocabulary, group.grade)
    if not entries:
        entries = [Entry(Name("", kind=CellKind.EMPTY))]
    teachers = people_in(texts.get("teacher", ""))
    place = sheet.place(row, block.columns["subject"])
    found = []
    for entry in entries:
        entry = replace(
            entry,
            teachers=teachers or entry.teachers,
            room=texts.get("room", "") or entry.room,
        )
        head = Head(day=day, period=label)
        judged = verdict(entry, head, number, group)
        week = week_of(texts.get("week", "")) or entry.week
        found += [
            ReadCell(
                place,
                "L7",
                "",
                group,
                day,
                period,
                week,
                judged.kind,
                sheet.printed(row, block.columns["subject"]),
                entry.name.code,
                entry.name.printed,
                entry.teachers,
                entry.room,
                judged.status,
                judged.suggestion,
                judged.rule,
                texts["period"],
                label.kind if label else RowKind.LESSON,
            )
            for period in number.periods or (None,)
        ]
    return found


def _group(
    sheet: Sheet,
    row: int,
    block: ListBlock,
    texts: dict[str, str],
    titles: Titles,
    context: Context,
) -> ClassName:
    text = texts.get("class", "")
    label = titles.group
    if text:
        head = class_head(sheet, row, block.columns["class"], text)
        label = (head.group if head else None) or class_in(text) or lone_number(text)
        grade = texts.get("grade", "")
        if label is None and grade and (index := number(text)):
            # 年级 | 班: each in a column of its own.
            label = ClassLabel(text, None, index)
        if label is None:
            return ClassName(text)
        if grade and label.grade is None:
            label = label.of_grade(grade_in(grade) or bare_day(grade))
    if label is None:
        return NO_CLASS
    return label.of_grade(titles.grade).named(
        titles.year or context.year, titles.stage or context.stage
    )


def _number(label: PeriodLabel | None, offset: int) -> Numbered:
    if label is None or label.first is None or label.last is None:
        return Numbered(())
    more = offset if label.session and label.session > 1 else 0
    return Numbered(tuple(range(label.first + more, label.last + more + 1)))
