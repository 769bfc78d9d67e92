"""The change sheet of a day (当日调课单): each lesson that differs, old and new."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from scheduler.constraints import describe
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.model.times import format_clock
from scheduler.term.changes import Change, DatedChange
from scheduler.term.dated import DatedLesson
from scheduler.term.held import term_lessons
from scheduler.term.versions import Versions


class Mark(StrEnum):
    """What became of a lesson; colours of a sheet never stand without the word."""

    CANCELLED = "cancelled"
    MOVED_AWAY = "moved_away"
    MOVED = "moved"
    COVERED = "covered"
    SUBJECT = "subject"
    SELF_STUDY = "self_study"
    JOINED = "joined"
    ESCORT = "escort"
    RELOCATED = "relocated"
    WEATHER = "weather"
    EXTRA = "extra"

    @property
    def text(self) -> Text:
        """Its name for people."""
        return _MARKS[self]


_MARKS = {
    Mark.CANCELLED: Text("停课", "cancelled"),
    Mark.MOVED_AWAY: Text("调出", "moved away"),
    Mark.MOVED: Text("调课", "moved"),
    Mark.COVERED: Text("代课", "covered"),
    Mark.SUBJECT: Text("改课程", "another subject"),
    Mark.SELF_STUDY: Text("自习", "self-study"),
    Mark.JOINED: Text("合班", "joined"),
    Mark.ESCORT: Text("换随队", "another escort"),
    Mark.RELOCATED: Text("换场", "another place"),
    Mark.WEATHER: Text("天气预案", "bad weather"),
    Mark.EXTRA: Text("加课", "extra"),
}


@dataclass(frozen=True, slots=True)
class DayLine:
    """A lesson of a day that is not as the week has it.

    ``start`` orders the sheet; ``was`` and ``now`` are what the week has and what is
    there, as people read it, each empty where there is nothing. ``teacher_ids`` are all
    whom it concerns.
    """

    start: int
    mark: Mark
    class_ids: tuple[str, ...]
    classes: str
    teacher_ids: tuple[str, ...]
    lesson_id: str
    was: Text
    now: Text

    @property
    def sentence(self) -> Text:
        """The line as one sentence for a chat group."""
        arrow = " → " if self.was.zh and self.now.zh else ""
        mark = self.mark.text
        return Text(
            f"【{mark.zh}】{self.classes} {self.was.zh}{arrow}{self.now.zh}",
            f"[{mark.en}] {self.classes} {self.was.en}{arrow}{self.now.en}",
        )


def day_lines(
    versions: Versions, changes: Iterable[Change], date: dt.date
) -> tuple[DayLine, ...]:
    """What differs on a date, by time and class; lessons moved away included."""
    log = tuple(changes)
    away = {
        change.to_date
        for change in log
        if isinstance(change, DatedChange) and change.date == date and change.to_date
    }
    found = [
        line
        for lesson in term_lessons(versions, log, {date, *away})
        if date in (lesson.date, lesson.original_date)
        for line in line_of(lesson, date)
    ]
    return tuple(sorted(found, key=lambda x: (x.start, x.classes, x.lesson_id)))


def line_of(lesson: DatedLesson, date: dt.date) -> Iterator[DayLine]:
    """What a lesson's line of a date says; none where it is as the week has it."""
    mark = _mark(lesson, date)
    if mark is None:
        return
    problem, weekly, meeting = lesson.problem, lesson.weekly, lesson.meeting
    here = weekly if weekly is not None and lesson.original_date == date else None
    was = _said(problem, here or weekly, lesson.original_date, date) if weekly else _NO
    now = _said(problem, meeting, lesson.date, date)
    if mark is Mark.CANCELLED and lesson.off is not None:
        now = lesson.off.text
    if lesson.self_study:
        now = Text(f"自习（{now.zh}）", f"self-study ({now.en})")
    start = weekly.start if weekly and lesson.date != date else meeting.start
    people = dict.fromkeys((*(weekly.adult_ids if weekly else ()), *meeting.adult_ids))
    yield DayLine(
        *(start, mark, meeting.class_ids),
        describe.classes(problem, meeting.class_ids),
        *(tuple(people), lesson.lesson_id, was, now),
    )


_NO = Text("", "")


def _mark(lesson: DatedLesson, date: dt.date) -> Mark | None:
    """The gravest thing that happened to it; None where it is as the week has it."""
    weekly, meeting = lesson.weekly, lesson.meeting
    if weekly is None:
        return Mark.EXTRA if lesson.off is None else None
    if lesson.off is not None:
        return Mark.CANCELLED
    moved = (lesson.original_date, weekly.start) != (lesson.date, meeting.start)
    asked, given = weekly.lesson.requirement, meeting.lesson.requirement
    marks = (
        (Mark.SELF_STUDY, lesson.self_study),
        (Mark.JOINED, bool(lesson.joins)),
        (Mark.MOVED_AWAY, moved and lesson.date != date),
        (Mark.MOVED, moved),
        (Mark.SUBJECT, asked.subject_id != given.subject_id),
        (Mark.COVERED, set(weekly.teacher_ids) != set(meeting.teacher_ids)),
        (Mark.ESCORT, set(weekly.adult_ids) != set(meeting.adult_ids)),
        (Mark.WEATHER, lesson.weather is not None),
        (Mark.RELOCATED, weekly.layout != meeting.layout),
    )
    return next((mark for mark, holds in marks if holds), None)


def _said(problem: Problem, meeting: Meeting, on: dt.date, date: dt.date) -> Text:
    """Time, subject, teachers and place, with the date where it is another."""
    subject = problem.subject[meeting.lesson.requirement.subject_id]
    people = "、".join(describe.teacher(problem, x) for x in meeting.teacher_ids)
    along = [x for x in meeting.adult_ids if x not in meeting.teacher_ids]
    if along:
        people += f" 随队{'、'.join(describe.teacher(problem, x) for x in along)}"
    place = describe.layout(problem, meeting.placement.layout_id)
    clock = f"{format_clock(meeting.start)}–{format_clock(meeting.end)}"
    day = "" if on == date else f"{on.month}月{on.day}日 "
    day_en = "" if on == date else f"{on} "
    return Text(
        f"{day}{clock} {subject.name} {people} {place.zh}".replace("  ", " "),
        f"{day_en}{clock} {subject.name_en or subject.name} {people} {place.en}",
    )
