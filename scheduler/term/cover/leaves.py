"""Leaves of teachers, wishes for swaps, and what becomes of them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from scheduler.model.text import Text
from scheduler.model.times import MINUTES_A_DAY, format_clock, overlap
from scheduler.term.changes import days_of
from scheduler.term.cover.settings import LeaveKind
from scheduler.term.dated import DatedLesson


class LeaveState(StrEnum):
    """What has become of a leave that somebody asked for."""

    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    @property
    def text(self) -> Text:
        """Its name for people."""
        return _STATES[self]


_STATES = {
    LeaveState.ASKED: Text("待审批", "waiting"),
    LeaveState.APPROVED: Text("已批准", "approved"),
    LeaveState.DECLINED: Text("未批准", "declined"),
    LeaveState.WITHDRAWN: Text("已撤销", "withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Leave:
    """When a teacher is away, from a first to a last date and in which minutes.

    ``lesson_id`` narrows it to one lesson. ``note`` is confidential: it stands in no
    calendar and no list but the office's.
    """

    teacher_id: str
    first: dt.date
    last: dt.date
    kind: LeaveKind = LeaveKind.PERSONAL
    start: int = 0
    end: int = MINUTES_A_DAY
    lesson_id: str = ""
    note: str = ""

    @property
    def dates(self) -> tuple[dt.date, ...]:
        """Its dates; none where the last is before the first."""
        return days_of(self.first, self.last)

    @property
    def clock(self) -> str:
        """From and to by the clock, empty for whole days."""
        if (self.start, self.end) == (0, MINUTES_A_DAY):
            return ""
        return f"{format_clock(self.start)}–{format_clock(self.end)}"

    def covers(self, date: dt.date, start: int, end: int) -> bool:
        """Whether the teacher is away in some of these minutes."""
        there = self.first <= date <= self.last
        return there and overlap(self.start, self.end, start, end)

    def concerns(self, lesson: DatedLesson) -> bool:
        """Whether a lesson needs somebody or something instead because of it."""
        if lesson.off is not None or self.teacher_id not in lesson.meeting.adult_ids:
            return False
        if self.lesson_id and self.lesson_id != lesson.lesson_id:
            return False
        return self.covers(lesson.date, *lesson.meeting.adult_busy)

    def meets(self, other: "Leave") -> bool:
        """Whether both say of one teacher that he or she is away at one time."""
        if self.teacher_id != other.teacher_id:
            return False
        if self.lesson_id and other.lesson_id and self.lesson_id != other.lesson_id:
            return False
        last, first = min(self.last, other.last), max(self.first, other.first)
        return first <= last and overlap(self.start, self.end, other.start, other.end)


@dataclass(frozen=True, slots=True)
class Wish:
    """A teacher's wish to give a lesson at another time, in exchange or alone.

    ``with_date`` and ``with_id`` name the lesson that takes its place; without one it
    moves to ``to_date`` and ``start`` (minutes after midnight).
    """

    teacher_id: str
    date: dt.date
    lesson_id: str
    with_date: dt.date | None = None
    with_id: str = ""
    to_date: dt.date | None = None
    start: int | None = None
    note: str = ""


def is_away(
    leaves: Iterable[Leave], teacher_id: str, date: dt.date, span: tuple[int, int]
) -> Leave | None:
    """The leave that keeps a teacher from some minutes of a date, if one does."""
    return next(
        (x for x in leaves if x.teacher_id == teacher_id and x.covers(date, *span)),
        None,
    )
