"""Dated changes: what differs on a date from the weekly pattern, as data.

A change speaks of a lesson by the date on which the week has it, whatever other changes
have made of it since; changes hold in the order in which they were made.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from scheduler.model.closures import Replacement
from scheduler.model.errors import meant
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME
from scheduler.model.text import Text
from scheduler.model.times import MINUTES_A_DAY, overlap
from scheduler.model.weather import HalfDay, Weather

EXTRA = "+"
"""Ids of extra lessons begin with it; those of requirements do not."""


class Reason(StrEnum):
    """Why a batch of changes was made."""

    WEATHER = "weather"
    PLACE = "place"
    ABSENCE = "absence"
    SWAP = "swap"
    EVENT = "event"
    EXAM = "exam"
    BELL = "bell"
    MAKE_UP = "make_up"
    IMPORT = "import"
    OTHER = "other"

    @property
    def text(self) -> Text:
        """Its name for people."""
        return _REASONS[self]


_REASONS = {
    Reason.WEATHER: Text("恶劣天气", "bad weather"),
    Reason.PLACE: Text("换场地", "another place"),
    Reason.ABSENCE: Text("教师请假", "a teacher is away"),
    Reason.SWAP: Text("调课", "lessons swapped"),
    Reason.EVENT: Text("学校活动", "an event"),
    Reason.EXAM: Text("考试", "an exam"),
    Reason.BELL: Text("作息调整", "another bell"),
    Reason.MAKE_UP: Text("补课", "a lesson made up"),
    Reason.IMPORT: Text("导入", "imported"),
    Reason.OTHER: Text("其他", "other"),
}


@dataclass(frozen=True, slots=True)
class Batch:
    """What is asked for in one go: why, on which form, by whom.

    ``half`` is the part of the day that a plan for bad weather is applied to,
    ``leave_id`` the leave (or wish for a swap) that it answers, where there is one.
    """

    reason: Reason
    note: str = ""
    form: str = ""
    half: HalfDay = HalfDay.DAY
    asked_by: str = ""
    approved_by: str = ""
    made_by: str = ""
    leave_id: int | None = None


@dataclass(frozen=True, slots=True)
class Was:
    """How a change knows its lesson; what is None may be anything.

    A change holds for the lesson as it was when it was made: one that a later timetable
    has at another time or place takes place as it then is.
    """

    start: int | None = None
    layout_id: str | None = None
    teacher_ids: tuple[str, ...] | None = None
    escort_ids: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class DatedChange:
    """What one lesson is on one date instead; None is as the week has it.

    ``date`` is the one on which the week has the lesson, ``to_date`` where it goes
    instead. ``start`` and ``end`` are minutes after midnight, ``teacher_ids`` all who
    teach, ``escort_ids`` all who go along. ``self_study``: they supervise pupils who
    study by themselves, so that the lesson is lost. ``joins`` is the lesson of another
    class that this one is taught together with. ``weather`` is what drives it indoors;
    ``slot_id`` and ``turn`` name the turn of the plan for bad weather it comes from,
    empty where no slot has the lesson.
    """

    date: dt.date
    lesson_id: str
    cancelled: bool = False
    to_date: dt.date | None = None
    start: int | None = None
    end: int | None = None
    layout_id: str | None = None
    teacher_ids: tuple[str, ...] | None = None
    subject_id: str | None = None
    self_study: bool = False
    joins: str = ""
    was: Was = Was()
    weather: Weather | None = None
    slot_id: str = ""
    turn: int = 0
    note: str = ""
    escort_ids: tuple[str, ...] | None = None

    @property
    def held_on(self) -> dt.date:
        """The date it takes place after this change."""
        return self.to_date or self.date

    @property
    def moves(self) -> bool:
        """Whether it gives the lesson another date or time."""
        return self.to_date is not None or self.start is not None

    @property
    def dates(self) -> tuple[dt.date, ...]:
        """Dates on which something is different."""
        return tuple(dict.fromkeys((self.date, self.held_on)))

    def unknown(self, problem: Problem) -> tuple[Text, ...]:
        """The same of a lesson; bad weather has the class's own room."""
        places = () if self.weather else _given(self.layout_id)
        return (
            *_missing(_LAYOUTS, places, problem.layout, HOME),
            *_missing(TEACHERS, self.teacher_ids or (), problem.teacher),
            *_missing(TEACHERS, self.escort_ids or (), problem.teacher),
            *_missing(SUBJECTS, _given(self.subject_id), problem.subject),
        )


@dataclass(frozen=True, slots=True)
class ExtraLesson:
    """A lesson that no week has, with a permanent id of its own (``+17#1``).

    Minutes after midnight; ``layout_id`` may be ``home``. ``for_date`` and ``for_id``
    name the lost lesson that it makes up, where it makes one up.
    """

    date: dt.date
    lesson_id: str
    class_ids: tuple[str, ...]
    subject_id: str
    teacher_ids: tuple[str, ...]
    start: int
    end: int
    layout_id: str = HOME
    for_date: dt.date | None = None
    for_id: str = ""
    note: str = ""

    @property
    def dates(self) -> tuple[dt.date, ...]:
        """The date it takes place."""
        return (self.date,)

    def unknown(self, problem: Problem) -> tuple[Text, ...]:
        """What it names that no table has, in sentences."""
        return (
            *_missing(CLASSES, self.class_ids, problem.class_group),
            *_missing(TEACHERS, self.teacher_ids, problem.teacher),
            *_missing(SUBJECTS, (self.subject_id,), problem.subject),
            *_missing(_LAYOUTS, (self.layout_id,), problem.layout, HOME),
        )


@dataclass(frozen=True, slots=True)
class BellDay:
    """Days on which classes keep another bell; of none named, all of them do.

    Lessons keep their period; one whose period the bell does not have falls out.
    ``to_date`` is the last day, None for one day alone.
    """

    date: dt.date
    bell_id: str
    class_ids: tuple[str, ...] = ()
    to_date: dt.date | None = None
    note: str = ""

    @property
    def dates(self) -> tuple[dt.date, ...]:
        """The days."""
        return days_of(self.date, self.to_date)

    def unknown(self, problem: Problem) -> tuple[Text, ...]:
        """What it names that no table has, in sentences."""
        return (
            *_missing(_BELLS, (self.bell_id,), problem.bell),
            *_missing(CLASSES, self.class_ids, problem.class_group),
        )

    def concerns(self, class_id: str) -> bool:
        """Whether a class keeps it."""
        return not self.class_ids or class_id in self.class_ids


class EventKind(StrEnum):
    """What keeps classes from their lessons."""

    EXAM = "exam"
    SPORTS = "sports"
    TRIP = "trip"
    EARLY_END = "early_end"
    CLOSED = "closed"
    OTHER = "other"

    @property
    def text(self) -> Text:
        """Its name for people."""
        return _EVENTS[self]


_EVENTS = {
    EventKind.EXAM: Text("考试", "exam"),
    EventKind.SPORTS: Text("运动会", "sports meeting"),
    EventKind.TRIP: Text("外出活动", "trip"),
    EventKind.EARLY_END: Text("提前放学", "early end"),
    EventKind.CLOSED: Text("停课", "no school"),
    EventKind.OTHER: Text("学校活动", "event"),
}


@dataclass(frozen=True, slots=True)
class EventDay:
    """Something that takes the place of lessons; of no class named, of all of them.

    It takes, on each day until ``to_date`` (None: one day), every lesson that the week
    has between ``start`` and ``end``, minutes after midnight, where all classes of the
    lesson are concerned. Extra lessons, as sittings of an exam, are held all the same.
    """

    date: dt.date
    kind: EventKind
    class_ids: tuple[str, ...] = ()
    to_date: dt.date | None = None
    start: int = 0
    end: int = MINUTES_A_DAY
    note: str = ""

    @property
    def dates(self) -> tuple[dt.date, ...]:
        """The days."""
        return days_of(self.date, self.to_date)

    def unknown(self, problem: Problem) -> tuple[Text, ...]:
        """What it names that no table has, in sentences."""
        return _missing(CLASSES, self.class_ids, problem.class_group)

    def takes(self, class_ids: tuple[str, ...], start: int, end: int) -> bool:
        """Whether a lesson of these classes and minutes falls out for it."""
        if not overlap(self.start, self.end, start, end):
            return False
        return not self.class_ids or set(class_ids) <= set(self.class_ids)


Change = DatedChange | ExtraLesson | BellDay | EventDay


def days_of(first: dt.date, last: dt.date | None) -> tuple[dt.date, ...]:
    """Dates from a first to a last one, which may be the same."""
    count = 1 if last is None else (last - first).days + 1
    return tuple(first + dt.timedelta(k) for k in range(count))


def _given(name: str | None) -> tuple[str, ...]:
    return () if name is None else (name,)


_LAYOUTS = Text("场地用法", "layouts")
TEACHERS, SUBJECTS = Text("教师", "teachers"), Text("学科", "subjects")
CLASSES, _BELLS = Text("班级", "classes"), Text("作息时间表", "bells")


def _missing(
    table: Text, names: Iterable[str], known: Mapping[str, object], *others: str
) -> tuple[Text, ...]:
    unknown = (x for x in names if x not in known and x not in others)
    return tuple(not_in_table(table, name, known) for name in unknown)


def not_in_table(table: Text, name: str, known: Mapping[str, object]) -> Text:
    """That a table has no such id; whose name it is, or the nearest that it has."""
    called = (x for x, row in known.items() if getattr(row, "name", "") == name)
    advice = meant(next(called, name), known, RENAMED)
    return Text(
        f"【{table.zh}】表中没有“{name}”。{advice.zh}",
        f'"{name}" is not in the table of {table.en}. {advice.en}',
    )


RENAMED = Text("是否改过名？", "Maybe renamed?")


def from_replacements(rows: Iterable[Replacement]) -> tuple[DatedChange, ...]:
    """The rows of replacements.csv as changes."""
    return tuple(
        DatedChange(r.date, r.lesson_id, layout_id=r.layout_id, note=r.reason)
        for r in rows
    )


def to_replacements(changes: Iterable[Change]) -> tuple[Replacement, ...]:
    """Rows of replacements.csv, by date and lesson, for changes that it can tell of.

    Those are another place for a date and nothing else; bad weather is left out, for
    its plan is applied anew each time.
    """
    rows = {
        (c.date, c.lesson_id): Replacement(c.date, c.lesson_id, c.layout_id, c.note)
        for c in changes
        if isinstance(c, DatedChange) and c.layout_id is not None
        if c.weather is None and not c.moves and not c.cancelled
        if c.teacher_ids is None and c.subject_id is None and c.escort_ids is None
    }
    return tuple(rows[key] for key in sorted(rows))
