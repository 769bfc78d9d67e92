"""The screen in the hall: all classes of a date on their bells, changes marked."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.model.problem import Problem
from scheduler.model.resources import ClassGroup
from scheduler.model.text import Text
from scheduler.model.times import Bell, Period, RowKind, format_clock
from scheduler.services.office import Office
from scheduler.services.views.clock import Now, day_slots, day_title
from scheduler.services.views.days.weeks import DatedLine, dated_line
from scheduler.services.views.today.page import changed_lines, whole_day
from scheduler.term.calendar import teaching_day
from scheduler.term.changes import Change
from scheduler.term.dated import DatedLesson
from scheduler.term.held import bells_on, term_lessons
from scheduler.term.versions import Versions

_SHOWN = frozenset(RowKind) - {RowKind.BREAK, RowKind.LUNCH}


@dataclass(frozen=True, slots=True)
class HallLesson:
    """A lesson in a cell: its subject in few signs, and where it is not at home."""

    short: Text
    line: DatedLine


@dataclass(frozen=True, slots=True)
class HallColumn:
    """A period of a bell; ``now`` while it runs."""

    label: str
    clock: str
    now: bool


@dataclass(frozen=True, slots=True)
class HallRow:
    """A class and its lessons, period by period."""

    name: str
    cells: tuple[tuple[HallLesson, ...], ...]


@dataclass(frozen=True, slots=True)
class HallTable:
    """The classes that keep one bell on the date."""

    columns: tuple[HallColumn, ...]
    rows: tuple[HallRow, ...]


@dataclass(frozen=True)
class HallPage:
    """What the screen shows; without names of teachers where they are not ``named``."""

    title: Text
    now: Now
    taught: bool
    tables: tuple[HallTable, ...]
    whole: tuple[Text, ...]
    changed: tuple[DatedLine, ...]
    named: bool


def hall_page(
    office: Office,
    versions: Versions,
    date: dt.date,
    now: Now,
    grades: Sequence[int],
    named: bool,
) -> HallPage:
    """Gather the screen of a date.

    Parameters:
        grades: Those shown; all where none is named.
    """
    problem, changes = versions.at(date).problem, office.changes.in_force(date)
    classes = [x for x in problem.classes if not grades or x.grade in grades]
    shown = {x.class_id for x in classes}
    lessons = tuple(
        x
        for x in term_lessons(versions, changes, {date})
        if shown.intersection(x.meeting.class_ids)
    )
    return HallPage(
        day_title(problem, date),
        now,
        bool(day_slots(problem, date)),
        _tables(problem, classes, lessons, changes, date, now, named),
        whole_day(problem, changes, date),
        changed_lines(lessons, named),
        named,
    )


def _tables(
    problem: Problem,
    classes: Iterable[ClassGroup],
    lessons: Iterable[DatedLesson],
    changes: Iterable[Change],
    date: dt.date,
    now: Now,
    named: bool,
) -> tuple[HallTable, ...]:
    day = teaching_day(problem.term, date)
    if day is None:
        return ()
    of: dict[str, list[DatedLesson]] = defaultdict(list)
    for lesson in lessons:
        for name in lesson.meeting.class_ids:
            of[name].append(lesson)
    bells = bells_on(problem, changes, date)
    groups: dict[str, list[ClassGroup]] = defaultdict(list)
    for group in classes:
        groups[bells[group.class_id].bell_id].append(group)
    found = []
    for bell_id, rows in groups.items():
        held = [x for group in rows for x in of[group.class_id]]
        periods = _periods(problem.bell[bell_id], day.weekday, held)
        found.append(
            HallTable(
                tuple(_column(row, date, now) for row in periods),
                tuple(_row(x, of[x.class_id], periods, named) for x in rows),
            )
        )
    return tuple(found)


def _periods(
    bell: Bell, weekday: int, held: Iterable[DatedLesson]
) -> tuple[Period, ...]:
    """The bell's rows: of lessons all, others where something is on."""
    lessons = tuple(held)
    return tuple(
        row
        for row in bell.on(weekday)
        if row.kind in _SHOWN
        and (
            row.kind is RowKind.LESSON
            or any(x.meeting.overlaps(row.start, row.end) for x in lessons)
        )
    )


def _column(row: Period, date: dt.date, now: Now) -> HallColumn:
    clock = f"{format_clock(row.start)}–{format_clock(row.end)}"
    runs = date == now.date and row.start <= now.minute < row.end
    return HallColumn(row.name or str(row.number), clock, runs)


def _row(
    group: ClassGroup,
    lessons: Sequence[DatedLesson],
    periods: Iterable[Period],
    named: bool,
) -> HallRow:
    cells = tuple(
        tuple(
            _cell(x, named) for x in lessons if x.meeting.overlaps(row.start, row.end)
        )
        for row in periods
    )
    return HallRow(group.name, cells)


def _cell(lesson: DatedLesson, named: bool) -> HallLesson:
    subject = lesson.problem.subject[lesson.meeting.lesson.requirement.subject_id]
    short = Text(subject.short, subject.name_en or subject.short)
    return HallLesson(short, dated_line(lesson, named=named))
