"""Weekly: a block of a sheet as cells of timetables, whatever its layout.

Which layout it is follows from where the class stands: in a title (L1), down (L2),
across (L3), or in the cells of a teacher's (L4) or a room's timetable (L5).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from scheduler.formats.spreadsheets.cells.entries import entries_of
from scheduler.formats.spreadsheets.cells.entry import Entry
from scheduler.formats.spreadsheets.cells.judging import verdict
from scheduler.formats.spreadsheets.cells.other_rows import (
    empty_pe_rows,
    entries_in_row,
)
from scheduler.formats.spreadsheets.labels.class_names import (
    ClassLabel,
    classes_in,
    edge_classes,
    whole_class,
)
from scheduler.formats.spreadsheets.labels.people import people_in, person, room
from scheduler.formats.spreadsheets.labels.vocabulary import (
    EMPTY_MARKS,
    Name,
    Vocabulary,
)
from scheduler.formats.spreadsheets.labels.words import compact
from scheduler.formats.spreadsheets.structure.blocks import Block, BodyCell, body_cells
from scheduler.formats.spreadsheets.structure.heads import Head
from scheduler.formats.spreadsheets.structure.sheet import Sheet
from scheduler.formats.spreadsheets.titles import Titles
from scheduler.model.read_timetable import (
    CellKind,
    CellStatus,
    ClassName,
    ReadCell,
    ReadPeriod,
    least_sure,
)
from scheduler.model.text import Text
from scheduler.model.times import RowKind, Week

_BRACKETED = re.compile(r"\([^()]*\)")
NAMES_CLASSES = 0.4
MEETING = "班"
NO_CLASS = ClassName("")


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for a whole sheet: names, school year and stage."""

    vocabulary: Vocabulary
    year: int | None = None
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a block: ``known`` of ``filled`` lessons have known names."""

    layout: str
    titles: Titles
    cells: tuple[ReadCell, ...]
    periods: tuple[ReadPeriod, ...]
    class_teachers: dict[ClassName, str]
    assumed: tuple[str, ...]
    filled: int
    known: int
    mornings: tuple[tuple[int | None, int], ...] = ()
    """By day, the lessons of a morning after which the sheet counts from 1 again."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """The texts of one cell of the week, its columns put together."""

    body: BodyCell
    lines: tuple[str, ...]
    fields: tuple[str, ...]
    text: str


def read_block(sheet: Sheet, block: Block, titles: Titles, context: Context) -> Reading:
    """Cells of one block, in the order of its rows and columns."""
    cells = list(_cells(sheet, block))
    layout = _layout(block, titles, cells, context.vocabulary)
    titled = _without_subject(titles, cells, context) if layout == "L4" else None
    bare = empty_pe_rows([(x.body.rows, x.body.head, x.text) for x in cells])
    found = [
        read
        for cell in cells
        for read in _read(
            sheet, cell, layout, titles, context, titled, bare.get(cell.body.rows)
        )
    ]
    teachers = {
        _class_of(cell.body.head, titles, context): cell.body.head.class_teacher
        for cell in cells
        if cell.body.head.class_teacher
    }
    lessons = [x for x in found if x.kind is CellKind.LESSON]
    vocabulary = context.vocabulary
    return Reading(
        layout,
        titles,
        tuple(found),
        _periods(cells),
        teachers,
        tuple(
            dict.fromkeys(c.body.number.assumed for c in cells if c.body.number.assumed)
        ),
        len(lessons),
        sum(bool(x.subject or vocabulary.recognises(x.subject_name)) for x in lessons),
        tuple(
            dict.fromkeys(
                (c.body.head.day, c.body.number.periods[0] - 1)
                for c in cells
                if c.body.number.assumed == "restart"
            )
        ),
    )


def _cells(sheet: Sheet, block: Block) -> Iterator[_Cell]:
    """Cells of the week; columns for subject, teacher and room are put together."""

    def key(body: BodyCell) -> object:
        head = replace(body.head, field="", period=None)
        return body.rows, head, body.number if body.head.field else body.column

    for _, group in groupby(_whole_weeks(sheet, body_cells(block)), key):
        bodies = list(group)
        lines: list[str] = []
        fields: list[str] = []
        printed: list[str] = []
        for body in bodies:
            seen = set()
            for row, said in zip(body.rows, body.fields, strict=True):
                anchor = sheet.anchor(row, body.column)
                if anchor not in seen:
                    seen.add(anchor)
                    lines.append(sheet.text(row, body.column))
                    printed.append(sheet.printed(row, body.column))
                    fields.append(body.head.field or said)
        text = "\n".join(x for x in printed if x)
        yield _Cell(bodies[0], tuple(lines), tuple(fields), text)


def _whole_weeks(sheet: Sheet, bodies: list[BodyCell]) -> Iterator[BodyCell]:
    """The cells; merged over a row of odd and one of even weeks, each is one."""

    def key(body: BodyCell) -> object:
        return sheet.anchor(body.rows[0], body.column), body.column, body.number.periods

    weeks: dict[object, set[Week | None]] = {}
    for body in bodies:
        weeks.setdefault(key(body), set()).add(body.head.week)
    done = set()
    for body in bodies:
        if not {Week.ODD, Week.EVEN} <= weeks[key(body)]:
            yield body
        elif key(body) not in done:
            done.add(key(body))
            yield replace(body, head=replace(body.head, week=None))


def _layout(
    block: Block, titles: Titles, cells: list[_Cell], vocabulary: Vocabulary
) -> str:
    heads = [cell.body.head for cell in cells]
    if any(head.group for head in heads):
        across = block.columns.values()
        if any(head.group for head in across):
            return "L3"
        return "L2" if any(head.period for head in across) else "L1"
    who = next((head.who for head in heads if head.who), titles.who)
    texts = [cell.text for cell in cells if compact(cell.text) not in EMPTY_MARKS]
    naming = sum(_names_a_class(text) for text in texts)
    if (
        texts
        and naming >= NAMES_CLASSES * len(texts)
        and (titles.group is None or naming > 0.8 * len(texts))
    ):
        return "L5" if _is_a_room(who, texts, vocabulary) else "L4"
    return "L1"


def _is_a_room(who: str, texts: list[str], vocabulary: Vocabulary) -> bool:
    """Whether a timetable is a room's: 田径场 may look like a name, its cells tell."""
    if not room(who) or not person(who):
        return room(who)
    taught = sum(
        any(
            person(x) and not vocabulary.knows(x) for x in re.split(r"[\s()/、]+", text)
        )
        for text in texts
    )
    return taught >= NAMES_CLASSES * len(texts)


def _names_a_class(text: str) -> bool:
    if classes_in(compact(text)) or edge_classes(compact(text)):
        return True
    return any(whole_class(x) for x in text.replace("(", "\n").replace(")", "").split())


def _read(
    sheet: Sheet,
    cell: _Cell,
    layout: str,
    titles: Titles,
    context: Context,
    titled: Name | None,
    named_row: Entry | None,
) -> Iterator[ReadCell]:
    head, number = cell.body.head, cell.body.number
    by_class = layout not in ("L4", "L5")
    own = _class_of(head, titles, context) if by_class else NO_CLASS
    entries = entries_of(
        cell.lines, cell.fields, context.vocabulary, own.grade, not by_class
    )
    entries = entries_in_row(entries, head, cell.text, named_row if by_class else None)
    who = head.who or ("" if by_class else titles.who)
    subject = context.vocabulary.look_up(head.subject) if head.subject else titled
    if not entries:
        if not by_class:
            return
        entries = [Entry(Name("", kind=CellKind.EMPTY))]
    place = sheet.place(cell.body.rows[0], cell.body.column)
    for entry in entries:
        entry = _with_who(entry, who, layout)
        if subject and _lacks_subject(entry, subject):
            entry = replace(entry, name=subject)
        week = head.week or entry.week
        if week is Week.EVERY and titles.week:
            week = titles.week
        for group in _groups(entry, own, by_class, titles, context):
            found = verdict(entry, head, number, group)
            if not by_class and not group.printed and found.kind is not CellKind.LESSON:
                continue
            for period in number.periods or (None,):
                yield ReadCell(
                    place,
                    layout,
                    "",
                    group,
                    head.day,
                    period,
                    week,
                    found.kind,
                    cell.text,
                    entry.name.code if found.kind is not CellKind.EMPTY else "",
                    entry.name.printed,
                    entry.teachers,
                    entry.room,
                    found.status,
                    found.suggestion,
                    found.rule,
                    head.period.name if head.period else head.name,
                    head.period.kind if head.period else RowKind.LESSON,
                )


def _without_subject(
    titles: Titles, cells: list[_Cell], context: Context
) -> Name | None:
    """What a class alone means in a teacher's cells: the title's subject.

    Where the others read 三2语, 三2班 may be the class meeting.
    """
    titled = _titled_subject(titles, context.vocabulary)
    texts = [compact(cell.text) for cell in cells if cell.text]
    spelt = sum(bool(classes_in(x)) for x in texts)
    if titled or 3 * spelt >= len(texts):
        return titled
    words = Text("是班会，还是没有写学科？", "the class meeting, or no subject given?")
    name = context.vocabulary.look_up(MEETING)
    return replace(name, status=CellStatus.DOUBTFUL, suggestion=words, rule=MEETING)


def _lacks_subject(entry: Entry, subject: Name) -> bool:
    if not entry.groups or entry.name.printed:
        return False
    return subject.rule != MEETING or entry.groups[-1].printed.endswith(MEETING)


_SUBJECT_SAID = re.compile(r"\(([^()]+)\)|\[([^\[\]]+)\]|(?:学科|科目)[:： ]*(\S+)")


def _titled_subject(titles: Titles, vocabulary: Vocabulary) -> Name | None:
    """The only subject of a teacher, as a title says it: 张强(体育)课表, 学科:体育."""
    for text in titles.near:
        said = [next(x for x in groups if x) for groups in _SUBJECT_SAID.findall(text)]
        words = [*said, *(x for x in text.split() if len(x) > 1)]
        word = next((x for x in words if vocabulary.knows(x)), "")
        if word:
            name = vocabulary.look_up(word)
            wording = Text("学科取自标题", "subject taken from the title")
            return replace(
                name,
                status=least_sure([name.status, CellStatus.CORRECTED]),
                rule="subject_from_title",
                suggestion=wording,
            )
    return None


def _with_who(entry: Entry, who: str, layout: str) -> Entry:
    """An entry of a teacher's or room's own timetable, or of a column of one."""
    if not who:
        return entry
    if layout == "L5":
        return replace(entry, room=entry.room or who)
    return replace(entry, teachers=people_in(_BRACKETED.sub("", who)))


def _groups(
    entry: Entry, own: ClassName, by_class: bool, titles: Titles, context: Context
) -> list[ClassName]:
    if by_class:
        return [own]
    if not entry.groups:
        return [NO_CLASS]
    return [_named(group, titles, context) for group in entry.groups]


def _class_of(head: Head, titles: Titles, context: Context) -> ClassName:
    label = head.group or titles.group
    if label is None:
        return NO_CLASS
    if head.grade:
        label = label.of_grade(head.grade)
    return _named(label, titles, context)


def _named(label: ClassLabel, titles: Titles, context: Context) -> ClassName:
    year, stage = titles.year or context.year, titles.stage or context.stage
    return label.of_grade(titles.grade).named(year, stage)


def _periods(cells: list[_Cell]) -> tuple[ReadPeriod, ...]:
    """Rows of the day, each once, with the days it holds on."""
    days: dict[ReadPeriod, set[int]] = {}
    for cell in cells:
        label = cell.body.head.period
        if label is None:
            continue
        numbers = cell.body.number.periods or (None,)
        for number in numbers:
            kind = label.kind
            row = ReadPeriod(number, kind, label.name, label.start, label.end, ())
            days.setdefault(row, set()).add(cell.body.head.day or 0)
    return tuple(
        replace(row, days=tuple(sorted(found - {0}))) for row, found in days.items()
    )
